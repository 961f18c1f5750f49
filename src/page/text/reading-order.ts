// In which order are the units of a page read? Every end of print is assigned the beginning that it goes on in.
import { findHeadingBlocks, type HeadingBlock } from './heading-odds.ts'
import { type Junctions, openAfter } from './junction.ts'
import { type Fragment, type Gains, merge, settle } from './link-fragments.ts'
import {
  type Context,
  continuity,
  endChance,
  findBelow,
  gainOf,
  type Known,
  startChance,
} from './place-odds.ts'
import type { Unit } from './print-lines.ts'
import { readTopics, sameTextOdds } from './topic.ts'

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
