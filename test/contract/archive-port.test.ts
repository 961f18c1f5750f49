// Every door of the `Archive` port keeps the same promises whoever stands behind it; on a cluster: test/cluster/.
import { describeArchive } from './support/archive-contract.ts'
import { archiveKinds } from './support/archives.ts'

for (const [name, open] of archiveKinds) describeArchive(name, open)
