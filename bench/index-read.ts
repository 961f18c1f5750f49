// How fast an index on disk opens, finds keys, decodes lists and gives stored articles: npx tsx bench/index-read.ts INDEX_FOLDER
import type { PositionBlock } from '../src/index/directory/reader.ts'
import { openSnapshot } from '../src/index/directory/snapshot.ts'

const [directory] = process.argv.slice(2)
if (!directory) throw new Error('usage: bench/index-read.ts INDEX_FOLDER')

/** Least of several runs in milliseconds: other programs share the machine. */
function least(runs: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i++) {
    const from = performance.now()
    run()
    best = Math.min(best, performance.now() - from)
  }
  return best
}

/** The same for each of many short pieces of work, summed: hardly one of them is interrupted every time. */
function leastEach<T>(runs: number, all: readonly T[], run: (one: T) => void): number {
  let sum = 0
  for (const one of all) sum += least(runs, () => run(one))
  return sum
}

console.log(`open ${least(5, () => openSnapshot(directory).close()).toFixed(1)} ms`)
const snapshot = openSnapshot(directory)
const segment = [...snapshot.segments].sort((a, b) => b.documentCount - a.documentCount)[0]!
console.log(
  `${snapshot.documentCount} articles, ${snapshot.segments.length} segments, largest ${segment.documentCount}`,
)
const all = [...segment.keys('', '\uffff')]
const of = (length: number, least: number, most: number) =>
  all.filter(
    ({ key, documentCount }) => key.length === length && documentCount >= least && documentCount < most,
  )
const groups: [string, typeof all][] = [
  ['one unit, above 10 %', of(1, segment.documentCount / 10, 1e9)],
  ['two units, above 2 %', of(2, segment.documentCount / 50, 1e9)],
  ['two units, 0.2 to 2 %', of(2, segment.documentCount / 500, segment.documentCount / 50)],
  ['two units, 129 up to 0.2 %', of(2, 129, segment.documentCount / 500)],
]
const documents = new Uint32Array(segment.documentCount)
const impacts = new Uint8Array(segment.documentCount)
const block: PositionBlock = { starts: new Uint32Array(129), positions: new Uint32Array(1024) }
for (const [name, keys] of groups) {
  const some = keys.filter((_, i) => i % Math.ceil(keys.length / 200) === 0)
  const lists = some.map(({ key }) => segment.postings(key)!)
  let total = 0
  let positions = 0
  for (const list of lists) {
    total += list.documentCount
    if (list.hasPositions) {
      for (let b = 0; b < list.blockCount; b++) {
        list.decodePositions(b, block)
        positions += block.starts[Math.min(128, list.documentCount - b * 128)]!
      }
    }
  }
  const nanoseconds = (ms: number, count: number) => `${((ms * 1e6) / count).toFixed(2)} ns`
  const d = leastEach(9, lists, (list) => list.decodeAllDocuments(documents))
  const i = leastEach(9, lists, (list) => list.decodeAllImpacts(impacts))
  const p = leastEach(5, lists, (list) => {
    if (list.hasPositions) for (let b = 0; b < list.blockCount; b++) list.decodePositions(b, block)
  })
  console.log(
    `${name}: ${lists.length} lists of ${keys.length}; documents ${nanoseconds(d, total)}, impacts ${nanoseconds(i, total)}${positions > 0 ? `, positions ${nanoseconds(p, positions)}` : ''}`,
  )
}
const keys = all.filter((_, i) => i % Math.ceil(all.length / 20_000) === 0).map(({ key }) => key)
// The reader keeps 256 lists open: 20,000 in turn are all opened anew.
const find = least(3, () => {
  for (const key of keys) segment.postings(key)
})
console.log(
  `open a list ${((find * 1000) / keys.length).toFixed(2)} us; a missing key ${(
    (least(3, () => {
      for (const key of keys) segment.postings(`${key}\u0000\u0000`)
    }) *
      1000) /
      keys.length
  ).toFixed(2)} us`,
)
const picks = Array.from({ length: 500 }, (_, i) => Math.floor((i * 7919) % segment.documentCount))
const stored = least(3, () => {
  for (const d of picks) segment.stored(d)
})
const ids = picks.map((d) => segment.idOf(d))
const lookup = least(5, () => {
  for (const id of ids) segment.documentOf(id)
})
console.log(
  `stored article ${((stored * 1000) / picks.length).toFixed(0)} us; id to document ${((lookup * 1000) / ids.length).toFixed(2)} us; resident ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
)
snapshot.close()
