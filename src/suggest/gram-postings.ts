// Which texts hold two neighbouring units: lists by rank, so that the first texts verified are the best ones.
import type { Steps } from './steps.ts'

/** Lists of text numbers, ascending, as differences in bytes of seven bits, the low ones first. */
export interface GramPostings {
  /** first unit * 65536 + second, ascending; the second is 0 at the end of a text. */
  readonly grams: Uint32Array
  /** Where each gram's list starts in `bytes`; one more at the end. */
  readonly listStarts: Uint32Array
  readonly bytes: Uint8Array
  /** Texts of each list. */
  readonly counts: Uint32Array
}

/** Lists every two neighbouring units of the texts, the 0 behind each text included. */
export function* gramPostingsInSteps(units: Uint16Array, starts: Uint32Array): Steps<GramPostings> {
  const size = starts.length - 1
  const slots = yield* slotsInSteps(units, starts)
  const { keys, slotOf } = slots
  // A list's bytes are counted first and written then: two passes over the texts, no list of lists.
  const lengths = new Uint32Array(keys.length)
  const counts = new Uint32Array(keys.length)
  const last = new Int32Array(keys.length).fill(-1)
  const eachOnce = function* (visit: (slot: number, difference: number) => void): Steps<void> {
    last.fill(-1)
    for (let text = 0; text < size; text++) {
      if (text % 1024 === 0) yield
      for (let at = starts[text]!; at < starts[text + 1]! - 1; at++) {
        const slot = slotOf(units[at]! * 65536 + units[at + 1]!)
        if (last[slot] === text) continue
        visit(slot, text - last[slot]!)
        last[slot] = text
      }
    }
  }
  yield* eachOnce((slot, difference) => {
    lengths[slot] = lengths[slot]! + (difference < 0x80 ? 1 : difference < 0x4000 ? 2 : 3)
    counts[slot] = counts[slot]! + 1
  })
  const listStarts = new Uint32Array(keys.length + 1)
  for (let slot = 0; slot < keys.length; slot++) listStarts[slot + 1] = listStarts[slot]! + lengths[slot]!
  const bytes = new Uint8Array(listStarts[keys.length]!)
  const ends = listStarts.slice(0, keys.length)
  yield* eachOnce((slot, difference) => {
    let at = ends[slot]!
    let rest = difference
    while (rest >= 0x80) {
      bytes[at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    bytes[at++] = rest
    ends[slot] = at
  })
  return { grams: keys, listStarts, bytes, counts }
}

/** Distinct grams in order, and a hash from gram to place. */
function* slotsInSteps(
  units: Uint16Array,
  starts: Uint32Array,
): Steps<{ keys: Uint32Array; slotOf: (gram: number) => number }> {
  let capacity = 1 << 16
  let table = new Uint32Array(capacity)
  let used = 0
  const place = (gram: number, into: Uint32Array) => {
    // The high bits of the product depend on both units, the low ones on the second only.
    let at = Math.imul(gram, 0x9e3779b1) >>> (Math.clz32(into.length) + 1)
    while (into[at] !== 0 && into[at] !== gram) at = (at + 1) & (into.length - 1)
    return at
  }
  for (let text = 0; text < starts.length - 1; text++) {
    if (text % 1024 === 0) yield
    for (let at = starts[text]!; at < starts[text + 1]! - 1; at++) {
      const gram = units[at]! * 65536 + units[at + 1]!
      const slot = place(gram, table)
      if (table[slot] === gram) continue
      table[slot] = gram
      if (++used * 2 <= capacity) continue
      capacity *= 2
      const larger = new Uint32Array(capacity)
      for (const known of table) if (known !== 0) larger[place(known, larger)] = known
      table = larger
    }
  }
  const keys = table.filter((gram) => gram !== 0).sort()
  const slots = new Uint32Array(capacity)
  for (let slot = 0; slot < keys.length; slot++) slots[place(keys[slot]!, table)] = slot
  return { keys, slotOf: (gram) => slots[place(gram, table)]! }
}

/** Place of a gram's list, or -1. */
export function listOf(postings: GramPostings, gram: number): number {
  const at = firstListFrom(postings, gram)
  return postings.grams[at] === gram ? at : -1
}

/** First place whose gram is not below. */
export function firstListFrom({ grams }: GramPostings, gram: number): number {
  let low = 0
  let high = grams.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (grams[middle]! < gram) low = middle + 1
    else high = middle
  }
  return low
}

/** Visits the texts of a list in order until the visitor answers false. */
export function visitList(
  { listStarts, bytes }: GramPostings,
  list: number,
  visit: (text: number) => boolean,
): void {
  let text = -1
  const end = listStarts[list + 1]!
  for (let at = listStarts[list]!; at < end; ) {
    let difference = 0
    let shift = 0
    let byte = bytes[at++]!
    while (byte >= 0x80) {
      difference |= (byte & 0x7f) << shift
      shift += 7
      byte = bytes[at++]!
    }
    text += difference | (byte << shift)
    if (!visit(text)) return
  }
}
