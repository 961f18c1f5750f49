// What a program reads from the HTTP interface has the shapes that its own description promises, on either archive.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { componentSchemas } from '../../src/server/schemas.ts'
import type { RunningServer } from '../../src/server/server.ts'
import { createArticles, hostileArticles } from '../fakes/articles.ts'
import { archiveKinds, type OpenedArchive } from './support/archives.ts'
import { faultsOf } from './support/json-schema.ts'
import { serve } from './support/serve.ts'

interface Description {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>
  >
  components: { schemas: Record<string, object> }
}

async function jsonOf<T>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T
}

describe.each(archiveKinds)('over %s, each answer has the shape that openapi.json says', (_name, open) => {
  let opened: OpenedArchive
  let server: RunningServer
  const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init)

  beforeAll(async () => {
    opened = await open([...createArticles(60), ...hostileArticles])
    server = await serve(opened.archive, { token: 'sesame' })
  })
  afterAll(async () => {
    await server.close()
    await opened.close()
  })

  const encodedHostile = encodeURIComponent(hostileArticles[0]!.id)
  const asked: [path: string, described: string][] = [
    ['/api/search?q=社区', '/api/search'],
    ['/api/search?q=社区&view=ids&size=100', '/api/search'],
    ['/api/search', '/api/search'],
    ['/api/suggest?q=第1', '/api/suggest'],
    ['/api/articles/a3', '/api/articles/{id}'],
    [`/api/articles/${encodedHostile}?q=script`, '/api/articles/{id}'],
    ['/api/articles/a3/similar?size=3', '/api/articles/{id}/similar'],
    ['/api/pages/江城晚报/2010-01-01/1', '/api/pages/{paper}/{date}/{pageNo}'],
    ['/api/issues', '/api/issues'],
    ['/api/issues?year=2012&month=3', '/api/issues'],
    ['/api/trends?q=社区&q=路灯&by=year', '/api/trends'],
    ['/api/explain?q=社区&id=a3', '/api/explain'],
    ['/api/analyze?text=社区养老', '/api/analyze'],
    ['/api/stats', '/api/stats'],
    ['/healthz', '/healthz'],
    ['/readyz', '/readyz'],
    ['/openapi.json', '/openapi.json'],
  ]
  it.each(asked)('%s', async (path, described) => {
    const description = await jsonOf<Description>(get('/openapi.json'))
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const { schema } = description.paths[described]!.get!.responses['200']!.content['application/json']!
    expect(faultsOf(await response.json(), { ...schema }, description.components.schemas)).toEqual([])
  })

  it('and every described route really is there', async () => {
    const description = await jsonOf<Description>(get('/openapi.json'))
    const paths = Object.keys(description.paths)
    for (const path of [
      '/api/search',
      '/api/export',
      '/feed.xml',
      '/opensearch.xml',
      '/metrics',
      '/api/pages',
    ])
      expect(paths).toContain(path)
    for (const [path, operations] of Object.entries(description.paths)) {
      const filled = path.replace('{id}', 'a1').replace('{paper}/{date}/{pageNo}', '江城晚报/2010-01-01/1')
      const response = await get(filled, { method: 'OPTIONS' })
      expect(response.status).toBe(204)
      for (const method of Object.keys(operations))
        expect(response.headers.get('allow')).toContain(method.toUpperCase())
    }
  })

  it('and so have the answers to writes', async () => {
    const headers = { Authorization: 'Bearer sesame', 'Content-Type': 'application/json' }
    const added = await get('/api/articles', {
      method: 'POST',
      headers,
      body: JSON.stringify({ id: 'neu', headline: '新桥通车', body: '桥上第一辆车是洒水车。' }),
    })
    expect(faultsOf(await added.json(), componentSchemas.ArticlesAdded, componentSchemas)).toEqual([])
    const found = await jsonOf<{ total: number }>(get('/api/search?q=洒水车'))
    expect(found.total).toBe(1)
    const page = await get('/api/pages?paper=河东日报&date=2021-01-02&pageNo=5', {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'text/plain' },
      body: '渡口的灯塔修好了\n\n　　本报讯（记者 丁一）昨日傍晚，老渡口的灯塔重新亮起，\n等了三年的渔民站在岸边鼓掌。\n',
    })
    const report = await jsonOf<{ ids: string[] }>(page)
    expect(faultsOf(report, componentSchemas.PageAdded, componentSchemas)).toEqual([])
    expect((await jsonOf<{ total: number }>(get('/api/search?q=灯塔'))).total).toBe(report.ids.length)
    const removed = await get('/api/articles/neu', { method: 'DELETE', headers })
    expect(faultsOf(await removed.json(), componentSchemas.ArticlesRemoved, componentSchemas)).toEqual([])
    expect((await jsonOf<{ total: number }>(get('/api/search?q=洒水车'))).total).toBe(0)
  })
})
