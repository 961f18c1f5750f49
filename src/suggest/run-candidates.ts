// Which terms may be meant by a part of a run: the term itself, what sounds like it, what is one mistake away.
import type { CorrectionReason } from './correction.ts'
import { differences, type NearTerms, shortestNear } from './near-terms.ts'
import { joinedReadings, readingsOf } from './readings.ts'
import { equalRange, lowerBound, prefixRange } from './sorted-strings.ts'
import type { TypedToken } from './syllables.ts'
import type { TermTable } from './term-table.ts'
import { matchTyped } from './typed-match.ts'

/** A term for a part of a run; `cost` in natural logarithm units, 0 and without a reason for the term itself. */
export interface RunCandidate {
  term: number
  cost: number
  reason: CorrectionReason | null
}

/**
 * Costs of mistakes, in natural logarithm units beside the logarithm of a term's share of all occurrences.
 * Readers type by sound: another character of the same sound is by far the most usual mistake.
 */
const costs = {
  homophone: 1,
  eachOtherCharacter: 1.5,
  nothingInCommon: 4,
  otherReading: 7,
  swapped: 4,
  similarSound: 5,
  similar: 6.5,
  missing: 8,
  extra: 10,
  initials: 4,
} as const

/** Readings tried for a text of several characters with several readings each. */
const readingLimit = 16

/** Terms for a part that is text; `key` is folded. */
export function candidatesForText(table: TermTable, near: NearTerms, key: string): RunCandidate[] {
  const itself = termOf(table, key)
  if (itself >= 0) return [{ term: itself, cost: 0, reason: null }]
  const found = new Map<number, RunCandidate>()
  for (const sound of joinedReadings(key, readingLimit)) {
    const [start, end] = equalRange(table.bySound.strings, sound)
    for (let place = start; place < end; place++) {
      const term = table.bySound.values[place]!
      const termKey = table.keys.at(term)!
      if (termKey.length !== key.length || found.has(term)) continue
      const others = differences(termKey, key)
      const common = others === key.length ? costs.nothingInCommon : 0
      const reading = table.isUsualSound[place] === 1 ? 0 : costs.otherReading / 2
      const cost = costs.homophone + others * costs.eachOtherCharacter + common + reading
      found.set(term, { term, cost, reason: 'homophone' })
    }
  }
  for (const { term, reason } of near.near(key)) {
    if (found.has(term)) continue
    const sounds = reason === 'similar' && soundsSimilar(table.keys.at(term)!, key)
    found.set(term, { term, cost: sounds ? costs.similarSound : costs[reason], reason })
  }
  return [...found.values()]
}

/** The number of a term by its folded key, or -1. */
export function termOf({ byKey }: TermTable, key: string): number {
  const at = lowerBound(byKey.strings, key)
  return byKey.strings.at(at) === key ? byKey.values[at]! : -1
}

/** Whether the one differing character has a reading with the same beginning or the same end. */
function soundsSimilar(term: string, key: string): boolean {
  let i = 0
  while (term[i] === key[i]) i++
  for (const a of readingsOf(term[i]!)) {
    for (const b of readingsOf(key[i]!)) {
      if (plainSound(a) === plainSound(b)) return true
    }
  }
  return false
}

/** Syllables that many readers do not tell apart become one: z/zh, c/ch, s/sh, l/n, f/h, -n/-ng. */
function plainSound(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/^f/, 'h')
    .replace(/ng$/, 'n')
}

/** Terms whose sound is exactly the tokens, letters in full syllables; text tokens are folded. */
export function candidatesForSound(table: TermTable, tokens: readonly TypedToken[]): RunCandidate[] {
  const found = new Map<number, RunCandidate>()
  for (const sound of soundsOf(tokens)) {
    const [start, end] = equalRange(table.bySound.strings, sound)
    for (let place = start; place < end; place++) {
      const term = table.bySound.values[place]!
      if (found.has(term)) continue
      const match = matchTyped(tokens, table.keys.at(term)!, table.texts.at(term)!)
      if (match === null || !match.isWhole || match.isPartial || match.abbreviated > 0) continue
      found.set(term, { term, cost: table.isUsualSound[place] ? 0 : costs.otherReading, reason: 'pinyin' })
    }
  }
  return [...found.values()]
}

/** Whether some term's sound begins with the tokens: a longer part may still find one. */
export function hasSoundBeginning(table: TermTable, tokens: readonly TypedToken[]): boolean {
  return soundsOf(tokens).some((sound) => {
    const [start, end] = prefixRange(table.bySound.strings, sound)
    return end > start
  })
}

function soundsOf(tokens: readonly TypedToken[]): string[] {
  let sounds = ['']
  for (const token of tokens) {
    const parts = token.kind === 'letters' ? [token.letters] : joinedReadings(token.text, readingLimit)
    sounds = sounds.flatMap((start) => parts.map((part) => start + part)).slice(0, readingLimit)
  }
  return sounds
}

/** Terms with these initials, the most frequent first; three letters at least, for two fit hundreds of terms. */
export function candidatesForInitials(table: TermTable, letters: string, limit: number): RunCandidate[] {
  if (letters.length < shortestNear) return []
  const [start, end] = equalRange(table.byInitials.strings, letters)
  return Array.from(table.byInitials.values.subarray(start, end))
    .sort((a, b) => a - b)
    .slice(0, limit)
    .map((term) => ({ term, cost: costs.initials, reason: 'initials' }))
}
