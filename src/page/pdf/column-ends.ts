// What a column's edges say: its measure, and whether its first and last lines are cut sentences.
import { endsClause } from '../structure/chars.ts'
import { jumpsAway, jumpsHere } from '../structure/jump-lines.ts'
import { type Column, startsStory } from './block.ts'
import type { PageStyle } from './page-style.ts'
import { boxWidth } from './sheet.ts'
import { endOf, median, startOf, type TextLine } from './text-lines.ts'

/** What a column's first and last lines say about what must come before and after. */
export interface Ends {
  column: Column
  /** The first line is indented, or a subheading. */
  opensParagraph: boolean
  /** The first line begins a story: dateline, byline. */
  opensStory: boolean
  /** The last line is full and its sentence goes on. */
  open: boolean
  /** The last line stops short of the right edge, or is a subheading. */
  closed: boolean
  /** The last line closes a story: a signature, a cross reference. */
  closesStory: boolean
  endsWithSubhead: boolean
}

/** Left edge and right edge of the measure in which a column is set. */
export function measureOf(column: Column, columns: readonly Column[]): { left: number; right: number } {
  const own = column.lines.filter((line) => !column.subheads.has(line))
  let left = Math.min(...(own.length > 0 ? own : column.lines).map((line) => startOf(line)))
  let right = Math.max(...(own.length > 0 ? own : column.lines).map((line) => endOf(line)))
  if (column.lines[0]!.vertical) return { left, right }
  if (own.length <= 3) {
    // Too few lines to know: columns above and below on the same grid tell.
    for (const other of columns) {
      if (
        other === column ||
        other.lines.length < 3 ||
        Math.abs(other.size - column.size) > 0.06 * column.size
      )
        continue
      const [x0, , x1] = other.box
      if (
        x0 <= left + 1 &&
        left - x0 < 2.8 * column.size &&
        x1 >= right - 1 &&
        x1 - x0 < 1.15 * (right - left) + 3 * column.size
      ) {
        left = Math.min(left, x0)
        right = Math.max(right, x1)
        break
      }
    }
  }
  const flush = own.length > 0 && own.every((line) => startOf(line) < left + 0.6 * column.size)
  if (flush && own.length <= 4) {
    // All lines start alike: are they all indented? The page's usual gutter, from the column to the left, tells.
    for (const other of columns) {
      const gap = left - other.box[2]
      if (other === column || gap < 2 * column.size || gap > 5 * column.size) continue
      if (Math.abs(other.box[3] - column.box[3]) > 1.5 * column.size || other.lines.length < 2) continue
      const gutter = guttersOf(columns).find(
        (each) => Math.abs(gap - each - 2 * column.size) < 0.4 * column.size,
      )
      if (gutter === undefined) continue
      left = other.box[2] + gutter
      right = Math.max(right, left + boxWidth(other.box))
      break
    }
  }
  return { left, right }
}

const gutterCache = new WeakMap<readonly Column[], number[]>()

/** White space between neighbouring columns that start at one height, in points; only widths that occur twice. */
function guttersOf(columns: readonly Column[]): number[] {
  const known = gutterCache.get(columns)
  if (known) return known
  const gaps: number[] = []
  for (const a of columns) {
    for (const b of columns) {
      const gap = b.box[0] - a.box[2]
      if (gap > 0 && gap < 3 * a.size && Math.abs(a.box[3] - b.box[3]) < 1.5 * a.size && b.lines.length > 4)
        gaps.push(gap)
    }
  }
  const common = gaps.filter((gap) => gaps.filter((other) => Math.abs(other - gap) < 1).length > 1)
  gutterCache.set(columns, common)
  return common
}

/** Reads a column's ends; `columns` are all of the page. */
export function readEnds(column: Column, columns: readonly Column[], style: PageStyle): Ends {
  const { left, right } = measureOf(column, columns)
  const em = column.size
  const first = column.lines[0]!
  const last = column.lines.at(-1)!
  const tail = column.lines
    .slice(-2)
    .map((line) => line.text)
    .join('')
  const endsWithSubhead = column.subheads.has(last)
  // Ragged lines and hanging signs: the usual right edge counts, not the outermost.
  const own = column.lines.filter((line) => !column.subheads.has(line))
  const edge = own.length > 3 ? median(own.map(endOf)) : right
  const ended = endsClause(last.text)
  const full = endOf(last) > edge - (ended ? 1.3 : 3) * em
  const opensParagraph =
    column.subheads.has(first) || startOf(first) > left + 1.2 * em || right - left < 4 * em
  return {
    column,
    opensParagraph,
    opensStory:
      jumpsHere(first.text) ||
      (startsStory(first.text) && (opensParagraph || /^[□■◎◇◆●○△▲☆★]/u.test(first.text))),
    open: !endsWithSubhead && full && !ended && right - left > 4 * em,
    closed: endsWithSubhead || !full,
    endsWithSubhead,
    closesStory:
      !endsWithSubhead &&
      (jumpsAway(tail) || /[。！？”][（(][^（）()]{2,20}[）)]$/u.test(tail.replace(/\s+/gu, ''))) &&
      style.bodySize > 0,
  }
}

/** True when a line begins a paragraph in its column. */
export function isIndented(line: TextLine, left: number, size: number): boolean {
  return startOf(line) > left + 1.2 * size
}
