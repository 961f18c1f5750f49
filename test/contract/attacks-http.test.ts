// Attacks on the HTTP side, and what happens: bytes that no client of good will sends, names, ids and parameters.
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningServer } from '../../src/server/server.ts'
import { archiveOf, type TestArchive } from '../support/archive-of.ts'
import { articleOf } from '../support/articles.ts'
import { serve } from './support/serve.ts'

let made: TestArchive
let server: RunningServer
beforeAll(async () => {
  made = await archiveOf([
    articleOf('a1', '社区里的事', ['社区办了一场晚会，居民都来了。']),
    articleOf('a2', 'COVID-19疫苗', ['F-16战机，NaN-1号。']),
  ])
  server = await serve(made.archive, { token: 'sesame' })
})
afterAll(async () => {
  await server.close()
  await made.dispose()
})

/** Sends bytes as they are and resolves with all that comes back. */
function say(bytes: string | Uint8Array): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    const chunks: Buffer[] = []
    const end = setTimeout(() => socket.destroy(), 3000)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(end)
      const [head = '', ...body] = Buffer.concat(chunks).toString().split('\r\n\r\n')
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, body: body.join('\r\n\r\n') })
    })
    socket.write(bytes)
  })
}
const lines = (...of: string[]) => `${of.join('\r\n')}\r\nConnection: close\r\n\r\n`
const get = (path: string) => say(lines(`GET ${path} HTTP/1.1`, 'Host: localhost'))

describe('bytes that are no request, or one that nobody can answer', () => {
  const cases: [string, number, string | Uint8Array][] = [
    ['nonsense', 400, 'NONSENSE\r\n\r\n'],
    ['no Host', 400, lines('GET / HTTP/1.1')],
    [
      'raw Chinese in the address',
      400,
      Buffer.from(lines('GET /api/search?q=社区 HTTP/1.1', 'Host: localhost')),
    ],
    [
      'an expectation that nobody knows',
      417,
      lines('POST /api/articles HTTP/1.1', 'Host: localhost', 'Expect: gold', 'Content-Length: 0'),
    ],
    ['use as a proxy', 405, lines('CONNECT example.org:443 HTTP/1.1', 'Host: localhost')],
    ['an address of a megabyte', 431, `GET /?q=${'x'.repeat(1_000_000)} HTTP/1.1\r\n\r\n`],
    ['a method of the past', 405, lines('TRACE / HTTP/1.1', 'Host: localhost')],
    ['a name that is not this machine’s', 421, lines('GET / HTTP/1.1', 'Host: evil.example')],
  ]
  it.each(cases)('%s: %i, in words and with every protection', async (_name, status, bytes) => {
    const answer = await say(bytes)
    expect(answer.status).toBe(status)
    for (const header of [
      'content-security-policy',
      'x-content-type-options',
      'x-frame-options',
      'referrer-policy',
    ])
      expect(answer.head.toLowerCase()).toContain(`${header}:`)
    const problem = JSON.parse(answer.body) as { status: number; detail: string; detailEn: string }
    expect(problem.status).toBe(status)
    expect(problem.detail).toMatch(/\p{Script=Han}/u)
    expect(problem.detailEn).not.toBe('')
  })
})

describe('the Host header', () => {
  it('is in no answer: addresses come from the configuration', async () => {
    const embedded = await serve(made.archive, {
      host: '0.0.0.0',
      publicUrl: 'https://archive.example/news/',
    })
    try {
      for (const path of ['/opensearch.xml', '/feed.xml?q=社区', '/openapi.json', '/']) {
        const answer = await fetch(new URL(encodeURI(path), embedded.url.replace('0.0.0.0', '127.0.0.1')), {
          headers: { 'X-Forwarded-Host': 'evil.example' },
        })
        const text = await answer.text()
        expect(answer.status).toBe(200)
        expect(text).not.toContain('127.0.0.1')
        expect(text).not.toContain('evil.example')
        if (path.endsWith('.xml')) expect(text).toContain('https://archive.example/news/')
      }
    } finally {
      await embedded.close()
    }
  })
})

describe('parameters', () => {
  const refused: [string, string][] = [
    ['one that is given twice', '/api/search?q=a&q=b'],
    ['a list where one value is meant', '/api/search?q[]=a&q[]=b'],
    ['an object', '/api/search?q[a][b]=1'],
    ['a list in a list', '/api/search?q=a&type[][]=article'],
    ['percent signs that spell nothing', '/api/search?q=%FF%FE%FD'],
    ['UTF-8 that is cut', '/api/search?q=%E7%A4'],
    ['a lone surrogate', '/api/search?q=%ED%A0%80*%E7%A4%BE'],
    ['a broken address', '/api/articles/%E7%A4'],
  ]
  it.each(refused)('%s: 400 in words', async (_name, path) => {
    const { status, body } = await get(path)
    expect([status, JSON.parse(body).status]).toEqual([400, 400])
  })

  it('as old pages send them, in GBK, are read', async () => {
    const { body } = await get('/api/search?q=%C9%E7%C7%F8&view=ids')
    expect(JSON.parse(body)).toMatchObject({ query: { text: '社区' }, total: 1 })
  })

  it('with a percent sign that is one are read', async () => {
    const { status, body } = await get('/api/search?q=100%&view=ids')
    expect([status, JSON.parse(body).query.text]).toEqual([200, '100%'])
  })

  it('that looked like wildcards to a parser are answered on every route', async () => {
    for (const q of ['或?NaN-1', 'F-16?', 'COVID-19?', '《》①?'.repeat(100), `的${'?*'.repeat(20)}`, '的*了'])
      for (const path of [
        '/api/search?q=',
        '/api/suggest?q=',
        '/api/trends?q=',
        '/feed.xml?q=',
        '/api/export?q=',
        '/api/explain?id=a1&q=',
        '/api/analyze?text=',
      ])
        expect([q, path, (await get(path + encodeURIComponent(q))).status]).toEqual([q, path, 200])
  })
})

describe('ids that no address can name', () => {
  it.each(['.', '..', 'a\nb', '\0', '\ud800', '__proto__', 'x'.repeat(513)])('%j is refused', async (id) => {
    const answer = await fetch(`${server.url}/api/articles`, {
      method: 'POST',
      headers: { authorization: 'Bearer sesame', 'content-type': 'application/json' },
      body: JSON.stringify({ id, title: '题' }),
    })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ field: 'id' })
  })

  it.each(['a/b', 'a?b', 'a#b', '100%', '社区 1', '😀', 'constructor', 'a\\b', "a'b", '+'])(
    '%j is not among them: it is opened and removed',
    async (id) => {
      await made.archive.add([{ id, title: '题' }])
      const address = `${server.url}/api/articles/${encodeURIComponent(id)}`
      expect(await (await fetch(address)).json()).toMatchObject({ id })
      const removed = await fetch(address, { method: 'DELETE', headers: { authorization: 'Bearer sesame' } })
      expect(await removed.json()).toMatchObject({ removed: 1 })
    },
  )
})
