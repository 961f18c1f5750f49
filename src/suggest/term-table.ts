// The short entries of the vocabulary (everything but headlines), findable by text, by sound and by initials.
import { fold } from '../normalize/normalize.ts'
import { joinedReadings, wordReading } from './readings.ts'
import { createSortedStrings, type SortedStrings, type Strings } from './sorted-strings.ts'
import { runToEnd, type Steps } from './steps.ts'
import type { VocabularyEntry } from './vocabulary.ts'

export type TermKind = Exclude<VocabularyEntry['kind'], 'headline'>

/** In the order in which equally close suggestions are given. */
export const termKinds = [
  'term',
  'person',
  'place',
  'paper',
  'section',
] as const satisfies readonly TermKind[]

/**
 * A term's number is its rank: more articles first, headlines counting fiftyfold; then the order in which it came.
 */
export interface TermTable {
  /** As shown. */
  readonly texts: Strings
  /** Folded, by number. */
  readonly keys: Strings
  readonly counts: Uint32Array
  /** Places in `termKinds`. */
  readonly kinds: Uint8Array
  readonly byKey: SortedStrings
  /** Syllables of every reading, joined. */
  readonly bySound: SortedStrings
  /** 1 where the sound of the same place in `bySound` is the usual reading of the whole. */
  readonly isUsualSound: Uint8Array
  /** First letters of the syllables of the usual reading. */
  readonly byInitials: SortedStrings
}

/** Readings of one term that are kept: terms with more are rare characters in a row. */
const readingLimit = 8

/**
 * A headline with the term counts as so many articles: an average word stands in twenty times more articles than
 * headlines, and readers look for what headlines are about rather than for what bodies mention. Measured in docs/benchmarks/suggest.md.
 */
const headlineWeight = 50

/** A term longer than this is found by its text only. */
const longestSoundedTerm = 12

/**
 * Collects the short entries of a vocabulary; headlines are passed over. Entries of equal key are one term: the kind
 * that comes first in `termKinds` and the larger count are kept.
 */
export function createTermTable(entries: Iterable<VocabularyEntry>): TermTable {
  return runToEnd(termTableInSteps(entries, () => 0))
}

/** As `createTermTable`, pausing; `headlinesWith` tells in how many headlines a term (as shown) stands. */
export function* termTableInSteps(
  entries: Iterable<VocabularyEntry>,
  headlinesWith: (text: string) => number,
): Steps<TermTable> {
  const byText = new Map<string, { text: string; kind: number; count: number }>()
  let read = 0
  for (const { text, kind, count } of entries) {
    if (kind === 'headline' || !(count >= 1)) continue
    const key = fold(text)
    if (key === '') continue
    if (++read % 512 === 0) yield
    const kindNumber = termKinds.indexOf(kind)
    const known = byText.get(key)
    if (known === undefined) byText.set(key, { text, kind: kindNumber, count })
    else {
      if (kindNumber < known.kind) known.kind = kindNumber
      if (count > known.count) known.count = count
    }
  }
  const weighed = Array.from(byText, ([key, term]) => ({
    key,
    term,
    weight: term.count + headlineWeight * headlinesWith(term.text),
  }))
  const ranked = weighed.sort((a, b) => b.weight - a.weight)
  yield
  return yield* indexTerms(
    ranked.map(({ term }) => term.text),
    ranked.map(({ key, term }) => (key === term.text ? term.text : key)),
    Uint32Array.from(ranked, ({ term }) => term.count),
    Uint8Array.from(ranked, ({ term }) => term.kind),
  )
}

function* indexTerms(
  texts: string[],
  keys: string[],
  counts: Uint32Array,
  kinds: Uint8Array,
): Steps<TermTable> {
  const sounds: string[] = []
  const soundTerms: number[] = []
  const usual: number[] = []
  const initials: string[] = []
  const initialTerms: number[] = []
  for (const [number, text] of texts.entries()) {
    if (number % 64 === 0) yield
    if (text.length > longestSoundedTerm) continue
    const reading = wordReading(text)
    if (reading === null) continue
    initials.push(initialsOf(reading))
    initialTerms.push(number)
    for (const [place, sound] of joinedReadings(text, readingLimit, reading).entries()) {
      sounds.push(sound)
      soundTerms.push(number)
      usual.push(place === 0 ? 1 : 0)
    }
  }
  // Sorting keeps the order of equal sounds, so the flags can follow by sorting places instead of numbers.
  const places = createSortedStrings(sounds, [...sounds.keys()])
  yield
  const byKey = createSortedStrings(keys, [...keys.keys()])
  yield
  return {
    texts,
    keys,
    counts,
    kinds,
    byKey,
    bySound: { strings: places.strings, values: places.values.map((place) => soundTerms[place]!) },
    isUsualSound: Uint8Array.from(places.values, (place) => usual[place]!),
    byInitials: createSortedStrings(initials, initialTerms),
  }
}

/** First letters of syllables. */
function initialsOf(syllables: readonly string[]): string {
  let initials = ''
  for (const syllable of syllables) initials += syllable[0]
  return initials
}
