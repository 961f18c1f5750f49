// An address of the page says everything about a view: whatever was searched can be shared, reloaded and taken back.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hrefs,
  parseAddress,
  parseSearch,
  type SearchAddress,
  toSearchQuery,
} from '../../../src/web/address.ts'
import { toBars, toDays } from '../../../src/web/histogram.ts'
import { toPageNumbers } from '../../../src/web/paging.ts'
import { splitQueries, toPeriods } from '../../../src/web/trends-view.ts'
import { toCountText, toDayText, toPeriodText, toSpanText, toTitleText } from '../../../src/web/wording.ts'

const bases = ['http://127.0.0.1:3000/', 'https://example.org/papers/archive/'].map((base) => new URL(base))
const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const values = fc.uniqueArray(value, { maxLength: 3 })
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const address: fc.Arbitrary<SearchAddress> = fc.record({
  q: text,
  page: fc.integer({ min: 1, max: 9999 }),
  sort: fc.constantFrom('relevance', 'newest', 'oldest'),
  from: fc.oneof(fc.constant(''), day),
  to: fc.oneof(fc.constant(''), day),
  type: values,
  paper: values,
  section: values,
  author: values,
  pageNo: fc.oneof(fc.constant(''), fc.nat({ max: 99 }).map(String)),
  strict: fc.boolean(),
})

describe('an address', () => {
  it('gives back the search it was made of, under any mount path', () => {
    fc.assert(
      fc.property(address, fc.constantFrom(...bases), (search, base) => {
        expect(parseSearch(new URLSearchParams(toSearchQuery(search)))).toEqual(search)
        const url = new URL(hrefs.search(search), base)
        expect(parseAddress(url, base)).toEqual({ name: 'search', search })
      }),
    )
  })

  it('gives back the article and the printed page, whatever their names hold', () => {
    fc.assert(
      fc.property(
        value,
        text,
        day,
        fc.nat({ max: 99 }),
        fc.constantFrom(...bases),
        (name, q, date, pageNo, base) => {
          // A name of dots alone is a step up the path in every URL; no id is.
          fc.pre(!/^\.{1,2}$/.test(name))
          expect(parseAddress(new URL(hrefs.article(name, q), base), base)).toEqual({
            name: 'article',
            id: name,
            q,
          })
          expect(parseAddress(new URL(hrefs.page(name, date, pageNo, q), base), base)).toEqual({
            name: 'page',
            paper: name,
            date,
            pageNo: String(pageNo),
            q,
          })
        },
      ),
    )
  })

  it('of a paper without a name has no empty part', () => {
    const base = bases[0]!
    expect(hrefs.page('', '2020-01-02', 3)).toBe('pages/-/2020-01-02/3')
    expect(parseAddress(new URL('pages/-/2020-01-02/3', base), base)).toMatchObject({
      name: 'page',
      paper: '-',
    })
  })

  it('that is damaged or foreign is a view all the same', () => {
    const base = bases[1]!
    for (const damaged of ['articles/%E7%A4', 'pages/a/b', 'nothing', 'articles/a/b/c'])
      expect(() => parseAddress(new URL(damaged, base), base)).not.toThrow()
    expect(parseAddress(new URL('https://example.org/elsewhere'), base)).toEqual({ name: 'unknown' })
    expect(parseAddress(base, base)).toEqual({ name: 'home' })
    expect(parseSearch(new URLSearchParams('page=-3&sort=best'))).toMatchObject({
      page: 1,
      sort: 'relevance',
    })
  })
})

describe('the bars over time', () => {
  const month = fc
    .tuple(fc.integer({ min: 1950, max: 2030 }), fc.integer({ min: 1, max: 12 }))
    .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`)
  it('leave no hit out, show the empty months between, and never more than a finger can hit', () => {
    fc.assert(
      fc.property(fc.uniqueArray(month, { minLength: 1, maxLength: 60 }), (months) => {
        const histogram = months.toSorted().map((one, index) => ({ month: one, count: index + 1 }))
        const bars = toBars(histogram)
        const sum = (list: { count: number }[]) => list.reduce((total, { count }) => total + count, 0)
        expect(sum(bars)).toBe(sum(histogram))
        expect(bars.length).toBeLessThanOrEqual(81)
        expect(bars.map(({ period }) => period)).toEqual(bars.map(({ period }) => period).toSorted())
        if (bars[0]?.period.length === 7) {
          expect(bars.length).toBeLessThanOrEqual(48)
          expect(bars[0].period).toBe(histogram[0]?.month)
        }
      }),
    )
  })

  it('stand for whole months and years', () => {
    expect(toDays('2020-02')).toEqual({ from: '2020-02-01', to: '2020-02-29' })
    expect(toDays('2019-02')).toEqual({ from: '2019-02-01', to: '2019-02-28' })
    expect(toDays('2018-12')).toEqual({ from: '2018-12-01', to: '2018-12-31' })
    expect(toDays('1998')).toEqual({ from: '1998-01-01', to: '1998-12-31' })
    expect(toBars([])).toEqual([])
  })
})

it('words of a trend are told apart by any comma, and quoted ones stay together', () => {
  expect(splitQueries('社区、脱贫 攻坚，社区')).toEqual(['社区', '脱贫', '攻坚'])
  expect(splitQueries('“改革 开放” 标题:会议')).toEqual(['“改革 开放”', '标题:会议'])
  expect(splitQueries(' ')).toEqual([])
  expect(splitQueries('一 二 三 四 五 六')).toHaveLength(5)
})

it('rows of a trend share all periods from the first to the last', () => {
  const row = (...periods: string[]) => ({
    query: 'x',
    points: periods.map((period) => ({ period, count: 1, share: 0.1 })),
  })
  expect(toPeriods([row('2018-11'), row('2019-02')], 'month')).toEqual([
    '2018-11',
    '2018-12',
    '2019-01',
    '2019-02',
  ])
  expect(toPeriods([row('1998', '2001')], 'year')).toEqual(['1998', '1999', '2000', '2001'])
  expect(toPeriods([row()], 'month')).toEqual([])
})

it('the page numbers hold the first, the last and the neighbours, with gaps only where pages are left out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (page, pages) => {
      fc.pre(page <= pages)
      const numbers = toPageNumbers(page, pages)
      expect(numbers[0]).toBe(1)
      expect(numbers.at(-1)).toBe(pages)
      expect(numbers).toContain(page)
      expect(numbers.length).toBeLessThanOrEqual(9)
      numbers.forEach((number, index) => {
        const before = numbers[index - 1]
        if (before === undefined) return
        if (number === 0) expect((numbers[index + 1] ?? 0) - before).toBeGreaterThan(2)
        else if (before !== 0) expect(number).toBe(before + 1)
      })
    }),
  )
})

it('days, counts and titles are written as a reader writes them', () => {
  expect(toDayText('2018-11-07')).toBe('2018年11月7日')
  expect(toDayText('2018-11-07', true)).toBe('2018年11月7日 星期三')
  expect(toDayText('')).toBe('')
  expect(toSpanText('2018-11-07', '2018-11-07')).toBe('2018年11月7日')
  expect(toSpanText('2018-11-07', '2019-01-02')).toBe('2018年11月7日至2019年1月2日')
  expect(toSpanText('', '')).toBe('')
  expect(toPeriodText('2018-03')).toBe('2018年3月')
  expect(toPeriodText('2018')).toBe('2018年')
  expect(toCountText(1234567)).toBe('1,234,567')
  expect(toTitleText(undefined, undefined)).toBe('（无题）')
  expect(toTitleText('  ', '图片说明')).toBe('图片说明')
})
