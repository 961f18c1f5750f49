// Counts over time become bars that leave nothing out, at any width of time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toTicks } from '../../../src/web/plot.tsx'
import { periodsAround, periodsBetween, toBars, toDays, unitOfSpan } from '../../../src/web/timeline.ts'
import { splitQueries } from '../../../src/web/trends.tsx'

const month = fc
  .tuple(fc.integer({ min: 1850, max: 2030 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`)

describe('the bars over time', () => {
  it('leave no hit out, show the empty periods between, and are never thinner than a finger', () => {
    fc.assert(
      fc.property(fc.uniqueArray(month, { minLength: 1, maxLength: 60 }), (months) => {
        const counts = months.toSorted().map((period, index) => ({ period, count: index + 1 }))
        const unit = unitOfSpan(counts[0]!.period, counts.at(-1)!.period, 'month')
        const bars = toBars(counts, unit)
        const sum = (list: { count: number }[]) => list.reduce((total, { count }) => total + count, 0)
        expect(sum(bars)).toBe(sum(counts))
        expect(bars.length).toBeLessThanOrEqual(48)
        const periods = bars.map(({ period }) => period)
        expect(periods).toEqual(periodsBetween(periods[0]!, periods.at(-1)!, unit))
      }),
    )
  })

  it('are as fine as the span allows', () => {
    expect(unitOfSpan('2018-11-01', '2018-11-30', 'day')).toBe('day')
    expect(unitOfSpan('2018-01', '2018-12', 'month')).toBe('month')
    expect(unitOfSpan('1998-01', '2018-12', 'month')).toBe('year')
    expect(unitOfSpan('1872-04', '1949-05', 'month')).toBe('decade')
    expect(
      toBars(
        [
          { period: '1872-04', count: 1 },
          { period: '1949-05', count: 2 },
        ],
        'decade',
      ),
    ).toHaveLength(8)
    expect(toBars([], 'month')).toEqual([])
  })

  it('stand for whole decades, years, months and days, and lead back to wider spans', () => {
    expect(toDays('199')).toEqual({ from: '1990-01-01', to: '1999-12-31' })
    expect(toDays('2020-02')).toEqual({ from: '2020-02-01', to: '2020-02-29' })
    expect(toDays('2019-02')).toEqual({ from: '2019-02-01', to: '2019-02-28' })
    expect(toDays('1998')).toEqual({ from: '1998-01-01', to: '1998-12-31' })
    expect(periodsAround('2018-11-01', '2018-11-30')).toEqual(['201', '2018', '2018-11'])
    expect(periodsAround('2018-11-03', '2018-11-09')).toEqual([])
    fc.assert(
      fc.property(month, (one) => {
        const { from, to } = toDays(one)
        expect(periodsAround(from, to).at(-1)).toBe(one)
      }),
    )
  })
})

it('the axis has round numbers that reach over the highest point', () => {
  expect(toTicks(0.29)).toEqual([0, 0.1, 0.2, 0.3])
  expect(toTicks(0)).toEqual([0])
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e7, noNaN: true }), (most) => {
      const ticks = toTicks(most)
      expect(ticks.at(-1)!).toBeGreaterThanOrEqual(most * 0.999999)
      expect(ticks.length).toBeLessThanOrEqual(7)
    }),
  )
})

it('words of a trend are told apart by any comma, and quoted ones stay together', () => {
  expect(splitQueries('社区、脱贫 攻坚，社区')).toEqual(['社区', '脱贫', '攻坚'])
  expect(splitQueries('“改革 开放” 标题:会议')).toEqual(['“改革 开放”', '标题:会议'])
  expect(splitQueries(' ')).toEqual([])
  expect(splitQueries('一 二 三 四 五 六')).toHaveLength(5)
})
