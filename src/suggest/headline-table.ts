// All headlines of the archive, packed: found by beginning, by middle, by the sound of their beginning and by initials.
import { fold } from '../normalize/normalize.ts'
import { type GramPostings, gramPostingsInSteps } from './gram-postings.ts'
import { readingsOf } from './readings.ts'
import { sortedByRows, sortedByUnits } from './sorted-rows.ts'
import type { Steps } from './steps.ts'
import type { VocabularyEntry } from './vocabulary.ts'

/**
 * A headline's number is its rank: more articles first, then the order in which it came (newest first).
 * Everything lies in flat arrays outside the heap, so that a million headlines cost the collector nothing.
 */
export interface HeadlineTable {
  readonly size: number
  /** UTF-16 units of the folded headlines, each followed by a 0. */
  readonly units: Uint16Array
  /** Where each headline starts in `units`; one more at the end. */
  readonly starts: Uint32Array
  /** As shown, where that differs from the folded form; UTF-8, by `shownStarts`; empty when it does not. */
  readonly shown: Uint8Array
  readonly shownStarts: Uint32Array
  /** UTF-8. */
  readonly ids: Uint8Array
  readonly idStarts: Uint32Array
  readonly counts: Uint32Array
  /** Headlines in the order of their units. */
  readonly byText: Uint32Array
  /** Rows of `soundWidth` letters, 0 behind the last: the usual readings of the first characters. */
  readonly sounds: Uint8Array
  readonly bySound: Uint32Array
  /** Rows of `initialsWidth` first letters. */
  readonly initials: Uint8Array
  readonly byInitials: Uint32Array
  readonly grams: GramPostings
}

/** Letters of sound kept of a headline: the first four to seven characters. */
export const soundWidth = 20
export const initialsWidth = 8
/** Headlines beyond this many, the least important, are left out: ranks must fit 21 bits. */
const headlineLimit = 2 ** 21

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Collects the headlines of a vocabulary; other entries are passed over. Equal headlines (folded) are one. */
export function* headlineTableInSteps(entries: Iterable<VocabularyEntry>): Steps<HeadlineTable> {
  const collected = new Map<string, { text: string; id: string; count: number }>()
  let read = 0
  for (const { text, kind, count, id } of entries) {
    if (++read % 512 === 0) yield
    if (kind !== 'headline' || !(count >= 1)) continue
    // A 0 parts the headlines in `units`.
    const key = fold(text).replaceAll('\0', '')
    if (key === '') continue
    const known = collected.get(key)
    if (known === undefined) collected.set(key, { text: text === key ? key : text, id: id ?? '', count })
    else known.count += count
  }
  const ranked = [...collected].sort((a, b) => b[1].count - a[1].count).slice(0, headlineLimit)
  collected.clear()
  const size = ranked.length
  const starts = new Uint32Array(size + 1)
  for (const [i, [key]] of ranked.entries()) starts[i + 1] = starts[i]! + key.length + 1
  const units = new Uint16Array(starts[size]!)
  for (const [i, [key]] of ranked.entries()) {
    for (let k = 0, at = starts[i]!; k < key.length; k++) units[at + k] = key.charCodeAt(k)
  }
  const [shown, shownStarts] = packTexts(ranked, ([key, { text }]) => (text === key ? '' : text))
  const [ids, idStarts] = packTexts(ranked, ([, { id }]) => id)
  const counts = Uint32Array.from(ranked, ([, { count }]) => count)
  yield
  const { sounds, initials } = yield* soundRows(units, starts)
  const byText = sortedByUnits(units, starts)
  yield
  const bySound = sortedByRows(sounds, soundWidth)
  yield
  const byInitials = sortedByRows(initials, initialsWidth)
  yield
  const grams = yield* gramPostingsInSteps(units, starts)
  return {
    size,
    units,
    starts,
    shown,
    shownStarts,
    ids,
    idStarts,
    counts,
    byText,
    sounds,
    bySound,
    initials,
    byInitials,
    grams,
  }
}

function packTexts<T>(items: readonly T[], textOf: (item: T) => string): [Uint8Array, Uint32Array] {
  const starts = new Uint32Array(items.length + 1)
  for (const [i, item] of items.entries()) starts[i + 1] = starts[i]! + Buffer.byteLength(textOf(item))
  const bytes = new Uint8Array(starts[items.length]!)
  for (const [i, item] of items.entries()) {
    if (starts[i + 1]! > starts[i]!)
      encoder.encodeInto(textOf(item), bytes.subarray(starts[i]!, starts[i + 1]!))
  }
  return [bytes, starts]
}

function* soundRows(
  units: Uint16Array,
  starts: Uint32Array,
): Steps<{ sounds: Uint8Array; initials: Uint8Array }> {
  const size = starts.length - 1
  const sounds = new Uint8Array(size * soundWidth)
  const initials = new Uint8Array(size * initialsWidth)
  for (let i = 0; i < size; i++) {
    if (i % 512 === 0) yield
    let letters = 0
    let firsts = 0
    for (let at = starts[i]!; at < starts[i + 1]! - 1 && letters < soundWidth; at++) {
      const unit = units[at]!
      const reading = readingsOf(String.fromCharCode(unit))[0] ?? latinLetter(unit)
      // Signs and digits in front of or between the characters are not typed with the sound.
      for (let k = 0; k < reading.length && letters < soundWidth; k++) {
        sounds[i * soundWidth + letters++] = reading.charCodeAt(k)
      }
      if (reading !== '' && firsts < initialsWidth)
        initials[i * initialsWidth + firsts++] = reading.charCodeAt(0)
    }
  }
  return { sounds, initials }
}

function latinLetter(unit: number): string {
  return unit >= 0x61 && unit <= 0x7a ? String.fromCharCode(unit) : ''
}

/** The headline as shown. */
export function shownHeadline(table: HeadlineTable, headline: number): string {
  const start = table.shownStarts[headline]!
  const end = table.shownStarts[headline + 1]!
  return end > start ? decoder.decode(table.shown.subarray(start, end)) : headlineKey(table, headline)
}

/** The headline folded. */
export function headlineKey(table: HeadlineTable, headline: number): string {
  const end = table.starts[headline + 1]! - 1
  let key = ''
  for (let at = table.starts[headline]!; at < end; at++) key += String.fromCharCode(table.units[at]!)
  return key
}

/** The article that bears the headline; empty when none was given. */
export function headlineId(table: HeadlineTable, headline: number): string {
  return decoder.decode(table.ids.subarray(table.idStarts[headline]!, table.idStarts[headline + 1]!))
}
