// What a reader may type into the search box, and what is made of it.
import { describe, expect, test } from 'vitest'
import type { QueryNode } from '../../../src/model/query.ts'
import { parseQuery } from '../../../src/query/parse-query.ts'
import { printQuery } from '../../support/print-query.ts'

const today = '2018-11-07'
const read = (text: string) => parseQuery(text, { today })
/** The query as understood, in its printed form. */
const understood = (text: string) => printQuery(read(text).tree)
const messages = (text: string) => read(text).problems.map((problem) => problem.message)

describe('words and operators', () => {
  test.each([
    ['社区 养老', '社区 养老'],
    ['社区\u3000养老', '社区 养老'],
    ['社区，养老。', '社区 养老'],
    ['社区 OR 养老', '社区 OR 养老'],
    ['社区|养老', '社区 OR 养老'],
    ['社区｜养老', '社区 OR 养老'],
    ['社区 或 养老', '社区 OR 养老'],
    ['或许 或多或少', '或许 或多或少'],
    ['社区 AND 养老', '社区 养老'],
    ['a AND b OR c', '(a b) OR c'],
    ['社区 养老 OR 医疗', '社区 (养老 OR 医疗)'],
    ['社区 -养老', '社区 -养老'],
    ['社区 －养老', '社区 -养老'],
    ['社区 NOT 养老', '社区 -养老'],
    ['-养老', '* -养老'],
    ['社区-养老', '社区 养老'],
    ['（社区 或 养老）-（医疗 教育）', '(社区 OR 养老) 医疗 教育'],
    ['（社区 或 养老） -（医疗 教育）', '(社区 OR 养老) -(医疗 教育)'],
    ['', '*'],
    ['*', '*'],
    ['什么是社区？', '什么是社区'],
  ])('%s', (text, printed) => {
    expect(understood(text)).toBe(printed)
    expect(messages(text)).toEqual([])
  })

  test.each(['node.js', 'C++', '3.5%', 'AT&T', '12:30', '2018-11-07', "it's", '马克·吐温', '5G网络'])(
    '%s is one run',
    (text) => {
      expect(read(text).tree).toEqual({ kind: 'run', text, span: [0, text.length] })
    },
  )
})

describe('quoted text', () => {
  test.each([
    ['"脱贫攻坚"', '脱贫攻坚'],
    ['“脱贫攻坚”', '脱贫攻坚'],
    ['”脱贫攻坚”', '脱贫攻坚'],
    ['＂脱贫攻坚＂', '脱贫攻坚'],
    ['「脱贫攻坚」', '脱贫攻坚'],
    ['『脱贫攻坚』', '脱贫攻坚'],
    ['《脱贫攻坚》', '脱贫攻坚'],
    ['"区”凝聚“大"', '区”凝聚“大'],
    ['“他说“好”就走”', '他说“好”就走'],
    ['"a\\"b"', 'a"b'],
    ['" 社区 养老 "', '社区 养老'],
  ])('%s', (text, phrase) => {
    expect(read(text).tree).toMatchObject({ kind: 'phrase', text: phrase })
    expect(messages(text)).toEqual([])
  })

  test('a pasted headline becomes its quoted and unquoted parts', () => {
    expect(understood('“小社区”凝聚“大幸福”')).toBe('"小社区" 凝聚 "大幸福"')
  })

  test.each(['"社区 养老"~10', '“社区 养老”～１０'])('%s is near', (text) => {
    expect(read(text).tree).toMatchObject({ kind: 'near', texts: ['社区', '养老'], distance: 10 })
  })
})

describe('wildcards', () => {
  const one = { wild: '?' }
  const any = { wild: '*' }
  test.each([
    ['社?', [{ literal: '社' }, one]],
    ['社？', [{ literal: '社' }, one]],
    ['社*务', [{ literal: '社' }, any, { literal: '务' }]],
    ['社＊＊务', [{ literal: '社' }, any, { literal: '务' }]],
    ['?区*', [one, { literal: '区' }]],
  ])('%s', (text, parts) => {
    expect(read(text).tree).toMatchObject({ kind: 'wildcard', parts })
  })
  test('at the ends a star says nothing', () => {
    expect(understood('*社区*')).toBe('社区')
  })
  test('a backslash takes a sign as it stands', () => {
    expect(read('社\\*务').tree).toMatchObject({ kind: 'run', text: '社*务' })
  })
})

describe('fields and filters', () => {
  test.each([
    ['标题:社区', '标题:社区'],
    ['標題：社區', '标题:社區'],
    ['title:社区', '标题:社区'],
    ['TITLE:社区', '标题:社区'],
    ['记者:王小明', '作者:王小明'],
    ['标题:"脱贫攻坚"', '标题:"脱贫攻坚"'],
    ['标题:(社区 OR 养老)', '标题:(社区 OR 养老)'],
    ['-标题:社区', '* -标题:社区'],
    ['版:3', '版:3'],
    ['版:第三版', '版:3'],
    ['版面：０３', '版:3'],
    ['类型:简讯', '类型:brief'],
    ['type:photo', '类型:photo'],
    ['类型:简讯|公告', '类型:brief OR 类型:notice'],
    ['报:今日魏都', '报:今日魏都'],
    ['paper:"人民 日报"', '报:"人民 日报"'],
    ['栏目:要闻、综合', '栏目:要闻 OR 栏目:综合'],
    ['网址:社区', '网址 社区'],
  ])('%s', (text, printed) => {
    expect(understood(text)).toBe(printed)
    expect(messages(text)).toEqual([])
  })
})

describe('dates', () => {
  test.each([
    ['2018', '2018-01-01', '2018-12-31'],
    ['2018-11', '2018-11-01', '2018-11-30'],
    ['2018-11-07', '2018-11-07', '2018-11-07'],
    ['2018/2', '2018-02-01', '2018-02-28'],
    ['20181107', '2018-11-07', '2018-11-07'],
    ['２０１８年１１月', '2018-11-01', '2018-11-30'],
    ['2018年11月7日', '2018-11-07', '2018-11-07'],
    ['二〇一八年十一月七日', '2018-11-07', '2018-11-07'],
    ['98年', '1998-01-01', '1998-12-31'],
    ['11月', '2018-11-01', '2018-11-30'],
    ['11月5号', '2018-11-05', '2018-11-05'],
    ['今天', '2018-11-07', '2018-11-07'],
    ['昨日', '2018-11-06', '2018-11-06'],
    ['本周', '2018-11-05', '2018-11-11'],
    ['上周', '2018-10-29', '2018-11-04'],
    ['上个月', '2018-10-01', '2018-10-31'],
    ['去年', '2017-01-01', '2017-12-31'],
    ['去年3月', '2017-03-01', '2017-03-31'],
    ['近三个月', '2018-08-07', '2018-11-07'],
    ['最近7天', '2018-11-01', '2018-11-07'],
    ['近半年', '2018-05-07', '2018-11-07'],
    ['上半年', '2018-01-01', '2018-06-30'],
    ['2017年下半年', '2017-07-01', '2017-12-31'],
    ['2018年第三季度', '2018-07-01', '2018-09-30'],
    ['上季度', '2018-07-01', '2018-09-30'],
    ['2018-11-01..2018-11-30', '2018-11-01', '2018-11-30'],
    ['2018-11..', '2018-11-01', null],
    ['..2018-11', null, '2018-11-30'],
    ['2018年3月至5月', '2018-03-01', '2018-05-31'],
    ['2017年12月~2018年1月', '2017-12-01', '2018-01-31'],
    ['>=2018-11', '2018-11-01', null],
    ['<2018', null, '2017-12-31'],
    ['2018年以来', '2018-01-01', null],
    ['2018年11月以前', null, '2018-10-31'],
    ['2018年10月至今', '2018-10-01', '2018-11-07'],
  ])('%s', (typed, from, to) => {
    expect(read(`日期:${typed}`).tree).toMatchObject({ kind: 'dates', from, to })
    expect(messages(`日期:${typed}`)).toEqual([])
  })

  test('a range that runs backwards is turned round, and said so', () => {
    const { tree, problems } = read('日期:2018-12..2018-11')
    expect(tree).toMatchObject({ from: '2018-11-01', to: '2018-12-31' })
    expect(problems).toEqual([{ message: '起止日期颠倒了，已对调。', start: 3, end: 19 }])
  })

  test('leap days exist in leap years only', () => {
    expect(read('日期:2020-02-29').tree).toMatchObject({ from: '2020-02-29' })
    expect(messages('社区 日期:2018-02-29')[0]).toContain('2018-02-29')
  })
})

describe('what cannot be read is named with its place, and the rest is searched', () => {
  test.each([
    ['"未闭合', '"未闭合"', [[0, 1]]],
    [
      '社区 AND (',
      '社区',
      [
        [3, 6],
        [7, 8],
      ],
    ],
    ['社区 OR', '社区', [[3, 5]]],
    ['OR 社区', '社区', [[0, 2]]],
    ['社区 )', '社区', [[3, 4]]],
    ['(社区', '社区', [[0, 1]]],
    ['社区 ()', '社区', [[3, 5]]],
    ['社区 ""', '社区', [[3, 5]]],
    ['社区 ?', '社区', [[3, 4]]],
    ['社区 NOT', '社区', [[3, 6]]],
    ['社区 标题:', '社区', [[3, 6]]],
    ['社区 版:头', '社区', [[5, 6]]],
    ['社区 类型:社论', '社区', [[6, 8]]],
    ['社区 日期:明儿', '社区', [[6, 8]]],
    ['"社区"~10', '"社区"', [[0, 7]]],
    ['"社区 养老"~', '"社区 养老"', [[7, 8]]],
  ])('%s', (text, printed, places) => {
    expect(understood(text)).toBe(printed)
    expect(read(text).problems.map(({ start, end }) => [start, end])).toEqual(places)
  })

  test('signs alone are looked for as they stand, words that nothing understood as words', () => {
    expect(read('，。').tree).toMatchObject({ kind: 'phrase', text: '，。' })
    expect(understood('类型:社论')).toBe('类型 社论')
    expect(messages('类型:社论')).toHaveLength(2)
  })

  test('parentheses that nobody means do not exhaust anything', () => {
    const { tree, problems } = read(`${'('.repeat(5000)}社区${')'.repeat(5000)}`)
    const runs = (node: QueryNode): string[] =>
      node.kind === 'run' ? [node.text] : 'children' in node ? node.children.flatMap(runs) : []
    expect(runs(tree)).toEqual(['社区'])
    expect(problems.length).toBeGreaterThan(0)
  })
})

test('every part knows its place in the query as typed', () => {
  const { tree } = read('社区 标题:"脱贫" -(医疗 | 教育)')
  expect(tree).toEqual({
    kind: 'all',
    span: [0, 21],
    children: [
      { kind: 'run', text: '社区', span: [0, 2] },
      {
        kind: 'field',
        field: 'title',
        child: { kind: 'phrase', text: '脱贫', span: [6, 10] },
        span: [3, 10],
      },
      {
        kind: 'not',
        span: [11, 21],
        child: {
          kind: 'any',
          span: [12, 21],
          children: [
            { kind: 'run', text: '医疗', span: [13, 15] },
            { kind: 'run', text: '教育', span: [18, 20] },
          ],
        },
      },
    ],
  })
})
