// How the hits spread over time: one bar for each month, or for each year of a long archive; each is a filter.
import type { SearchResult } from '../model/hit.ts'
import { hrefs, type SearchAddress } from './address.ts'
import { element } from './dom.ts'
import { toCountText, toPeriodText } from './wording.ts'

export interface Bar {
  /** YYYY-MM or YYYY. */
  period: string
  count: number
}

/** More bars than this are too thin for a finger. */
const mostMonths = 48

/** All months from the first to the last hit, empty ones included; years when the months are too many. @internal */
export function toBars(histogram: SearchResult['histogram']): Bar[] {
  const first = histogram[0]
  const last = histogram.at(-1)
  if (first === undefined || last === undefined) return []
  const indexOf = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
  const counts = new Map<string, number>()
  const from = indexOf(first.month)
  const to = indexOf(last.month)
  const byYear = to - from + 1 > mostMonths
  for (let at = from; at <= to; at += 1) {
    const year = String(Math.floor(at / 12)).padStart(4, '0')
    counts.set(byYear ? year : `${year}-${String((at % 12) + 1).padStart(2, '0')}`, 0)
  }
  for (const { month, count } of histogram) {
    const period = byYear ? month.slice(0, 4) : month
    counts.set(period, (counts.get(period) ?? 0) + count)
  }
  return [...counts].map(([period, count]) => ({ period, count }))
}

/** First and last day of a month or year. */
export function toDays(period: string): { from: string; to: string } {
  const [year, month] = period.split('-')
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` }
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return { from: `${period}-01`, to: `${period}-${String(lastDay).padStart(2, '0')}` }
}

export function toHistogram(search: SearchAddress, histogram: SearchResult['histogram']): HTMLElement | null {
  const bars = toBars(histogram)
  if (bars.length < 2) return null
  const most = Math.max(...bars.map(({ count }) => count))
  const isMonthly = bars[0]?.period.length === 7
  const chart = element('ol', { class: 'bars' })
  for (const { period, count } of bars) {
    const label = `${toPeriodText(period)}：${toCountText(count)} 篇`
    const column = element('span', { class: 'bar' })
    column.style.height = count === 0 ? '1px' : `${Math.max(4, (100 * count) / most)}%`
    const item =
      count === 0
        ? element('span', { class: 'slot', title: label }, column)
        : element(
            'a',
            {
              class: 'slot',
              href: hrefs.search({ ...search, ...toDays(period), page: 1 }),
              title: label,
              'aria-label': label,
              'data-key': `bar ${period}`,
            },
            column,
          )
    chart.append(element('li', {}, item))
  }
  return element(
    'section',
    { class: 'histogram', 'aria-label': isMonthly ? '按月分布' : '按年分布' },
    element('h2', {}, isMonthly ? '按月分布' : '按年分布'),
    chart,
    element(
      'p',
      { class: 'bars-ends' },
      element('span', {}, toPeriodText(bars[0]?.period ?? '')),
      element('span', {}, toPeriodText(bars.at(-1)?.period ?? '')),
    ),
  )
}
