// Rebuilds and changes on a cluster that is busy, refuses, falls silent or is written to by others meanwhile.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildArchive } from '../../src/archive/build-archive.ts'
import { createArchive, openArchive } from '../../src/archive/open-archive.ts'
import type { Archive } from '../../src/archive/port.ts'
import type { ArticleInput } from '../../src/schema/article.ts'
import { type FaultyLine, startLine } from './support/faulty-line.ts'
import { describeOnNodes } from './support/nodes.ts'

let proxy: FaultyLine
let names = 0
let name: string

const news = (count: number, what = '社区'): ArticleInput[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${what}${i}`, title: `${what}新闻`, body: `第${i}篇。` }))
const total = async (archive: Archive, q: string) =>
  (await archive.search({ q, strict: true, size: 0 })).total

describeOnNodes(1, (running) => {
  beforeAll(async () => {
    proxy = await startLine(running.cluster.url)
  })
  afterAll(() => proxy?.close())
  beforeEach(() => {
    name = `r${Date.now().toString(36)}${names++}`
    proxy.before = () => undefined
    proxy.seen.length = 0
  })
  /** What the node itself holds under the archive's name. */
  async function indices(): Promise<string[]> {
    const answer = await fetch(`${running.cluster.url}/_cat/indices/${name}-*?format=json`)
    return ((await answer.json()) as { index: string }[]).map(({ index }) => index)
  }
  const build = (articles: ArticleInput[], options = {}) =>
    buildArchive({ cluster: proxy.url, name, replicas: 0, articles, ...options })
  const open = () => openArchive({ cluster: proxy.url, name })
  async function countOf(q: string): Promise<number> {
    await using archive = await open()
    return total(archive, q)
  }
  /** The archive from before a rebuild that failed is there, can be written to, and nothing else is. */
  async function expectOld(count: number): Promise<void> {
    const archive = await open()
    expect(await total(archive, '社区')).toBe(count)
    await archive.add(news(1, '照常'))
    expect(await total(archive, '照常')).toBe(1)
    expect(await indices()).toHaveLength(1)
    await archive.close()
  }

  it('a rebuild replaces what sources brought, keeps what was added, and leaves nothing else behind', async () => {
    await build(news(20))
    const archive = await open()
    await archive.add(news(3, '读者来信'))
    const report = await build(news(15, '乡村'))
    expect(report).toMatchObject({ committed: true, articles: 18, kept: 3, dropped: 20 })
    archive.refresh()
    await expect.poll(() => archive.stats().articles).toBe(18)
    expect(await total(archive, '读者来信')).toBe(3)
    expect(await total(archive, '乡村')).toBe(15)
    expect(await total(archive, '社区')).toBe(0)
    expect(await indices()).toHaveLength(1)
    await archive.close()
  })

  it('a rebuild to less than half is refused, and nothing has changed', async () => {
    await build(news(20))
    await expect(build(news(5, '乡村'))).rejects.toMatchObject({ code: 'INDEX_SHRINKS' })
    await expectOld(20)
  })

  it('readers see the old archive, then the new one, never a part and never a refusal', async () => {
    await build(news(200))
    const archive = await open()
    const seen = new Set<number>()
    let isBuilding = true
    const reading = Array.from({ length: 4 }, async (_, reader) => {
      while (isBuilding) {
        if (reader === 0)
          await archive.article('读者0').catch((error) => expect(error.code).toBe('ARTICLE_UNKNOWN'))
        else seen.add((await archive.search({ q: '新闻', strict: true, size: 0 })).total)
      }
    })
    for (const [count, what] of [
      [300, '乡村'],
      [200, '社区'],
      [300, '乡村'],
    ] as const)
      await build(news(count, what))
    isBuilding = false
    await Promise.all(reading)
    for (const count of seen) expect([200, 300]).toContain(count)
    expect(await total(archive, '新闻')).toBe(300)
    await archive.close()
  })

  it('an export that is under way goes on in the old archive while a new one is put in place', async () => {
    await build(news(1200))
    const archive = await open()
    const exported = archive.exportHits({ q: '社区' })[Symbol.asyncIterator]()
    const first = await exported.next()
    const building = build(news(1000, '乡村'))
    await expect.poll(() => countOf('乡村'), { timeout: 20_000 }).toBe(1000)
    const ids = new Set([first.value!.id])
    for (let next = await exported.next(); !next.done; next = await exported.next()) ids.add(next.value.id)
    expect(ids.size).toBe(1200)
    await building
    expect(await indices()).toHaveLength(1)
    await archive.close()
  })

  it('a cluster that is too busy is asked again until it takes everything', async () => {
    let refusals = 0
    proxy.before = ({ path, body }) => {
      if (!path.startsWith('/_bulk') || refusals >= 4) return undefined
      refusals++
      if (refusals % 2 === 1) return { status: 429, body: { error: { type: 'es_rejected', reason: '忙' } } }
      const items = body
        .split('\n')
        .filter((line) => line.startsWith('{"index"'))
        .map(() => ({ index: { status: 429, error: { type: 'rejected', reason: '队伍满了' } } }))
      return { status: 200, body: { errors: true, items } }
    }
    expect(await build(news(50))).toMatchObject({ committed: true, articles: 50, faultCount: 0 })
    expect(refusals).toBe(4)
    const archive = await open()
    expect(await total(archive, '社区')).toBe(50)
    await archive.close()
  })

  it('an article that the cluster cannot take is named in the report, the others are in', async () => {
    proxy.before = ({ path, body }) => {
      const lines = body.split('\n').filter((line) => line.startsWith('{"index"'))
      const isAlone = lines.length === 1 && lines[0]!.includes('社区7"')
      if (!path.startsWith('/_bulk') || !isAlone) return undefined
      const error = { type: 'mapper_parsing_exception', reason: 'failed to parse' }
      return { status: 200, body: { errors: true, items: [{ index: { status: 400, error } }] } }
    }
    // Long enough to be sent alone.
    const articles = news(10).map((article) => ({ ...article, body: '社区里的事。'.repeat(60_000) }))
    const report = await build(articles)
    expect(report.faults).toMatchObject([
      { id: '社区7', message: expect.stringContaining('failed to parse') },
    ])
    const archive = await open()
    expect(archive.stats().articles).toBe(9)
    await expect(archive.article('社区7')).rejects.toMatchObject({ code: 'ARTICLE_UNKNOWN' })
    await archive.close()
  })

  it('when the line goes dead on the way, the old archive stays and can be written to', async () => {
    await build(news(20))
    proxy.before = ({ path }) => (path.includes('/_aliases') ? 'cut' : undefined)
    await expect(build(news(30, '乡村'))).rejects.toMatchObject({ code: 'STORAGE' })
    proxy.before = () => undefined
    await expectOld(20)
  })

  it('when only the answer to the last step is lost, the new archive is in place', async () => {
    await build(news(20))
    proxy.before = ({ path }) => (path.includes('/_aliases') ? 'lost' : undefined)
    expect(await build(news(30, '乡村'))).toMatchObject({ committed: true, articles: 30 })
    proxy.before = () => undefined
    expect(await countOf('乡村')).toBe(30)
  })

  it('when nothing is known of the last step, what may be the new archive is not removed', async () => {
    await build(news(20))
    let isDead = false
    proxy.before = ({ path }) => {
      const answer = isDead ? 'cut' : path.includes('/_aliases') ? 'lost' : undefined
      isDead ||= answer === 'lost'
      return answer
    }
    await expect(build(news(30, '乡村'))).rejects.toMatchObject({ code: 'STORAGE' })
    proxy.before = () => undefined
    expect(await countOf('乡村')).toBe(30)
  })

  it('what is added while a rebuild takes over is refused, so that it is not lost', async () => {
    await build(news(20))
    const archive = await openArchive({ cluster: running.cluster.url, name })
    let refused: unknown
    proxy.before = async ({ path }) => {
      if (path.includes('/_aliases')) refused = await archive.add(news(1, '迟到')).catch((error) => error)
      return undefined
    }
    await build(news(20, '乡村'))
    expect(refused).toMatchObject({ code: 'INDEX_LOCKED' })
    await archive.add(news(1, '迟到'))
    expect(await total(archive, '迟到')).toBe(1)
    await archive.close()
  })

  it('an archive that stays open writes to the indices of a later rebuild', async () => {
    await build(news(20))
    const archive = await open()
    await build(news(25, '乡村'))
    await archive.add(news(2, '其后'))
    await archive.remove(['乡村0'])
    const fresh = await open()
    expect(fresh.stats().articles).toBe(26)
    expect(await indices()).toHaveLength(1)
    await fresh.close()
    await archive.close()
  })

  it('a disk that is nearly full is told in words, and searches go on', async () => {
    await build(news(5))
    const archive = await open()
    const [index] = await indices()
    const settings = (value: boolean | null) =>
      fetch(`${running.cluster.url}/${index}/_settings`, {
        method: 'PUT',
        body: JSON.stringify({ 'index.blocks.read_only_allow_delete': value }),
        headers: { 'content-type': 'application/json' },
      })
    await settings(true)
    await expect(archive.add(news(1, '乡村'))).rejects.toMatchObject({
      code: 'STORAGE',
      message: expect.stringContaining('磁盘快满了'),
    })
    expect(await total(archive, '社区')).toBe(5)
    await settings(null)
    await archive.add(news(1, '乡村'))
    expect(await total(archive, '乡村')).toBe(1)
    await archive.close()
  })

  it.each([
    ['an old version', { number: '1.3.20', distribution: 'opensearch' }],
    ['another product', { number: '8.15.0' }],
  ])('%s is refused by name', async (_, version) => {
    proxy.before = ({ path }) => (path === '/' ? { status: 200, body: { version } } : undefined)
    await expect(createArchive({ cluster: proxy.url, name })).rejects.toMatchObject({
      code: 'INDEX_FORMAT',
      message: expect.stringContaining(version.number),
    })
  })

  describe('laid by year', () => {
    const dated = [
      { id: 'a', title: '社区一', body: '一。', date: '2018-05-01', paper: '县报' },
      { id: 'b', title: '社区二', body: '二。', date: '2019-05-01', paper: '县报' },
      { id: 'c', title: '社区三', body: '三。', date: '2020-05-01', paper: '市报' },
      { id: 'd', title: '社区四', body: '四。', paper: '市报' },
    ]
    /** The names that searches were addressed to since. */
    const asked = () =>
      new Set(
        proxy.seen.flatMap(({ path }) => /^\/([^/]*)\/_search/.exec(decodeURIComponent(path))?.[1] ?? []),
      )

    it('a search of some years asks their indices alone, and counts as one index would', async () => {
      await build(dated, { split: 'year' })
      expect((await indices()).map((index) => index.slice(-6)).sort()).toHaveLength(4)
      const archive = await open()
      proxy.seen.length = 0
      const within = await archive.search({ q: '社区', from: '2018-06-01', to: '2019-12-31', view: 'ids' })
      expect(within.hits.map(({ id }) => id)).toEqual(['b'])
      expect([...asked()].every((target) => !/-y2020|-y(,|$)/.test(target))).toBe(true)
      expect([...asked()].some((target) => target.includes('-y2019'))).toBe(true)
      expect(await total(archive, '社区')).toBe(4)
      expect((await archive.search({ q: '社区', from: '1990-01-01', to: '1991-01-01' })).total).toBe(0)
      await archive.close()
    })

    it('an article whose day is mended moves, and is there once', async () => {
      await build(dated, { split: 'year' })
      const archive = await open()
      await archive.add([{ ...dated[0]!, date: '2021-01-01' }])
      expect(archive.stats()).toMatchObject({ articles: 4, to: '2021-01-01' })
      expect((await archive.search({ q: '社区一', from: '2018-01-01', to: '2018-12-31' })).total).toBe(0)
      expect((await archive.search({ q: '社区一', from: '2021-01-01' })).total).toBe(1)
      expect(await archive.remove(['a'])).toMatchObject({ removed: 1 })
      expect(archive.stats().articles).toBe(3)
      await archive.close()
    })

    it('laid by paper, a search of one paper asks its index alone; its facets count the others all the same', async () => {
      await build(dated, { split: 'paper' })
      const archive = await open()
      proxy.seen.length = 0
      const ids = await archive.search({ q: '社区', paper: '市报', view: 'ids' })
      expect(ids.hits.map(({ id }) => id).sort()).toEqual(['c', 'd'])
      expect([...asked()].every((target) => !target.includes(','))).toBe(true)
      const full = await archive.search({ q: '社区', paper: '市报' })
      expect(full.total).toBe(2)
      expect(full.facets.paper).toEqual([
        { value: '县报', count: 2 },
        { value: '市报', count: 2 },
      ])
      await archive.close()
    })
  })
})
