// An archive in threads answers as one without, sees every change at once, and refuses what it cannot serve soon.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
// Compiled: threads are started from the compiled file.
import {
  type Archive,
  buildArchive,
  createServer,
  openArchive,
  openPooledArchive,
} from '../../dist/xunbao.js'
import { createArticles } from '../fakes/articles.ts'
import { webFolder } from './support/serve.ts'

let folder: string
let index: string
let plain: Archive
let pooled: Archive
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-pool-'))
  index = join(folder, 'index')
  await buildArchive({ articles: createArticles(300), index })
  plain = await openArchive({ index })
  pooled = await openPooledArchive({ index, threads: 2 })
})
afterAll(async () => {
  await pooled.close()
  await plain.close()
  rmSync(folder, { recursive: true, force: true })
})

const withoutTime = (result: object) => ({ ...result, tookMs: 0 })

describe('an archive in threads', () => {
  it('answers every question as one without', async () => {
    for (const q of ['', '社区', '社区 养老', '“小社区”', '标题:社区', '社?', '没有的字', '设区'])
      for (const view of ['full', 'ids'] as const)
        expect(withoutTime(await pooled.search({ q, view }))).toEqual(
          withoutTime(await plain.search({ q, view })),
        )
    const id = (await plain.search({ q: '' })).hits[0]!.id
    const { paper, date, pageNo } = await plain.article(id)
    const both = async (ask: (archive: Archive) => Promise<unknown>) =>
      expect(await ask(pooled)).toEqual(await ask(plain))
    await both((archive) => archive.article(id, '社区'))
    await both((archive) => archive.similar(id))
    await both((archive) => archive.page(paper, date, pageNo))
    await both((archive) => archive.issues())
    await both((archive) => archive.trends(['社区', '养老'], 'year'))
    await both((archive) => archive.explain('社区', id))
    await both((archive) => archive.analyze('脱贫攻坚'))
    await both((archive) => archive.suggest('社'))
    expect(pooled.stats()).toEqual(plain.stats())
  })

  it('gives away all hits, and can be left in the middle', async () => {
    const ids = async (archive: Archive) => {
      const found: string[] = []
      for await (const { id } of archive.exportHits({ q: '' })) found.push(id)
      return found
    }
    expect(await ids(pooled)).toEqual(await ids(plain))
    for await (const _ of pooled.exportHits({ q: '' })) break
    expect((await pooled.search({ q: '社区' })).total).toBeGreaterThan(0)
  })

  it('says what is wrong by the same errors', async () => {
    await expect(pooled.article('没有的')).rejects.toMatchObject({
      code: 'ARTICLE_UNKNOWN',
      details: { id: '没有的' },
    })
    await expect(pooled.search({ q: '社区', size: 1000 })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
    await expect(
      pooled.exportHits({ q: '', from: 'x' })[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    })
    await expect(openPooledArchive({ index: join(folder, 'none') })).rejects.toMatchObject({
      code: 'INDEX_MISSING',
    })
  })

  it('ends a question when its asker goes', async () => {
    await expect(pooled.search({ q: '社区', signal: AbortSignal.abort() })).rejects.toThrow()
    const controller = new AbortController()
    const asked = pooled.search({ q: '社区', signal: controller.signal })
    controller.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
    expect((await pooled.search({ q: '社区' })).total).toBeGreaterThan(0)
  })
})

describe('a change', () => {
  it('is seen by the next question, also where answers are kept', async () => {
    const server = await createServer(pooled, {
      host: '127.0.0.1',
      port: 0,
      token: 't',
      accessLog: false,
      webFolder,
    })
    const total = async (q: string) =>
      (
        (await (await fetch(`${server.url}/api/search?q=${encodeURIComponent(q)}`)).json()) as {
          total: number
        }
      ).total
    try {
      for (let i = 0; i < 20; i++) {
        expect(await total('琥珀')).toBe(i)
        expect(await total('琥珀')).toBe(i)
        await pooled.add([{ id: `amber-${i}`, title: `琥珀第${i}块` }])
      }
      await plain.remove(Array.from({ length: 20 }, (_, i) => `amber-${i}`))
      // Another process’s change is noticed by itself.
      await expect.poll(() => total('琥珀')).toBe(0)
      writeFileSync(join(index, 'synonyms.txt'), '琥珀=社区\n')
      await expect.poll(() => total('琥珀'), { timeout: 3000 }).toBeGreaterThan(0)
      const metrics = await (await fetch(`${server.url}/metrics`)).text()
      expect(metrics).toMatch(/xunbao_cache_requests_total\{outcome="hit"\} [1-9]/)
    } finally {
      rmSync(join(index, 'synonyms.txt'), { force: true })
      await server.close()
    }
  })
})

describe('more questions than can be served', () => {
  it('are refused at once with the time to come back; those that were taken are answered rightly', async () => {
    const narrow = await openPooledArchive({ index, threads: 1, queueMs: 0 })
    const server = await createServer(narrow, {
      host: '127.0.0.1',
      port: 0,
      accessLog: false,
      webFolder,
      cacheBytes: 0,
    })
    try {
      const expected = (await plain.search({ q: '社区 OR 养老' })).total
      const answers = await Promise.all(
        Array.from({ length: 300 }, async (_, i) => {
          const answer = await fetch(
            `${server.url}/api/search?q=${encodeURIComponent('社区 OR 养老')}&size=${(i % 100) + 1}`,
          )
          return {
            status: answer.status,
            after: answer.headers.get('retry-after'),
            body: (await answer.json()) as { total?: number },
          }
        }),
      )
      const served = answers.filter(({ status }) => status === 200)
      const refused = answers.filter(({ status }) => status !== 200)
      expect(served.length).toBeGreaterThan(0)
      expect(refused.length).toBeGreaterThan(0)
      expect(new Set(served.map(({ body }) => body.total))).toEqual(new Set([expected]))
      expect(refused.every(({ status, after }) => status === 503 && after === '1')).toBe(true)
      expect((await fetch(`${server.url}/api/search?q=a`)).status).toBe(200)
    } finally {
      await server.close()
      await narrow.close()
    }
  })

  it('of one client within a minute are refused with 429 where a rate is set; health is always told', async () => {
    const server = await createServer(plain, {
      host: '127.0.0.1',
      port: 0,
      accessLog: false,
      webFolder,
      requestsPerMinute: 5,
    })
    try {
      const ask = async (path: string) => (await fetch(server.url + path)).status
      const statuses = []
      for (let i = 0; i < 7; i++) statuses.push(await ask('/api/search?q=a'))
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
      const refused = await fetch(`${server.url}/api/stats`)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await refused.json()).toMatchObject({ status: 429 })
      expect(await ask('/healthz')).toBe(200)
    } finally {
      await server.close()
    }
  })
})

describe('connections', () => {
  it('by the thousand, idle or with many hands, keep nobody out', async () => {
    const server = await createServer(pooled, {
      host: '127.0.0.1',
      port: 0,
      accessLog: false,
      webFolder,
      requestsAtOnce: 4,
      cacheBytes: 0,
    })
    const idle = Array.from({ length: 1000 }, () => connect(Number(new URL(server.url).port), '127.0.0.1'))
    try {
      await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
      const statuses = await Promise.all(
        Array.from({ length: 60 }, async () => (await fetch(`${server.url}/api/search?q=社区`)).status),
      )
      expect(new Set(statuses)).toEqual(new Set([200, 429]))
      // A reader may hold an answer a moment before the server counts it as gone.
      await expect.poll(async () => (await fetch(`${server.url}/api/search?q=社区`)).status).toBe(200)
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    } finally {
      for (const socket of idle) socket.destroy()
      await server.close()
    }
  })
})

it('closing ends questions that wait, and every thread', async () => {
  const closing = await openPooledArchive({ index, threads: 1 })
  const asked = Array.from({ length: 20 }, () =>
    closing.search({ q: '社区' }).then(
      () => 'answered',
      (error: { code: string }) => error.code,
    ),
  )
  await closing.close()
  for (const outcome of await Promise.all(asked)) expect(['answered', 'CLOSED']).toContain(outcome)
  await expect(closing.search({ q: '社区' })).rejects.toMatchObject({ code: 'CLOSED' })
})
