// What is a text about? Pairs of characters weighed by how rare they are among the texts of one page.
import { toPlainScript } from '../../normalize/normalize.ts'

export interface Topic {
  /** Weight of each pair of characters. */
  weights: Map<string, number>
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
  const frequency = new Map<string, number>()
  const sets = texts.map((text) => {
    const counts = new Map<string, number>()
    const chars = toPlainScript(text.replace(/\s+/gu, ''))
    for (let i = 0; i + 2 <= chars.length; i++) {
      if (!carries(chars.charCodeAt(i)) || !carries(chars.charCodeAt(i + 1))) continue
      const pair = chars.slice(i, i + 2)
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
    for (const pair of counts.keys()) frequency.set(pair, (frequency.get(pair) ?? 0) + 1)
    return counts
  })
  const size = Math.max(2, texts.length)
  return sets.map((counts) => {
    const weights = new Map<string, number>()
    let square = 0
    let total = 0
    for (const [pair, count] of counts) {
      const weight = Math.log(1 + count) * Math.log(1 + size / frequency.get(pair)!)
      weights.set(pair, weight)
      square += weight * weight
      total += weight
    }
    return { weights, norm: Math.sqrt(square), total }
  })
}

/** Cosine of two topics, 0 to 1. */
function similarity(a: Topic, b: Topic): number {
  if (a.norm === 0 || b.norm === 0) return 0
  const [small, large] = a.weights.size < b.weights.size ? [a, b] : [b, a]
  let dot = 0
  for (const [pair, weight] of small.weights) dot += weight * (large.weights.get(pair) ?? 0)
  return dot / (a.norm * b.norm)
}

/** Share of the weight of `part` that stands in `whole` too, 0 to 1. */
export function containment(part: Topic, whole: Topic): number {
  if (part.total === 0) return 0
  let shared = 0
  for (const [pair, weight] of part.weights) if (whole.weights.has(pair)) shared += weight
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
