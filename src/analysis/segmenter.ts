// Cuts text as nodejieba does, from the same dictionary and model, but on typed arrays and several times as fast.
import type { Lexicon } from './lexicon.ts'
import { keyField, slotOf, slotSize, unitField, weightField } from './trie.ts'

/** Words that are weighed beside the lexicon's: those of the user. */
export interface ExtraWords {
  /** Calls back with the length in units and the weight of each word that begins at `start`, shortest first. */
  startingAt(text: string, start: number, end: number, found: (length: number, weight: number) => void): void
}

/** Dictionary words in a text, found on the way: those that begin at i are first[i] to first[i + 1]. */
export interface Matches {
  first: Uint32Array
  /** In units, ascending for each start; words of one character are not listed. */
  lengths: Uint16Array
  /** Key ids; 0 for a word that is no key. */
  keys: Int32Array
  /** Log probabilities; NaN for a word that is a key only. */
  weights: Float64Array
}

export interface Segmenter {
  /**
   * Marks where words begin or end: `borders[i]` for 0 <= i <= text.length, in an array that is good until the
   * next call. The most probable path through all dictionary words; characters left alone go to the model.
   */
  borders(text: string, extra?: ExtraWords): Uint8Array
  /** Finds the words of the dictionary alone, without choosing among them. */
  findWords(text: string): void
  /** What the last call of `borders` or `findWords` found; good until the next call. */
  readonly matches: Matches
  /** Log probability of the best path of dictionary words alone. */
  weigh(text: string): number
}

const space = 0x20
const tab = 0x09
const lineBreak = 0x0a
const fullWidthComma = 0xff0c
const fullStop = 0x3002

/** Text is cut between these by itself. */
function isSeparator(unit: number): boolean {
  return unit === space || unit === tab || unit === lineBreak || unit === fullStop || unit === fullWidthComma
}

/** One per thread is enough: it keeps working memory, and each call ends before the next begins. Reads folded text. */
export function createSegmenter(lexicon: Lexicon): Segmenter {
  const { trie, weights: weightOfNumber, minWeight, model } = lexicon
  let capacity = 0
  let borders = new Uint8Array(0)
  /** Weight of the best path from here to the end of the stretch. */
  let best = new Float64Array(0)
  /** Length of the first word on that path. */
  let steps = new Uint32Array(0)
  let offsets = new Uint32Array(0)
  const matches: Matches = {
    first: new Uint32Array(0),
    lengths: new Uint16Array(4096),
    keys: new Int32Array(4096),
    weights: new Float64Array(4096),
  }

  function reserve(units: number): void {
    if (units <= capacity) return
    capacity = Math.max(units, capacity * 2, 1024)
    borders = new Uint8Array(capacity + 1)
    best = new Float64Array(capacity + 1)
    steps = new Uint32Array(capacity + 1)
    offsets = new Uint32Array(capacity + 2)
    matches.first = new Uint32Array(capacity + 2)
  }

  /** Finds all dictionary words of two or more units. */
  function findMatches(text: string): void {
    const { table, mask, first: roots } = trie
    const { first } = matches
    let { lengths, keys, weights } = matches
    const end = text.length
    let count = 0
    for (let i = 0; i < end; i++) {
      first[i] = count
      let node = roots[text.charCodeAt(i)]!
      for (let j = i + 1; node !== 0 && j < end; j++) {
        const unit = text.charCodeAt(j)
        let slot = slotOf(node, unit, mask)
        let at = slot * slotSize
        let parent = table[at]!
        while (parent !== 0 && (parent !== node || table[at + unitField] !== unit)) {
          slot = (slot + 1) & mask
          at = slot * slotSize
          parent = table[at]!
        }
        if (parent === 0) break
        node = slot
        const key = table[at + keyField]!
        const weight = table[at + weightField]!
        if (key === 0 && weight === 0) continue
        if (count === lengths.length) {
          growMatches()
          lengths = matches.lengths
          keys = matches.keys
          weights = matches.weights
        }
        lengths[count] = j + 1 - i
        keys[count] = key
        weights[count++] = weightOfNumber[weight]!
      }
    }
    first[end] = count
  }

  function growMatches(): void {
    const { lengths, keys, weights } = matches
    matches.lengths = new Uint16Array(lengths.length * 2)
    matches.keys = new Int32Array(keys.length * 2)
    matches.weights = new Float64Array(weights.length * 2)
    matches.lengths.set(lengths)
    matches.keys.set(keys)
    matches.weights.set(weights)
  }

  /** Weights of single characters, by unit. */
  const characterWeights = new Float64Array(0x10000).fill(minWeight)
  for (let unit = 0; unit < 0x10000; unit++) {
    const node = trie.first[unit]!
    const weight = node === 0 ? 0 : trie.table[node * slotSize + weightField]!
    if (weight !== 0) characterWeights[unit] = weightOfNumber[weight]!
  }

  /** Best path over [from, to), from right to left. Shorter words win ties, as in nodejieba. */
  function findPath(text: string, from: number, to: number, extra: ExtraWords | undefined): void {
    const { first, lengths, weights } = matches
    best[to] = 0
    for (let i = to - 1; i >= from; i--) {
      const unit = text.charCodeAt(i)
      if (isLowSurrogate(unit) && i > from && isHighSurrogate(text.charCodeAt(i - 1))) {
        // Second half of a character: no path comes here.
        best[i] = Number.NEGATIVE_INFINITY
        continue
      }
      let step = characterLength(text, i, to)
      let weight = best[i + step]! + characterWeights[unit]!
      for (let match = first[i]!; match < first[i + 1]!; match++) {
        const length = lengths[match]!
        const word = weights[match]!
        if (Number.isNaN(word) || i + length > to) continue
        const total = best[i + length]! + word
        if (total > weight) {
          weight = total
          step = length
        }
      }
      if (extra) {
        extra.startingAt(text, i, to, (extraLength, extraWeight) => {
          const total = best[i + extraLength]! + extraWeight
          if (total > weight) {
            weight = total
            step = extraLength
          }
        })
      }
      best[i] = weight
      steps[i] = step
    }
  }

  /** Marks the words of the path; runs of single characters are collected for the model. */
  function markPath(text: string, from: number, to: number, extra: ExtraWords | undefined): void {
    for (let i = from; i < to; ) {
      const step = steps[i]!
      if (step > characterLength(text, i, to)) {
        borders[i] = 1
        i += step
        borders[i] = 1
        continue
      }
      const runStart = i
      while (i < to && steps[i]! === characterLength(text, i, to)) i += steps[i]!
      markUnknown(text, runStart, i)
      if (extra) markExtraSingles(text, runStart, i, extra)
    }
  }

  /** A user word of one character is a word wherever the dictionary knows nothing longer. */
  function markExtraSingles(text: string, from: number, to: number, extra: ExtraWords): void {
    for (let i = from; i < to; i++) {
      extra.startingAt(text, i, i + 1, (length) => {
        borders[i] = 1
        borders[i + length] = 1
      })
    }
  }

  /** Characters that no word covers: Latin and digits by rule, the others by the model. */
  function markUnknown(text: string, from: number, to: number): void {
    borders[from] = 1
    let i = from
    while (i < to) {
      const unit = text.charCodeAt(i)
      if (unit < 0x80) {
        let end = i + 1
        if (isAsciiLetter(unit)) {
          while (end < to && (isAsciiLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end)))) end++
        } else if (isDigit(unit)) {
          while (end < to && (isDigit(text.charCodeAt(end)) || text.charCodeAt(end) === 0x2e)) end++
        }
        i = end
        borders[i] = 1
        continue
      }
      let count = 0
      while (i < to && text.charCodeAt(i) >= 0x80) {
        offsets[count++] = i
        i += characterLength(text, i, to)
      }
      offsets[count] = i
      if (count === 1) borders[i] = 1
      else model.markBorders(text, offsets, count, borders)
    }
  }

  function walkStretches(text: string, visit: (from: number, to: number) => void): void {
    let from = 0
    for (let i = 0; i <= text.length; i++) {
      if (i < text.length && !isSeparator(text.charCodeAt(i))) continue
      if (i > from) visit(from, i)
      if (i < text.length) {
        borders[i] = 1
        borders[i + 1] = 1
      }
      from = i + 1
    }
  }

  return {
    matches,
    borders(text, extra) {
      reserve(text.length)
      findMatches(text)
      borders.fill(0, 0, text.length + 1)
      borders[0] = 1
      walkStretches(text, (from, to) => {
        findPath(text, from, to, extra)
        markPath(text, from, to, extra)
      })
      joinDigits(text, borders)
      return borders
    },
    findWords(text) {
      reserve(text.length)
      findMatches(text)
    },
    weigh(text) {
      reserve(text.length)
      findMatches(text)
      let weight = 0
      walkStretches(text, (from, to) => {
        findPath(text, from, to, undefined)
        weight += best[from]!
      })
      return weight
    },
  }
}

/** 二〇一九 is one word, as 2019 is, whoever cuts: three or more Chinese digits in a row, unless one word covers them all. */
export function joinDigits(text: string, borders: Uint8Array): void {
  for (let i = 0; i < text.length; i++) {
    if (!isChineseDigit(text.charCodeAt(i))) continue
    const start = i
    while (i < text.length && isChineseDigit(text.charCodeAt(i))) i++
    // 九一八事变 covers its digits; 九年 in 二〇一九年 does not.
    if (i - start < 3 || borders.indexOf(1, start + 1) >= i) continue
    borders.fill(0, start + 1, i)
    borders[start] = 1
    borders[i] = 1
  }
}

const chineseDigits = new Set([...'〇零一二三四五六七八九'].map((digit) => digit.charCodeAt(0)))

function isChineseDigit(unit: number): boolean {
  return unit < 0x9700 && unit >= 0x3007 && chineseDigits.has(unit)
}

function characterLength(text: string, at: number, end: number): number {
  return isHighSurrogate(text.charCodeAt(at)) && at + 1 < end && isLowSurrogate(text.charCodeAt(at + 1))
    ? 2
    : 1
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function isAsciiLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a)
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}
