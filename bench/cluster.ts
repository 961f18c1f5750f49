// The same archive in a folder and on an OpenSearch cluster, side by side in one run: building, size, completeness,
// agreement of the first ten, and how long full answers take.
//   npm run compile
//   node scripts/start-opensearch.mjs --nodes 1 --port 9201 --heap 4096        (in another terminal)
//   npx tsx bench/cluster.ts ARTICLES QUERIES.tsv ADDRESS [--folder DIR] [--shards 1] [--replicas 0] [--strings 400]
//       [--queries 300] [--keep] [--skip-scan]
// ARTICLES: any source of `xunbao build`; QUERIES.tsv: query\tid. --keep measures what an earlier run has built.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fold } from '../src/normalize/normalize.ts'
import { type Archive, openArchive } from '../src/xunbao.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    name: { type: 'string', default: 'bench' },
    shards: { type: 'string', default: '1' },
    replicas: { type: 'string', default: '0' },
    strings: { type: 'string', default: '400' },
    queries: { type: 'string', default: '300' },
    keep: { type: 'boolean', default: false },
    'skip-scan': { type: 'boolean', default: false },
  },
})
const [articles, queryFile, cluster] = positionals
if (!articles || !queryFile || !cluster) throw new Error('cluster.ts ARTICLES QUERIES.tsv ADDRESS')
const folder = values.folder ?? join(mkdtempSync(join(tmpdir(), 'xunbao-bench-')), 'index')
const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

const places = [
  { title: 'folder', where: { index: folder }, options: ['--index', folder] },
  {
    title: 'cluster',
    where: { cluster, name: values.name },
    options: [
      ...['--cluster', cluster, '--name', values.name],
      ...['--shards', values.shards, '--replicas', values.replicas],
    ],
  },
]
const archives: Archive[] = []
for (const { title, where, options } of places) {
  let seconds = Number.NaN
  if (!values.keep) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'build', articles, '--force', '--json', ...options],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    )
    if (status !== 0) throw new Error(stderr)
    seconds = JSON.parse(stdout).seconds
  }
  const archive = await openArchive(where)
  archives.push(archive)
  const { articles: count, bytes } = archive.stats()
  console.log(
    `| ${title} | ${count} articles | built in ${seconds.toFixed(0)} s (${Math.round(count / seconds)}/s) | ${(bytes / 1e6).toFixed(0)} MB |`,
  )
}
const [here, there] = archives as [Archive, Archive]

// A generator with a seed, so that runs can be compared.
let state = 20261201
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const queries = readFileSync(queryFile, 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t')[0]!)
  .filter((_, at, all) => at % Math.max(1, Math.floor(all.length / Number(values.queries))) === 0)
  .slice(0, Number(values.queries))

await measureTotals()
await measureAgreement()
await measureTimes()
for (const archive of archives) await archive.close()

/** Printed strings of 1 to 12 characters from anywhere in the archive: totals of both, and of a plain scan of all texts. */
async function measureTotals(): Promise<void> {
  const texts: string[] = []
  for await (const { headline, kicker, subtitle, caption, paragraphs } of here.exportHits({ q: '' })) {
    if (texts.length >= 100_000 && values['skip-scan']) break
    texts.push(
      [kicker, headline, subtitle, caption, ...paragraphs].map((text) => fold(text ?? '')).join('\n'),
    )
  }
  const strings: string[] = []
  while (strings.length < Number(values.strings)) {
    const runs = texts[random(texts.length)]!.match(/[\p{L}\p{N}]+/gu)
    if (!runs) continue
    const run = [...runs[random(runs.length)]!]
    const begin = random(run.length)
    strings.push(run.slice(begin, begin + 1 + random(12)).join(''))
  }
  let equal = 0
  let scanned = 0
  const wrong: string[] = []
  for (const string of strings) {
    const request = { q: `"${string}"`, strict: true, view: 'ids', size: 1 } as const
    const [mine, theirs] = await Promise.all([here.search(request), there.search(request)])
    const plain = values['skip-scan'] ? null : texts.filter((text) => text.includes(string)).length
    if (mine.total === theirs.total && theirs.total > 0) equal++
    else wrong.push(`${string}: ${mine.total} here, ${theirs.total} there`)
    if (plain === theirs.total) scanned++
    else if (plain !== null) wrong.push(`${string}: ${plain} by a scan, ${theirs.total} there`)
  }
  console.log(
    `| ${strings.length} strings | ${equal} with equal totals | ${values['skip-scan'] ? '' : `${scanned} equal to a plain scan`} |`,
  )
  for (const line of wrong.slice(0, 20)) console.log(`  ${line}`)
}

/** How many of the first ten are the same, and how often the totals are. */
async function measureAgreement(): Promise<void> {
  let shared = 0
  let possible = 0
  let first = 0
  let totals = 0
  for (const q of queries) {
    const [mine, theirs] = await Promise.all(archives.map((archive) => archive.search({ q, view: 'ids' })))
    const ids = new Set(mine!.hits.map(({ id }) => id))
    shared += theirs!.hits.filter(({ id }) => ids.has(id)).length
    possible += ids.size
    if (mine!.hits[0]?.id === theirs!.hits[0]?.id) first++
    if (mine!.total === theirs!.total) totals++
  }
  console.log(
    `| ${queries.length} queries | top ten shared ${((100 * shared) / possible).toFixed(1)} % | same first ${first} | equal totals ${totals} |`,
  )
}

/** Full answers with facets, histogram and marks; each query once to warm up and then three times, by turns. */
async function measureTimes(): Promise<void> {
  const times = archives.map((): number[] => [])
  for (let round = 0; round < 4; round++)
    for (const q of queries)
      for (const [at, archive] of archives.entries()) {
        const startedAt = performance.now()
        await archive.search({ q })
        if (round > 0) times[at]!.push(performance.now() - startedAt)
      }
  for (const [at, { title }] of places.entries()) {
    const sorted = times[at]!.sort((a, b) => a - b)
    const share = (part: number) => sorted[Math.floor(sorted.length * part)]!.toFixed(1)
    console.log(
      `| full answers, ${title} | p50 ${share(0.5)} ms | p90 ${share(0.9)} ms | p99 ${share(0.99)} ms |`,
    )
  }
}
