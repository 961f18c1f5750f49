// How often something was printed over the months or years, beside all that was printed then.
import type { Trend } from '../schema/answers.ts'

type Histogram = readonly { month: string; count: number }[]

/** One point for every period in which anything was printed, so that silence shows as 0. */
export function pointsOf(hits: Histogram, everything: Histogram, by: 'month' | 'year'): Trend['points'] {
  const period = (month: string) => (by === 'year' ? month.slice(0, 4) : month)
  const totals = new Map<string, number>()
  for (const { month, count } of everything)
    totals.set(period(month), (totals.get(period(month)) ?? 0) + count)
  const counts = new Map<string, number>()
  for (const { month, count } of hits) counts.set(period(month), (counts.get(period(month)) ?? 0) + count)
  return [...totals].map(([name, total]) => {
    const count = counts.get(name) ?? 0
    return { period: name, count, share: count / total }
  })
}
