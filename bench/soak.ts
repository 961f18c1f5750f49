// A long day of the service in short: reading, adding, removing, pages, rebuilds and kills, all at once; at the end
// nothing acknowledged is lost and `check` is clean. Needs the compiled program.
//
//   npm run compile && npx tsx bench/soak.ts [--minutes 60] [--articles 20000]
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, articles: { type: 'string', default: '20000' } },
})
const minutes = Number(values.minutes)
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'xunbao-soak-'))
const index = join(folder, 'index')
const sources = join(folder, 'articles.jsonl')
const program = 'dist/cli/main.js'

const words =
  '社区 养老 脱贫 攻坚 会议 学校 公园 道路 医院 记者 居民 改造 服务 文化 教育 交通 环境 农村 企业 创新'.split(
    ' ',
  )
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!
const sentence = () => `${Array.from({ length: 40 }, () => pick(words)).join('')}。`
const articleOf = (id: string) => ({
  id,
  title: `${pick(words)}${pick(words)}${id}`,
  body: Array.from({ length: 8 }, sentence).join('\n'),
  date: `20${10 + Math.floor(Math.random() * 10)}-0${1 + Math.floor(Math.random() * 9)}-11`,
  paper: '晨报',
})
writeFileSync(
  sources,
  Array.from({ length: Number(values.articles) }, (_, i) => JSON.stringify(articleOf(`s${i}`))).join('\n'),
)
await run('node', [program, 'build', sources, '--index', index], { maxBuffer: 1 << 26 })

let child: ChildProcess
let url = ''
async function start(): Promise<void> {
  child = spawn('node', [program, 'serve', '--index', index, '--port', '0', '--workers', '2'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, XUNBAO_TOKEN: 't' },
  })
  url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)))
    child.stdout!.on('data', (chunk) => {
      const found = /http:\S+/.exec(String(chunk))?.[0]
      if (found !== undefined) resolve(found)
    })
  })
}
await start()

const counts = { searches: 0, refused: 0, failed: 0, added: 0, removed: 0, rebuilds: 0, kills: 0, cut: 0 }
/** Ids that were acknowledged: true where it is there, false where it was removed; unknown ones were cut off. */
const acknowledged = new Map<string, boolean>()
const strange: string[] = []
const until = Date.now() + minutes * 60_000
const isOn = () => Date.now() < until
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const headers = { authorization: 'Bearer t', 'content-type': 'application/json' }

async function ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
  try {
    const answer = await fetch(url + path, { ...init, signal: AbortSignal.timeout(60_000) })
    if (answer.status >= 500 && answer.status !== 503)
      strange.push(`${answer.status} ${path}: ${await answer.text()}`)
    return answer
  } catch {
    counts.cut++
    return undefined
  }
}

async function read(): Promise<void> {
  while (isOn()) {
    const q = encodeURIComponent(
      pick([
        pick(words),
        `${pick(words)} ${pick(words)}`,
        `“${pick(words)}${pick(words)}”`,
        `${pick(words)}?${pick(words)}`,
      ]),
    )
    const answer = await ask(
      pick([
        `/api/search?q=${q}`,
        `/api/search?q=${q}&view=ids&size=100`,
        `/api/suggest?q=${q}`,
        `/api/trends?q=${q}`,
        `/api/export?q=${q}`,
        '/api/issues',
        '/readyz',
        '/metrics',
      ]),
    )
    await answer?.text().catch(() => counts.cut++)
    counts.searches++
    if (answer?.status === 503) counts.refused++
    else if (answer !== undefined && answer.status !== 200) counts.failed++
    await pause(5)
  }
}

async function write(): Promise<void> {
  for (let i = 0; isOn(); i++) {
    const id = `w${i}`
    acknowledged.delete(id)
    const added = await ask('/api/articles', { method: 'POST', headers, body: JSON.stringify(articleOf(id)) })
    if (added?.status === 200) {
      acknowledged.set(id, true)
      counts.added++
    }
    await added?.text().catch(() => counts.cut++)
    if (i % 3 === 2) {
      const gone = `w${i - 2}`
      const wasThere = acknowledged.get(gone)
      acknowledged.delete(gone)
      const removed = await ask(`/api/articles/${gone}`, { method: 'DELETE', headers })
      if (removed?.status === 200 || (removed?.status === 404 && wasThere !== true))
        acknowledged.set(gone, false)
      else if (removed?.status === 404) strange.push(`${gone} was acknowledged and is gone`)
      if (removed?.status === 200) counts.removed++
      await removed?.text().catch(() => counts.cut++)
    }
    await pause(200)
  }
}

async function rebuild(): Promise<void> {
  while (isOn()) {
    await pause(Math.min(90_000, Math.max(0, until - Date.now())))
    if (!isOn()) return
    await run('node', [program, 'build', sources, '--index', index, '--wait', '60'], {
      maxBuffer: 1 << 26,
    }).then(
      () => counts.rebuilds++,
      (error: Error) => strange.push(`rebuild: ${error.message}`),
    )
  }
}

async function kill(): Promise<void> {
  while (isOn()) {
    await pause(Math.min((60 + Math.random() * 120) * 1000, Math.max(0, until - Date.now())))
    if (!isOn()) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    counts.kills++
    await start()
  }
}

const memory: string[] = []
async function watch(): Promise<void> {
  while (isOn()) {
    await pause(Math.min(60_000, Math.max(0, until - Date.now())))
    const status = await Promise.resolve()
      .then(() => readFileSync(`/proc/${child.pid}/status`, 'utf8'))
      .catch(() => '')
    memory.push(`${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)}`)
    console.log(`${memory.length} min: ${memory.at(-1)} MB, ${JSON.stringify(counts)}`)
  }
}

await Promise.all([read(), read(), read(), write(), rebuild(), kill(), watch()])
for (const [id, isThere] of acknowledged) {
  const answer = await ask(`/api/articles/${id}`)
  await answer?.text()
  if ((answer?.status === 200) !== isThere) strange.push(`${id}: ${answer?.status}, acknowledged ${isThere}`)
}
child!.kill('SIGTERM')
const { stdout } = await run('node', [program, 'check', '--index', index])
console.log(
  `\nmemory by minute, MB: ${memory.join(' ')}\n${JSON.stringify(counts)}\ncheck: ${stdout.trim().split('\n').at(-1)}`,
)
console.log(
  strange.length === 0
    ? `nothing lost: ${acknowledged.size} acknowledged changes are as acknowledged`
    : strange.slice(0, 20).join('\n'),
)
rmSync(folder, { recursive: true, force: true })
if (strange.length > 0) process.exitCode = 1
