// What writers may count on: they wait their turn, pages replace pages, a rebuild loses nothing that it is not told to.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/open-archive.ts'
import { checkIndex } from '../../src/index/directory/check.ts'
import { openIndexWriter } from '../../src/index/directory/writer.ts'
import { addSources } from '../../src/ingest/add-sources.ts'
import { buildIndex } from '../../src/ingest/build-index.ts'
import { createServer } from '../../src/server/server.ts'

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
let folder: string
let index: string
let pages: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-changes-'))
  index = join(folder, 'index')
  pages = join(folder, 'pages')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const story = (headline: string) =>
  `${headline}\n\n本报讯（记者 张三）昨日，${headline}，居民们都来参加，气氛热烈，一直到晚上才散去。\n`
function putPage(date: string, text: string): string {
  const path = join(pages, '魏都晚报', date, '03.txt')
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}
const putLines = (name: string, count: number, title = '题') => {
  const path = join(folder, name)
  const line = (i: number) => JSON.stringify({ id: `${title}${i}`, title: `${title}${i}` })
  writeFileSync(path, Array.from({ length: count }, (_, i) => `${line(i)}\n`).join(''))
  return path
}
async function headlines(): Promise<string[]> {
  const archive = await openArchive({ index })
  const found: string[] = []
  for await (const { headline = '' } of archive.exportHits({ q: '' })) found.push(headline)
  await archive.close()
  return found.sort()
}

describe('writers', () => {
  it('of one process queue: 32 changes at once all succeed', async () => {
    await buildIndex({ index, articles: [{ title: '第一篇' }] })
    const archive = await openArchive({ index })
    const server = await createServer(archive, { host: '127.0.0.1', port: 0, token: 't', accessLog: false })
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, i) =>
        fetch(`${server.url}/api/articles`, {
          method: 'POST',
          headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
          body: JSON.stringify({ id: `p${i}`, title: `第${i}篇` }),
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect((await archive.search({ q: '' })).total).toBe(33)
    const late = archive.add([{ id: 'late', title: '关门前' }])
    await Promise.all([server.close(), archive.close()])
    expect((await late).added).toBe(1)
    await expect(archive.add([{ title: '关门后' }])).rejects.toMatchObject({ code: 'CLOSED' })
    expect(await headlines()).toContain('关门前')
  })

  it('of two processes wait for as long as they were told, and HTTP says when to come again', async () => {
    await buildIndex({ index, articles: [{ title: '第一篇' }] })
    const other = await openIndexWriter(index)
    const archive = await openArchive({ index })
    const server = await createServer(archive, { host: '127.0.0.1', port: 0, token: 't', accessLog: false })
    try {
      const answer = await fetch(`${server.url}/api/articles`, {
        method: 'POST',
        headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
        body: '{"title":"第二篇"}',
      })
      expect(answer.status).toBe(409)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      const impatient = spawnSync(process.execPath, [
        program,
        'add',
        putLines('a.jsonl', 1),
        '--index',
        index,
        '--wait',
        '0',
      ])
      expect(impatient.status).toBe(1)
      const patient = spawn(process.execPath, [
        program,
        'add',
        putLines('b.jsonl', 1, '后来'),
        '--index',
        index,
      ])
      const ended = new Promise<number | null>((resolve) => patient.once('exit', resolve))
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await other.close()
      expect(await ended).toBe(0)
      expect(await headlines()).toEqual(['后来0', '第一篇'])
    } finally {
      await server.close()
      await archive.close()
      await other.close()
    }
  })
})

describe('a page', () => {
  it('that is added again takes the place of what was read from it; others and single articles stay', async () => {
    const other = putPage('2018-11-08', story('小学今天开学'))
    const page = putPage('2018-11-07', `${story('社区食堂开张')}\n\n${story('道路修好通车')}`)
    await addSources({ sources: [other, page], index })
    const before = await headlines()
    expect(before).toContain('社区食堂开张')
    const archive = await openArchive({ index })
    await archive.add([{ title: '读者来信', paper: '魏都晚报', date: '2018-11-07', pageNo: 3 }])
    await archive.close()
    putPage('2018-11-07', story('社区食堂开张'))
    const report = await addSources({ sources: [page], index })
    expect(report.removed).toBe(before.length - 2)
    expect(await headlines()).toEqual(['小学今天开学', '社区食堂开张', '读者来信'].sort())
  })

  it('is removed as a whole by its paper, date and number', async () => {
    await addSources({
      sources: [putPage('2018-11-07', story('社区食堂开张')), putPage('2018-11-08', story('小学今天开学'))],
      index,
    })
    const removal = spawnSync(process.execPath, [
      program,
      'remove',
      '--page',
      '魏都晚报/2018-11-07/03',
      '--index',
      index,
    ])
    expect(removal.status, String(removal.stderr)).toBe(0)
    expect(await headlines()).toEqual(['小学今天开学'])
  })
})

describe('a rebuild', () => {
  it('keeps what only add brought, and counts it and what the sources no longer hold', async () => {
    const page = putPage('2018-11-07', story('社区食堂开张'))
    const old = putPage('2018-11-06', story('小学今天开学'))
    await buildIndex({ index, sources: pages })
    const archive = await openArchive({ index })
    await archive.add([{ id: 'own', title: '单独加入' }])
    await archive.addPage(Buffer.from(story('加入的一版')), {
      paper: '魏都晚报',
      date: '2018-11-09',
      pageNo: 3,
    })
    await archive.addPage(Buffer.from(story('旧的一版新闻')), {
      paper: '魏都晚报',
      date: '2018-11-10',
      pageNo: 3,
    })
    await archive.close()
    rmSync(old)
    putPage('2018-11-10', story('邮局今天搬家'))
    const report = await buildIndex({ index, sources: [pages] })
    expect(report).toMatchObject({ committed: true, kept: 2, dropped: 1, articles: 4 })
    expect(await headlines()).toEqual(['加入的一版', '单独加入', '邮局今天搬家', '社区食堂开张'].sort())
    // And once more: what was kept is still what only add brought.
    expect(await buildIndex({ index, sources: [page] })).toMatchObject({ kept: 2, dropped: 1, articles: 3 })
    expect(readdirSync(index).filter((name) => name.endsWith('.seg')).length).toBeLessThanOrEqual(2)
  })

  it('that would leave less than half asks to be forced', async () => {
    await buildIndex({ index, sources: putLines('many.jsonl', 100) })
    const few = putLines('few.jsonl', 10, '新')
    await expect(buildIndex({ index, sources: few })).rejects.toMatchObject({ code: 'INDEX_SHRINKS' })
    expect(await headlines()).toHaveLength(100)
    expect(readdirSync(index).filter((name) => name.endsWith('.seg'))).toHaveLength(1)
    expect(spawnSync(process.execPath, [program, 'build', few, '--index', index]).status).toBe(1)
    expect(spawnSync(process.execPath, [program, 'build', few, '--force', '--index', index]).status).toBe(0)
    expect(await headlines()).toHaveLength(10)
  })

  it('whose sources vanish meanwhile leaves the old index', async () => {
    const lines = putLines('a.jsonl', 3)
    await buildIndex({ index, sources: lines })
    const page = putPage('2018-11-07', story('社区食堂开张'))
    const vanishing = buildIndex({
      index,
      sources: [lines, page],
      onProgress: () => rmSync(page, { force: true }),
    })
    await expect(vanishing).rejects.toMatchObject({ code: 'SOURCE_MISSING' })
    expect(await headlines()).toHaveLength(3)
  })

  it('takes articles from a program, names those that are wrong, and options that it does not know', async () => {
    async function* given() {
      yield { title: '一' }
      yield { title: '二', date: '2018-02-30' }
      yield { title: '三' }
    }
    const report = await buildIndex({ index, articles: given() })
    expect(report).toMatchObject({ articles: 2, faults: [{ line: 2, field: 'date' }] })
    const wrong = { index, source: 'x' } as unknown as Parameters<typeof buildIndex>[0]
    await expect(buildIndex(wrong)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      details: { field: 'source' },
    })
  })
})

it('a check of an index that is being written finds no fault that is none', async () => {
  await buildIndex({ index, sources: putLines('a.jsonl', 2000) })
  const checking = checkIndex(index)
  for (let i = 0; i < 3; i++)
    await buildIndex({ index, sources: putLines('a.jsonl', 2000, `第${i}次`), force: true })
  expect((await checking).faults).toEqual([])
})

describe('an index that was restored by halves', () => {
  beforeEach(() => buildIndex({ index, sources: putLines('a.jsonl', 5) }))

  it.each([
    ['is gone', () => {}],
    ['leads nowhere', () => symlinkSync(join(folder, 'nowhere'), join(index, 'manifest.json'))],
  ])('is whole again from the copy where manifest.json %s', async (_name, instead) => {
    rmSync(join(index, 'manifest.json'))
    instead()
    expect(await headlines()).toHaveLength(5)
    expect(
      spawnSync(process.execPath, [program, 'add', putLines('b.jsonl', 1, '新'), '--index', index]).status,
    ).toBe(0)
    expect(await headlines()).toHaveLength(6)
  })

  it('is refused, never swept, where no manifest is left', async () => {
    for (const name of readdirSync(index)) if (name.startsWith('manifest')) rmSync(join(index, name))
    const before = readdirSync(index)
    const add = spawnSync(process.execPath, [program, 'add', putLines('b.jsonl', 1), '--index', index], {
      encoding: 'utf8',
    })
    expect(add.status).toBe(1)
    expect(add.stderr).toContain('清单')
    await expect(buildIndex({ index, sources: putLines('c.jsonl', 1) })).rejects.toMatchObject({
      code: 'INDEX_CORRUPT',
    })
    expect(readdirSync(index)).toEqual(before)
  })

  it('is noticed by those that have it open when another one of the same generation takes its place', async () => {
    const twin = join(folder, 'twin')
    await buildIndex({ index: twin, sources: putLines('b.jsonl', 7, '别的') })
    const archive = await openArchive({ index })
    cpSync(twin, index, { recursive: true })
    await expect.poll(async () => (await archive.search({ q: '' })).total, { timeout: 5000 }).toBe(7)
    await archive.close()
  })
})

describe('a reader', () => {
  it('who exports gets every article of the moment it began, whatever is committed meanwhile', async () => {
    await buildIndex({ index, sources: putLines('a.jsonl', 3000) })
    const archive = await openArchive({ index })
    const ids: string[] = []
    for await (const { id } of archive.exportHits({ q: '' })) {
      ids.push(id)
      if (ids.length % 1000 === 500) {
        await archive.remove(Array.from({ length: 900 }, (_, i) => `题${i + ids.length}`))
        await archive.add([{ title: `新的一篇 ${ids.length}` }])
        await buildIndex({ index, sources: putLines('b.jsonl', 2000, '重建'), force: true })
      }
    }
    expect(new Set(ids).size).toBe(3000)
    await archive.close()
  })

  it('who has gone, or has no more time, ends the search', async () => {
    await buildIndex({ index, sources: putLines('a.jsonl', 10) })
    const archive = await openArchive({ index })
    await expect(archive.search({ q: '题', signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
    await expect(archive.search({ q: '题', deadlineMs: 0 })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    })
    expect((await archive.search({ q: '题', deadlineMs: 10_000 })).total).toBe(10)
    const asked = { q: '题', sise: 3 } as unknown as Parameters<typeof archive.search>[0]
    await expect(archive.search(asked)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      details: { field: 'sise' },
    })
    await archive.close()
  })
})

describe('the words of an editor', () => {
  it('are all kept when several add them at once', async () => {
    await buildIndex({ index, articles: [{ title: '第一篇' }] })
    const adding = Array.from({ length: 4 }, (_, i) => {
      const words = Array.from({ length: 6 }, (_, k) => `新词${i}之${k}`)
      const child = spawn(process.execPath, [program, 'dict', 'add', ...words, '--index', index])
      return new Promise<number | null>((resolve) => child.once('exit', resolve))
    })
    expect(await Promise.all(adding)).toEqual([0, 0, 0, 0])
    const list = spawnSync(process.execPath, [program, 'dict', 'list', '--json', '--index', index], {
      encoding: 'utf8',
    })
    expect(JSON.parse(list.stdout)).toHaveLength(24)
  })

  it('go on counting as they were when the list is spoiled, and whoever asks is told', async () => {
    await buildIndex({ index, articles: [{ title: '许继社区今天开放' }] })
    writeFileSync(join(index, 'dict.txt'), '许继社区\n')
    const archive = await openArchive({ index })
    const words = async () => (await archive.analyze('许继社区')).words.map(({ text }) => text)
    expect(await words()).toEqual(['许继社区'])
    writeFileSync(join(index, 'dict.txt'), '许继社区\n别的词\n，。\n')
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(await words()).toEqual(['许继社区'])
    const { total, notices } = await archive.search({ q: '社区' })
    expect(total).toBe(1)
    expect(notices.join()).toContain('dict.txt')
    expect(archive.stats().faults).toMatchObject([{ segment: 'dict.txt' }])
    await archive.close()
  })

  it('offer the synonyms that are printed more often than what was typed, most first', async () => {
    const bodies = ['二胎政策放开', '全面两孩政策', '两孩政策落地', '二孩家庭', '生育二孩', '二孩与老人']
    await buildIndex({ index, articles: bodies.map((body, at) => ({ title: `消息${at}`, body })) })
    writeFileSync(join(index, 'synonyms.txt'), '二胎 = 两孩 = 二孩 = 第二个孩子\n')
    const archive = await openArchive({ index })
    const { query, total } = await archive.search({ q: '二胎' })
    expect(query.related).toEqual([
      { text: '二孩', count: 3 },
      { text: '两孩', count: 2 },
    ])
    expect(total).toBe(6)
    expect((await archive.search({ q: '二孩' })).query.related).toBeUndefined()
    expect((await archive.search({ q: '"二胎"' })).query.related).toBeUndefined()
    await archive.close()
  })
})
