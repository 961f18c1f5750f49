// Which units are headings (headline, kicker, subheading) rather than body text? By their print alone.
import { endsInsideWord, endsSentence } from '../structure/chars.ts'
import type { Ends } from './junction.ts'
import type { Unit } from './print-lines.ts'

/** Lines that stand together between white space (or below a signature) and may be a heading. */
export interface HeadingBlock {
  units: number[]
  /** Log odds that it is one. */
  odds: number
}

/** All blocks of the page that could be headings, with their odds. Units in `fixed` are already known to be something else. */
export function findHeadingBlocks(
  units: readonly Unit[],
  ends: readonly Ends[],
  fixed: ReadonlySet<number>,
): HeadingBlock[] {
  const blocks: HeadingBlock[] = []
  let at = 0
  while (at < units.length) {
    const first = units[at]!
    if (ends[at]!.signed || ends[at]!.dateline) {
      at++
      continue
    }
    if (fixed.has(at) || !opensBlock(first, units, ends, fixed)) {
      if (!fixed.has(at)) {
        const odds = lineOdds(first) - 2.4
        if (odds > -3) blocks.push({ units: [at], odds })
      }
      at++
      continue
    }
    const block = [at]
    while (block.length < 5) {
      const last = units[block.at(-1)!]!
      const next = units[last.index + 1]
      if (
        last.blankAfter > 0 ||
        next === undefined ||
        next.part > 0 ||
        fixed.has(next.index) ||
        ends[next.index]!.signed ||
        ends[next.index]!.dateline
      )
        break
      block.push(next.index)
    }
    const last = units[block.at(-1)!]!
    const closed = last.blankAfter > 0 || fixed.has(last.index + 1) || last.index + 1 >= units.length
    if (!closed || block.length === 5) {
      // Too long for a heading; its first line may still be one that its text touches.
      const odds = lineOdds(first) - 1.6 - (first.blankBefore > 0 ? 0 : 0.4)
      if (odds > -3) blocks.push({ units: [at], odds })
      at++
      continue
    }
    blocks.push({ units: block, odds: blockOdds(block, units, ends) })
    at = last.index + 1
  }
  return blocks
}

function opensBlock(
  unit: Unit,
  units: readonly Unit[],
  ends: readonly Ends[],
  fixed: ReadonlySet<number>,
): boolean {
  if (unit.part > 0) return false
  if (unit.blankBefore > 0 || unit.index === 0 || fixed.has(unit.index - 1)) return true
  return ends[unit.index - 1]!.signed && units[unit.index - 1]!.line !== unit.line
}

function blockOdds(block: readonly number[], units: readonly Unit[], ends: readonly Ends[]): number {
  const first = units[block[0]!]!
  const last = units[block.at(-1)!]!
  let odds: number
  if (block.length === 1) odds = lineOdds(first)
  else {
    odds = block.length === 2 ? -0.2 : -0.8
    for (const i of block) odds += signOdds(units[i]!, i === last.index)
    // Body text breaks off short only where it ends a sentence.
    if (last.width < last.measure - 2.7 && !endsSentence(last.text)) odds += 2.5
    if (block.some((i) => units[i]!.width > units[i]!.measure + 2.2)) odds += 2
    else if (block.every((i) => Math.abs(units[i]!.width - units[i]!.measure) <= 0.8)) odds -= 2
    else if (Math.abs(first.width - first.measure) > 0.8 && Math.abs(first.width - first.measure + 2) > 0.8)
      odds += 1.5
    if (block.some((i) => hasGap(units[i]!.text))) odds += 2
  }
  const above = ends[first.index - 1]
  if (above?.signed === true) odds += 2.5
  else if (above !== undefined && above.ends > 0.6) odds += 0.4
  const below = ends[last.index + 1]
  if (below?.dateline === true) odds += 2
  else if (below !== undefined && below.begins > 0.6) odds += 0.5
  return Math.max(-6, Math.min(6, odds))
}

/** Odds of one line, white space around it aside. */
function lineOdds(unit: Unit): number {
  const { text, width, measure } = unit
  let odds = -0.2 + signOdds(unit, true)
  const short = measure - width
  if (short < -2.2) odds += 2.2
  else if (short < -1.2) odds += 0.6
  else if (short <= 0.8) odds -= 1.4
  else if (short <= 2.7 && short >= 1.2) odds -= 1
  else odds += 1.6
  if (hasGap(text)) odds += 2.5
  if (width < 2.5) odds -= 1.5
  return odds
}

/** What a line's signs say: sentences and clauses are body text. */
function signOdds(unit: Unit, last: boolean): number {
  const { text } = unit
  let odds = 0
  if (endsSentence(text)) odds -= /[！？!?][”」』]?$/u.test(text) ? 1 : 5
  if (/[。；](?=.)/u.test(text)) odds -= 4
  if (/[，、；,]$/u.test(text)) odds -= last ? 3.5 : 1.5
  else if (/[：:]$/u.test(text)) odds -= 1.5
  odds -= 0.7 * Math.min(2, (text.match(/，/gu) ?? []).length)
  if (unit.stretched) odds -= 3
  if (unit.indented) odds -= 1
  if (/^[—]{1,2}/u.test(text)) odds += 2
  if (/^[”’）》」』，。、；：！？]/u.test(text)) odds -= 4
  // A word broken by a hyphen, or its rest.
  if (endsInsideWord(text)) odds -= 4
  if (/^\p{Ll}/u.test(text)) odds -= 2
  return odds
}

/** A gap between two parts of at least two Han characters, as in `结对帮扶一对一 助力脱贫心贴心`. */
function hasGap(text: string): boolean {
  return /[\p{Script=Han}”》）！？]{2,} +[\p{Script=Han}“《（]{2,}/u.test(text)
}
