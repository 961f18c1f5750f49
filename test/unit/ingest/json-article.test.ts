// What a line of JSON becomes, and what a person is told when it cannot become an article.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonArticle } from '../../../src/ingest/json-article.ts'
import { SearchError } from '../../../src/model/errors.ts'

describe('一行 JSON 成为一篇文章', () => {
  it('keeps every field of the contract', () => {
    const { article, warnings, hasOwnId } = parseJsonArticle({
      id: 'x-1',
      title: ' 标题 ',
      body: '第一段。\r\n　　第二段。\n\n第三段。',
      date: '2018-11-07',
      paper: '今日魏都',
      pageNo: 3,
      section: '魏都聚焦',
      author: '张三、李四',
      type: 'brief',
      kicker: '引题',
      subtitle: '副题',
      tags: ['民生'],
    })
    expect(warnings).toEqual([])
    expect(hasOwnId).toBe(true)
    expect(article).toEqual({
      id: 'x-1',
      type: 'brief',
      paper: '今日魏都',
      date: '2018-11-07',
      pageNo: 3,
      section: '魏都聚焦',
      kicker: '引题',
      headline: '标题',
      subtitle: '副题',
      bylines: [{ role: '作者', names: ['张三', '李四'] }],
      paragraphs: ['第一段。', '第二段。', '第三段。'],
      tags: ['民生'],
    })
  })

  it.each([
    ['2018-11-7', '2018-11-07'],
    ['2018/11/07', '2018-11-07'],
    ['20181107', '2018-11-07'],
    ['2018年11月7日', '2018-11-07'],
    ['2018-11-07T08:00:00Z', '2018-11-07'],
  ])('reads the day %s', (date, expected) => {
    expect(parseJsonArticle({ title: '题', date }).article.date).toBe(expected)
  })

  it.each(['2018-13-07', '2018-02-30', '昨天', '0'])(
    'keeps an article whose day %s is none, and says so',
    (date) => {
      const { article, warnings } = parseJsonArticle({ title: '题', date })
      expect(article.date).toBe('')
      expect(warnings.join()).toContain('date')
    },
  )

  it.each([
    ['张三 李四', ['张三', '李四']],
    ['张国成　徐宝康', ['张国成', '徐宝康']],
    ['温 宪', ['温宪']],
    ['John Smith, 王五', ['John Smith', '王五']],
    ['买买提·艾力、古丽', ['买买提·艾力', '古丽']],
  ])('reads the people in %s', (author, names) => {
    expect(parseJsonArticle({ title: '题', author }).article.bylines).toEqual([{ role: '作者', names }])
  })

  it('gives the same id to the same text at every reading, another to another text', () => {
    const of = (body: string) => parseJsonArticle({ body, paper: '报', date: '2020-01-02' }).article.id
    expect(of('甲')).toBe(of('甲'))
    expect(of('甲')).not.toBe(of('乙'))
    expect(of('甲')).toMatch(/^报-2020-01-02-/)
  })

  it.each([[[]], [null], ['文字'], [3], [{}], [{ title: '  ', body: '\n' }], [{ id: 'a\nb', title: '题' }]])(
    'refuses %j with a sentence',
    (value) => {
      expect(() => parseJsonArticle(value)).toThrow(SearchError)
    },
  )

  it.each([
    ['date', { toString: 0 }],
    ['pageNo', { toString: 0 }],
    ['pageNo', ['3']],
    ['type', { toString: 0, valueOf: 0 }],
    ['date', [2018, 11, 7]],
  ])('keeps an article whose %s is %j, an object, as if it were not said, and says so', (field, value) => {
    const { article, warnings } = parseJsonArticle({ title: '题', [field]: value })
    expect(article).toMatchObject({ headline: '题', date: '', pageNo: 0, type: 'article' })
    expect(warnings.join()).toContain(field)
  })

  it('never fails in another way, whatever the line holds, and always gives an article that can be written again', () => {
    const known = [
      'id',
      'title',
      'body',
      'paragraphs',
      'date',
      'paper',
      'pageNo',
      'author',
      'bylines',
      'type',
      'subheadings',
      'tags',
      'boxes',
      'staff',
    ]
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...known), fc.jsonValue()), (value) => {
        try {
          const { article } = parseJsonArticle(value)
          const again = parseJsonArticle(JSON.parse(JSON.stringify(article)))
          expect(again.article).toEqual(article)
          expect(again.warnings).toEqual([])
        } catch (error) {
          if (!(error instanceof SearchError)) throw error
          expect(error.code).toBe('ARTICLE_INVALID')
        }
      }),
      { numRuns: 500 },
    )
  })
})
