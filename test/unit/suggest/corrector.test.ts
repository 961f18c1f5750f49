// What a reader is offered as "您是不是要找".
import { describe, expect, test } from 'vitest'
import { createCorrector } from '../../../src/suggest/corrector.ts'

const corrector = createCorrector([
  { text: '社区', count: 3000 },
  { text: '社会', count: 9000 },
  { text: '脱贫', count: 500 },
  { text: '攻坚', count: 300 },
  { text: '脱贫攻坚', count: 250 },
  { text: '养老', count: 700 },
  { text: '许昌', count: 800 },
  { text: '改革开放', count: 400 },
  { text: '实行', count: 900 },
  { text: '石航', count: 2 },
  { text: '重庆', count: 90 },
  { text: '高质量', count: 600 },
  { text: '发展', count: 9000 },
  { text: '西安', count: 90 },
])
const first = (query: string) => corrector.correct(query)[0]

describe('a reader who mistypes', () => {
  test.each([
    ['设区', '社区', 'homophone'],
    ['脱贫功坚', '脱贫攻坚', 'homophone'],
    ['脫貧功堅', '脱贫攻坚', 'homophone'],
    ['改格开房', '改革开放', 'homophone'],
    ['改革开玩', '改革开放', 'similar'],
    ['改革放', '改革开放', 'missing'],
    ['改革大开放', '改革开放', 'extra'],
    ['改开革放', '改革开放', 'swapped'],
    ['tuopin gongjian', '脱贫攻坚', 'pinyin'],
    ['tuopingongjian', '脱贫攻坚', 'pinyin'],
    ['tuō pín gōng jiān', '脱贫攻坚', 'pinyin'],
    ['tuo1pin2 gong1jian1', '脱贫攻坚', 'pinyin'],
    ['xu昌', '许昌', 'pinyin'],
    ['xuchang', '许昌', 'pinyin'],
    ['tpgj', '脱贫攻坚', 'initials'],
    ["xi'an", '西安', 'pinyin'],
  ])('%s is offered %s (%s)', (typed, wanted, reason) => {
    expect(first(typed)).toMatchObject({ text: wanted, reason })
  })

  test('is offered the usual reading first: shixing is 实行', () => {
    expect(first('shixing')?.text).toBe('实行')
    expect(first('shihang')?.text).toBe('石航')
  })

  test('has each run corrected by itself, and the signs between them kept', () => {
    expect(first('设区 养老')?.text).toBe('社区 养老')
    expect(first('标题:设区')?.text).toBe('标题:社区')
    expect(first('设区 OR 重轻')?.text).toBe('社区 OR 重庆')
    expect(first('"脱贫功坚"')?.text).toBe('"脱贫攻坚"')
  })

  test('has a long run corrected by its parts', () => {
    expect(first('高志量发展')?.text).toBe('高质量发展')
    expect(first('gaozhiliangfazhan')?.text).toBe('高质量发展')
  })

  test('is offered parts with a space when no article has them side by side', () => {
    expect(corrector.correct('shequ yanglao', { countOf: () => 0 })[0]?.text).toBe('社区 养老')
    expect(
      corrector.correct('shequ yanglao', { countOf: (text) => (text === '社区养老' ? 4 : 0) })[0]?.text,
    ).toBe('社区养老')
  })
})

test('of a very long query only the beginning is looked at, and the rest is kept', () => {
  const long = `设区 ${'改格开房 '.repeat(40)}`
  const text = first(long)?.text ?? ''
  expect(text).toHaveLength(long.length)
  expect(text.startsWith('社区 改革开放 ')).toBe(true)
  expect(text.endsWith('改格开房 ')).toBe(true)
})

describe('a reader who types well', () => {
  test.each([
    '社区',
    '社區',
    '社 区',
    '改革开放',
    '高质量发展',
    '社区养老',
    '',
    ' ',
    '社',
    '2018',
    '，。',
    '标题:社区',
  ])('%s is left alone', (typed) => {
    expect(corrector.correct(typed)).toEqual([])
  })

  test('a long run that some article contains is left alone, term or not', () => {
    expect(corrector.correct('改革开放头', { countOf: () => 1 })).toEqual([])
  })

  test('a short string that articles contain as often as the term is left alone', () => {
    expect(corrector.correct('设区', { countOf: () => 2000 })).toEqual([])
    expect(corrector.correct('设区', { countOf: () => 3 })[0]?.text).toBe('社区')
  })
})

test('terms that no article contains are never offered', () => {
  const none = createCorrector([{ text: '社区', count: 0 }])
  expect(none.size).toBe(0)
  expect(none.correct('设区')).toEqual([])
  expect(none.has('社区')).toBe(false)
})
