// Other ways to write the same: numbers, two spellings of a word, an editor's synonyms.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SearchError } from '../../../src/model/errors.ts'
import { fold } from '../../../src/normalize/normalize.ts'
import { toChineseNumeral, valueOfNumeral } from '../../../src/normalize/numerals.ts'
import { equalForms, expand, parseSynonyms, spellingForms } from '../../../src/query/alternatives.ts'
import { numberForms } from '../../../src/query/number-forms.ts'

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
    ['21世纪', '二十一世纪'],
    ['世界500强', '世界五百强'],
    ['300余人', '三百余人'],
    ['50多家', '五十多家'],
    ['5星级', '五星级'],
    ['廿五年', '二十五年'],
    ['五月卅日', '5月30日'],
    ['1391人', '1,391人'],
    ['1，391人', '1391人'],
    ['12000元', '1.2万元'],
    ['一万二千元', '12,000元'],
    ['3亿人', '三亿人'],
    ['1.5亿元', '15000万元'],
    ['2万亿元', '两万亿元'],
    ['5.12地震', '5·12地震'],
    ['豫K12345', '豫K·12345'],
    ['COVID-19', 'COVID19'],
    ['C919', 'C-919'],
  ])('%s and %s', (a, b) => {
    expect(numberForms(fold(a))).toContain(fold(b))
    expect(new Set(numberForms(fold(a)))).toEqual(new Set(numberForms(fold(b))))
    expect(numberForms(fold(a))[0]).toBe(fold(a))
  })

  test.each([
    '三农',
    '一带一路',
    '五一',
    '三五天',
    '一五一十',
    '7.5.2版',
    '12:30分',
    '2018-11-07',
    '百年',
    '千方百计',
    '',
  ])('%s stays as it is, or changes nothing but long digits', (text) => {
    for (const form of numberForms(fold(text))) expect(form.length - fold(text).length).toBe(0)
  })

  test('in quoted text only digits one by one', () => {
    expect(numberForms('2019年', { exactly: true })).toEqual(['2019年', '二〇一九年', '二零一九年'])
    expect(numberForms('二十五条', { exactly: true })).toEqual(['二十五条'])
    expect(numberForms('11月5日', { exactly: true })).toEqual(['11月5日'])
  })

  test('never more than eight', () => {
    const forms = numberForms('2019年11月5日至2020年12月6日共25条200人')
    expect(forms.length).toBeLessThanOrEqual(8)
    expect(forms).toContain('二〇一九年十一月五日至二〇二〇年十二月六日共二十五条二百人')
  })

  test('every number below ten thousand reads back', () => {
    for (let value = 1; value < 10_000; value++) expect(valueOfNumeral(toChineseNumeral(value))).toBe(value)
  })

  test('numbers up to a million million read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (value) => {
        expect(valueOfNumeral(toChineseNumeral(value))).toBe(value)
      }),
    )
  })

  test('every form of a number has the same forms', () => {
    const unit = fc.constantFrom('人', '余人', '多家', '强', '世纪', '公里', '亩', '元')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), unit, (value, counted) => {
        const forms = numberForms(`${value}${counted}`)
        for (const form of forms) expect(new Set(numberForms(form))).toEqual(new Set(forms))
      }),
    )
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
