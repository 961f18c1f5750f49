// A writer that adds, replaces, removes and merges until it is killed, telling on standard output what it begins and what is acknowledged.

import { openIndexWriter } from '../../src/index/directory/writer.ts'
import { createSegmentBuilder } from '../../src/index/segment/segment-builder.ts'
import { boundaryCount, columns, documentOf } from '../unit/index/random-documents.ts'

const [directory = '', seedText = '1'] = process.argv.slice(2)
let state = Number(seedText)
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

function tell(kind: 'begin' | 'done', change: object): void {
  process.stdout.write(`${JSON.stringify({ kind, ...change })}\n`)
}

const writer = await openIndexWriter(directory, { keepMilliseconds: random(2) === 0 ? 0 : 60_000 })
await writer.commit({})
tell('done', { open: true })
for (;;) {
  const kind = random(4)
  if (kind === 3) {
    await writer.merge({ floorBytes: 1 << 30, segmentsPerTier: 1, maxDeleted: 0 })
    continue
  }
  const add: Record<string, number> = {}
  const removeIds: string[] = []
  if (kind < 2) for (let i = 1 + random(6); i > 0; i--) add[`文-${random(30)}`] = random(1000)
  else for (let i = 1 + random(4); i > 0; i--) removeIds.push(`文-${random(30)}`)
  const change = { add, removeIds }
  tell('begin', change)
  const builder = createSegmentBuilder({ signature: '试', boundaryCount, columns })
  for (const [id, seed] of Object.entries(add)) builder.add(documentOf(id, `社区${seed}人民\n${id}`, seed))
  await writer.commit({
    add: builder.documentCount > 0 ? [builder.write(directory, writer.newSegmentName())] : [],
    removeIds,
  })
  tell('done', change)
}
