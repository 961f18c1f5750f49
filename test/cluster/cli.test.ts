// The command line and the server on a cluster: the same words, the same answers, the same pages.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openArchive } from '../../src/xunbao.ts'
import { describeOnNodes } from './support/nodes.ts'

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const pages = fileURLToPath(new URL('../../index-data/pages', import.meta.url))

let address: string
let folder: string
const name = `cli${Date.now().toString(36)}`

/** Runs a command with the cluster in the environment. */
function xunbao(...words: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, XUNBAO_CLUSTER: address, XUNBAO_NAME: name },
  })
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at .+[:(]\d+|node:internal/)
  return { code: status, out: stdout, err: stderr }
}

function json(...words: string[]) {
  const { code, out, err } = xunbao(...words, '--json')
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out)
}

describeOnNodes(1, (running) => {
  beforeAll(async () => {
    if (!existsSync(program)) throw new Error('没有 dist/cli/main.js：先运行 npm run compile')
    address = running.cluster.url
    folder = mkdtempSync(join(tmpdir(), 'xunbao-cluster-cli-'))
    const { code, out } = xunbao('build', pages, '--replicas', '0')
    expect([code, out.includes('已收录')]).toEqual([0, true])
  }, 600_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('search, explain, stats and export answer from the cluster as from a folder', () => {
    const index = join(folder, 'index')
    expect(spawnSync(process.execPath, [program, 'build', pages, '--index', index]).status).toBe(0)
    const both = (...words: string[]) => [json(...words), json(...words, '--index', index)]
    for (const q of ['社区', '脱贫攻坚', '标题:社区', '没有的字样']) {
      const [there, here] = both('search', q)
      expect(there.total).toBe(here.total)
      expect(there.facets).toEqual(here.facets)
      const byId = (hits: { id: string }[]) =>
        Object.fromEntries(hits.map(({ id, ...hit }) => [id, { ...hit, score: 0 }]))
      expect(byId(there.hits)).toEqual(byId(here.hits))
    }
    const [there, here] = both('stats')
    expect(there).toMatchObject({ articles: here.articles, papers: here.papers, from: here.from })
    const [first] = json('search', '社区').hits
    expect(xunbao('explain', '社区', first.id)).toMatchObject({ code: 0 })
    expect(xunbao('export', '社区').out.trim().split('\n')).toHaveLength(json('search', '社区').total)
  })

  it('what is added is found, a word is known at once, what is removed is gone', () => {
    const file = join(folder, 'more.jsonl')
    writeFileSync(file, `${JSON.stringify({ id: '新一', title: '云雀湾开园', body: '云雀湾今天开园。' })}\n`)
    expect(json('add', file)).toMatchObject({ added: 1 })
    expect(json('search', '云雀湾').total).toBe(1)
    expect(xunbao('dict', 'add', '云雀湾').code).toBe(0)
    expect(json('dict', 'list')).toContain('云雀湾')
    expect(json('analyze', '云雀湾').words.map(({ text }: { text: string }) => text)).toEqual(['云雀湾'])
    expect(json('remove', '新一')).toMatchObject({ removed: 1 })
    expect(json('search', '云雀湾').total).toBe(0)
  })

  it('a rebuild in several threads comes to the same as in one, also laid by year and with articles that come twice', async () => {
    const file = join(folder, 'many.jsonl')
    const articles = Array.from({ length: 3000 }, (_, i) => ({
      id: `m${i % 2900}`,
      title: `第${i}号公告 社区养老`,
      body: `${['许昌', '开封', '洛阳'][i % 3]}的社区养老院今天开放。COVID-${i % 20}。`.repeat(1 + (i % 40)),
      date: `20${10 + (i % 3)}-05-0${1 + (i % 9)}`,
      author: `记者 王${['一', '二', '三'][i % 3]}鸣`,
    }))
    writeFileSync(file, articles.map((article) => `${JSON.stringify(article)}\n`).join(''))
    const places = [
      [`${name}a`, ['--workers', '0']],
      [`${name}b`, ['--workers', '3', '--split', 'year']],
    ] as const
    const seen = []
    for (const [place, options] of places) {
      const { code, out } = xunbao('build', file, '--replicas', '0', '--name', place, '--json', ...options)
      expect(code).toBe(0)
      const report = JSON.parse(out)
      await using archive = await openArchive({ cluster: address, name: place })
      const { segments, bytes, generation, ...stats } = archive.stats()
      const totals = []
      for (const q of ['社区养老', '许昌', '第2999号', 'COVID-7', '作者:王二鸣'])
        totals.push((await archive.search({ q, strict: true, size: 0 })).total)
      const suggested = []
      for (const typed of ['社', 'wang', 'covid', '公告']) suggested.push(await archive.suggest(typed, 20))
      const { articles: indexed, faultCount, byType } = report
      seen.push({ indexed, faultCount, byType, stats, totals, suggested })
    }
    expect(seen[0]!.stats.articles).toBe(2900)
    expect(seen[0]!.suggested.every((some) => some.length > 0)).toBe(true)
    expect(seen[1]).toEqual(seen[0])
  })

  it('what is not there is said in a sentence', () => {
    const { code, err } = xunbao('search', '社区', '--name', 'keine')
    expect(code).toBe(1)
    expect(err).toContain('集群')
    expect(xunbao('search', '社区', '--cluster', 'http://127.0.0.1:9').err).toContain('连不上集群')
    expect(xunbao('search', '社区', '--cluster', address, '--index', 'x').code).toBe(2)
  })

  describe('the server', () => {
    let server: ChildProcess
    let url: string
    beforeAll(async () => {
      server = spawn(process.execPath, [program, 'serve', '--port', '0'], {
        cwd: folder,
        env: {
          ...process.env,
          XUNBAO_CLUSTER: address,
          XUNBAO_NAME: name,
          XUNBAO_TOKEN: 'a-long-enough-token-0123',
        },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      for await (const line of createInterface({ input: server.stdout! })) {
        url = /http:\S+/.exec(line)?.[0] ?? ''
        if (url !== '') break
      }
    }, 60_000)
    afterAll(() => server?.kill('SIGTERM'))
    const get = async (path: string) => {
      const response = await fetch(url + path)
      return { status: response.status, text: await response.text() }
    }

    it('shows results, articles, pages, the calendar and the home page', async () => {
      const found = JSON.parse((await get('/api/search?q=社区')).text)
      expect(found.total).toBeGreaterThan(0)
      expect((await get('/?q=社区')).text).toContain('<mark>社区</mark>')
      const [{ id, paper, date, pageNo }] = found.hits
      expect((await get(`/api/articles/${encodeURIComponent(id)}`)).status).toBe(200)
      expect((await get(`/api/pages/${encodeURIComponent(paper)}/${date}/${pageNo}`)).status).toBe(200)
      for (const path of ['/', '/issues', '/trends?q=社区', '/status', '/readyz', '/api/suggest?q=社'])
        expect([path, (await get(path)).status]).toEqual([path, 200])
      expect((await get('/api/articles/%E6%B2%A1%E6%9C%89')).status).toBe(404)
    })

    it('takes what is posted, and says what it cannot take', async () => {
      const post = (body: unknown, path = '/api/articles') =>
        fetch(url + path, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', authorization: 'Bearer a-long-enough-token-0123' },
        })
      expect((await post([{ id: '新二', title: '雁鸣湖放鱼', body: '放鱼。' }])).status).toBeLessThan(300)
      expect(JSON.parse((await get('/api/search?q=雁鸣湖')).text).total).toBe(1)
      expect((await post([{ id: '坏', title: '日', date: '2019-13-45' }])).status).toBe(422)
    })
  })
})
