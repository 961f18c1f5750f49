// How counts over time become bars: decades, years, months or days, as fine as the span allows.

import { lastDay } from '../model/calendar.ts'

export interface Bar {
  /** A decade (201), a year, a month or a day. */
  period: string
  count: number
}

export type TimeUnit = 'decade' | 'year' | 'month' | 'day'

/** More bars than this are too thin for a finger. */
const mostBars = 48

/** How many letters of YYYY-MM-DD name a period. */
const letters = { decade: 3, year: 4, month: 7, day: 10 } as const satisfies Record<TimeUnit, number>

/** The place of a period on the line of its unit, and back. */
function indexOf(period: string, unit: TimeUnit): number {
  if (unit === 'decade' || unit === 'year') return Number(period)
  if (unit === 'month') return Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7)) - 1
  return Date.parse(`${period}T00:00:00Z`) / 86_400_000
}

function periodOf(index: number, unit: TimeUnit): string {
  if (unit === 'decade') return String(index).padStart(3, '0')
  if (unit === 'year') return String(index).padStart(4, '0')
  if (unit === 'month')
    return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
  return new Date(index * 86_400_000).toISOString().slice(0, 10)
}

/** All periods of a unit from the first to the last, both included. */
export function periodsBetween(first: string, last: string, unit: TimeUnit): string[] {
  const periods: string[] = []
  for (let at = indexOf(first, unit), end = indexOf(last, unit); at <= end; at += 1)
    periods.push(periodOf(at, unit))
  return periods
}

/** The finest unit in which the span from `first` to `last` (YYYY-MM or YYYY-MM-DD) has few enough bars. */
export function unitOfSpan(first: string, last: string, finest: TimeUnit): TimeUnit {
  for (const unit of ['day', 'month', 'year'] as const) {
    if (letters[unit] > letters[finest]) continue
    const count =
      indexOf(last.slice(0, letters[unit]), unit) - indexOf(first.slice(0, letters[unit]), unit) + 1
    if (count <= mostBars) return unit
  }
  return 'decade'
}

/** Bars of counts that are ascending by month or by day, empty periods included. */
export function toBars(counts: readonly Bar[], unit: TimeUnit): Bar[] {
  const [first, last] = [counts[0]?.period, counts.at(-1)?.period]
  if (first === undefined || last === undefined) return []
  const length = letters[unit]
  const sums = new Map(
    periodsBetween(first.slice(0, length), last.slice(0, length), unit).map((one) => [one, 0]),
  )
  for (const { period, count } of counts) {
    const name = period.slice(0, length)
    sums.set(name, (sums.get(name) ?? 0) + count)
  }
  return [...sums].map(([period, count]) => ({ period, count }))
}

/** First and last day of a period. */
export function toDays(period: string): { from: string; to: string } {
  if (period.length === letters.decade) return { from: `${period}0-01-01`, to: `${period}9-12-31` }
  if (period.length === letters.year) return { from: `${period}-01-01`, to: `${period}-12-31` }
  if (period.length === letters.day) return { from: period, to: period }
  const [year = 0, month = 0] = period.split('-').map(Number)
  return { from: `${period}-01`, to: `${period}-${lastDay(year, month)}` }
}

/** The period that a range of days is exactly, with those around it: 2018-11 with 2018 and 201, widest first. */
export function periodsAround(from: string | undefined, to: string | undefined): string[] {
  if (from === undefined || to === undefined) return []
  for (const unit of ['decade', 'year', 'month', 'day'] as const) {
    const period = from.slice(0, letters[unit])
    const days = toDays(period)
    if (days.from !== from || days.to !== to) continue
    return (['decade', 'year', 'month', 'day'] as const)
      .filter((one) => letters[one] <= letters[unit])
      .map((one) => from.slice(0, letters[one]))
  }
  return []
}
