// The archive on a cluster keeps every promise of the port, and answers as the one on this machine does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createArchive, openArchive } from '../../src/archive/open-archive.ts'
import type { Archive } from '../../src/archive/port.ts'
import type { ArticleInput } from '../../src/schema/article.ts'
import type { SearchRequest } from '../../src/schema/search-request.ts'
import { describeArchive } from '../contract/support/archive-contract.ts'
import { describeOnNodes } from './support/nodes.ts'

let names = 0
const newName = () => `t${Date.now().toString(36)}${names++}`

describeOnNodes(1, (running) => {
  async function openWith(articles: readonly ArticleInput[], shards = 1): Promise<Archive> {
    const options = { cluster: running.cluster.url, name: newName(), replicas: 0, shards }
    const archive = await createArchive(options)
    await archive.add(articles)
    return archive
  }

  describeArchive('an archive on a cluster', async (articles) => {
    const archive = await openWith(articles)
    return { archive, close: () => archive.close() }
  })

  describeArchive('an archive on three shards of a cluster', async (articles) => {
    const archive = await openWith(articles, 3)
    return { archive, close: () => archive.close() }
  })

  it.each(['relevance', 'newest', 'oldest'] as const)(
    'exports every article once, more than are fetched at once and half of them without a date: %s',
    async (sort) => {
      const articles = Array.from({ length: 1200 }, (_, i) => ({
        id: `${i}`,
        title: '社区新闻',
        body: '社区。',
        ...(i % 2 === 0 && { date: `20${10 + (i % 9)}-05-0${1 + (i % 7)}` }),
      }))
      const archive = await openWith(articles, 3)
      const dates = new Map<string, string>()
      for await (const { id, date } of archive.exportHits({ q: '社区', sort })) {
        expect(dates.has(id)).toBe(false)
        dates.set(id, date)
      }
      expect(dates.size).toBe(1200)
      if (sort !== 'relevance') {
        const dated = [...dates.values()].slice(0, 600)
        const ascending = [...dated].sort()
        expect(dated).toEqual(sort === 'oldest' ? ascending : ascending.reverse())
        expect(dated).not.toContain('')
      }
      await archive.close()
    },
  )

  describe('beside an archive on this machine, with the same articles', () => {
    let there: Archive
    let here: Archive
    const articles: ArticleInput[] = [
      {
        id: '1',
        title: '“三农”问题再上议程',
        date: '2019-03-01',
        paper: '县报',
        page: 1,
        body: '全县召开“三农”工作会议。三农问题是重中之重。',
      },
      {
        id: '2',
        title: '三农问题座谈',
        date: '2019-03-02',
        paper: '县报',
        page: 2,
        body: '5G建设与社区治理，COVID-19 期间社会各界捐款。AT&T 与 C++ 也有人问。',
      },
      {
        id: '3',
        title: '社会治理现代化',
        author: '张三',
        date: '2018-11-07',
        paper: '市报',
        page: 1,
        body: '社区建设，社会建设；二〇一九年三月五日，25条措施。',
      },
      {
        id: '4',
        title: '云上社区',
        author: '记者 李四',
        date: '2018-11-08',
        paper: '市报',
        page: 3,
        body: '社，区建设不算社区。天文年历 1955年第3号（总第9号）。',
      },
      {
        id: '5',
        title: '改革開放四十年',
        date: '',
        body: '改革开放是决定当代中国命运的关键一招。𠮷野家的𠮷字。',
      },
      {
        id: '6',
        title: '短讯',
        type: 'brief',
        tags: ['要闻', '本地'],
        date: '2018-11-07',
        paper: '市报',
        page: 1,
        body: '老“字”号、(三)农、坐标与座标。',
      },
    ]
    beforeAll(async () => {
      there = await openWith(articles)
      here = await createArchive()
      await here.add(articles)
    })
    afterAll(async () => {
      await there.close()
      await here.close()
    })

    it.each([
      '三农问题',
      '"三农问题"',
      '“三农”问题',
      '社区',
      '社区治理',
      '社区建设',
      '社?建设',
      '社*建设',
      '5G?设',
      '5G*治理',
      '?区',
      '社?',
      '社??设',
      '社区 OR 三农',
      '社区 -治理',
      '标题:社区',
      '标题:三农问题',
      '标题:社',
      '标题:社*理',
      '作者:张三',
      '作者:李',
      '"社区" NEAR/3 "治理"',
      '"社会" NEAR/12 "社区"',
      '"社" NEAR/1 "区"',
      '"5G" NEAR/8 "社区"',
      'COVID-19',
      'AT&T',
      'C++',
      '2019年3月5日',
      '二十五条',
      '总第9号',
      '改革開放',
      '𠮷',
      '𠮷野',
      '，',
      '。',
      'G',
      '-',
      '',
      '日期:2018-11',
      '日期:2018-11-07..2018-12-01 社区',
      '版次:1',
      '报纸:市报 社区',
      '类型:简讯',
      '标签:要闻',
      '坐标',
      '"坐标"',
      '三(农)',
      '没有这个',
      '？',
      '社区？',
      'sanlong',
      '社区建设与治理的现代化问题',
      '"unclosed',
      '((()',
      'a'.repeat(600),
    ])('finds, counts and marks the same: %s', async (q) => {
      for (const reading of [undefined, 'exact', 'allWords', 'anyWords'] as const) {
        const request = { q, size: 20, ...(reading && { reading }) }
        const [one, other] = await Promise.all([there.search(request), here.search(request)])
        expect({ ...one.query }).toEqual({ ...other.query })
        expect([one.total, one.totals, one.facets, one.histogram, one.notices]).toEqual([
          other.total,
          other.totals,
          other.facets,
          other.histogram,
          other.notices,
        ])
        const shown = ({ hits }: typeof one) =>
          hits.map(({ score: _, ...hit }) => hit).sort((a, b) => (a.id < b.id ? -1 : 1))
        expect(shown(one)).toEqual(shown(other))
      }
    })

    it.each<Partial<SearchRequest>>([
      { type: 'article' },
      { paper: ['市报', '县报'] },
      { paper: '-' },
      { author: '-' },
      { author: ['张三', '李四'] },
      { tag: '要闻', type: 'brief' },
      { pageNo: [1, 3], paper: '市报' },
      { from: '2018-11-01', to: '2018-11-30' },
      { from: '2019-01-01' },
    ])('filters the same, each facet without its own filter: %j', async (filters) => {
      for (const sort of ['relevance', 'newest', 'oldest'] as const) {
        const request = { ...filters, q: '', size: 20, sort, view: 'full' as const }
        const [one, other] = await Promise.all([there.search(request), here.search(request)])
        expect([one.total, one.facets, one.histogram, one.days]).toEqual([
          other.total,
          other.facets,
          other.histogram,
          other.days,
        ])
        expect(one.hits.map(({ id }) => id)).toEqual(other.hits.map(({ id }) => id))
      }
    })

    it('reads, pages, explains, exports and counts over time the same', async () => {
      for (const { id } of articles) {
        const [one, other] = await Promise.all([
          there.article(String(id), '社区'),
          here.article(String(id), '社区'),
        ])
        expect(one).toEqual(other)
      }
      expect(await there.page('市报', '2018-11-07', 1, '社会')).toEqual(
        await here.page('市报', '2018-11-07', 1, '社会'),
      )
      expect(await there.issues(2018, 11)).toEqual(await here.issues(2018, 11))
      expect(await there.issues(2019)).toEqual(await here.issues(2019))
      expect(await there.issues()).toEqual(await here.issues())
      expect(await there.trends(['社区', '三农'], 'month')).toEqual(
        await here.trends(['社区', '三农'], 'month'),
      )
      const exported = async (archive: Archive) => {
        const ids: string[] = []
        for await (const { id } of archive.exportHits({ q: '', sort: 'oldest' })) ids.push(id)
        return ids
      }
      expect(await exported(there)).toEqual(await exported(here))
      expect(await there.analyze('社區治理')).toEqual(await here.analyze('社區治理'))
      expect(await there.suggest('社', 5)).toEqual(await here.suggest('社', 5))
    })

    it('every score of a hit is the sum of what explains it', async () => {
      for (const q of [
        '社区治理',
        '三农问题',
        '社区建设与治理的现代化问题',
        '社?建设',
        '"社区" NEAR/3 "治理"',
      ]) {
        const { hits } = await there.search({ q, size: 5 })
        for (const { id, score } of hits) {
          const { found, score: explained, parts } = await there.explain(q, id)
          expect(found).toBe(true)
          expect(parts.reduce((sum, { value }) => sum + value, 0)).toBe(explained)
          expect(Math.abs(explained - score)).toBeLessThan(1e-4 * Math.max(1, score))
        }
      }
      expect(await there.explain('云南大理', '1')).toMatchObject({ found: false, score: 0 })
    })
  })

  it('an archive that is not there is said to be missing, another analysis refused by name', async () => {
    await expect(openArchive({ cluster: running.cluster.url, name: 'keine' })).rejects.toMatchObject({
      code: 'INDEX_MISSING',
    })
    const put = (path: string, body: unknown) =>
      fetch(running.cluster.url + path, {
        method: 'PUT',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    await put('/fremd', { mappings: { _meta: { xunbao: 'other' } } })
    await expect(openArchive({ cluster: running.cluster.url, name: 'fremd' })).rejects.toMatchObject({
      code: 'INDEX_FORMAT',
      message: expect.stringContaining('build'),
    })
    await expect(openArchive({ cluster: 'http://127.0.0.1:9', name: 'x' })).rejects.toMatchObject({
      code: 'STORAGE',
    })
    await expect(openArchive({ cluster: 'nowhere' })).rejects.toMatchObject({ details: { field: 'cluster' } })
    await expect(openArchive({ cluster: running.cluster.url, name: 'A b' })).rejects.toMatchObject({
      details: { field: 'name' },
    })
  })
})
