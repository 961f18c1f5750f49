// Do these two line ends read on? Words that a line break may have cut, by a frequency dictionary and by the page itself.
import { openLexicon, wordWeight } from '../../analysis/lexicon.ts'
import { slotSize, unitField } from '../../analysis/trie.ts'
import { fold } from '../../normalize/normalize.ts'

const longestWord = 5
const unknownCharacter = -14

const filterBits = 22

/** A bit per hash of two neighbouring characters inside some word: most breaks need no closer look. */
let insideWords: Uint32Array | undefined

function hashPair(a: number, b: number): number {
  return Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) >>> (32 - filterBits)
}

function pairsInsideWords(): Uint32Array {
  if (insideWords !== undefined) return insideWords
  insideWords = new Uint32Array(1 << (filterBits - 5))
  const { table, mask } = openLexicon().trie
  for (let node = 1; node <= mask; node++) {
    const before = table[node * slotSize]!
    // The slot is free, or leads to the first character of words.
    if (before === 0 || before > mask) continue
    const hash = hashPair(table[before * slotSize + unitField]!, table[node * slotSize + unitField]!)
    insideWords[hash >>> 5]! |= 1 << (hash & 31)
  }
  return insideWords
}

/** One side of a break: up to four Han characters next to it, folded, and the best segmentation of what a crossing word leaves. */
export interface JointSide {
  text: string
  /** Log probability of the best segmentation of the text without its k characters next to the break. */
  without: Float64Array
}

/** The side before a break. */
export function leftSide(line: string): JointSide {
  let start = line.length
  while (start > 0 && line.length - start < 4 && isHan(line.charCodeAt(start - 1))) start--
  const text = fold(line.slice(start))
  const best = segment(text)
  const without = new Float64Array(text.length + 1)
  for (let k = 0; k <= text.length; k++) without[k] = best[text.length - k]!
  return { text, without }
}

/** The side after a break. */
export function rightSide(line: string): JointSide {
  let end = 0
  while (end < line.length && end < 4 && isHan(line.charCodeAt(end))) end++
  const text = fold(line.slice(0, end))
  const without = new Float64Array(text.length + 1)
  for (let k = 0; k < text.length; k++) without[k] = segment(text.slice(k))[text.length - k]!
  return { text, without }
}

function isHan(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3400 && unit <= 0x4dbf) || unit === 0x3007
}

/** The best segmentation's log probability, for every length from the start. */
function segment(text: string): Float64Array {
  const best = new Float64Array(text.length + 1).fill(Number.NEGATIVE_INFINITY)
  best[0] = 0
  for (let end = 1; end <= text.length; end++) {
    for (let start = Math.max(0, end - longestWord); start < end; start++) {
      const known = wordWeight(text.slice(start, end))
      const value = known ?? (end - start === 1 ? unknownCharacter : Number.NEGATIVE_INFINITY)
      if (best[start]! + value > best[end]!) best[end] = best[start]! + value
    }
  }
  return best
}

function mayJoin(inside: Uint32Array, a: number, b: number): boolean {
  const hash = hashPair(a, b)
  return (inside[hash >>> 5]! & (1 << (hash & 31))) !== 0
}

/** How many characters next to the break can belong to one word. */
function reach(inside: Uint32Array, text: string, fromEnd: boolean): number {
  let count = 1
  while (count < text.length) {
    const at = fromEnd ? text.length - count : count
    if (!mayJoin(inside, text.charCodeAt(at - 1), text.charCodeAt(at))) break
    count++
  }
  return count
}

/** How much more likely two sides of a break are read on than read apart, in nats; 0 when no word crosses the break. */
export function wordGain(left: JointSide, right: JointSide): number {
  if (left.text === '' || right.text === '') return 0
  const a = left.text.charCodeAt(left.text.length - 1)
  const b = right.text.charCodeAt(0)
  const inside = pairsInsideWords()
  if (!mayJoin(inside, a, b)) return 0
  // A longer piece of a word on either side is made of such pairs too.
  const reachLeft = reach(inside, left.text, true)
  const reachRight = reach(inside, right.text, false)
  const apart = left.without[0]! + right.without[0]!
  let best = apart
  for (let i = 1; i <= reachLeft && i < longestWord; i++) {
    const tail = left.text.slice(left.text.length - i)
    for (let j = 1; j <= reachRight && i + j <= longestWord; j++) {
      const rest = left.without[i]! + right.without[j]!
      // No word is likelier than certain.
      if (rest <= best) continue
      const known = wordWeight(tail + right.text.slice(0, j))
      if (known !== undefined && rest + known > best) best = rest + known
    }
  }
  return best - apart
}

/** How often neighbouring characters stand together on one page. */
export class PageGrams {
  private readonly single = new Map<number, number>()
  private readonly pairs = new Map<number, number>()
  private readonly longer = new Set<string>()
  private total = 0

  constructor(lines: readonly string[]) {
    for (const text of lines) {
      for (let i = 0; i < text.length; i++) {
        this.total++
        const first = text.charCodeAt(i)
        this.single.set(first, (this.single.get(first) ?? 0) + 1)
        if (i + 1 >= text.length) continue
        const pair = first * 65_536 + text.charCodeAt(i + 1)
        this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1)
        if (i + 3 <= text.length) this.longer.add(text.slice(i, i + 3))
        if (i + 4 <= text.length) this.longer.add(text.slice(i, i + 4))
      }
    }
  }

  /**
   * Log odds by what the page says about a break: how often the two characters next to it stand together against
   * chance, and how many of the three longer stretches across it the page prints elsewhere.
   */
  joint(tail: string, head: string): number {
    if (tail === '' || head === '') return 0
    const a = tail.charCodeAt(tail.length - 1)
    const b = head.charCodeAt(0)
    const together = this.pairs.get(a * 65_536 + b) ?? 0
    const expected = ((this.single.get(a) ?? 0) * (this.single.get(b) ?? 0)) / Math.max(1, this.total)
    const pair = Math.max(-1.5, Math.min(2.5, Math.log((together + 0.3) / (expected + 0.3))))
    if (together === 0) return 0.8 * pair
    let longer = 0
    const before = tail.slice(-2)
    const after = head.slice(0, 2)
    if (before.length === 2 && this.longer.has(before + head[0]!)) longer++
    if (after.length === 2 && this.longer.has(tail.slice(-1) + after)) longer++
    if (before.length === 2 && after.length === 2 && this.longer.has(before + after)) longer++
    return 0.8 * pair + (longer === 0 ? 0 : 0.6 + 0.7 * longer)
  }
}
