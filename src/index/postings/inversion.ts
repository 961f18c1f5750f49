// Turns occurrences in the order of the text into posting lists in the order of the keys, by counting sorts.
import type { NumberList } from '../columns/doc-values.ts'
import { breakKey } from '../segment/document.ts'
import type { GramTable } from './gram-table.ts'
import type { PostingWriter } from './posting-writer.ts'

/** What the builder has collected, for the inversion. */
export interface Occurrences {
  grams: GramTable
  /** Number + 1 of the pair that starts at each unit of all texts, 0 where none does. */
  pairs: Uint32Array
  /** First unit of each document in `pairs`; one more than there are documents. */
  textStarts: NumberList
  /** Distinct units of each document, one after the other. */
  units: NumberList
  unitStarts: NumberList
  /** Positions of breaks in each document, one document after the other. */
  breaks: NumberList
  breakStarts: NumberList
  /** Words by number: below 2^16 one unit, below 2^31 a pair (number + 2^16), above a longer key. */
  words: NumberList
  wordImpacts: Uint8Array
  wordStarts: NumberList
  longKeys: string[]
  documentCount: number
}

export const pairBase = 0x10000
export const longBase = 0x80000000

/** Those of group g stand at starts[g] to starts[g + 1]: the document in the upper 24 bits, the impact in the lower 8. */
interface WordImpacts {
  starts: Uint32Array
  entries: Uint32Array
}

const coarseBits = 6

/** Gives every key of the collected documents to the writer, ascending. */
export function invertOccurrences(from: Occurrences, lists: PostingWriter): void {
  const { grams, longKeys } = from
  const { keys: pairKeys, counts: pairCounts } = grams.list()
  const pairStarts = new Uint32Array(grams.count + 1)
  const places = sortPairs(from, pairCounts, pairStarts)
  const units = sortUnits(from)
  // Words of one unit take the first 2^16 groups, pairs the next, longer keys the rest.
  const longGroup = pairBase + grams.count
  const words = sortWords(from, longGroup)
  const documentOf = documentTable(from.textStarts, from.documentCount)
  const textStarts = from.textStarts.values

  let documents = new Uint32Array(1024)
  let starts = new Uint32Array(1025)
  let positions = new Uint32Array(1024)
  let impacts = new Uint8Array(1024)

  function reserve(count: number): void {
    if (count <= documents.length) return
    const size = Math.max(count, documents.length * 2)
    documents = new Uint32Array(size)
    starts = new Uint32Array(size + 1)
    positions = new Uint32Array(size)
    impacts = new Uint8Array(size)
  }

  /** The impacts of a group beside `documents`, or null when it has none. */
  function align(group: number, count: number): Uint8Array | null {
    const end = words.starts[group + 1]!
    let w = words.starts[group]!
    if (w === end) return null
    impacts.fill(0, 0, count)
    for (let i = 0; w < end; i++) {
      const entry = words.entries[w]!
      if (documents[i] !== entry >>> 8) continue
      impacts[i] = entry & 255
      w++
    }
    return impacts
  }

  function addPair(number: number, key: string): void {
    const end = pairStarts[number + 1]!
    let place = pairStarts[number]!
    reserve(end - place)
    let count = 0
    let p = 0
    let textEnd = 0
    let textStart = 0
    for (; place < end; place++) {
      const unit = places[place]!
      if (unit >= textEnd) {
        let document = documentOf[unit >>> coarseBits]!
        while (textStarts[document + 1]! <= unit) document++
        textStart = textStarts[document]!
        textEnd = textStarts[document + 1]!
        documents[count] = document
        starts[count++] = p
      }
      positions[p++] = unit - textStart
    }
    starts[count] = p
    lists.add(key, documents, count, align(pairBase + number, count), starts, positions)
  }

  function addUnit(unit: number, key: string): void {
    const end = units.starts[unit + 1]!
    const start = units.starts[unit]!
    reserve(end - start)
    documents.set(units.documents.subarray(start, end))
    lists.add(key, documents, end - start, align(unit, end - start), null, null)
  }

  function addLong(number: number, key: string): void {
    const group = longGroup + number
    const start = words.starts[group]!
    const end = words.starts[group + 1]!
    if (start === end) return
    reserve(end - start)
    for (let w = start; w < end; w++) {
      const entry = words.entries[w]!
      documents[w - start] = entry >>> 8
      impacts[w - start] = entry & 255
    }
    lists.add(key, documents, end - start, impacts, null, null)
  }

  function addBreaks(): void {
    const { breaks, breakStarts, documentCount } = from
    reserve(Math.max(documentCount, breaks.length))
    let count = 0
    for (let document = 0; document < documentCount; document++) {
      const start = breakStarts.values[document]!
      if (start === breakStarts.values[document + 1]!) continue
      documents[count] = document
      starts[count++] = start
    }
    if (count === 0) return
    starts[count] = breaks.length
    positions.set(breaks.values.subarray(0, breaks.length))
    lists.add(breakKey, documents, count, null, starts, positions)
  }

  // Three ascending runs, merged: a unit stands before the pairs it starts, a pair before longer keys.
  const sortedPairs = pairKeys.sort()
  const sortedLongs = Uint32Array.from(longKeys.keys()).sort((a, b) => (longKeys[a]! < longKeys[b]! ? -1 : 1))
  let nextPair = 0
  let nextLong = 0

  function addLongsBefore(key: string | null): void {
    while (nextLong < sortedLongs.length) {
      const number = sortedLongs[nextLong]!
      const long = longKeys[number]!
      if (key !== null && long > key) return
      addLong(number, long)
      nextLong++
    }
  }

  addBreaks()
  for (let unit = 0; unit < 0x10000; unit++) {
    if (units.starts[unit] === units.starts[unit + 1]) continue
    const one = String.fromCharCode(unit)
    addLongsBefore(one)
    addUnit(unit, one)
    while (nextPair < sortedPairs.length && sortedPairs[nextPair]! >>> 16 === unit) {
      const pair = sortedPairs[nextPair++]!
      const two = String.fromCharCode(unit, pair & 0xffff)
      addLongsBefore(two)
      addPair(grams.find(pair), two)
    }
  }
  addLongsBefore(null)
}

/** The places of each pair in all texts, ascending within a pair. */
function sortPairs(from: Occurrences, counts: Uint32Array, starts: Uint32Array): Uint32Array {
  const { pairs } = from
  const total = from.textStarts.values[from.documentCount]!
  let sum = 0
  const next = new Uint32Array(counts.length + 1)
  for (let number = 0; number < counts.length; number++) {
    starts[number] = sum
    next[number + 1] = sum
    sum += counts[number]!
  }
  starts[counts.length] = sum
  const places = new Uint32Array(sum)
  for (let unit = 0; unit < total; unit++) {
    const number = pairs[unit]!
    if (number === 0) continue
    const at = next[number]!
    places[at] = unit
    next[number] = at + 1
  }
  return places
}

function sortUnits(from: Occurrences): { starts: Uint32Array; documents: Uint32Array } {
  const { units, unitStarts } = from
  const starts = new Uint32Array(0x10001)
  for (let i = 0; i < units.length; i++) {
    const group = units.values[i]! + 1
    starts[group] = starts[group]! + 1
  }
  for (let unit = 0; unit < 0x10000; unit++) starts[unit + 1] = starts[unit + 1]! + starts[unit]!
  const next = starts.slice()
  const documents = new Uint32Array(units.length)
  for (let document = 0; document < from.documentCount; document++) {
    const end = unitStarts.values[document + 1]!
    for (let i = unitStarts.values[document]!; i < end; i++) {
      const unit = units.values[i]!
      documents[next[unit]!] = document
      next[unit] = next[unit]! + 1
    }
  }
  return { starts, documents }
}

function sortWords(from: Occurrences, longGroup: number): WordImpacts {
  const { words, wordStarts, wordImpacts } = from
  const starts = new Uint32Array(longGroup + from.longKeys.length + 1)
  const groupOf = (word: number) => (word >= longBase ? word - longBase + longGroup : word)
  for (let i = 0; i < words.length; i++) {
    const group = groupOf(words.values[i]!) + 1
    starts[group] = starts[group]! + 1
  }
  for (let g = 1; g < starts.length; g++) starts[g] = starts[g]! + starts[g - 1]!
  const next = starts.slice()
  const entries = new Uint32Array(words.length)
  for (let document = 0; document < from.documentCount; document++) {
    const end = wordStarts.values[document + 1]!
    for (let i = wordStarts.values[document]!; i < end; i++) {
      const group = groupOf(words.values[i]!)
      const at = next[group]!
      entries[at] = (document << 8) | wordImpacts[i]!
      next[group] = at + 1
    }
  }
  return { starts, entries }
}

/** For every 64th unit, the document it stands in: a first guess that is never too late. */
function documentTable(textStarts: NumberList, documentCount: number): Uint32Array {
  const total = textStarts.values[documentCount]!
  const table = new Uint32Array((total >>> coarseBits) + 1)
  let document = 0
  for (let i = 0; i < table.length; i++) {
    const unit = i << coarseBits
    while (document + 1 < documentCount && textStarts.values[document + 1]! <= unit) document++
    table[i] = document
  }
  return table
}
