// What is a text about? Pairs of characters weighed by how rare they are among the texts of one page.
import { toPlainScript } from '../../normalize/normalize.ts'

export interface Topic {
  /** Numbers of the pairs of characters that stand in it, ascending. */
  pairs: Uint32Array
  /** Weight of each of them. */
  weights: Float64Array
  norm: number
  total: number
}

const grammar = new Set(
  [...'的了在是和与及等为对将从到也都而就被把这那其个一不有'].map((char) => char.charCodeAt(0)),
)

/** True for Han and Latin letters that carry meaning: no signs, digits, spaces or grammatical characters. */
function carries(unit: number): boolean {
  if (unit >= 0x4e00) return unit < 0xff00 && !grammar.has(unit)
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x3400 && unit < 0x4e00)
}

/** Topics of all texts of a page, weighed against each other. */
export function readTopics(texts: readonly string[]): Topic[] {
  /** Number of each pair of characters on this page, by its two units. */
  const numbers = new Map<number, number>()
  const frequency: number[] = []
  const sets = texts.map((text) => {
    const counts = new Map<number, number>()
    const chars = toPlainScript(text.replace(/\s+/gu, ''))
    for (let i = 0; i + 2 <= chars.length; i++) {
      const first = chars.charCodeAt(i)
      const second = chars.charCodeAt(i + 1)
      if (!carries(first) || !carries(second)) continue
      const units = first * 65_536 + second
      let number = numbers.get(units)
      if (number === undefined) {
        number = numbers.size
        numbers.set(units, number)
        frequency.push(0)
      }
      const count = counts.get(number) ?? 0
      if (count === 0) frequency[number]!++
      counts.set(number, count + 1)
    }
    return counts
  })
  const size = Math.max(2, texts.length)
  return sets.map((counts) => {
    const pairs = Uint32Array.from(counts.keys()).sort()
    const weights = Float64Array.from(
      pairs,
      (pair) => Math.log(1 + counts.get(pair)!) * Math.log(1 + size / frequency[pair]!),
    )
    let square = 0
    let total = 0
    for (const weight of weights) {
      square += weight * weight
      total += weight
    }
    return { pairs, weights, norm: Math.sqrt(square), total }
  })
}

/** Calls `visit` with the weights of each pair that both topics have. */
function forShared(a: Topic, b: Topic, visit: (ofA: number, ofB: number) => void): void {
  let j = 0
  for (let i = 0; i < a.pairs.length; i++) {
    const pair = a.pairs[i]!
    while (j < b.pairs.length && b.pairs[j]! < pair) j++
    if (b.pairs[j] === pair) visit(a.weights[i]!, b.weights[j]!)
  }
}

/** Cosine of two topics, 0 to 1. */
function similarity(a: Topic, b: Topic): number {
  if (a.norm === 0 || b.norm === 0) return 0
  let dot = 0
  forShared(a, b, (ofA, ofB) => {
    dot += ofA * ofB
  })
  return dot / (a.norm * b.norm)
}

/** Share of the weight of `part` that stands in `whole` too, 0 to 1. */
export function containment(part: Topic, whole: Topic): number {
  if (part.total === 0) return 0
  let shared = 0
  forShared(part, whole, (weight) => {
    shared += weight
  })
  return shared / part.total
}

const steps = [0.0001, 0.01, 0.02, 0.04, 0.07, 0.1]
/** Log odds that two stretches are of one text, by their similarity (up to each step) and the length of the shorter. */
const oddsBySize: readonly { characters: number; odds: readonly number[] }[] = [
  { characters: 20, odds: [-0.3, 0.2, 0.3, 0.6, 1, 1.3, 1.5] },
  { characters: 60, odds: [-1.2, 0.3, 0.5, 1.1, 1.9, 2.3, 2.5] },
  { characters: 150, odds: [-3.4, -1.9, -0.8, 0.7, 2, 2.7, 3] },
  { characters: 400, odds: [-4, -4, -3.4, -3, 0.6, 1.9, 3] },
]

/**
 * Log odds that two stretches of print belong to one text. Measured on pairs of stretches of 24 pages: the shorter the
 * stretch, the less a lack of common words says.
 */
export function sameTextOdds(a: Topic, b: Topic, characters: number): number {
  const value = similarity(a, b)
  const row = (odds: readonly number[]): number => {
    let step = 0
    while (step < steps.length && value > steps[step]!) step++
    return odds[step]!
  }
  const first = oddsBySize[0]!
  if (characters <= first.characters) return (row(first.odds) * characters) / first.characters
  for (let i = 1; i < oddsBySize.length; i++) {
    const low = oddsBySize[i - 1]!
    const high = oddsBySize[i]!
    if (characters > high.characters) continue
    const share = Math.log(characters / low.characters) / Math.log(high.characters / low.characters)
    return row(low.odds) * (1 - share) + row(high.odds) * share
  }
  return row(oddsBySize.at(-1)!.odds)
}
