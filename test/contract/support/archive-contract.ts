// What every door of the `Archive` port promises, whoever stands behind it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Article } from '../../../src/schema/article.ts'
import { createArticles } from '../../fakes/articles.ts'
import type { OpenedArchive } from './archives.ts'

const articles = createArticles(60)
const plainScan = (text: string) =>
  articles
    .filter(({ headline = '', paragraphs }) => [headline, ...paragraphs].some((part) => part.includes(text)))
    .map(({ id }) => id)
    .sort()

export function describeArchive(
  name: string,
  open: (articles: readonly Article[]) => Promise<OpenedArchive>,
) {
  describe(name, () => {
    let opened: OpenedArchive
    beforeAll(async () => {
      opened = await open(articles)
    })
    afterAll(() => opened.close())

    it.each(['社区', '第7号', '路灯亮了', '没有这句'])(
      'search and export find exactly what a plain scan finds: %s',
      async (text) => {
        const { archive } = opened
        const result = await archive.search({ q: text, size: 100, view: 'ids', strict: true })
        expect(result.hits.map(({ id }) => id).sort()).toEqual(plainScan(text))
        expect(result.total).toBe(plainScan(text).length)
        const exported: string[] = []
        for await (const { id } of archive.exportHits({ q: text, strict: true })) exported.push(id)
        expect(exported.sort()).toEqual(plainScan(text))
      },
    )

    it('a full answer counts in facets and histogram what it counts in its total', async () => {
      const { total, facets, histogram, hits } = await opened.archive.search({ q: '社区', size: 5 })
      expect(hits).toHaveLength(5)
      const sum = (list: readonly { count: number }[]) => list.reduce((all, { count }) => all + count, 0)
      expect(sum(facets.type)).toBe(total)
      expect(sum(histogram)).toBe(articles.filter(({ date }) => date !== '').length)
      for (const { headline } of hits)
        for (const [start, end] of headline.marks) expect(headline.text.slice(start, end)).toBe('社区')
    })

    it('pages of hits neither repeat nor leave out', async () => {
      const seen: string[] = []
      for (let page = 1; page <= 7; page++) {
        const { hits } = await opened.archive.search({ q: '社区', page, size: 10, view: 'ids' })
        seen.push(...hits.map(({ id }) => id))
      }
      expect(seen.sort()).toEqual(plainScan('社区'))
    })

    it('an article comes back as it went in, with marks where it is asked for', async () => {
      const view = await opened.archive.article('a3', '社区')
      expect(view).toMatchObject(articles[3]!)
      expect(
        view.marks?.paragraphs?.[0]?.map(([start, end]) => articles[3]!.paragraphs[0]!.slice(start, end)),
      ).toEqual(['社区'])
    })

    it('a page holds its articles, a day its pages, a trend its total', async () => {
      const { archive } = opened
      const { paper, date, pageNo } = articles[0]!
      const page = await archive.page(paper, date, pageNo)
      expect(page.articles.map(({ id }) => id)).toContain('a0')
      const days = await archive.issues(Number(date.slice(0, 4)))
      expect(days.find((day) => day.date === date)?.papers.map((one) => one.paper)).toContain(paper)
      const [trend] = await archive.trends(['社区'], 'year')
      expect(trend!.points.reduce((sum, { count }) => sum + count, 0)).toBe(
        articles.filter(({ date }) => date !== '').length,
      )
    })

    it('what is not there is said to be unknown', async () => {
      const { archive } = opened
      const unknown = { name: 'SearchError', code: 'ARTICLE_UNKNOWN' }
      await expect(archive.article('没有')).rejects.toMatchObject(unknown)
      await expect(archive.similar('没有')).rejects.toMatchObject(unknown)
      await expect(archive.explain('社区', '没有')).rejects.toMatchObject(unknown)
      await expect(archive.page('没有', '2020-01-01', 1)).rejects.toMatchObject(unknown)
    })

    it('a request that is wrong is refused by field', async () => {
      await expect(opened.archive.search({ q: '社区', from: '2018-02-30' })).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
        details: { field: 'from' },
      })
    })

    it('what is added is found, replaced under its id, and gone once removed', async () => {
      const { archive } = opened
      const before = archive.stats().articles
      expect(await archive.add([{ id: '新', title: '刚到的消息', body: '云锦开机。' }])).toMatchObject({
        added: 1,
        replaced: 0,
        ids: ['新'],
      })
      expect(await archive.add([{ id: '新', title: '改过的消息', body: '云锦停机。' }])).toMatchObject({
        added: 0,
        replaced: 1,
      })
      expect(archive.stats().articles).toBe(before + 1)
      expect((await archive.search({ q: '云锦停机', view: 'ids' })).hits[0]?.id).toBe('新')
      expect(await archive.remove(['新', '不在'])).toEqual({ removed: 1, missing: ['不在'] })
      expect((await archive.search({ q: '云锦停机', view: 'ids', strict: true })).total).toBe(0)
      expect(archive.stats().articles).toBe(before)
    })
  })
}
