// Head and foot of a page: the strips that name paper, date, page and staff, and no story.
import { readMastheadLine, saysOnlyNames } from '../structure/masthead-line.ts'
import { wholePageNumber } from '../structure/page-number.ts'
import { overlapY, type Sheet } from './sheet.ts'
import type { TextLine } from './text-lines.ts'

/**
 * Splits lines into strips (head and foot, in reading order) and the rest.
 * The head is what stands above the first long rule near the top edge, or in one row with the date; the foot likewise.
 */
export function takeStrips(
  sheet: Sheet,
  lines: readonly TextLine[],
): { strips: TextLine[]; rest: TextLine[] } {
  const horizontal = lines.filter((line) => !line.vertical)
  if (horizontal.length === 0) return { strips: [], rest: [...lines] }
  const top = Math.max(...horizontal.map((line) => line.box[3]))
  const bottom = Math.min(...horizontal.map((line) => line.box[1]))
  const reach = 0.12 * Math.max(top - bottom, sheet.width)
  const strip = new Set<TextLine>()
  const longRules = sheet.rules.filter(
    (rule) => rule[2] - rule[0] > 0.55 * sheet.width && rule[3] - rule[1] < 4,
  )
  const isStory = (found: readonly TextLine[]): boolean =>
    found.reduce((count, line) => count + line.glyphs.length, 0) > 260 ||
    found.filter((line) => /[。！？]$/u.test(line.text) && line.glyphs.length > 12).length > 1

  const headRules = longRules.filter((rule) => top - rule[1] < reach)
  for (const rule of headRules.sort((a, b) => a[1] - b[1])) {
    const above = horizontal.filter((line) => line.box[1] >= rule[1] - 1)
    if (above.length > 0 && !isStory(above)) {
      for (const line of above) strip.add(line)
      break
    }
  }
  const footRules = longRules.filter((rule) => rule[3] - bottom < reach)
  for (const rule of footRules.sort((a, b) => b[1] - a[1])) {
    const below = horizontal.filter((line) => line.box[3] <= rule[3] + 1)
    if (below.length > 0 && !isStory(below)) {
      for (const line of below) strip.add(line)
      break
    }
  }
  const headDone = [...strip].some((line) => top - line.box[3] < reach)
  const footDone = [...strip].some((line) => line.box[1] - bottom < reach)
  // Without a rule: rows at the edges that carry a date, staff or contact, and whatever shares their height.
  for (const line of horizontal) {
    const edge =
      top - line.box[3] < (headDone ? 0 : reach) || line.box[1] - bottom < (footDone ? 0 : reach / 2)
    if (!edge || strip.has(line) || line.glyphs.length > 60 || /[。；！？]/u.test(line.text)) continue
    const facts = readMastheadLine(line.text)
    const dated = facts?.date !== undefined && (facts.date.hasWeekday || facts.words.join('').length < 8)
    const said =
      facts !== null &&
      (facts.staff !== undefined ||
        facts.contact !== undefined ||
        facts.hasParticulars ||
        (facts.number !== undefined && saysOnlyNames(facts)))
    if (dated || (atEdge(line) && (said || isLoneNumber(line)))) {
      const row = horizontal.filter(
        (other) => overlapY(other.box, line.box) > 0.3 * line.size && other.glyphs.length < 60,
      )
      if (!isStory(row)) for (const other of row) if (isBrief(other)) strip.add(other)
    }
  }
  return {
    strips: lines.filter((line) => strip.has(line)),
    rest: lines.filter((line) => !strip.has(line)),
  }

  function atEdge(line: TextLine): boolean {
    return top - line.box[3] < 3 * line.size || line.box[1] - bottom < 3 * line.size
  }
  function isLoneNumber(line: TextLine): boolean {
    return wholePageNumber(line.text.trim()) !== null && line.glyphs.length <= 5
  }
  function isBrief(line: TextLine): boolean {
    return !/[。；！？，]/u.test(line.text)
  }
}
