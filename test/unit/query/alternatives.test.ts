// Other ways to write the same: numbers, two spellings of a word, an editor's synonyms.
import { describe, expect, test } from 'vitest'
import { SearchError } from '../../../src/model/errors.ts'
import { fold } from '../../../src/normalize/normalize.ts'
import { toChineseNumeral, valueOfNumeral } from '../../../src/normalize/numerals.ts'
import {
  equalForms,
  expand,
  numeralForms,
  parseSynonyms,
  spellingForms,
} from '../../../src/query/alternatives.ts'

describe('numbers written in another way', () => {
  test.each([
    ['2019', '二〇一九'],
    ['2019年', '二零一九年'],
    ['三百亿元', '300亿元'],
    ['二十五条', '25条'],
    ['11月5日', '十一月五日'],
    ['两千人', '2000人'],
    ['一千零五个', '1005个'],
    ['增长25%', '增长百分之二十五'],
    ['3.5亿元', '三点五亿元'],
    ['二〇一八年十一月', '2018年11月'],
  ])('%s and %s', (a, b) => {
    expect(numeralForms(fold(a))).toContain(fold(b))
    expect(new Set(numeralForms(fold(a)))).toEqual(new Set(numeralForms(fold(b))))
    expect(numeralForms(fold(a))[0]).toBe(fold(a))
  })

  test.each([
    '三农',
    '一带一路',
    '五一',
    '三五天',
    '一五一十',
    'g20峰会',
    '7.5.2版',
    '12:30分',
    '2018-11-07',
    '百年',
    '千方百计',
    '',
  ])('%s stays as it is, or changes nothing but long digits', (text) => {
    for (const form of numeralForms(fold(text))) expect(form.length - fold(text).length).toBe(0)
  })

  test('in quoted text only digits one by one', () => {
    expect(numeralForms('2019年', { exactly: true })).toEqual(['2019年', '二〇一九年', '二零一九年'])
    expect(numeralForms('二十五条', { exactly: true })).toEqual(['二十五条'])
    expect(numeralForms('11月5日', { exactly: true })).toEqual(['11月5日'])
  })

  test('never more than eight', () => {
    const forms = numeralForms('2019年11月5日至2020年12月6日共25条200人')
    expect(forms.length).toBeLessThanOrEqual(8)
    expect(forms).toContain('二〇一九年十一月五日至二〇二〇年十二月六日共二十五条二百人')
  })

  test('every number below ten thousand reads back', () => {
    for (let value = 1; value < 10_000; value++) expect(valueOfNumeral(toChineseNumeral(value))).toBe(value)
  })

  test.each(['百', '二百五', '一千五', '十百', '零', '一零百', '二十三十', '三百零'])(
    '%s is no numeral',
    (text) => {
      expect(text === '零' ? valueOfNumeral(text) : (valueOfNumeral(text) ?? 0)).toBe(0)
    },
  )
})

test.each([
  ['坐标', '座标'],
  ['計畫', '计划'],
  ['反覆', '反复'],
])('%s and %s are two spellings of one word', (a, b) => {
  expect(spellingForms(fold(a))).toContain(fold(b))
  expect(spellingForms(fold(b))).toContain(fold(a))
})

describe("an editor's synonyms", () => {
  const synonyms = parseSynonyms('# 简称\n棚改 = 棚户区改造\n\n许昌＝许昌市 = 莲城 # 别名\n', 'synonyms.txt')

  test('are put in wherever the word stands, both ways', () => {
    expect(expand('推进棚改工作', synonyms)).toEqual(['推进棚改工作', '推进棚户区改造工作'])
    expect(expand('棚户区改造', synonyms)).toEqual(['棚户区改造', '棚改'])
    expect(expand('许昌市民', synonyms)).toEqual(['许昌市民', '许昌民', '莲城民'])
    expect(expand('社区', synonyms)).toEqual(['社区'])
  })

  test('go with other forms, the text as typed first', () => {
    const forms = equalForms('2018年棚改', synonyms)
    expect(forms[0]).toBe('2018年棚改')
    expect(forms).toContain('2018年棚户区改造')
    expect(forms.length).toBeLessThanOrEqual(8)
  })

  test.each([
    ['棚改 棚户区改造', 1],
    ['a=b\n棚改 =', 2],
    ['棚改 = 棚改', 1],
    ['= ，', 1],
  ])('a bad line is named: %j', (text, line) => {
    try {
      parseSynonyms(text, 'synonyms.txt')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(SearchError)
      expect(error).toMatchObject({ code: 'DICTIONARY_INVALID', details: { file: 'synonyms.txt', line } })
    }
  })
})
