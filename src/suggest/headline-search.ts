// Looks headlines up in their packed table; answers are ranks, the best first.
import { firstListFrom, listOf, visitList } from './gram-postings.ts'
import { type HeadlineTable, headlineKey, initialsWidth, soundWidth } from './headline-table.ts'
import { rangeInOrder, smallestInRange } from './sorted-rows.ts'
import type { TypedToken } from './syllables.ts'
import { matchTyped } from './typed-match.ts'

/** Headlines that begin with the folded key. */
export function headlinesBeginningWith(table: HeadlineTable, key: string, limit: number): number[] {
  const { units, starts, byText } = table
  const [start, end] = rangeInOrder(byText, (headline) => {
    for (let k = 0; k < key.length; k++) {
      const difference = units[starts[headline]! + k]! - key.charCodeAt(k)
      // A difference is met at the latest at the 0 behind the headline.
      if (difference !== 0) return difference
    }
    return 0
  })
  // Whole headlines stand first in the order of texts: a 0 follows them.
  let wholeEnd = start
  while (wholeEnd < end && units[starts[byText[wholeEnd]!]! + key.length] === 0) wholeEnd++
  return [
    ...smallestInRange(byText, start, wholeEnd, limit),
    ...smallestInRange(byText, wholeEnd, end, limit),
  ]
}

/** Headlines that contain the folded key anywhere. */
export function headlinesContaining(table: HeadlineTable, key: string, limit: number): number[] {
  if (key.length === 1) return headlinesWithUnit(table, key.charCodeAt(0), limit)
  const { grams, units, starts } = table
  let rarest = -1
  for (let i = 0; i + 1 < key.length; i++) {
    const list = listOf(grams, key.charCodeAt(i) * 65536 + key.charCodeAt(i + 1))
    if (list < 0) return []
    if (rarest < 0 || grams.counts[list]! < grams.counts[rarest]!) rarest = list
  }
  const found: number[] = []
  if (rarest < 0) return found
  visitList(grams, rarest, (headline) => {
    if (containsKey(units, starts[headline]!, starts[headline + 1]! - 1, key)) found.push(headline)
    return found.length < limit
  })
  return found
}

/** Every place of a unit begins a gram, the end of the headline included: the best of each of those lists suffice. */
function headlinesWithUnit({ grams }: HeadlineTable, unit: number, limit: number): number[] {
  const best = new Set<number>()
  const end = firstListFrom(grams, (unit + 1) * 65536)
  for (let list = firstListFrom(grams, unit * 65536); list < end; list++) {
    let taken = 0
    visitList(grams, list, (headline) => {
      best.add(headline)
      return ++taken < limit
    })
  }
  return [...best].sort((a, b) => a - b).slice(0, limit)
}

function containsKey(units: Uint16Array, start: number, end: number, key: string): boolean {
  const first = key.charCodeAt(0)
  for (let at = start; at <= end - key.length; at++) {
    if (units[at] !== first) continue
    let k = 1
    while (k < key.length && units[at + k] === key.charCodeAt(k)) k++
    if (k === key.length) return true
  }
  return false
}

/** Headlines whose beginning sounds like the letters typed (one token of letters). */
export function headlinesSounding(
  table: HeadlineTable,
  letters: string,
  tokens: readonly TypedToken[] | null,
  limit: number,
): number[] {
  const [start, end] = rowRange(table.sounds, soundWidth, table.bySound, letters)
  const passes = (headline: number) => tokens === null || fits(table, headline, tokens)
  return smallestInRange(table.bySound, start, end, limit, passes)
}

function fits(table: HeadlineTable, headline: number, tokens: readonly TypedToken[]): boolean {
  const match = matchTyped(tokens, headlineKey(table, headline))
  return match !== null && match.abbreviated === 0
}

/** Headlines whose first characters have these initials. */
export function headlinesWithInitials(table: HeadlineTable, letters: string, limit: number): number[] {
  if (letters.length > initialsWidth) return []
  const [start, end] = rowRange(table.initials, initialsWidth, table.byInitials, letters)
  return smallestInRange(table.byInitials, start, end, limit)
}

function rowRange(rows: Uint8Array, width: number, order: Uint32Array, letters: string): [number, number] {
  const compared = Math.min(letters.length, width)
  return rangeInOrder(order, (row) => {
    for (let k = 0; k < compared; k++) {
      const difference = rows[row * width + k]! - letters.charCodeAt(k)
      if (difference !== 0) return difference
    }
    return 0
  })
}
