// Lines become blocks: columns of running text, headings of one or more lines, captions under pictures.

import { parseBylineLine, parseDateline } from '../structure/byline.ts'
import { splitCaptions } from '../structure/caption.ts'
import { endsClause, endsSentence } from '../structure/chars.ts'
import type { Fences } from './fences.ts'
import { turnBoxBack, turnFences, turnLine } from './orientation.ts'
import { measureStyle, type PageStyle } from './page-style.ts'
import { type Box, boxHeight, boxWidth, contains, overlapX, overlapY, unionBox } from './sheet.ts'
import { lineLength, median, type TextLine } from './text-lines.ts'

/** A column of running text, or a piece of one: lines from top to bottom, subheadings among them. */
export interface Column {
  kind: 'column'
  box: Box
  size: number
  lines: TextLine[]
  subheads: Set<TextLine>
  panel: number
}

/** Lines of display type that stand together. */
export interface Heading {
  kind: 'heading'
  box: Box
  lines: TextLine[]
  panel: number
}

export interface Blocks {
  columns: Column[]
  headings: Heading[]
}

/** True when `size` is display type on this page. */
export const isDisplay = (size: number, style: PageStyle): boolean => size > 1.12 * style.bodySize

/** Index of the innermost panel around a box, -1 for the open page. */
export function panelOf(box: Box, panels: readonly Box[]): number {
  let best = -1
  for (let i = 0; i < panels.length; i++) {
    const panel = panels[i]!
    const middle: Box = [
      (box[0] + box[2]) / 2,
      (box[1] + box[3]) / 2,
      (box[0] + box[2]) / 2,
      (box[1] + box[3]) / 2,
    ]
    if (!contains(panel, middle)) continue
    if (best < 0 || boxWidth(panel) * boxHeight(panel) < boxWidth(panels[best]!) * boxHeight(panels[best]!))
      best = i
  }
  return best
}

/** True when a horizontal rule lies between two heights and crosses what both boxes share in width. */
export function ruleBetween(fences: Fences, upper: Box, lower: Box): boolean {
  const x0 = Math.max(upper[0], lower[0])
  const x1 = Math.min(upper[2], lower[2])
  return fences.horizontal.some(
    (rule) =>
      rule[1] < upper[1] + 2 &&
      rule[3] > lower[3] - 2 &&
      Math.min(rule[2], x1) - Math.max(rule[0], x0) > 0.3 * (x1 - x0),
  )
}

/** True when a vertical rule stands between two boxes that are side by side. */
export function barBetween(fences: Fences, left: Box, right: Box): boolean {
  const y0 = Math.max(left[1], right[1])
  const y1 = Math.min(left[3], right[3])
  return fences.vertical.some(
    (rule) =>
      rule[0] > left[2] - 2 &&
      rule[2] < right[0] + 2 &&
      Math.min(rule[3], y1) - Math.max(rule[1], y0) > 0.3 * (y1 - y0),
  )
}

/** All text as columns and headings. Lines across the page's direction make blocks of their own. */
export function toBlocks(lines: readonly TextLine[], style: PageStyle, fences: Fences): Blocks {
  const along = lines.filter((line) => !line.vertical)
  const across = lines.filter((line) => line.vertical)
  const blocks = toBlocksAlong(along, style, fences)
  if (across.length === 0) return blocks
  const source = new Map<TextLine, TextLine>()
  const turned = across.map((line) => {
    const copy = turnLine(line)
    source.set(copy, line)
    return copy
  })
  const other = toBlocksAlong(turned, { ...style, pitch: measureStyle(turned).pitch }, turnFences(fences))
  const back = (line: TextLine): TextLine => source.get(line) ?? line
  return {
    columns: [
      ...blocks.columns,
      ...other.columns.map((column) => ({
        ...column,
        box: turnBoxBack(column.box),
        lines: column.lines.map(back),
        subheads: new Set([...column.subheads].map(back)),
      })),
    ],
    headings: [
      ...blocks.headings,
      ...other.headings.map((heading) => ({
        ...heading,
        box: turnBoxBack(heading.box),
        lines: heading.lines.map(back),
      })),
    ],
  }
}

/** All text of one writing direction as columns and headings. */
function toBlocksAlong(lines: readonly TextLine[], style: PageStyle, fences: Fences): Blocks {
  const display = lines.filter((line) => isDisplay(line.size, style))
  const text = lines.filter((line) => !isDisplay(line.size, style))
  const prose = proseInDisplayType(display, style, fences)
  const subheads = findSubheads(lines, style)
  const inFlow = [
    ...text,
    ...prose,
    ...[...subheads].filter((line) => !prose.has(line) && isDisplay(line.size, style)),
  ]
  const heads = display.filter((line) => !prose.has(line) && !subheads.has(line))
  const columns = toColumns(inFlow, heads, subheads, style, fences)
  return { columns, headings: toHeadings(heads, fences) }
}

const sameSize = (a: number, b: number): boolean => Math.abs(a - b) <= 0.06 * Math.max(a, b)

/** Leads and editorials set larger than the body: three long lines or more that read as sentences. */
function proseInDisplayType(display: readonly TextLine[], style: PageStyle, fences: Fences): Set<TextLine> {
  const prose = new Set<TextLine>()
  const stacks = toColumns(
    display.filter((line) => line.size < 1.7 * style.bodySize),
    [],
    new Set(),
    { bodySize: style.bodySize, pitch: 0 },
    fences,
  )
  for (const stack of stacks) {
    const text = stack.lines.map((line) => line.text).join('')
    const stops = text.match(/[。！？]/gu)?.length ?? 0
    if (stack.lines.length >= 3 && text.length > 40 && (endsSentence(text) || stops >= 2)) {
      for (const line of stack.lines) prose.add(line)
    }
  }
  return prose
}

/**
 * 小标题 stand in the column that they divide. A type style (size and weight) is judged by all its lines together,
 * because the ten headlines of a briefs column look like subheadings one by one.
 */
function findSubheads(lines: readonly TextLine[], style: PageStyle): Set<TextLine> {
  const found = new Set<TextLine>()
  const groups = new Map<string, TextLine[][]>()
  const candidates = lines.filter(
    (line) =>
      line.size < 1.62 * style.bodySize &&
      line.size > 0.95 * style.bodySize &&
      (isDisplay(line.size, style) || (line.bold && !endsClause(line.text) && line.glyphs.length <= 24)) &&
      parseBylineLine(line.text) === null,
  )
  for (const group of stackAlike(candidates)) {
    const first = group[0]!
    const key = `${Math.round(first.size * 2)}${first.bold ? 'b' : ''}`
    const list = groups.get(key)
    if (list) list.push(group)
    else groups.set(key, [group])
  }
  const plain = lines.filter((line) => !isDisplay(line.size, style) && !candidates.includes(line))
  for (const list of groups.values()) {
    const ratio = list[0]![0]!.size / style.bodySize
    let votes = ratio < 1.12 ? 1 : ratio < 1.25 ? 2 : ratio < 1.35 ? 0 : -2
    const own: [TextLine[], number][] = []
    for (const group of list) {
      const vote = voteForSubhead(group, plain, lines, style)
      own.push([group, vote])
      votes += Math.max(-4, Math.min(3, vote))
    }
    if (votes <= 0) continue
    for (const [group, vote] of own)
      if (vote > -4 && group.length <= 3) for (const line of group) found.add(line)
  }
  return found
}

/** Positive: a subheading of the column; negative: a headline. */
function voteForSubhead(
  group: readonly TextLine[],
  plain: readonly TextLine[],
  all: readonly TextLine[],
  style: PageStyle,
): number {
  const box = unionBox(group.map((line) => line.box))
  const reach = 2.2 * style.pitch
  let above: TextLine | undefined
  let below: TextLine | undefined
  for (const line of plain) {
    if (overlapX(line.box, box) < 0.3 * Math.min(boxWidth(line.box), boxWidth(box))) continue
    const up = line.box[1] - box[3]
    const down = box[1] - line.box[3]
    if (up > -2 && up < reach && (!above || line.box[1] < above.box[1])) above = line
    if (down > -2 && down < reach && (!below || line.box[3] > below.box[3])) below = line
  }
  const column = columnAround(above, below, plain)
  if (!column) return -3
  let vote = 0
  if (box[0] < column[0] - style.bodySize || box[2] > column[2] + style.bodySize) vote -= 5
  const headAbove = all.some(
    (line) =>
      !group.includes(line) &&
      line.size > 1.12 * style.bodySize &&
      line.box[1] >= box[3] - 2 &&
      line.box[1] - box[3] < 2 * line.size &&
      overlapX(line.box, box) > 0 &&
      (!above || line.box[1] < above.box[1]),
  )
  if (headAbove && !above) {
    // A subheading may open a column; a subtitle stands above the row in which the columns begin.
    const row = plain.some(
      (line) =>
        overlapX(line.box, box) < 0 &&
        Math.abs(line.box[3] - box[3]) < 0.7 * style.pitch &&
        Math.max(line.box[0] - column[2], column[0] - line.box[2]) < 25 * style.bodySize,
    )
    vote -= row ? 2 : 5
  } else if (headAbove) vote -= 2
  if (/^(?:⸺|[—―─]{1,2})/u.test(first(group).text)) vote -= 4
  if (!below) vote += above ? 2 : -3
  if (!above) vote += headAbove ? 0 : 1
  if (below && startsStory(below.text)) vote -= 4
  if (above && /[）)]$/u.test(above.text) && !/[。！？][”’]?$/u.test(above.text)) vote -= 3
  if (group.length > 1) vote -= 2
  const centred = Math.abs((box[0] + box[2]) / 2 - (column[0] + column[2]) / 2) < style.bodySize
  if (centred && box[0] > column[0] + 1.2 * style.bodySize) vote += 1
  if (above && below) vote += 1
  return vote
}

const first = (group: readonly TextLine[]): TextLine => group[0]!

/** The width in which the lines above and below stand. */
function columnAround(
  above: TextLine | undefined,
  below: TextLine | undefined,
  plain: readonly TextLine[],
): Box | undefined {
  const seeds = [above, below].filter((line) => line !== undefined)
  if (seeds.length === 0) return undefined
  const boxes: Box[] = seeds.map((line) => line.box)
  for (const seed of seeds) {
    for (const line of plain) {
      if (
        sameSize(line.size, seed.size) &&
        overlapX(line.box, seed.box) > 0 &&
        Math.abs(line.baseline - seed.baseline) < 5 * seed.size
      ) {
        boxes.push(line.box)
      }
    }
  }
  return unionBox(boxes)
}

/** A text that opens a story: a dateline, or a line of names. */
export function startsStory(text: string): boolean {
  return parseDateline(text) !== null || parseBylineLine(text) !== null
}

/** Lines of one style directly under each other, as groups. */
function stackAlike(lines: readonly TextLine[]): TextLine[][] {
  const groups: TextLine[][] = []
  for (const line of [...lines].sort((a, b) => b.baseline - a.baseline)) {
    const group = groups.find((each) => {
      const last = each.at(-1)!
      const step = last.baseline - line.baseline
      return (
        sameSize(last.size, line.size) &&
        last.bold === line.bold &&
        step > 0.8 * line.size &&
        step < 1.75 * line.size &&
        overlapX(last.box, line.box) > 0
      )
    })
    if (group) group.push(line)
    else groups.push([line])
  }
  return groups
}

interface OpenColumn {
  lines: TextLine[]
  box: Box
  size: number
  panel: number
}

/** Stacks lines into columns; breaks at headings, rules, frames, pictures, white space and changes of measure. */
function toColumns(
  lines: readonly TextLine[],
  heads: readonly TextLine[],
  subheads: ReadonlySet<TextLine>,
  style: PageStyle,
  fences: Fences,
): Column[] {
  const sorted = [...lines].sort((a, b) => b.baseline - a.baseline || a.box[0] - b.box[0])
  const open: OpenColumn[] = []
  for (let i = 0; i < sorted.length; i++) {
    const line = sorted[i]!
    const panel = panelOf(line.box, fences.panels)
    let best: OpenColumn | undefined
    for (let j = open.length - 1; j >= 0; j--) {
      const column = open[j]!
      if (column.panel !== panel || !fits(column, line, sorted, i)) continue
      if (!best || column.lines.at(-1)!.baseline < best.lines.at(-1)!.baseline) best = column
    }
    if (best) {
      best.lines.push(line)
      best.box = unionBox([best.box, line.box])
      if (!subheads.has(line)) best.size = line.size
    } else open.push({ lines: [line], box: line.box, size: line.size, panel })
  }
  return open.map((column) => ({
    kind: 'column' as const,
    ...column,
    size: median(column.lines.filter((line) => !subheads.has(line)).map((line) => line.size)) || column.size,
    subheads: new Set(column.lines.filter((line) => subheads.has(line))),
  }))

  function fits(column: OpenColumn, line: TextLine, rows: readonly TextLine[], at: number): boolean {
    const last = column.lines.at(-1)!
    const divided = subheads.has(line) || subheads.has(last)
    if (!divided && !sameSize(column.size, line.size)) return false
    const step = last.baseline - line.baseline
    const pitch =
      style.pitch > 0 && sameSize(line.size, style.bodySize)
        ? style.pitch
        : pitchOf(column) || 1.55 * line.size
    if (step < 0.6 * line.size || step > (divided ? 3 : 1.7) * pitch) return false
    const em = line.size
    const own = column.lines.filter((each) => !subheads.has(each))
    const left = Math.min(...own.map((each) => each.box[0]))
    const flush = own.every((each) => each.box[0] < left + 0.6 * em)
    // A second line may lie wholly in the first line's indent.
    const reach = flush && own.length > 0 ? Math.min(column.box[0], left - 2.2 * em) : column.box[0]
    const indented = line.box[0] > column.box[0] && line.box[0] < column.box[0] + 2.6 * em
    const shared =
      Math.min(column.box[2] + (indented ? 2.6 * em : 0), line.box[2]) - Math.max(reach, line.box[0])
    if (shared <= 0) return false
    // A line may start left of an indented first line, never left of the column.
    if (own.length > 0 && !subheads.has(line) && line.box[0] < left - (flush ? 3.2 : 0.6) * em) return false
    if (line.box[2] > column.box[2] + 1.2 * em && !divided && sharedEdge(column.lines, subheads, em))
      return false
    if (divided && shared < 0.6 * Math.min(boxWidth(column.box), boxWidth(line.box))) return false
    // Two lines side by side under one wide line: columns begin here.
    for (const step of [-1, 1]) {
      for (let k = at + step; k >= 0 && k < rows.length; k += step) {
        const other = rows[k]!
        if (Math.abs(other.baseline - line.baseline) > 0.8 * em) break
        if (overlapX(other.box, line.box) < 0 && overlapX(other.box, column.box) > 0.5 * em) return false
      }
    }
    if (ruleBetween(fences, last.box, line.box)) return false
    const between: Box = [
      Math.max(last.box[0], line.box[0]),
      line.box[3],
      Math.min(last.box[2], line.box[2]),
      last.box[1],
    ]
    return ![...heads.map((head) => head.box), ...fences.pictures].some(
      (box) =>
        (box[1] + box[3]) / 2 < last.box[3] &&
        (box[1] + box[3]) / 2 > line.box[1] &&
        Math.min(box[2], between[2]) - Math.max(box[0], between[0]) > 0,
    )
  }
}

function pitchOf(column: OpenColumn): number {
  const steps: number[] = []
  for (let i = 1; i < column.lines.length; i++)
    steps.push(column.lines[i - 1]!.baseline - column.lines[i]!.baseline)
  return median(steps)
}

/** Two or more full lines end at the right edge of this stack: its measure is known. */
function sharedEdge(lines: readonly TextLine[], subheads: ReadonlySet<TextLine>, em: number): boolean {
  const right = Math.max(...lines.map((line) => line.box[2]))
  return lines.filter((line) => !subheads.has(line) && line.box[2] > right - 0.6 * em).length >= 2
}

/** Puts lines of display type that stand close together into headings. */
function toHeadings(lines: readonly TextLine[], fences: Fences): Heading[] {
  const sorted = [...lines].sort((a, b) => b.box[3] - a.box[3] || a.box[0] - b.box[0])
  const headings: Heading[] = []
  for (const line of sorted) {
    const panel = panelOf(line.box, fences.panels)
    const heading = headings.find((each) => each.panel === panel && joins(each, line))
    if (heading) {
      heading.lines.push(line)
      heading.box = unionBox([heading.box, line.box])
    } else headings.push({ kind: 'heading', box: line.box, lines: [line], panel })
  }
  return headings

  function joins(heading: Heading, line: TextLine): boolean {
    return heading.lines.some((other) => {
      const large = Math.max(other.size, line.size)
      const small = Math.min(other.size, line.size)
      if (Math.abs(other.baseline - line.baseline) < 0.3 * large && sameSize(other.size, line.size)) {
        const [left, right] = other.box[0] < line.box[0] ? [other, line] : [line, other]
        const next = right.glyphs[0]!.order === left.glyphs.at(-1)!.order + 1
        const gap = right.box[0] - left.box[2]
        return gap < (next ? 2.2 : 0.7) * large && !barBetween(fences, left.box, right.box)
      }
      const gap = other.box[1] - line.box[3]
      if (
        gap < -0.3 * small ||
        gap > (sameSize(other.size, line.size) ? 0.85 * large : Math.max(0.75 * small, 0.6 * large))
      )
        return false
      if (overlapX(other.box, line.box) < 0.25 * Math.min(boxWidth(other.box), boxWidth(line.box)))
        return false
      return !ruleBetween(fences, other.box, line.box) && aligned(other, line)
    })
  }

  function aligned(upper: TextLine, lower: TextLine): boolean {
    const em = Math.max(upper.size, lower.size)
    const centre = Math.abs((upper.box[0] + upper.box[2]) / 2 - (lower.box[0] + lower.box[2]) / 2) < 1.2 * em
    const left = Math.abs(upper.box[0] - lower.box[0]) < 2.5 * em
    const wide = overlapX(upper.box, lower.box) > 0.8 * Math.min(lineLength(upper), lineLength(lower))
    return centre || left || wide
  }
}

/** A picture's caption, taken out of the columns. */
export interface PlacedCaption {
  lines: TextLine[]
  box: Box
  picture: Box
}

/** Takes captions out of the columns: the first lines under a picture, as wide as the picture, small or credited. */
export function takeCaptions(blocks: Blocks, style: PageStyle, fences: Fences): PlacedCaption[] {
  const found: PlacedCaption[] = []
  for (const picture of fences.pictures) {
    const below = blocks.columns
      .filter((column) => {
        const gap = picture[1] - column.box[3]
        return (
          gap > -0.5 * style.bodySize &&
          gap < 2.2 * style.bodySize &&
          column.box[0] > picture[0] - 1.5 * style.bodySize &&
          column.box[2] < picture[2] + 1.5 * style.bodySize
        )
      })
      .sort((a, b) => b.box[3] - a.box[3])
    for (const column of below) {
      const credited = creditedLines(column)
      const small = column.size < 0.94 * style.bodySize
      const count = credited > 0 ? credited : small && column.lines.length <= 8 ? column.lines.length : 0
      const lone =
        column.lines.length <= 5 &&
        !blocks.columns.some(
          (other) =>
            other !== column &&
            overlapX(other.box, column.box) > 0 &&
            column.box[1] - other.box[3] > 0 &&
            column.box[1] - other.box[3] < 3 * style.bodySize,
        )
      const taken =
        count > 0
          ? count
          : lone && boxWidth(column.box) > 0.3 * boxWidth(picture) && overlapY(column.box, picture) <= 0
            ? column.lines.length
            : 0
      if (taken === 0) continue
      const lines = column.lines.splice(0, taken)
      found.push({ lines, box: unionBox(lines.map((line) => line.box)), picture })
      if (column.lines.length === 0) blocks.columns.splice(blocks.columns.indexOf(column), 1)
      else column.box = unionBox(column.lines.map((line) => line.box))
      break
    }
  }
  return found
}

/** How many first lines of a column a credit (侯聪 摄) closes; 0 for none within eight lines. */
function creditedLines(column: Column): number {
  let text = ''
  for (let i = 0; i < Math.min(8, column.lines.length); i++) {
    text += `${i > 0 && /[A-Za-z]$/u.test(text) ? ' ' : ''}${column.lines[i]!.text}`
    const last = splitCaptions(text).at(-1)
    if (last && last.end >= text.trimEnd().length) return i + 1
  }
  return 0
}
