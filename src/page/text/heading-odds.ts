// Is this unit a heading (headline, kicker, subheading) rather than a line of body text? By its print alone.
import { endsSentence } from '../structure/chars.ts'
import type { Unit } from './print-lines.ts'

/** Log odds from punctuation, width against the measure, gaps between parts, and white space around. */
export function headingOdds(unit: Unit): number {
  const { text, width, measure } = unit
  let odds = -1.2
  if (endsSentence(text)) odds -= /[！？!?][”」』]?$/u.test(text) ? 1 : 5
  if (/[。；](?=.)/u.test(text)) odds -= 4
  if (/[，、；,]$/u.test(text)) odds -= 3.5
  odds -= 0.8 * Math.min(2, (text.match(/，/gu) ?? []).length)
  if (unit.stretched) odds -= 3
  if (unit.indented) odds -= 1
  const off = Math.abs(width - measure)
  if (width > measure + 1.2) odds += 2.2
  else if (off <= 0.8) odds -= 1.2
  else if (Math.abs(width - (measure - 2)) <= 0.8) odds -= 0.6
  else odds += 1.2
  if (hasGap(text)) odds += 2.5
  if (unit.blankBefore > 0 && unit.blankAfter > 0) odds += 1.6
  else if (unit.blankBefore > 0) odds += 0.6
  else if (unit.blankAfter > 0) odds += 0.2
  else odds -= 0.6
  if (/^[—-]{1,2}/u.test(text)) odds += 2
  if (unit.part > 0) odds -= 0.5
  if (width < 2.5) odds -= 2
  if (/^\p{Script=Han}{0,6}(?:本报|新华社|据)\S*(?:讯|电)/u.test(text)) odds -= 4
  return odds
}

/** A gap between two parts of at least two Han characters, as in `结对帮扶一对一 助力脱贫心贴心`. */
export function hasGap(text: string): boolean {
  return /[\p{Script=Han}”》）！？]{2,} +[\p{Script=Han}“《（]{2,}/u.test(text)
}
