// Texts without a headline that are the rest of another text.
import { findHeadingBlocks, type HeadingBlock } from './heading-odds.ts'
import type { Junctions } from './junction.ts'
import { type Gains, merge, settle } from './link-fragments.ts'
import { type Context, continuity, type Known, placePrior } from './place-odds.ts'
import type { Unit } from './print-lines.ts'
import type { Body } from './reading-order.ts'
import { containment, readTopics, sameTextOdds } from './topic.ts'

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
