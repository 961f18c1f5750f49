// What a program gets from the HTTP interface: the shapes it was promised, and an answer to everything it sends.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Article } from '../../src/schema/article.ts'
import type { Problem } from '../../src/server/problem.ts'
import { componentSchemas } from '../../src/server/schemas.ts'
import type { RunningServer } from '../../src/server/server.ts'
import { createArticles, hostileArticles } from '../fakes/articles.ts'
import { createMemoryArchive, type MemoryArchive } from '../fakes/memory-archive.ts'
import { faultsOf } from './support/json-schema.ts'
import { serve } from './support/serve.ts'

const token = 'kǒulìng-7f3a'
let archive: MemoryArchive
let server: RunningServer

beforeAll(async () => {
  archive = createMemoryArchive([...createArticles(60), ...hostileArticles])
  server = await serve(archive, { token: encodeURIComponent(token) })
})
afterAll(() => server.close())

const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init)
const authorized = { Authorization: `Bearer ${encodeURIComponent(token)}` }

async function jsonOf<T>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T
}

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  const problem = await jsonOf<Problem>(response)
  expect(faultsOf(problem, componentSchemas.Problem, componentSchemas)).toEqual([])
  expect(problem.status).toBe(response.status)
  expect(JSON.stringify(problem)).not.toMatch(/\bat .*\.ts|node_modules|\/src\//)
  return problem
}

describe('a search', () => {
  it('passes every filter on, repeated or in brackets, and ignores names it does not know', async () => {
    await get(
      '/api/search?q=社区&page=2&size=5&sort=newest&from=2011-01-01&to=2018-12-31&type=article&type[]=brief&paper=江城晚报&section=要闻&author=记者1&pageNo=3&strict=1&utm_source=x',
    )
    const sent = JSON.parse(archive.calls.at(-1)!.replace('search ', ''))
    expect(sent).toEqual({
      q: '社区',
      page: 2,
      size: 5,
      sort: 'newest',
      from: '2011-01-01',
      to: '2018-12-31',
      type: ['article', 'brief'],
      paper: ['江城晚报'],
      section: ['要闻'],
      author: ['记者1'],
      tag: [],
      pageNo: [3],
      strict: true,
      group: false,
      view: 'full',
      signal: {},
    })
  })

  it.each([
    ['page=0', 'page'],
    ['page=-1', 'page'],
    ['page=1e3', 'page'],
    ['size=101', 'size'],
    ['size=ten', 'size'],
    ['sort=best', 'sort'],
    ['from=2019-02-29', 'from'],
    ['to=20190101', 'to'],
    ['type=poem', 'type'],
    ['type=article&type=poem', 'type'],
    ['strict=maybe', 'strict'],
    ['view=short', 'view'],
    ['pageNo=x', 'pageNo'],
    ['q=a&q=b', 'q'],
    [`q=${'社'.repeat(513)}`, 'q'],
    [`q=${'社'.repeat(10_000)}`, 'q'],
  ])('names the field at fault: %.20s', async (query, field) => {
    const response = await get(`/api/search?${query}`)
    expect(response.status).toBe(400)
    const problem = await problemOf(response)
    expect(problem.field).toBe(field)
    expect(problem.detail).toContain(field)
    expect(problem.detailEn).toContain(field)
  })

  it('takes a query of 512 characters, rare ones of two units included', async () => {
    expect((await get(`/api/search?q=${'社'.repeat(512)}`)).status).toBe(200)
    expect((await get(`/api/search?q=${encodeURIComponent('𠮷'.repeat(512))}`)).status).toBe(200)
  })

  it('sent again is not sent twice: the same ETag, and 304 for who has it', async () => {
    const first = await get('/api/search?q=社区')
    const tag = first.headers.get('etag')!
    expect((await get('/api/search?q=社区')).headers.get('etag')).toBe(tag)
    const again = await get('/api/search?q=社区', { headers: { 'If-None-Match': `"x", ${tag}` } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect((await get('/api/search?q=路灯')).headers.get('etag')).not.toBe(tag)
  })

  it('answers HEAD with the same headers and no body', async () => {
    const response = await get('/api/search?q=社区', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100)
    expect(await response.text()).toBe('')
  })
})

describe('what is not there', () => {
  it.each([
    '/api/articles/nobody',
    '/api/articles/nobody/similar',
    '/api/pages/江城晚报/1999-01-01/1',
    '/api/explain?q=x&id=nobody',
  ])('%s is a 404 that says what is missing', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect((await problemOf(response)).code).toBe('ARTICLE_UNKNOWN')
  })

  it('an unknown address is a 404 for a program and the page for a person', async () => {
    await problemOf(await get('/api/nothing', { headers: { Accept: 'text/html' } }))
    await problemOf(await get('/nothing'))
    const page = await get('/nothing', { headers: { Accept: 'text/html,*/*;q=0.8' } })
    expect(page.status).toBe(404)
    expect(page.headers.get('content-type')).toContain('text/html')
  })

  it('a method that is not offered is a 405 with the ones that are', async () => {
    const response = await get('/api/search', { method: 'PUT' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    await problemOf(response)
    const remove = await get('/api/articles/a1', { method: 'PATCH' })
    expect(remove.headers.get('allow')).toBe('GET, HEAD, DELETE, OPTIONS')
  })

  it('a month without its year is a fault of the request', async () => {
    const response = await get('/api/issues?month=3')
    expect((await problemOf(response)).field).toBe('month')
  })
})

describe('every answer', () => {
  it.each(['/', '/api/search?q=x', '/nothing', '/api/articles/nobody', '/icon.svg'])(
    'from %s forbids foreign scripts, sniffing and frames, and does not name the software',
    async (path) => {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toContain('unsafe')
      expect(policy).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )

  it('is counted', async () => {
    await get('/api/search?q=计数')
    await get('/api/search?size=0')
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await response.text()
    expect(text).toMatch(/xunbao_http_requests_total\{method="GET",route="\/api\/search",status="200"\} \d+/)
    expect(text).toMatch(/xunbao_http_requests_total\{method="GET",route="\/api\/search",status="400"\} \d+/)
    expect(text).toMatch(/^xunbao_articles \d+$/m)
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \S+ .+|[a-z_]+(\{[^}]*\})? [-+0-9.e]+)$/)
  })
})

describe('without a way in', () => {
  it.each([
    ['POST', '/api/articles'],
    ['POST', '/api/pages'],
    ['DELETE', '/api/articles/a1'],
  ])('%s %s is refused: no token, a wrong one, or one that begins right', async (method, path) => {
    for (const authorization of [
      undefined,
      'Bearer ',
      'Bearer x',
      `Bearer ${encodeURIComponent(token)}x`,
      `Basic ${token.length}`,
    ]) {
      const headers = authorization === undefined ? {} : { Authorization: authorization }
      const response = await get(path, { method, headers })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toContain('Bearer')
      await problemOf(response)
    }
  })

  it('a server without a token refuses every write', async () => {
    const readOnly = await serve(archive)
    try {
      for (const authorization of ['Bearer undefined', 'Bearer ', 'Bearer x']) {
        const response = await fetch(`${readOnly.url}/api/articles`, {
          method: 'POST',
          headers: { Authorization: authorization, 'Content-Type': 'application/json' },
          body: '{}',
        })
        expect(response.status).toBe(403)
      }
    } finally {
      await readOnly.close()
    }
  })
})

describe('a writer with the token', () => {
  const post = (path: string, type: string, body: string) =>
    get(path, { method: 'POST', headers: { ...authorized, 'Content-Type': type }, body })

  it('adds one article, many, or lines of them, finds them, replaces and removes them', async () => {
    const one = await post(
      '/api/articles',
      'application/json',
      JSON.stringify({ id: 'w1', title: '新桥通车', body: '昨日。\n今日。' }),
    )
    expect(await one.json()).toEqual({ added: 1, replaced: 0, ids: ['w1'] })
    expect((await jsonOf<Article>(get('/api/articles/w1'))).paragraphs).toEqual(['昨日。', '今日。'])
    const many = await post(
      '/api/articles',
      'application/json; charset=utf-8',
      JSON.stringify([
        { id: 'w1', headline: '新桥' },
        { headline: '无名', date: '2020-02-29', author: ['甲', '乙'] },
      ]),
    )
    const report = await jsonOf<{ ids: string[] }>(many)
    expect(report).toMatchObject({ added: 1, replaced: 1 })
    const lines = await post(
      '/api/articles',
      'application/x-ndjson',
      '{"id":"w3","headline":"一"}\n\n{"id":"w4","headline":"二"}\n',
    )
    expect(await lines.json()).toEqual({ added: 2, replaced: 0, ids: ['w3', 'w4'] })
    for (const id of ['w1', report.ids[1], 'w3', 'w4']) {
      const removed = await get(`/api/articles/${id}`, { method: 'DELETE', headers: authorized })
      expect(removed.status).toBe(200)
      expect((await get(`/api/articles/${id}`)).status).toBe(404)
    }
    const twice = await get('/api/articles/w1', { method: 'DELETE', headers: authorized })
    expect(twice.status).toBe(404)
  })

  it('adds a page file with what the folder would have said', async () => {
    const response = await post(
      `/api/pages?paper=${encodeURIComponent('海州新闻')}&date=2021-05-01&pageNo=2`,
      'text/plain',
      '正文',
    )
    expect(faultsOf(await response.json(), componentSchemas.PageAdded, componentSchemas)).toEqual([])
    expect(archive.calls.at(-1)).toBe('addPage 6 {"paper":"海州新闻","date":"2021-05-01","pageNo":2}')
    expect((await post('/api/pages', 'application/pdf', '')).status).toBe(422)
  })

  it.each([
    ['not JSON', '{"id":', 400, undefined],
    ['a number', '7', 422, undefined],
    ['nothing', '[]', 400, undefined],
    ['a bad date', '[{"headline":"好"},{"headline":"坏","date":"2021-13-01"}]', 422, 'date'],
    ['a bad kind', '{"headline":"坏","type":"poem"}', 422, 'type'],
    ['a bad page', '{"headline":"坏","pageNo":-1}', 422, 'pageNo'],
    ['a headline that is no text', '{"headline":{"a":1}}', 422, 'headline'],
    ['a byline without names', '{"headline":"坏","bylines":[{"role":"记者"}]}', 422, 'bylines'],
    ['no text at all', '{"id":"leer"}', 422, 'headline'],
    ['a prototype', '{"__proto__":{"headline":"坏"}}', 422, 'headline'],
  ])('is told what is wrong with %s, and nothing is added', async (_name, body, status, field) => {
    const before = archive.stats().articles
    const response = await post('/api/articles', 'application/json', body)
    expect(response.status).toBe(status)
    const problem = await problemOf(response)
    if (field !== undefined) expect(problem.field).toBe(field)
    expect(archive.stats().articles).toBe(before)
  })

  it('is told which media types are taken, and that a body can be too large', async () => {
    expect((await post('/api/articles', 'text/html', '<p>')).status).toBe(415)
    const tooLarge = await post('/api/articles', 'application/json', ' '.repeat(33 * 1024 * 1024))
    expect(tooLarge.status).toBe(413)
    await problemOf(tooLarge)
  })
})
