// Which keys of an archive are worth suggesting, whoever keeps it.
import type { Analyzer } from '../analysis/analyzer-types.ts'

/** Headlines that are suggested, of the newest articles: a million of them would take 200 MB of every open archive. */
export const mostHeadlines = 300_000

const han = /^\p{Script=Han}{2,}$/u

/** Words of two and more Han characters. */
export function isTerm(key: string, analyzer: Analyzer): boolean {
  return han.test(key) && analyzer.isComplete(key)
}

/** Articles that a code must stand in to be one. */
const leastOfCode = 3
const yearPattern = /^(?:19|20)[0-9]{2}$/
const codePattern = /^(?:(?:19|20)[0-9]{2}|[a-z]{2,12}|(?=[a-z0-9]*[a-z])[a-z0-9]{2,10})$/

/** Codes and Latin words (C919, GDP), and years. */
export function isCode(key: string): boolean {
  return codePattern.test(key)
}

/** A code as it is printed, a year with its sign (2019年); null where too few articles have it. */
export function codeEntry(
  key: string,
  count: number,
  printed: () => string,
): { text: string; count: number } | null {
  if (count < leastOfCode) return null
  return { text: yearPattern.test(key) ? `${key}年` : printed(), count }
}
