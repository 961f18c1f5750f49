// Queries that are made to hold a service up, many at once: it goes on answering, and ends when it is told to.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createArticles } from '../fakes/articles.ts'

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
let folder: string
let child: ChildProcess
let url: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-attack-'))
  const lines = createArticles(3000).map((article) => JSON.stringify(article))
  writeFileSync(join(folder, 'a.jsonl'), `${lines.join('\n')}\n`)
  const index = join(folder, 'index')
  expect(spawnSync('node', [program, 'build', join(folder, 'a.jsonl'), '--index', index]).status).toBe(0)
  child = spawn('node', [program, 'serve', '--index', index, '--port', '0', '--workers', '2'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, XUNBAO_ANSWER_SECONDS: '5' },
  })
  url = await new Promise<string>((resolve) =>
    child.stdout!.on('data', (chunk) => {
      const found = /http:\S+/.exec(String(chunk))?.[0]
      if (found) resolve(found)
    }),
  )
}, 60_000)
afterAll(() => {
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const frequent = [
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经',
]
const attacks: Record<string, string> = {
  'a wildcard between the most frequent characters': '的*了',
  'twenty wildcards': `的${'?*'.repeat(20)}`,
  'signs without end': '《》①?'.repeat(100),
  'a hundred and seventy single characters': [...frequent, ...frequent].slice(0, 110).join(' OR '),
  'single characters within a thousand': `"${frequent.join(' ')}"~1000`,
  'brackets in brackets': `${'('.repeat(250)}社${')'.repeat(250)}`,
  'nots in nots': `${'NOT '.repeat(100)}社`,
  'words without end': '社区养老服务'.repeat(85),
  'pinyin without end': 'shequyanglaofuwu'.repeat(32),
  'digits without end': '9'.repeat(512),
  'fields in fields': '标题:作者:版:类型:报:'.repeat(20),
}

const ask = async (path: string, options: RequestInit = {}) => {
  const answer = await fetch(url + path, options)
  return { status: answer.status, body: await answer.text() }
}

describe('the worst queries, all at once, on every route that takes one', () => {
  it('are answered or refused in words, while health is told all along', async () => {
    let isOn = true
    const health: number[] = []
    const watching = (async () => {
      while (isOn) {
        health.push((await ask('/healthz')).status)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })()
    const routes = [
      '/api/search?q=',
      '/api/search?view=ids&q=',
      '/api/suggest?q=',
      '/api/trends?q=',
      '/feed.xml?q=',
      '/api/export?q=',
    ]
    const answers = await Promise.all(
      Object.entries(attacks).flatMap(([name, q]) =>
        routes.map(async (route) => ({ name, route, ...(await ask(route + encodeURIComponent(q))) })),
      ),
    )
    isOn = false
    await watching
    for (const { name, route, status, body } of answers) {
      expect([200, 400, 503], `${name} ${route} ${body.slice(0, 200)}`).toContain(status)
      if (status === 503) expect(['BUSY', 'TIMEOUT'], `${name} ${route}`).toContain(JSON.parse(body).code)
    }
    expect(health.length).toBeGreaterThan(5)
    expect(new Set(health)).toEqual(new Set([200]))
  }, 60_000)

  it('are dropped when their askers hang up, and the next reader is served', async () => {
    await Promise.all(
      Object.values(attacks).map((q) =>
        ask(`/api/search?q=${encodeURIComponent(q)}`, { signal: AbortSignal.timeout(5) }).catch(
          () => undefined,
        ),
      ),
    )
    await expect.poll(async () => (await ask('/api/search?q=社区')).status).toBe(200)
  })

  it('do not hold up the end', async () => {
    const open = Object.values(attacks).map((q) =>
      ask(`/api/search?q=${encodeURIComponent(q)}`).catch(() => undefined),
    )
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await Promise.all(open)
  }, 20_000)
})
