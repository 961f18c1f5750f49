import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive } from '../../src/archive/open-archive.ts'
import { SearchError } from '../../src/model/errors.ts'
import { archiveOf, type TestArchive } from '../support/archive-of.ts'
import { articleOf } from '../support/articles.ts'

let made: TestArchive
const articles = [
  articleOf('a1', '社区养老有新招', ['南关街道许继社区办起老年食堂。', '老人说：“饭菜可口。”'], {
    date: '2018-11-07',
    section: '要闻',
    bylines: [{ role: '本报记者', names: ['王梅生'] }],
  }),
  articleOf('a2', '许继集团投产新线', ['许昌市许继集团的新生产线昨日投产，养老保险同步办理。'], {
    date: '2018-12-01',
    bylines: [
      { role: '记者', names: ['李洁'] },
      { role: '通讯员', names: ['王梅生'] },
    ],
  }),
  articleOf('b1', '简讯一则', ['社区举办运动会。'], { type: 'brief', date: '2019-01-15', signature: '伟源' }),
  articleOf('p1', '', [], {
    type: 'photo',
    date: '2019-01-15',
    caption: '社区居民在锻炼身体。',
    credits: ['侯聪'],
  }),
  articleOf('old', '旧闻', ['社會改革開放，二〇一九年再看。'], { date: '', pageNo: 0, paper: '另一报' }),
]

beforeAll(async () => {
  made = await archiveOf(articles, 2)
})
afterAll(() => made.dispose())

const idsOf = async (q: string, more: object = {}) => {
  const { hits } = await made.archive.search({ q, ...more })
  return hits.map((hit) => hit.id)
}

describe('what a reader can ask for', () => {
  test.each([
    ['社区 OR 集团', ['a1', 'a2', 'b1', 'p1']],
    ['社区|集团', ['a1', 'a2', 'b1', 'p1']],
    ['社区 -养老', ['b1', 'p1']],
    ['"许继社区"', ['a1']],
    ['「养老保险」', ['a2']],
    ['标题:养老', ['a1']],
    ['作者:王梅生', ['a1', 'a2']],
    ['类型:简讯', ['b1']],
    ['类型:brief 社区', ['b1']],
    ['报:另一报', ['old']],
    ['栏目:要闻', ['a1']],
    ['日期:2019-01 社区', ['b1', 'p1']],
    ['日期:2018-11-01..2018-11-30', ['a1']],
    ['"街道 食堂"~8', ['a1']],
    ['许?社', ['a1']],
    ['许*团', ['a2']],
    ['改革开放', ['old']],
    ['2019年', ['old']],
    ['(社区 OR 集团) 养老', ['a1', 'a2']],
  ])('%s', async (q, expected) => {
    expect((await idsOf(q, { strict: true })).sort()).toEqual(expected)
  })

  test('strings too far apart are not near', async () => {
    expect(await idsOf('"街道 食堂"~2')).toEqual([])
  })

  test('without a query everything can be leafed through, the newest first', async () => {
    expect(await idsOf('', { sort: 'newest' })).toEqual(['b1', 'p1', 'a2', 'a1', 'old'])
    expect(await idsOf('', { sort: 'oldest' })).toEqual(['a1', 'a2', 'b1', 'p1', 'old'])
  })

  test('filters narrow exactly, and facets and histogram count what is left', async () => {
    const result = await made.archive.search({ q: '社区', from: '2019-01-01', to: '2019-12-31' })
    expect(result.total).toBe(2)
    expect(result.facets.type).toEqual([
      { value: 'brief', count: 1 },
      { value: 'photo', count: 1 },
    ])
    expect(result.facets.year).toEqual([{ value: '2019', count: 2 }])
    expect(result.histogram).toEqual([{ month: '2019-01', count: 2 }])
    expect(await idsOf('社区', { type: ['photo', 'notice'] })).toEqual(['p1'])
    expect(await idsOf('', { author: '侯聪' })).toEqual(['p1'])
    expect(await idsOf('', { paper: '没有这报' })).toEqual([])
  })

  test('pages follow each other without gap or repetition', async () => {
    const all = await idsOf('', { size: 100 })
    const paged = []
    for (let page = 1; page <= 3; page++) paged.push(...(await idsOf('', { size: 2, page })))
    expect(paged).toEqual(all)
  })

  test('a hit is what was printed, with marks on its characters', async () => {
    const { hits } = await made.archive.search({ q: '社會改革' })
    expect(hits[0]).toMatchObject({ id: 'old', headline: { text: '旧闻', marks: [] } })
    const snippet = hits[0]!.snippets[0]!
    expect(snippet.marks.map(([start, end]) => snippet.text.slice(start, end))).toEqual(['社會改革'])
  })
})

describe('what a reader types wrongly', () => {
  test.each(['"未闭合', '社区 AND (', '))((', ':::', '-', '"~', '日期:某年', '   '])(
    '%s is answered',
    async (q) => {
      const result = await made.archive.search({ q })
      expect(result.total).toBeGreaterThanOrEqual(0)
      for (const problem of result.query.problems) expect(problem.message).not.toBe('')
    },
  )

  test('a homophone is corrected only when nothing else is found, and said so', async () => {
    const result = await made.archive.search({ q: '设区' })
    expect(result.query.corrected).toBe('社区')
    expect(result.notices.join()).toContain('社区')
    expect(result.total).toBe(3)
    expect((await made.archive.search({ q: '"设区"' })).total).toBe(0)
    expect((await made.archive.search({ q: '社区' })).query.corrected).toBeUndefined()
  })

  test('10,000 characters are cut with a word about it', async () => {
    const result = await made.archive.search({ q: '社区'.repeat(5000) })
    expect(result.query.problems.map((problem) => problem.message).join()).toContain('512')
  })

  test.each([
    [{ q: 'x', size: 101 }, 'size'],
    [{ q: 'x', page: 0 }, 'page'],
    [{ q: 'x', from: '2018-02-30' }, 'from'],
    [{ q: 'x', sort: 'best' as 'newest' }, 'sort'],
  ])('a bad request names its field: %o', async (request, field) => {
    await expect(made.archive.search(request)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      details: { field },
    })
  })
})

describe('reading and counting', () => {
  test('an article knows its neighbours on the page, its citation and its marks', async () => {
    const view = await made.archive.article('b1', '社区')
    expect(view.neighbours).toEqual({ next: { id: 'p1', headline: '社区居民在锻炼身体。' } })
    expect(view.citation.gbt7714).toBe('伟源. 简讯一则[N]. 测试日报, 2019-01-15(1).')
    expect(view.marks?.paragraphs).toEqual([[[0, 2]]])
    await expect(made.archive.article('nobody')).rejects.toMatchObject({ code: 'ARTICLE_UNKNOWN' })
  })

  test('trends give every printed month its count and share', async () => {
    const [trend] = await made.archive.trends(['社区'], 'year')
    expect(trend!.points).toEqual([
      { period: '2018', count: 1, share: 0.5 },
      { period: '2019', count: 2, share: 1 },
    ])
  })

  test('issues list papers and pages by day', async () => {
    const days = await made.archive.issues(2019, 1)
    expect(days).toEqual([
      { date: '2019-01-15', papers: [{ paper: '测试日报', pages: [1], articles: 2, unpaged: 0 }] },
    ])
  })

  test('an export gives every hit', async () => {
    const exported = []
    for await (const article of made.archive.exportHits({ q: '社区' })) exported.push(article.id)
    expect(exported.sort()).toEqual(['a1', 'b1', 'p1'])
  })

  test('an analysis shows how a text is cut', async () => {
    const { words, normalized } = await made.archive.analyze('許繼 社區')
    expect(normalized).toBe('许继社区')
    expect(words.map((word) => word.text).join('')).toBe(normalized)
  })
})

describe('changes', () => {
  test('an added article is found at once, here and in other readers of the folder, and a removed one is gone', async () => {
    const { archive, directory, dispose } = await archiveOf(articles)
    const other = await openArchive({ index: directory })
    try {
      const added = await archive.add([
        articleOf('new', '新添一篇', ['蒋李集镇修路。']),
        articleOf('b1', '改过的简讯', ['社区。']),
      ])
      expect(added).toEqual({ added: 1, replaced: 1, ids: ['new', 'b1'] })
      expect((await archive.search({ q: '蒋李集镇' })).hits.map((hit) => hit.id)).toEqual(['new'])
      expect((await archive.search({ q: '"社区举办运动会"' })).total).toBe(0)
      expect((await archive.search({ q: '社区', view: 'ids' })).total).toBe(3)
      await sleep(1500)
      expect((await other.search({ q: '蒋李集镇' })).total).toBe(1)
      expect(await archive.remove(['new', 'nobody'])).toEqual({ removed: 1, missing: ['nobody'] })
      expect((await archive.search({ q: '"蒋李集镇"' })).total).toBe(0)
      expect(archive.stats().articles).toBe(5)
    } finally {
      await other.close()
      await dispose()
    }
  })

  test('a missing index is named', async () => {
    const error = await openArchive({ index: '/nowhere/at/all' }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(SearchError)
    expect(error).toMatchObject({ code: 'INDEX_MISSING' })
  })
})

test('searches that run at the same time answer as each does alone', async () => {
  const queries = ['社区养老改革', '许昌社区新生产线', '社区 OR 集团', '运动会街道食堂', '老人说 社区 投产']
  const answer = async (q: string) => {
    const { hits, total } = await made.archive.search({ q, view: 'ids' })
    return { hits, total }
  }
  const alone = []
  for (const q of queries) alone.push(await answer(q))
  expect(await Promise.all(queries.map(answer))).toEqual(alone)
})
