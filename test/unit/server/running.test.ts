// What whoever runs the service gets: a clean start, a clean end, a log line, and the router in an app of their own.
import { createServer as createHttpServer } from 'node:http'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { SearchError } from '../../../src/model/errors.ts'
import { createRequestLog } from '../../../src/server/request-log.ts'
import { createApp } from '../../../src/server/router.ts'
import { createServer } from '../../../src/server/server.ts'
import { serve, webFolder } from '../../contract/support/serve.ts'
import { createArticles } from '../../fakes/articles.ts'
import { createMemoryArchive } from '../../fakes/memory-archive.ts'

const archiveOf = (count = 5) => createMemoryArchive(createArticles(count))

it('a port that is taken is named', async () => {
  const first = await serve(archiveOf())
  try {
    const port = Number(new URL(first.url).port)
    await expect(createServer(archiveOf(), { host: '127.0.0.1', port })).rejects.toThrow(
      `端口 ${port} 已被占用`,
    )
    await expect(createServer(archiveOf(), { host: '203.0.113.9', port: 0 })).rejects.toBeInstanceOf(
      SearchError,
    )
  } finally {
    await first.close()
  }
})

it('closing finishes the request that has begun, takes no new one, and can be asked twice', async () => {
  const archive = archiveOf()
  let release = () => {}
  const started = new Promise<void>((resolveStarted) => {
    const analyze = archive.analyze
    archive.analyze = async (text) => {
      resolveStarted()
      await new Promise<void>((resolve) => {
        release = resolve
      })
      return analyze(text)
    }
  })
  const server = await serve(archive)
  const answer = fetch(`${server.url}/api/analyze?text=x`)
  await started
  const closed = server.close()
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  release()
  expect((await answer).status).toBe(200)
  await closed
  await server.close()
})

it('a request that never ends is cut off when the time for closing is over', async () => {
  const archive = archiveOf()
  archive.analyze = () => new Promise(() => {})
  const server = await serve(archive, { closeTimeoutMs: 100 })
  const answer = fetch(`${server.url}/api/analyze?text=x`)
  answer.catch(() => {})
  await expect.poll(async () => (await fetch(`${server.url}/healthz`)).status).toBe(200)
  await server.close()
  await expect(answer).rejects.toThrow()
})

it('an answer that takes too long is given up with 503 and a word when to come back', async () => {
  const archive = archiveOf()
  archive.suggest = () => new Promise(() => {})
  const server = await serve(archive, { answerTimeoutMs: 50, reportFault: () => undefined })
  try {
    const response = await fetch(`${server.url}/api/suggest?q=x`)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.json()).toMatchObject({ code: 'TIMEOUT' })
  } finally {
    await server.close()
  }
})

it('a fault of ours is told to the operator and not to the reader', async () => {
  const archive = archiveOf()
  archive.search = async () => {
    throw new SearchError('INDEX_CORRUPT', '段 /secret/seg-1 的校验和不对', { file: '/secret/seg-1' })
  }
  archive.suggest = async () => {
    throw new TypeError('cannot read /secret')
  }
  const told: string[] = []
  const server = await serve(archive, { reportFault: (line) => told.push(line) })
  try {
    for (const [path, status] of [
      ['/api/search?q=x', 503],
      ['/api/suggest?q=x', 500],
    ] as const) {
      const response = await fetch(`${server.url}${path}`)
      expect(response.status).toBe(status)
      expect(await response.text()).not.toContain('secret')
    }
    expect(told.length).toBe(2)
    expect(told.join('\n')).toContain('/secret/seg-1')
  } finally {
    await server.close()
  }
})

it('an address of a megabyte and half a request get an answer, not silence', async () => {
  const server = await serve(archiveOf())
  const { hostname, port } = new URL(server.url)
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname)
      let heard = ''
      socket.on('data', (chunk) => {
        heard += chunk.toString()
      })
      socket.on('error', () => resolve(heard))
      socket.on('close', () => resolve(heard))
      socket.write(text)
    })
  try {
    expect(await say(`GET /?q=${'x'.repeat(1_000_000)} HTTP/1.1\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 .*problem\+json/s,
    )
    expect(await say('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*problem\+json/s)
  } finally {
    await server.close()
  }
})

it('each request is one line of the log when that is wanted; what was asked is in it only when that is wanted too', async () => {
  const lines: string[] = []
  for (const queries of [false, true]) {
    const log = createRequestLog({
      requests: true,
      queries,
      slowMs: 60_000,
      write: (line) => lines.push(line),
    })
    const server = createHttpServer(createApp(archiveOf(), { webFolder, log }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no address')
    try {
      lines.length = 0
      await (await fetch(`http://127.0.0.1:${address.port}/api/search?q=secret`)).text()
      await (await fetch(`http://127.0.0.1:${address.port}/api/search?size=0`)).text()
      await expect.poll(() => lines.length).toBe(2)
      const [found, refused] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(found).toMatchObject({ method: 'GET', route: '/api/search', status: 200, reading: 'exact' })
      expect(found).toHaveProperty('request')
      expect(refused).toMatchObject({ status: 400 })
      expect(lines[0]?.includes('secret')).toBe(queries)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }
})

it('a slow request is a warning, also where requests are not logged', async () => {
  const lines: string[] = []
  const log = createRequestLog({
    requests: false,
    queries: false,
    slowMs: 100,
    write: (line) => lines.push(line),
  })
  const record = { method: 'GET', route: '/api/search', status: 200, url: '/api/search?q=a' }
  log({ ...record, tookMs: 99 })
  log({ ...record, tookMs: 101 })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 40, msg: 'slow', tookMs: 101 }])
})
