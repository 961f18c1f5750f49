// Which of the three readings of a query answers, and what is said about it.
import type { Interpretation } from '../model/hit.ts'
import { rankingParameters } from './ranking-parameters.ts'

/** A reading that was tried, and what it finds. */
export interface TriedReading {
  interpretation: Interpretation
  total: number
}

/** What is said where a wider reading answers than was typed. */
export const readingNotice: Record<Exclude<Interpretation, 'exact'>, string> = {
  allWords: '照原样查找的结果不多，已放宽为含有全部词语的文章',
  anyWords: '含有全部词语的文章不多，已放宽：只要求含有其中一部分词语',
}

/** What is said of strings that stand together in too many articles for all their places to be held against each other. */
export const tooWideMessage =
  '这里的字太常见，要比对的位置太多：没有按位置查找，只要求都出现。请多写几个字，或加上日期、报名等条件。'

/** Place of the strictest reading with enough hits, else of the widest one that finds more than those before it. */
export function chooseReading(readings: readonly TriedReading[]): number {
  const enough = readings.findIndex(({ total }) => total >= rankingParameters.enoughHits)
  if (enough >= 0) return enough
  let chosen = 0
  for (let i = 1; i < readings.length; i++) if (readings[i]!.total > readings[chosen]!.total) chosen = i
  return chosen
}

/** What each reading finds; the first one is exact. */
export function totalsOf(readings: readonly TriedReading[]) {
  const totals: { exact: number; allWords?: number; anyWords?: number } = { exact: readings[0]!.total }
  for (const { interpretation, total } of readings) totals[interpretation] = total
  return totals
}

/** Two months have at most so many. */
const fewDays = 62

/** Whether a search asks for so few days that each of them is counted. */
export function asksForFewDays({
  from,
  to,
}: {
  from?: string | undefined
  to?: string | undefined
}): boolean {
  return from !== undefined && to !== undefined && (Date.parse(to) - Date.parse(from)) / 86_400_000 < fewDays
}
