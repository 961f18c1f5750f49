// In which order are the units of a page read? Every end of print is assigned the beginning that it goes on in.

import { assignSparse } from '../assignment.ts'
import { endsSentence } from '../structure/chars.ts'
import { findHeadingBlocks, type HeadingBlock } from './heading-odds.ts'
import { type Junctions, openAfter } from './junction.ts'
import type { Unit } from './print-lines.ts'
import { containment, readTopics, sameTextOdds } from './topic.ts'

/** One text of the page: its units in reading order. */
export interface Body {
  units: number[]
  /** Probability of its least certain link; 1 when there is none. */
  confidence: number
}

export interface ReadingOrder {
  bodies: Body[]
  /** Units that are headings. */
  headings: number[]
}

/** Units already known to be no body text. */
export interface Known {
  fixed: ReadonlySet<number>
  bylines: ReadonlySet<number>
}

/** Settles the reading order in two rounds: first the links that evidence at the break decides, then the rest with topics. */
export function findReadingOrder(units: readonly Unit[], junctions: Junctions, known: Known): ReadingOrder {
  const blocks = findHeadingBlocks(units, junctions.ends, known.fixed)
  const odds = new Array<number>(units.length).fill(-5)
  for (const block of blocks) for (const i of block.units) odds[i] = block.odds
  const rates = continuity(units, junctions, known.fixed)
  const heads = odds.map((each) => Math.min(0.995, 1 / (1 + Math.exp(-each))))
  const context: Context = {
    units,
    junctions,
    known,
    odds,
    heads,
    rates,
    below: findBelow(units),
    starts: new Float64Array(units.length),
    stops: new Float64Array(units.length),
  }
  for (const { index } of units) {
    context.starts[index] = startChance(index, context)
    context.stops[index] = endChance(index, context)
  }
  let fragments = premerge(context, blocks)
  const confidence = new Map<number, number>()
  for (const margin of [3, 1.5, 0]) {
    const gains = judgeAll(fragments, context)
    const next = settle(gains)
    fragments = merge(fragments, next, gains, margin, confidence)
  }
  const headings: number[] = []
  const bodies: Body[] = []
  for (const fragment of fragments) {
    const sum = fragment.units.reduce((total, i) => total + odds[i]!, 0)
    if (sum > 0 && fragment.units.length <= 5) headings.push(...fragment.units)
    else bodies.push({ units: fragment.units, confidence: confidence.get(fragment.units[0]!) ?? 1 })
  }
  return { bodies, headings: headings.sort((a, b) => a - b) }
}

/** Units read one after the other beyond doubt, and the brackets open at their end. */
interface Fragment {
  units: number[]
  open: string
}

/**
 * Joins texts of which one is the rest of another: no dateline, byline or headline of its own opens it, and it speaks of
 * the same things. `headless` are the bodies (by index) that no headline claims.
 */
export function joinBodies(
  bodies: readonly Body[],
  headless: ReadonlySet<number>,
  units: readonly Unit[],
  junctions: Junctions,
  known: Known,
): Body[] {
  const blocks = findHeadingBlocks(units, junctions.ends, known.fixed)
  const odds = new Array<number>(units.length).fill(-5)
  for (const block of blocks) for (const i of block.units) odds[i] = block.odds
  const context: Context = {
    units,
    junctions,
    known,
    odds,
    heads: odds.map(() => 0.005),
    rates: continuity(units, junctions, known.fixed),
    below: new Map(),
    starts: new Float64Array(0),
    stops: new Float64Array(0),
  }
  const texts = bodies.map((body) => body.units.map((i) => units[i]!.text).join(''))
  const topics = readTopics(texts)
  const gains: Gains = bodies.map((from, x) => {
    const row = new Map<number, number>()
    const a = from.units.at(-1)!
    if (junctions.ends[a]!.signed) return row
    for (const y of headless) {
      const b = bodies[y]!.units[0]!
      if (x === y || junctions.ends[b]!.dateline || known.bylines.has(b - 1)) continue
      let gain = 1 + junctions.score(a, b) + Math.max(-2.5, placePrior(a, b, context))
      gain += 0.9 * sameTextOdds(topics[x]!, topics[y]!, Math.min(texts[x]!.length, texts[y]!.length))
      // Signed texts are short items of their own.
      if (junctions.ends[bodies[y]!.units.at(-1)!]!.signed) gain -= 2.5
      // The heading right above it opens it when it speaks of the same things.
      const heading = headingAbove(b, units, blocks)
      if (heading !== '') {
        const [topic, own, other] = readTopics([heading, texts[y]!, texts[x]!])
        gain -= 4 * Math.max(0, containment(topic!, own!) - containment(topic!, other!))
      }
      if (gain > 0) row.set(y, gain)
    }
    return row
  })
  const confidence = new Map(bodies.map((body) => [body.units[0]!, body.confidence]))
  const fragments = bodies.map((body) => ({ units: [...body.units], open: '' }))
  return merge(fragments, settle(gains), gains, 0, confidence).map((fragment) => ({
    units: fragment.units,
    confidence: confidence.get(fragment.units[0]!) ?? 1,
  }))
}

/** The text of the heading right above a unit, '' when there is none. */
function headingAbove(unit: number, units: readonly Unit[], blocks: readonly HeadingBlock[]): string {
  const block = blocks.find((each) => each.units.at(-1) === unit - 1)
  return block === undefined || block.odds < 0 ? '' : block.units.map((i) => units[i]!.text).join('')
}

interface Context {
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
function continuity(units: readonly Unit[], junctions: Junctions, fixed: ReadonlySet<number>): Rates {
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
function findBelow(units: readonly Unit[]): Map<number, number> {
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
function placePrior(a: number, b: number, { units, rates, heads, known, below }: Context): number {
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
function endChance(a: number, { units, junctions, heads, known }: Context): number {
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
function startChance(b: number, { units, junctions, known, heads }: Context): number {
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
function gainOf(a: number, b: number, context: Context): number {
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

/** Joins neighbours that nothing else competes for, so that the assignment stays small. */
function premerge(context: Context, blocks: readonly HeadingBlock[]): Fragment[] {
  const { units, junctions, known, odds, rates } = context
  const blockOf = new Map(
    blocks
      .filter((block) => block.odds > -0.5)
      .flatMap((block) => block.units.map((i) => [i, block] as const)),
  )
  const fragments: Fragment[] = []
  for (const unit of units) {
    const i = unit.index
    if (known.fixed.has(i)) continue
    const last = fragments.at(-1)
    const a = last?.units.at(-1)
    if (
      last !== undefined &&
      a === i - 1 &&
      unit.blankBefore === 0 &&
      unit.part === 0 &&
      units[a]!.part === 0
    ) {
      const together = blockOf.get(i)
      if (together !== undefined && together === blockOf.get(a)) {
        last.units.push(i)
        continue
      }
      const sure =
        rates.local[i]! > 0.8 &&
        odds[i]! < 0 &&
        odds[a]! < 0 &&
        Math.abs(units[a]!.measure - unit.measure) < 1
      const score = junctions.score(a, i)
      if (sure && (score > -0.9 || (score > -1.4 && rates.local[i]! > 0.93))) {
        last.units.push(i)
        last.open = openAfter(last.open, junctions.ends[i]!)
        continue
      }
    }
    fragments.push({ units: [i], open: openAfter('', junctions.ends[i]!) })
  }
  return fragments
}

/** Gains above 0 of reading on from one fragment to another; all others are as good as none. */
type Gains = Map<number, number>[]

function judgeAll(fragments: readonly Fragment[], context: Context): Gains {
  const texts = fragments.map((fragment) => fragment.units.map((i) => context.units[i]!.text).join(''))
  const topics = readTopics(texts)
  return fragments.map((from, x) => {
    const a = from.units.at(-1)!
    const row = new Map<number, number>()
    for (let y = 0; y < fragments.length; y++) {
      if (x === y) continue
      const to = fragments[y]!
      const b = to.units[0]!
      // Places this unlikely no evidence at the break makes good; judging it costs most of the time.
      if (context.stops[a]! > 0.9 || context.starts[b]! > 0.96) continue
      let gain = gainOf(a, b, context)
      const closers = context.junctions.ends[b]!.closers
      if (closers !== '') gain += from.open.includes(closers[0]!) ? 1.5 : -1
      // A common subject is worth no more than this.
      if (gain < -2.2) continue
      gain += 0.7 * sameTextOdds(topics[x]!, topics[y]!, Math.min(texts[x]!.length, texts[y]!.length))
      if (gain > 0) row.set(y, gain)
    }
    return row
  })
}

/** The best assignment that reads nothing in a circle. */
function settle(gains: Gains): number[] {
  let next: number[] = []
  for (let round = 0; round < 20; round++) {
    next = assignSparse(gains)
    const cycle = findCycle(next)
    if (cycle === null) return next
    let weakest = cycle[0]!
    for (const a of cycle) if (gains[a]!.get(next[a]!)! < gains[weakest]!.get(next[weakest]!)!) weakest = a
    gains[weakest]!.delete(next[weakest]!)
  }
  for (let cycle = findCycle(next); cycle !== null; cycle = findCycle(next)) next[cycle[0]!] = -1
  return next
}

/** Joins linked fragments; links less certain than `margin` against the next best choice stay open. */
function merge(
  fragments: readonly Fragment[],
  next: readonly number[],
  gains: Gains,
  margin: number,
  confidence: Map<number, number>,
): Fragment[] {
  // The best and the second best beginning that each end competes for, and the other way round.
  const best = new Map<number, { gain: number; from: number; second: number }>()
  gains.forEach((row, x) => {
    for (const [y, gain] of row) {
      const known = best.get(y)
      if (known === undefined) best.set(y, { gain, from: x, second: 0 })
      else if (gain > known.gain) best.set(y, { gain, from: x, second: known.gain })
      else if (gain > known.second) known.second = gain
    }
  })
  const linked = next.map((y, x) => {
    if (y < 0 || margin === 0) return y
    const gain = gains[x]!.get(y)!
    const other = best.get(y)!
    let rival = other.from === x ? other.second : other.gain
    for (const [z, each] of gains[x]!) if (z !== y && each > rival) rival = each
    return gain - rival >= margin ? y : -1
  })
  const targets = new Set(linked.filter((y) => y >= 0))
  const merged: Fragment[] = []
  fragments.forEach((fragment, start) => {
    if (targets.has(start)) return
    const whole: Fragment = { units: [...fragment.units], open: fragment.open }
    let sure = confidence.get(whole.units[0]!) ?? 1
    for (let x = start, y = linked[x]!; y >= 0; x = y, y = linked[x]!) {
      const part = fragments[y]!
      sure = Math.min(sure, confidence.get(part.units[0]!) ?? 1, 1 / (1 + Math.exp(-gains[x]!.get(y)!)))
      whole.units.push(...part.units)
      whole.open = part.open === '' ? whole.open : part.open
    }
    confidence.set(whole.units[0]!, sure)
    merged.push(whole)
  })
  return merged
}

function findCycle(next: readonly number[]): number[] | null {
  const state = new Uint8Array(next.length)
  for (let start = 0; start < next.length; start++) {
    const path: number[] = []
    let at = start
    while (at >= 0 && state[at] === 0) {
      state[at] = 1
      path.push(at)
      at = next[at]!
    }
    if (at >= 0 && state[at] === 1) return path.slice(path.indexOf(at))
    for (const each of path) state[each] = 2
  }
  return null
}
