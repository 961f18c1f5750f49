// Latency of an index over a query file in the peers' format: one JSON line, times in microseconds.
//   npx tsx bench/search-latency.ts INDEX QUERIES.tsv [repetitions=10] [runFile]
// QUERIES.tsv: mode\ttext with mode or, and or phrase. The later half of the repetitions counts. runFile receives, for each
// query, its number, the exact total and the ids of the first ten hits.
import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { openArchive } from '../src/xunbao.ts'

const [index, queryFile, repetitionsText = '10', runFile] = process.argv.slice(2)
if (!index || !queryFile) throw new Error('search-latency.ts INDEX QUERIES.tsv [repetitions] [runFile]')
const repetitions = Number(repetitionsText)
if (runFile) rmSync(runFile, { force: true })

const syntax: Record<string, (text: string) => string> = {
  or: (text) => text.split(' ').join(' OR '),
  and: (text) => text,
  phrase: (text) => `"${text}"`,
}
const queries = readFileSync(queryFile, 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [mode, text] = line.split('\t') as [string, string]
    return { mode, q: syntax[mode]!(text) }
  })

const openedAt = performance.now()
const archive = await openArchive({ index })
await archive.search({ q: queries[0]!.q, view: 'ids' })
const firstAnswerMs = performance.now() - openedAt

const times = queries.map((): number[] => [])
for (let repetition = 0; repetition < repetitions; repetition++) {
  for (const [i, { q }] of queries.entries()) {
    const startedAt = performance.now()
    const result = await archive.search({ q, size: 10, view: 'ids', strict: true })
    const micros = (performance.now() - startedAt) * 1000
    if (repetition >= Math.floor(repetitions / 2)) times[i]!.push(micros)
    if (runFile && repetition === 0)
      appendFileSync(runFile, `${[i, result.total, ...result.hits.map((hit) => hit.id)].join('\t')}\n`)
  }
}

const percentile = (sorted: readonly number[], share: number) =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b)
const top10count: Record<string, object> = {}
for (const mode of new Set(queries.map((query) => query.mode))) {
  const each = times.filter((_, i) => queries[i]!.mode === mode)
  const all = ascending(each.flat())
  const medians = ascending(each.map((values) => ascending(values)[values.length >> 1]!))
  top10count[mode] = {
    p50_us: percentile(all, 0.5),
    p99_us: percentile(all, 0.99),
    m50_us: percentile(medians, 0.5),
    m99_us: percentile(medians, 0.99),
  }
}
const { articles, bytes } = archive.stats()
console.log(
  JSON.stringify({
    engine: 'xunbao',
    docs: articles,
    index_bytes: bytes,
    first_answer_ms: Math.round(firstAnswerMs),
    rss_mb: Math.round(process.resourceUsage().maxRSS / 1000),
    top10count,
  }),
)
await archive.close()
