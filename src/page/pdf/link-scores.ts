// How well a column follows a heading or another column: geometry, type and text as points.
import type { Blocks, Column, Heading } from './block.ts'
import type { Ends } from './column-ends.ts'
import { barBetween, type Fences, ruleBetween } from './fences.ts'
import type { PageStyle } from './page-style.ts'
import { type Box, boxWidth, overlapX, overlapY } from './sheet.ts'

/** The score of what cannot be. */
export const never = -1000

/** Share of a headline's pairs of characters that the first lines of a text hold. */
function sharedTerms(heading: Heading, column: Column): number {
  const title = heading.lines
    .map((line) => line.text)
    .join('')
    .replace(/[\s\p{P}]/gu, '')
  const text = column.lines
    .slice(0, 14)
    .map((line) => line.text)
    .join('')
    .replace(/\s/gu, '')
  let hits = 0
  let all = 0
  for (let i = 0; i + 2 <= title.length; i++) {
    all++
    if (text.includes(title.slice(i, i + 2))) hits++
  }
  return all > 0 ? hits / all : 0
}

/** A heading as the predecessor of a column. */
export function scoreHeading(
  heading: Heading,
  to: Ends,
  blocks: Blocks,
  style: PageStyle,
  fences: Fences,
): number {
  const { column } = to
  const em = style.bodySize
  const a = heading.box
  const b = column.box
  if (heading.panel !== column.panel) return never
  let score = 3 * sharedTerms(heading, column)
  score += to.opensParagraph ? 1.5 : -7
  if (to.opensStory) score += 2.5
  const gap = a[1] - b[3]
  const shared = overlapX(a, b)
  if (gap > -0.6 * em && !(heading.lines[0]!.vertical && shared <= 0)) {
    // Below the heading.
    if (gap > 14 * em) return never
    score += gap < 3.2 * em ? 4 : gap < 6 * em ? 2 : -2
    if (shared > 0) score += shared > 0.5 * Math.min(boxWidth(a), boxWidth(b)) ? 2 : 1
    else if (!sitsInRow(column, heading, blocks, em)) score -= 5
    else score += b[2] < a[0] ? 1.5 : -3
    if (shared > 0 && Math.abs(a[0] - b[0]) < 1.5 * em) score += 1.5
    if (ruleBetween(fences, a, b)) score -= 3
    const blocked = blocks.headings.some(
      (other) =>
        other !== heading &&
        other.panel === heading.panel &&
        other.box[3] <= a[1] + 0.5 * em &&
        other.box[1] >= b[3] - 0.6 * em &&
        overlapX(other.box, b) > 0.3 * Math.min(boxWidth(other.box), boxWidth(b)) &&
        overlapX(other.box, a) > 0,
    )
    if (blocked) score -= 9
    const through = blocks.columns.some(
      (other) =>
        other !== column &&
        other.box[3] < a[1] + em &&
        other.box[1] > b[3] - em &&
        overlapX(other.box, b) > 0 &&
        overlapX(other.box, a) > 0,
    )
    if (through) score -= 6
    // The heading begins at the left edge of its story: a column with a neighbour to the left under the same heading is not the first.
    const earlier = blocks.columns.some(
      (other) =>
        other !== column &&
        other.panel === column.panel &&
        other.box[2] <= b[0] + 1 &&
        b[0] - other.box[2] < 4 * em &&
        Math.abs(other.box[3] - b[3]) < 1.5 * em &&
        overlapX(other.box, a) > 0 &&
        !barBetween(fences, other.box, b),
    )
    if (earlier) score -= 3
    return score
  }
  return scoreAround(heading, to, blocks, style, fences, score)
}

/** Headings that do not stand above their text: beside it, let into it, or below it. */
function scoreAround(
  heading: Heading,
  to: Ends,
  blocks: Blocks,
  style: PageStyle,
  fences: Fences,
  text: number,
): number {
  const em = style.bodySize
  const a = heading.box
  const b = to.column.box
  let score = text
  const under = blocks.columns.filter((other) => {
    const drop = a[1] - other.box[3]
    return (
      other.panel === heading.panel &&
      drop > -0.6 * em &&
      drop < 3.2 * em &&
      overlapX(other.box, a) > 0.3 * boxWidth(other.box) &&
      !ruleBetween(fences, a, other.box)
    )
  })
  if (overlapY(a, b) > 0.5 * Math.min(a[3] - a[1], b[3] - b[1])) {
    const apart = Math.max(b[0] - a[2], a[0] - b[2])
    if (apart < -em || apart > 16 * em) return never
    if (barBetween(fences, a, b) || barBetween(fences, b, a)) score -= 3
    if (apart < 6 * em) score += 1
    if (b[0] > a[0]) return score + 1 - (under.length > 0 ? 5 : 0)
    // Let into the body: the column to its left runs on into those under it.
    const runsOn = under.some((other) => other.box[0] > b[2] - em && other.box[0] - b[2] < 3.5 * em)
    return score + (runsOn ? 1 : under.length > 0 ? -5 : -2)
  }
  // Below the text.
  const gap = b[1] - a[3]
  if (gap < -0.6 * em || gap > 5 * em || under.length > 0) return never
  if (ruleBetween(fences, b, a)) score -= 4
  const earlier = blocks.columns.some(
    (other) =>
      other.box[2] <= b[0] + 1 &&
      b[0] - other.box[2] < 4 * em &&
      Math.abs(other.box[3] - b[3]) < 1.5 * em &&
      overlapX(other.box, a) > 0,
  )
  return score + (overlapX(a, b) > 0 ? 0 : -3) - (earlier ? 4 : 0)
}

/** True when a column starts at the height of the columns right under the heading, with no gap in the row. */
function sitsInRow(column: Column, heading: Heading, blocks: Blocks, em: number): boolean {
  let row = blocks.columns.filter((other) => {
    const gap = heading.box[1] - other.box[3]
    return gap > -0.6 * em && gap < 6 * em && overlapX(other.box, heading.box) > 0
  })
  for (let step = 0; step < 8; step++) {
    const more = blocks.columns.filter(
      (other) =>
        !row.includes(other) &&
        row.some(
          (each) =>
            Math.abs(each.box[3] - other.box[3]) < 1.6 * em &&
            Math.max(each.box[0] - other.box[2], other.box[0] - each.box[2]) < 3.5 * em,
        ),
    )
    if (more.length === 0) break
    row = [...row, ...more]
  }
  return row.includes(column)
}

/** The heading that stands right above a column, if its width covers a good part of it. */
function headingOver(box: Box, blocks: Blocks, em: number): Heading | undefined {
  let best: Heading | undefined
  for (const heading of blocks.headings) {
    const gap = heading.box[1] - box[3]
    if (gap < -0.6 * em || gap > 5 * em) continue
    if (overlapX(heading.box, box) < 0.25 * boxWidth(box)) continue
    if (!best || heading.box[1] < best.box[1]) best = heading
  }
  return best
}

/** A column as the predecessor of a column. */
export function scoreColumns(from: Ends, to: Ends, blocks: Blocks, style: PageStyle, fences: Fences): number {
  const a = from.column
  const b = to.column
  if (a.panel !== b.panel) return never
  const em = style.bodySize
  let score = 0
  if (from.open) score += to.opensParagraph ? -8 : 6
  else if (from.closed) score += to.opensParagraph ? (from.endsWithSubhead ? 3 : 0) : -9
  else score += to.opensParagraph ? 0.5 : 2
  if (to.opensStory) score -= 6
  if (from.closesStory && !from.open) score -= 4
  if (Math.abs(a.size - b.size) > 0.06 * Math.max(a.size, b.size)) score -= 6
  const widths = Math.abs(boxWidth(a.box) - boxWidth(b.box))
  const comparable = a.lines.length > 2 && b.lines.length > 2
  if (comparable) score += widths < 1.2 * em ? 1 : -1.5

  const gapX = b.box[0] - a.box[2]
  const over = headingOver(b.box, blocks, em)
  if (gapX > -0.5 * em) {
    // To the right.
    if (gapX > 0.5 * style.bodySize * 60) return never
    if (b.box[3] < a.box[1] - 2 * em) score -= 4
    if (b.box[1] > a.box[3] + 2 * em) score -= 5
    score += gapX < 3.2 * em ? 2 : gapX < 6 * em ? 0 : -3 - gapX / (20 * em)
    if (Math.abs(a.box[3] - b.box[3]) < 1.4 * em) score += 2
    if (barBetween(fences, a.box, b.box)) score -= 4
    const skipped = blocks.columns.some(
      (other) =>
        other !== a &&
        other !== b &&
        other.box[0] > a.box[2] - em &&
        other.box[2] < b.box[0] + em &&
        overlapY(other.box, b.box) > 0,
    )
    if (skipped) score -= 3
    if (over) score += overlapX(over.box, a.box) > 0 || over.box[0] < a.box[2] ? 1.5 : -3
    return score
  }
  if (a.box[0] - b.box[2] > -0.5 * em) {
    // Leftwards: only down into the next row of the same story.
    if (b.box[3] > a.box[1] + em) return never
    score -= 3 + (over ? 6 : 0)
    if (a.box[1] - b.box[3] > 30 * em) return never
    return score
  }
  // Below.
  const gap = a.box[1] - b.box[3]
  if (gap < -em) return never
  if (gap > 30 * em) return never
  score += gap < 3 * em ? 1.5 : gap < 14 * em ? 0 : -2
  const between = (box: Box): boolean =>
    (box[1] + box[3]) / 2 < a.box[1] + em &&
    (box[1] + box[3]) / 2 > b.box[3] - em &&
    overlapX(box, b.box) > 0 &&
    overlapX(box, a.box) > 0
  if (blocks.headings.some((heading) => between(heading.box))) score -= 8
  if (blocks.columns.some((other) => other !== a && other !== b && between(other.box))) score -= 4
  // A picture let into the column: the text goes on below it.
  const picture = fences.pictures.find(between)
  if (picture) score += gap - (picture[3] - picture[1]) < 6 * em ? 7 : 1
  if (ruleBetween(fences, a.box, b.box)) score -= 4
  return score
}
