// How much time HTTP adds to a search, and how many searches a second one process answers.
//
//   npx tsx bench/server.ts INDEX [--requests 400] [--concurrency 8]
import { parseArgs } from 'node:util'
import { openArchive } from '../src/archive/open-archive.ts'
import { createServer } from '../src/server/server.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    requests: { type: 'string', default: '400' },
    concurrency: { type: 'string', default: '8' },
  },
})
const index = positionals[0]
if (index === undefined) throw new Error('用法：npx tsx bench/server.ts INDEX')
const requests = Number(values.requests)
const concurrency = Number(values.concurrency)
const queries = [
  '社区',
  '脱贫攻坚',
  '疫情防控',
  '一带一路 合作',
  '“改革开放”',
  '标题:会议',
  '养老 服务',
  '记者',
]

const archive = await openArchive({ index })
const server = await createServer(archive, { host: '127.0.0.1', port: 0, accessLog: false })

function quantile(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(2)
}

async function measure(
  name: string,
  workers: number,
  run: (query: string) => Promise<unknown>,
): Promise<void> {
  for (const query of queries) await run(query)
  const times: number[] = []
  let next = 0
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (next < requests) {
        const query = queries[next % queries.length]!
        next += 1
        const at = performance.now()
        await run(query)
        times.push(performance.now() - at)
      }
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  console.log(
    `| ${name} | ${workers} | ${quantile(times, 0.5)} | ${quantile(times, 0.95)} | ${Math.round(times.length / seconds)} |`,
  )
}

const ask = (path: string) => async (query: string) => {
  const response = await fetch(`${server.url}${path}${encodeURIComponent(query)}`)
  if (!response.ok) throw new Error(`${response.status} ${path}${query}`)
  await response.arrayBuffer()
}

// Suggestions are gathered in the background once they are first asked for; that work would be measured along.
for (let tries = 0; tries < 600 && (await archive.suggest('社区')).length === 0; tries += 1)
  await new Promise((resolve) => setTimeout(resolve, 200))

console.log(`${archive.stats().articles} articles, ${requests} requests each, Node ${process.version}`)
console.log('| what | at once | median ms | p95 ms | a second |')
console.log('|---|---|---|---|---|')
await measure('archive.search, no HTTP', 1, (q) => archive.search({ q }))
await measure('GET /api/search', 1, ask('/api/search?q='))
await measure('GET /api/search', concurrency, ask('/api/search?q='))
await measure('archive.search view=ids, no HTTP', 1, (q) => archive.search({ q, view: 'ids' }))
await measure('GET /api/search?view=ids', 1, ask('/api/search?view=ids&q='))
await measure('GET /api/suggest', 1, ask('/api/suggest?q='))
await measure('GET /healthz (HTTP alone)', 1, ask('/healthz?q='))
const exportedAt = performance.now()
const exported = await (await fetch(`${server.url}/api/export?format=csv`)).arrayBuffer()
const exportSeconds = (performance.now() - exportedAt) / 1000
console.log(
  `export of everything as CSV: ${(exported.byteLength / 1e6).toFixed(1)} MB in ${exportSeconds.toFixed(1)} s, ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB resident`,
)
await server.close()
await archive.close()
