// Where texts are likely to go on by their places in the file: how columns follow each other, where texts begin and end.
import { endsSentence } from '../structure/chars.ts'
import type { Junctions } from './junction.ts'
import type { Unit } from './print-lines.ts'

/** Units already known to be no body text. */
export interface Known {
  fixed: ReadonlySet<number>
  bylines: ReadonlySet<number>
}

export interface Context {
  units: readonly Unit[]
  junctions: Junctions
  known: Known
  /** Log odds and probability of being a heading. */
  odds: readonly number[]
  heads: readonly number[]
  rates: Rates
  /** Chance that a text begins with a unit, and that one ends with it. */
  starts: Float64Array
  stops: Float64Array
  /** Units of lines on which columns are mixed, with the unit below them in their column. */
  below: ReadonlyMap<number, number>
}

/** How often a unit goes on in the next one of the file, when they touch and when a blank line is between. */
interface Rates {
  touching: number
  apart: number
  local: Float64Array
}

/**
 * Counts, among neighbours of which the first breaks off inside a sentence, how often the words read on. True breaks
 * do so in 55 of 100 cases, false ones in 4: the share seen tells the share of true ones.
 */
export function continuity(units: readonly Unit[], junctions: Junctions, fixed: ReadonlySet<number>): Rates {
  const counts = { touching: [3, 2.2], apart: [3, 0.9] } as const
  const seen = { touching: [...counts.touching], apart: [...counts.apart] }
  const marks = new Float64Array(units.length).fill(Number.NaN)
  for (let b = 1; b < units.length; b++) {
    const a = b - 1
    if (fixed.has(a) || fixed.has(b) || units[b]!.line === units[a]!.line) continue
    const from = junctions.ends[a]!
    const to = junctions.ends[b]!
    if (from.ends > 0.25 || to.begins > 0.5) continue
    const strong = junctions.reading(a, b) > 1 ? 1 : 0
    marks[b] = strong
    const kind = seen[units[b]!.blankBefore === 0 ? 'touching' : 'apart']
    kind[0]! += 1
    kind[1]! += strong
  }
  const rate = (kind: readonly number[]): number => clamp((kind[1]! / kind[0]! - 0.04) / 0.51, 0.05, 0.985)
  const touching = rate(seen.touching)
  const apart = rate(seen.apart)
  const local = new Float64Array(units.length)
  for (let b = 0; b < units.length; b++) {
    const base = units[b]!.blankBefore === 0 ? touching : apart
    let total = 4
    let strong = 4 * (0.04 + 0.51 * base)
    for (let i = Math.max(0, b - 10); i <= Math.min(units.length - 1, b + 10); i++) {
      if (Number.isNaN(marks[i]!) || (units[i]!.blankBefore === 0) !== (units[b]!.blankBefore === 0)) continue
      total += 1
      strong += marks[i]!
    }
    local[b] = clamp((strong / total - 0.04) / 0.51, 0.04, 0.985)
  }
  return { touching, apart, local }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}

/**
 * Where the first rows of neighbouring columns were printed on one line, the columns themselves follow as blocks in the
 * same order: the n-th unit of the mixed rows goes on in the n-th block below.
 */
export function findBelow(units: readonly Unit[]): Map<number, number> {
  const blocks: number[][] = []
  for (const unit of units) {
    const last = blocks.at(-1)
    if (last === undefined || (unit.blankBefore > 0 && unit.part === 0)) blocks.push([unit.index])
    else last.push(unit.index)
  }
  const below = new Map<number, number>()
  blocks.forEach((block, at) => {
    const lines = new Set(block.map((i) => units[i]!.line))
    if (lines.size > 3 || lines.size === block.length) return
    const mixed = block.filter((i) => units[i]!.width > 5)
    const following = blocks.slice(at + 1, at + 1 + mixed.length)
    if (following.length < mixed.length) return
    mixed.forEach((i, k) => {
      const first = following[k]![0]!
      if (Math.abs(units[first]!.measure - units[i]!.width) < 3.2) below.set(i, first)
    })
  })
  return below
}

/** Log prior that b follows a by their places in the file alone; headings and bylines between them do not count. */
export function placePrior(a: number, b: number, { units, rates, heads, known, below }: Context): number {
  const from = units[a]!
  const to = units[b]!
  if (from.line === to.line) return -12
  const size = units.length
  const step = b - a
  let rest = Math.log(1.01 - (a + 1 < size ? rates.local[a + 1]! : 0.5))
  let near = 0
  if (step > 0 && step <= 6) {
    near = rates.local[b]!
    for (let i = a + 1; i < b; i++) near *= known.fixed.has(i) ? 0.9 : heads[i]!
    if (step > 1) near *= 0.8
  }
  if (step > 1) {
    // What stood between may have been a heading: then a did not go on in it, but need not go on here.
    let open = 1
    for (let i = a + 1; i < Math.min(b, a + 4); i++)
      open = Math.min(open, known.fixed.has(i) ? 0.2 : 1 - heads[i]!)
    rest = Math.log(1.01 - open * (a + 1 < size ? rates.local[a + 1]! : 0.5))
  }
  if (to.line === from.line + 1 && to.part === from.part && step > 1) near = Math.max(near, 0.5)
  if (below.get(a) === b) near = Math.max(near, 0.7)
  let far: number
  if (step > 0) far = 0.75 * (Math.exp(-step / 14) / 14) + 0.15 / size
  else far = 0.1 / size + (0.3 / size) * Math.exp(step / 60)
  return Math.log(near + Math.exp(rest) * far)
}

/** Chance that nothing is read on from this unit, it being body text: a text ends with it. */
export function endChance(a: number, { units, junctions, heads, known }: Context): number {
  const end = junctions.ends[a]!
  if (end.signed) return 0.97
  if (a + 1 >= units.length) return 0.05 + 0.9 * end.ends
  // Past the headings: does a new text begin there?
  let next = a + 1
  let passed = 0
  while (next < units.length && next < a + 8 && (heads[next]! > 0.5 || known.fixed.has(next))) {
    if (known.bylines.has(next)) passed += 3
    else if (known.fixed.has(next) ? /^[—]/u.test(units[next]!.text) : units[next]!.blankBefore > 0) passed++
    next++
  }
  let chance = 0.06
  if (junctions.ends[next]?.dateline === true) chance = passed > 0 ? 0.8 : 0.7
  else if (passed >= 2) chance = 0.6
  else if (passed === 1) chance = 0.35
  return 0.003 + chance * end.ends
}

/** True when a name in brackets closes the lines that follow without a heading or a dateline between. */
function signedSoon(from: number, units: readonly Unit[], junctions: Junctions): boolean {
  for (let i = from; i < Math.min(units.length, from + 16); i++) {
    const ends = junctions.ends[i]!
    if (ends.signed) return true
    if (i > from && (ends.dateline || units[i]!.part > 0 || units[i]!.blankBefore > 1)) return false
    if (i > from && Math.abs(units[i]!.measure - units[from]!.measure) > 1.2) return false
  }
  return false
}

/** Chance that nothing leads on to this unit, it being body text: a text begins with it. */
export function startChance(b: number, { units, junctions, known, heads }: Context): number {
  const begin = junctions.ends[b]!
  if (begin.dateline) return 0.97
  if (known.bylines.has(b - 1)) return 0.96
  const headed = b > 0 && heads[b - 1]! > 0.5 && units[b]!.part === 0
  const signedAbove = b > 0 && junctions.ends[b - 1]!.signed
  // Two headings in a row, or one with a subtitle, open a new text; one alone may be a subheading.
  let headings = 0
  for (let i = b - 1; i >= 0 && i > b - 9 && (heads[i]! > 0.5 || known.fixed.has(i)); i--) {
    if (known.fixed.has(i)) headings += /^[—]/u.test(units[i]!.text) ? 2 : 0
    else if (units[i]!.blankBefore > 0) headings++
  }
  // Below a heading, and signed a few lines on: an item of a column of short ones.
  if (headed && signedSoon(b, units, junctions)) return 0.92
  // A paragraph of one line begins and ends in it.
  const begins = headed && endsSentence(units[b]!.text) ? Math.max(begin.begins, 0.5) : begin.begins
  if (headings >= 2 && units[b]!.part === 0) return 0.01 + 0.85 * begins
  return 0.003 + begins * (headed ? 0.4 : signedAbove ? 0.4 : 0.03) + (headed ? 0.02 : 0)
}

/** Evidence for reading on from a to b against ending with a and beginning with b. */
export function gainOf(a: number, b: number, context: Context): number {
  const { units, junctions, heads } = context
  let gain = junctions.score(a, b) + placePrior(a, b, context)
  const to = junctions.ends[b]!
  if (to.closers !== '' && junctions.ends[a]!.openers.endsWith(to.closers[0]!)) gain += 1.5
  const gap = Math.abs(units[a]!.measure - units[b]!.measure)
  if (gap > 0.8) gain -= Math.min(3.2, 0.8 + 0.4 * gap)
  const start = context.starts[b]!
  const end = context.stops[a]!
  // Against leaving both alone: a heading or a text's end here, a heading or a text's beginning there.
  gain += Math.log((1 - heads[a]!) * (1 - end)) - Math.log(heads[a]! + (1 - heads[a]!) * end)
  gain += Math.log((1 - heads[b]!) * (1 - start)) - Math.log(heads[b]! + (1 - heads[b]!) * start)
  return gain
}
