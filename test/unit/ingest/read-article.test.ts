// What a sent article becomes, whatever forms its fields have, and what a person is told when it cannot become one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readArticle } from '../../../src/ingest/read-article.ts'
import { SearchError } from '../../../src/model/errors.ts'

describe('一行 JSON 成为一篇文章', () => {
  it('keeps every field of the contract', () => {
    const { article, hasOwnId } = readArticle({
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
    ['２０１８.11.7', '2018-11-07'],
    [20181107, '2018-11-07'],
    ['', ''],
    [null, ''],
  ])('reads the day %s', (date, expected) => {
    expect(readArticle({ title: '题', date }).article.date).toBe(expected)
  })

  it.each([
    ['date', '2018-13-07', /日历上没有.2018-13-07/],
    ['date', '2018-02-30', /日历上没有.2018-02-30/],
    ['date', '昨天', /YYYY-MM-DD/],
    ['date', { toString: 0 }, /YYYY-MM-DD/],
    ['date', [2018, 11, 7], /YYYY-MM-DD/],
    ['pageNo', { toString: 0 }, /整数/],
    ['pageNo', -1, /整数/],
    ['pageNo', '70000', /整数/],
    ['pageNo', '三', /整数/],
    ['type', 'poem', /article、brief、photo、notice/],
    ['type', { valueOf: 0 }, /article、brief、photo、notice/],
    ['title', ['题'], /文字/],
    ['body', ['段', null], /文字/],
    ['paragraphs', [null], /文字/],
    ['subheadings', 5, /beforeParagraph/],
    ['subheadings', [{ text: '小', beforeParagraph: 9 }], /段数/],
    ['bylines', 5, /role/],
    ['author', [{ role: '记者' }], /role/],
    ['tags', [1], /文字/],
    ['id', 'a\nb', /控制字符/],
    ['id', 'a'.repeat(513), /512/],
    ['confidence', 2, /0 到 1/],
    ['extra', 'x', /对象/],
  ])('names the field %s when it is %j', (field, value, sentence) => {
    expect(() => readArticle({ title: '题', body: '段', [field]: value }, {}, 7)).toThrow(
      expect.objectContaining({
        code: 'ARTICLE_INVALID',
        message: expect.stringMatching(sentence),
        details: { field, line: 7 },
      }),
    )
  })

  it.each([
    ['id', 3, { id: '3' }],
    ['pageNo', '3', { pageNo: 3 }],
    ['page', '第3版', { pageNo: 3 }],
    ['版次', 'A03', { pageNo: 3 }],
    ['type', '简讯', { type: 'brief' }],
    ['标题', '题目', { headline: '题目' }],
    ['正文', '一\n二', { paragraphs: ['一', '二'] }],
    ['Content', ['一', '二\n三'], { paragraphs: ['一', '二', '三'] }],
    ['tags', '民生、养老', { tags: ['民生', '养老'] }],
    ['credits', '张三 李四', { credits: ['张三', '李四'] }],
    [
      'bylines',
      { role: '记者', names: '张三、李四' },
      { bylines: [{ role: '记者', names: ['张三', '李四'] }] },
    ],
    [
      'bylines',
      ['张三', { names: ['李四'] }],
      {
        bylines: [
          { role: '', names: ['张三'] },
          { role: '', names: ['李四'] },
        ],
      },
    ],
    ['author', ['张三', '李四'], { bylines: [{ role: '作者', names: ['张三', '李四'] }] }],
    ['channel', { no: 5 }, { extra: { channel: { no: 5 } } }],
    ['extra', { channel: 5 }, { extra: { channel: 5 } }],
    ['extra', '{"channel":5}', { extra: { channel: 5 } }],
  ])('understands %s: %j', (field, value, expected) => {
    expect(readArticle({ caption: '图', [field]: value }).article).toMatchObject(expected)
  })

  it('keeps what it does not know, and both of two names of one field', () => {
    const { article } = readArticle(
      JSON.parse('{"title":"题","url":"u","__proto__":"p","headline":"主","constructor":1}'),
    )
    expect(article.headline).toBe('主')
    expect(JSON.parse(JSON.stringify(article.extra))).toEqual(
      JSON.parse('{"url":"u","__proto__":"p","title":"题","constructor":1}'),
    )
  })

  it('drops what the archive itself adds to an article that it shows', () => {
    const shown = { title: '题', neighbours: {}, citation: { bibtex: '' }, marks: {} }
    expect(readArticle(shown).article).not.toHaveProperty('extra')
  })

  it.each([
    ['张三 李四', ['张三', '李四']],
    ['张国成　徐宝康', ['张国成', '徐宝康']],
    ['温 宪', ['温宪']],
    ['John Smith, 王五', ['John Smith', '王五']],
    ['买买提·艾力、古丽', ['买买提·艾力', '古丽']],
  ])('reads the people in %s', (author, names) => {
    expect(readArticle({ title: '题', author }).article.bylines).toEqual([{ role: '作者', names }])
  })

  it('gives the same id to the same text at every reading, another to another text', () => {
    const of = (body: string) => readArticle({ body, paper: '报', date: '2020-01-02' }).article.id
    expect(of('甲')).toBe(of('甲'))
    expect(of('甲')).not.toBe(of('乙'))
    expect(of('甲')).toMatch(/^报-2020-01-02-/)
  })

  it.each([
    [[]],
    [null],
    ['文字'],
    [3],
    [{}],
    [{ title: '  ', body: '\n' }],
    [{ id: 'a\nb', title: '题' }],
    [{ title: '题', date: '不详' }],
  ])('refuses %j with a sentence', (value) => {
    expect(() => readArticle(value)).toThrow(SearchError)
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
          const { article } = readArticle(value)
          const again = readArticle(JSON.parse(JSON.stringify(article)))
          expect(again.article).toEqual(article)
        } catch (error) {
          if (!(error instanceof SearchError)) throw error
          expect(error.code).toBe('ARTICLE_INVALID')
        }
      }),
      { numRuns: 500 },
    )
  })
})
