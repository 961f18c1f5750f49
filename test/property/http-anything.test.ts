// Whatever a client sends, it is the client that is told so: no answer is ever a 5xx, and none shows the inside.
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningServer } from '../../src/server/server.ts'
import { archiveKinds, type OpenedArchive } from '../contract/support/archives.ts'
import { serve } from '../contract/support/serve.ts'
import { createArticles, hostileArticles } from '../fakes/articles.ts'

const token = 'sesame'
/** 20 000 makes 50 000 requests. */
const runs = Number(process.env.XUNBAO_LONG_RUNS ?? 400)
let server: RunningServer
const faults: string[] = []

interface Answer {
  status: number
  type: string
  body: string
}

function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Uint8Array,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const request = httpRequest({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString(),
        }),
      )
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

function expectCalm({ status, type, body }: Answer): void {
  expect(status).toBeGreaterThanOrEqual(200)
  expect(status).toBeLessThan(500)
  expect(faults).toEqual([])
  if (status >= 400 && body !== '' && !type.includes('text/html')) {
    expect(type).toContain('application/problem+json')
    expect(JSON.parse(body).status).toBe(status)
  }
  expect(body).not.toMatch(/\n\s+at |node_modules|[\\/]src[\\/]server/)
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '社区',
    '“未闭合',
    '社区 AND (',
    '((((',
    '-',
    '*',
    '?',
    '日期:',
    'NOT',
    '\u0000',
    '%',
    '../../etc/passwd',
    '__proto__',
    'NaN',
    '-1',
    '1e99',
    '2019-02-30',
    'x'.repeat(600),
  ),
)
const name = fc.oneof(
  fc.constantFrom(
    'q',
    'page',
    'size',
    'sort',
    'from',
    'to',
    'type',
    'type[]',
    'paper',
    'author',
    'pageNo',
    'strict',
    'view',
    'format',
    'year',
    'month',
    'by',
    'id',
    'text',
    'q[a]',
    '__proto__',
    'constructor',
  ),
  text,
)
/** As typed by hand into an address: encoded well, badly, or not at all. */
const encoded = fc.oneof(
  text.map((value) => encodeURIComponent(value.replaceAll(/[\uD800-\uDFFF]/g, '?'))),
  fc.constantFrom('%', '%E7%A4', '%FF%FE', '%00', '%2e%2e%2f', '+', '%u4E2D', ''),
)
const query = fc
  .array(fc.tuple(name, encoded), { maxLength: 8 })
  .map((pairs) =>
    pairs
      .map(([key, value]) => `${encodeURIComponent(key.replaceAll(/[\uD800-\uDFFF]/g, ''))}=${value}`)
      .join('&'),
  )
const path = fc.oneof(
  fc.constantFrom(
    '/',
    '/api/search',
    '/api/suggest',
    '/api/issues',
    '/api/trends',
    '/api/explain',
    '/api/analyze',
    '/api/export',
    '/api/stats',
    '/feed.xml',
    '/opensearch.xml',
    '/openapi.json',
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/articles',
    '/api/pages',
    '/icon.svg',
    '/robots.txt',
    '/sitemap.xml',
    '/status',
    '/issues',
    '/help',
    '//',
    '/api//search',
    '/main.js/..',
    '/.git/config',
    '/%2e%2e/package.json',
  ),
  encoded.map((part) => `/api/articles/${part}`),
  encoded.map((part) => `/api/articles/${part}/similar`),
  fc.tuple(encoded, encoded, encoded).map((parts) => `/api/pages/${parts.join('/')}`),
  encoded.map((part) => `/${part}`),
)
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
})

describe.each(archiveKinds)('over %s', (_name, open) => {
  let opened: OpenedArchive

  beforeAll(async () => {
    opened = await open([...createArticles(20), ...hostileArticles])
    server = await serve(opened.archive, { token, reportFault: (line) => faults.push(line) })
  })
  afterAll(async () => {
    await server.close()
    await opened.close()
  })

  it('any address and any parameters', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD', 'OPTIONS'),
        path,
        query,
        async (method, where, what) => {
          expectCalm(await send(method, what === '' ? where : `${where}?${what}`, {}))
        },
      ),
      { numRuns: runs },
    )
  })

  it('any method, any headers, any body, with and without the token', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'TRACE', 'LOCK'),
        path,
        fc.constantFrom(
          'application/json',
          'application/x-ndjson',
          'text/plain',
          'application/pdf',
          'application/octet-stream',
          'text/html',
          'a/b; charset=\u0022',
          '',
        ),
        fc.boolean(),
        fc.record(
          {
            accept: headerText,
            'if-none-match': headerText,
            'accept-encoding': headerText,
            range: headerText,
            'content-encoding': fc.constantFrom('identity', 'gzip', 'br', 'what'),
          },
          { requiredKeys: [] },
        ),
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((value) => new TextEncoder().encode(value)),
          fc
            .dictionary(
              fc.constantFrom(
                'id',
                'headline',
                'title',
                'body',
                'paragraphs',
                'date',
                'pageNo',
                'type',
                'bylines',
                'subheadings',
                'tags',
              ),
              fc.jsonValue(),
            )
            .map((value) => new TextEncoder().encode(JSON.stringify(value))),
        ),
        async (method, where, contentType, isAllowed, given, body) => {
          const headers: Record<string, string> = { 'content-length': String(body.length) }
          if (contentType !== '') headers['content-type'] = contentType
          if (isAllowed) headers.authorization = `Bearer ${token}`
          for (const [key, value] of Object.entries(given)) headers[key] = value.trim()
          expectCalm(await send(method, where, headers, body))
        },
      ),
      { numRuns: runs },
    )
  })

  it('bytes that are not HTTP at all', async () => {
    const { hostname, port } = new URL(server.url)
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ minLength: 1, maxLength: 300 }),
          fc.string().map((line) => new TextEncoder().encode(`${line}\r\n\r\n`)),
        ),
        async (bytes) => {
          const answer = await new Promise<string>((resolve) => {
            const socket = connect(Number(port), hostname)
            let heard = ''
            socket.on('data', (chunk) => {
              heard += chunk.toString()
            })
            socket.on('error', () => resolve(heard))
            socket.on('close', () => resolve(heard))
            socket.end(bytes)
          })
          if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 [234]\d\d /)
        },
      ),
      { numRuns: runs / 2 },
    )
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })
})
