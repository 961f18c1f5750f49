// What a developer gets who hangs the router into an app of their own, under a path of their choice.
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRouter } from '../../../src/server/router.ts'
import { webFolder } from '../../contract/support/serve.ts'
import { createArticles } from '../../fakes/articles.ts'
import { createMemoryArchive } from '../../fakes/memory-archive.ts'

const app = express()
app.get('/own', (_request, response) => {
  response.send('own')
})
const publicUrl = 'https://news.example'
app.use('/papers/archive', createRouter(createMemoryArchive(createArticles(20)), { webFolder, publicUrl }))
app.use(
  '/parsed',
  express.json(),
  express.text(),
  createRouter(createMemoryArchive([]), { webFolder, token: 't' }),
)
const server = app.listen(0, '127.0.0.1')
let base: string

beforeAll(async () => {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

it('the API answers below the path, with arrays as arrays under the app’s own query parser', async () => {
  const response = await fetch(`${base}/papers/archive/api/search?q=社区&type=brief&type=photo&size=2`)
  expect(response.status).toBe(200)
  expect(((await response.json()) as { total: number }).total).toBe(10)
})

it('pages find their files, each other and the API below the path', async () => {
  for (const path of ['/papers/archive/', '/papers/archive/articles/a1?q=x', '/papers/archive/issues']) {
    const html = await (await fetch(`${base}${path}`)).text()
    expect(html).toContain('action="/papers/archive/"')
    expect(html).not.toMatch(/(src|href|action)="\/(?!papers\/archive\/)/)
    for (const [, href = ''] of html.matchAll(/(?:src|href)="(\/[^"]+\.(?:css|js|svg))"/g))
      expect([href, (await fetch(base + href)).status]).toEqual([href, 200])
    expect(html).toContain('<link rel="stylesheet"')
  }
})

it('feeds and descriptions name the configured address, whatever the Host header says', async () => {
  expect(await (await fetch(`${base}/papers/archive/feed.xml?q=社区`)).text()).toContain(
    'https://news.example/papers/archive/articles/a',
  )
  expect(await (await fetch(`${base}/papers/archive/opensearch.xml`)).text()).toContain(
    'https://news.example/papers/archive/?q={searchTerms}',
  )
  const description = (await (await fetch(`${base}/papers/archive/openapi.json`)).json()) as {
    servers: { url: string }[]
  }
  expect(description.servers[0]?.url).toBe('https://news.example/papers/archive')
})

it('the app’s own routes are left alone', async () => {
  const response = await fetch(`${base}/own`)
  expect(await response.text()).toBe('own')
  expect(response.headers.get('content-security-policy')).toBeNull()
})

it('writes are taken too where the app has read the body already', async () => {
  const post = (path: string, type: string, body: string) =>
    fetch(`${base}/parsed${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer t', 'content-type': type },
      body,
    })
  const added = await post('/api/articles', 'application/json', '[{"id":"a","title":"题"},{"title":"二"}]')
  expect([added.status, ((await added.json()) as { added: number }).added]).toEqual([200, 2])
  const lines = await post('/api/articles', 'application/x-ndjson', '{"title":"三"}\n{"title":"四"}\n')
  expect(lines.status).toBe(200)
  expect((await post('/api/pages', 'text/plain', '一版文字')).status).toBe(200)
})
