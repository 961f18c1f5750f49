// Looks terms up by what was typed: beginning, sound, initials and mixtures of them; answers carry their closeness.

import { readingsOf } from './readings.ts'
import { smallestInRange } from './sorted-rows.ts'
import { equalRange, prefixRange, type SortedStrings } from './sorted-strings.ts'
import { isSyllable, longestSyllable, type TypedToken } from './syllables.ts'
import type { TermTable } from './term-table.ts'
import { matchTyped } from './typed-match.ts'

/** A term and how close it is to what was typed: the smaller the closer, see `closeness`. */
export interface FoundTerm {
  term: number
  closeness: number
}

/** The order of ways to fit. Wholes come before beginnings, sounds in full before initials, the middle last. */
export const closeness = {
  whole: 0,
  wholeSound: 1,
  beginning: 2,
  soundBeginning: 3,
  otherReading: 4,
  wholeInitials: 5,
  mixed: 6,
  initialsBeginning: 7,
  middle: 8,
} as const

/** Terms of one range compared character by character; beyond that only the first by sound or text are looked at. */
const comparedLimit = 4000

/** Terms that are the folded key, however rare, and the first `limit` that begin with it. */
export function termsBeginningWith(table: TermTable, key: string, limit: number): FoundTerm[] {
  return wholeAndLonger(table.byKey, key, limit, closeness.whole, closeness.beginning)
}

/** The first `limit` terms whose string is `key`, and as many of those whose string goes on behind it. */
function wholeAndLonger(
  { strings, values }: SortedStrings,
  key: string,
  limit: number,
  whole: number,
  longer: number,
): FoundTerm[] {
  const [start, end] = prefixRange(strings, key)
  const [, wholeEnd] = equalRange(strings, key)
  return [
    ...smallestInRange(values, start, wholeEnd, limit).map((term) => ({ term, closeness: whole })),
    ...smallestInRange(values, wholeEnd, end, limit).map((term) => ({ term, closeness: longer })),
  ]
}

/** Terms for a query that holds letters; its text tokens are folded. */
export function termsTyped(table: TermTable, tokens: readonly TypedToken[], limit: number): FoundTerm[] {
  const [first] = tokens
  if (first === undefined) return []
  if (tokens.length > 1 || first.kind === 'text') return mixed(table, tokens, limit)
  const found = [...sounding(table, first, limit), ...withInitials(table, first, limit)]
  return found.length >= limit ? found : [...found, ...mixed(table, tokens, limit)]
}

function sounding(
  table: TermTable,
  token: Extract<TypedToken, { kind: 'letters' }>,
  limit: number,
): FoundTerm[] {
  const { strings, values } = table.bySound
  const hasBreaks = token.breaks.includes(true, 1)
  const passes = (term: number) => {
    if (!hasBreaks) return true
    const match = matchTyped([token], table.keys.at(term)!, table.texts.at(term)!)
    return match !== null && match.abbreviated === 0
  }
  const [start, end] = prefixRange(strings, token.letters)
  const [, wholeEnd] = equalRange(strings, token.letters)
  const found: FoundTerm[] = []
  const take = (from: number, to: number, usual: number, how: number) => {
    const isTaken = (place: number) => table.isUsualSound[place] === usual && passes(values[place]!)
    for (const term of smallestPlaces(values, from, to, limit, isTaken)) found.push({ term, closeness: how })
  }
  take(start, wholeEnd, 1, closeness.wholeSound)
  take(wholeEnd, end, 1, closeness.soundBeginning)
  if (found.length < limit) take(start, end, 0, closeness.otherReading)
  return found
}

/** As `smallestInRange`, but the test sees the place and not the number. */
function smallestPlaces(
  values: Uint32Array,
  start: number,
  end: number,
  count: number,
  passes: (place: number) => boolean,
): number[] {
  const best: number[] = []
  for (let place = start; place < end; place++) {
    const value = values[place]!
    if (best.length === count && value >= best[count - 1]!) continue
    if (best.includes(value) || !passes(place)) continue
    let at = best.length
    while (at > 0 && best[at - 1]! > value) at--
    best.splice(at, 0, value)
    if (best.length > count) best.pop()
  }
  return best
}

function withInitials(
  table: TermTable,
  { letters, breaks }: Extract<TypedToken, { kind: 'letters' }>,
  limit: number,
): FoundTerm[] {
  const areParted = breaks.includes(true, 1)
  if (letters.length < 2 || (areParted && breaks.includes(false))) return []
  return wholeAndLonger(
    table.byInitials,
    letters,
    limit,
    closeness.wholeInitials,
    closeness.initialsBeginning,
  )
}

/** Characters and letters mixed (xu昌), or full syllables and initials mixed (tuopgj). */
function mixed(table: TermTable, tokens: readonly TypedToken[], limit: number): FoundTerm[] {
  const compared = new Set<number>()
  const found: FoundTerm[] = []
  for (const [{ values }, start, end] of candidateRanges(table, tokens)) {
    for (let place = start; place < Math.min(end, start + comparedLimit); place++) {
      const term = values[place]!
      if (compared.has(term)) continue
      compared.add(term)
      if (!mayFit(tokens, table.keys.at(term)!, table.texts.at(term)!)) continue
      const match = matchTyped(tokens, table.keys.at(term)!, table.texts.at(term)!)
      if (match === null) continue
      const isWhole = match.isWhole && !match.isPartial
      const inFull = isWhole ? closeness.wholeSound : closeness.soundBeginning
      const abbreviated = isWhole ? closeness.mixed : closeness.initialsBeginning
      found.push({ term, closeness: match.abbreviated === 0 ? inFull : abbreviated })
    }
  }
  return found.sort((a, b) => a.closeness - b.closeness || a.term - b.term).slice(0, limit)
}

/** Whether the sound behind the first characters begins as typed: spares most of the comparisons in full. */
function mayFit([first, second]: readonly TypedToken[], key: string, shown: string): boolean {
  if (first?.kind !== 'text' || second?.kind !== 'letters') return true
  const letter = second.letters[0]!
  const next = (shown.length === key.length ? shown : key)[first.text.length]
  return next !== undefined && readingsOf(next).some((reading) => reading[0] === letter)
}

function candidateRanges(
  table: TermTable,
  tokens: readonly TypedToken[],
): [strings: SortedStrings, start: number, end: number][] {
  const first = tokens[0]!
  if (first.kind === 'text') return [[table.byKey, ...prefixRange(table.byKey.strings, first.text)]]
  const { letters } = first
  const ranges: [SortedStrings, number, number][] = []
  for (let length = Math.min(longestSyllable, letters.length); length > 0; length--) {
    if (!isSyllable(letters.slice(0, length))) continue
    // One letter more keeps the range short; where letters end, a character follows.
    ranges.push([table.bySound, ...prefixRange(table.bySound.strings, letters.slice(0, length + 1))])
  }
  const initials = letters.replace(/^([zcs])h/, '$1').slice(0, 2)
  ranges.push([table.byInitials, ...prefixRange(table.byInitials.strings, initials)])
  return ranges
}
