// Real nodes for a test file; what is missing here is said once.
import { afterAll, beforeAll, describe } from 'vitest'
// @ts-expect-error a plain script, without types
import { startCluster, whatIsMissing } from '../../../scripts/start-opensearch.mjs'

export interface RunningCluster {
  url: string
  nodes: { name: string; url: string; child: { kill(signal: string): void } }[]
  close(): Promise<void>
}

/** null where nodes can be started here. */
const missing: string | null = whatIsMissing()
if (missing !== null) console.warn(`集群测试没有运行：${missing}。`)

/** Tests that have so many nodes; skipped where none can be started. `cluster` is there while they run. */
export function describeOnNodes(
  nodes: number,
  tests: (running: { readonly cluster: RunningCluster }) => void,
): void {
  describe.skipIf(missing !== null)(nodes === 1 ? 'on one node' : `on ${nodes} nodes`, () => {
    let cluster: RunningCluster | undefined
    beforeAll(async () => {
      cluster = (await startCluster({ nodes })) as RunningCluster
    }, 600_000)
    afterAll(() => cluster?.close(), 60_000)
    tests({
      get cluster() {
        return cluster!
      },
    })
  })
}
