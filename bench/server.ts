// What the service bears: fresh and repeated searches beside an empty Express in the same run, half and four times the
// load, readers of half requests, and what /healthz says meanwhile. Needs wrk (Debian: wrk) and the compiled program.
//
//   npm run compile && npx tsx bench/server.ts INDEX [--seconds 10] [--workers 2]
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import express from 'express'
import { openArchive } from '../src/archive/open-archive.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' }, workers: { type: 'string', default: '2' } },
})
const index = positionals[0]
if (index === undefined) throw new Error('用法：npx tsx bench/server.ts INDEX')
const seconds = Number(values.seconds)
const folder = mkdtempSync(join(tmpdir(), 'xunbao-bench-'))
const run = promisify(execFile)

/** Words of headlines, one or two together: searches that readers could make, tens of thousands of them, each once. */
async function freshQueries(): Promise<string[]> {
  const archive = await openArchive({ index: index! })
  const queries = new Set<string>()
  for await (const { headline = '' } of archive.exportHits({ q: '' })) {
    const { words } = await archive.analyze(headline)
    const long = words.map(({ text }) => text).filter((text) => /^\p{Script=Han}{2,}$/u.test(text))
    for (const [at, word] of long.entries()) queries.add(at % 2 === 0 ? word : `${long[at - 1]} ${word}`)
    if (queries.size > 60_000) break
  }
  await archive.close()
  return [...queries]
}

/** A wrk script that asks for these addresses, one after the other; each connection begins elsewhere. */
function scriptOf(name: string, paths: readonly string[]): string {
  const file = join(folder, `${name}.lua`)
  writeFileSync(join(folder, `${name}.txt`), paths.join('\n'))
  writeFileSync(
    file,
    `local paths = {}
for line in io.lines("${join(folder, `${name}.txt`)}") do paths[#paths + 1] = line end
local threads = 0
function setup(thread) thread:set("offset", threads) threads = threads + 1 end
local at = 0
function init(args) at = tonumber(args[1]) end
function request()
  at = at + 1
  return wrk.format("GET", paths[(at * 2 + offset) % #paths + 1])
end
local refused, failed = 0, 0
function response(status) if status == 503 then refused = refused + 1 elseif status >= 400 then failed = failed + 1 end end
`,
  )
  return file
}

interface Load {
  perSecond: number
  p50: string
  p99: string
  errors: string
}

let begun = 0

async function wrk(url: string, script: string, connections: number, time = seconds): Promise<Load> {
  // Every run begins where no other has been, so that fresh is fresh.
  begun += 15_000
  const { stdout } = await run('wrk', [
    `-t${Math.min(2, connections)}`,
    `-c${connections}`,
    `-d${time}s`,
    '--latency',
    '-s',
    script,
    url,
    '--',
    String(begun),
  ])
  const found = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? '-'
  return {
    perSecond: Number(found(/Requests\/sec:\s+([\d.]+)/)),
    p50: found(/50%\s+(\S+)/),
    p99: found(/99%\s+(\S+)/),
    errors: found(/Non-2xx or 3xx responses:\s+(\d+)/),
  }
}

/** Asks /healthz every 20 ms; says how long the slowest and the 99th of a hundred answers took. */
function watchHealth(url: string): () => Promise<string> {
  const times: number[] = []
  let isOn = true
  const watching = (async () => {
    while (isOn) {
      const at = performance.now()
      await fetch(`${url}/healthz`).then(
        (answer) => answer.text(),
        () => undefined,
      )
      times.push(performance.now() - at)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  return async () => {
    isOn = false
    await watching
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1)
    return `/healthz p50 ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)} ms`
  }
}

async function serve(): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(
    'node',
    ['dist/cli/main.js', 'serve', '--index', index!, '--port', '0', '--workers', values.workers],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  for await (const chunk of child.stdout!) {
    const url = /http:\S+/.exec(String(chunk))?.[0]
    if (url !== undefined) return { url, process: child }
  }
  throw new Error('the service did not start')
}

async function memoryOf({ pid }: ChildProcess): Promise<string> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
  return `${Math.round(Number(stdout) / 1024)} MB`
}

const queries = await freshQueries()
const pathOf = (query: string) => `/api/search?q=${encodeURIComponent(query)}`
const fresh = scriptOf('fresh', queries.map(pathOf))
const repeated = scriptOf('repeated', queries.slice(0, 200).map(pathOf))
const service = await serve()
const { url } = service
const show = (name: string, load: Load, more = '') =>
  console.log(
    `| ${name} | ${Math.round(load.perSecond)} | ${load.p50} | ${load.p99} | ${load.errors} | ${more} |`,
  )
console.log(
  '| load | answers a second | p50 | p99 | refused or failed | meanwhile |\n|---|---|---|---|---|---|',
)

const answer = await (await fetch(url + pathOf('社区'))).text()
const empty = express()
empty.get('/api/search', (_request, response) => void response.type('json').send(answer))
const listening = empty.listen(0, '127.0.0.1')
await new Promise((resolve) => listening.once('listening', resolve))
const emptyUrl = `http://127.0.0.1:${(listening.address() as { port: number }).port}`
await wrk(url, fresh, 4, 3)
show('empty Express, the same answer', await wrk(emptyUrl, repeated, 8))
for (const [name, script, connections] of [
  ['fresh searches', fresh, 8],
  ['repeated searches', repeated, 8],
  ['fresh, half the load', fresh, 1],
  ['fresh, overload (256 connections)', fresh, 256],
] as const) {
  const health = watchHealth(url)
  show(name, await wrk(url, script, connections), `${await health()}; ${await memoryOf(service.process)}`)
}
const after = performance.now()
await (await fetch(url + pathOf('恢复'))).text()
console.log(`\nfirst search after the overload: ${(performance.now() - after).toFixed(1)} ms`)

const half = Array.from({ length: 500 }, () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write('GET /api/search?q=')
  return socket
})
const health = watchHealth(url)
const since = performance.now()
while (half.some((socket) => !socket.closed) && performance.now() - since < 30_000) {
  half.forEach((socket) => void socket.resume())
  await new Promise((resolve) => setTimeout(resolve, 200))
}
console.log(
  `500 half requests: ${half.filter((socket) => socket.closed).length} cut after ${((performance.now() - since) / 1000).toFixed(1)} s; ${await health()}`,
)
service.process.kill('SIGTERM')
listening.close()
