// What the lines of a heading are: kicker above, headline in the largest type, subtitle below, a column's label.

import type { Byline } from '../../model/item.ts'
import { parseBylineLine } from '../structure/byline.ts'
import { cleanCharacters, removeLetterSpacing } from '../structure/join-lines.ts'
import { type Column, type Heading, startsStory } from './block.ts'
import type { PageStyle } from './page-style.ts'
import { boxWidth, overlapX, unionBox } from './sheet.ts'
import { median, type TextLine } from './text-lines.ts'

export interface HeadingParts {
  kicker: string
  headline: string
  subtitle: string
  bylines: Byline[]
}

const dashedStart = /^(?:⸺|[—―─－\-–]{1,3})/u
const dashedEnd = /(?:⸺|[—―─]{2})$/u

/** Reads a heading's lines. Lines beside each other are one row, read from the left. */
export function readHeading(heading: Heading): HeadingParts {
  const parts: HeadingParts = { kicker: '', headline: '', subtitle: '', bylines: [] }
  const upright = heading.lines.filter((line) => !line.vertical)
  const rows = upright.length > 0 ? rowsOf(upright) : []
  const columns = heading.lines.filter((line) => line.vertical).sort((a, b) => b.box[0] - a.box[0])
  const all = [...rows, ...columns.map((line) => [line])]
  const largest = Math.max(...all.map((row) => sizeOf(row)))
  let reached = false
  for (const row of all) {
    const text = textOf(row)
    const bylines = sizeOf(row) < 0.9 * largest ? parseBylineLine(text) : null
    if (bylines !== null) parts.bylines.push(...bylines)
    else if (sizeOf(row) > 0.93 * largest) {
      parts.headline = join(parts.headline, text)
      reached = true
    } else if (reached) parts.subtitle = join(parts.subtitle, text)
    else parts.kicker = join(parts.kicker, text)
  }
  return parts
}

function join(before: string, text: string): string {
  return /[A-Za-z0-9]$/u.test(before) && /^[A-Za-z0-9]/u.test(text) ? `${before} ${text}` : before + text
}

const sizeOf = (row: readonly TextLine[]): number => median(row.map((line) => line.size))

function textOf(row: readonly TextLine[]): string {
  return cleanCharacters(removeLetterSpacing(row.map((line) => line.text).join(' '), true))
}

function rowsOf(lines: readonly TextLine[]): TextLine[][] {
  const rows: TextLine[][] = []
  for (const line of [...lines].sort((a, b) => b.baseline - a.baseline)) {
    const row = rows.at(-1)
    if (row && Math.abs(row[0]!.baseline - line.baseline) < 0.3 * line.size) row.push(line)
    else rows.push([line])
  }
  for (const row of rows) row.sort((a, b) => a.box[0] - b.box[0])
  return rows
}

/** Names of columns of short items. */
const label =
  /^(?:\p{Script=Han}{0,4})(?:简讯|简报|短讯|快讯|快报|速览|速递|快览|简闻|集萃|集锦|短波|点击|播报|短新闻|摘要|汇览|链接|一览|回眸|撷英|掠影)$/u

/**
 * Cuts the label of a column of short items (简讯, 要闻简报) off the first headline under it:
 * the top rows of a heading, known by their words, or set larger than a headline whose equals stand below it.
 */
export function cutLabels(headings: Heading[]): TextLine[] {
  const labels: TextLine[] = []
  for (const heading of [...headings]) {
    const rows = rowsOf(heading.lines.filter((line) => !line.vertical))
    const first = rows[0]
    if (!first) continue
    const text = first
      .map((line) => line.text)
      .join('')
      .replace(/[\s·•|｜■□◆●]/gu, '')
    const named = label.test(text)
    if (rows.length === 1) {
      if (named && !siblingsBelow(heading, headings, sizeOf(first), true)) continue
      if (named) {
        labels.push(...first)
        headings.splice(headings.indexOf(heading), 1)
      }
      continue
    }
    const rest = sizeOf(rows[1]!)
    const larger = sizeOf(first) > 1.08 * rest && [...text].length <= 8
    if (!(named || (larger && siblingsBelow(heading, headings, rest, false)))) continue
    labels.push(...first)
    heading.lines = heading.lines.filter((line) => !first.includes(line))
    heading.box = unionBox(heading.lines.map((line) => line.box))
  }
  return labels
}

/** Two or more headings of one size stand below in the same column or frame. */
function siblingsBelow(heading: Heading, headings: readonly Heading[], size: number, any: boolean): boolean {
  const below = headings.filter(
    (other) =>
      other !== heading &&
      other.panel === heading.panel &&
      other.box[3] <= heading.box[1] + size &&
      overlapX(other.box, heading.box) > 0 &&
      (any || Math.abs(Math.max(...other.lines.map((line) => line.size)) - size) < 0.06 * size),
  )
  return below.length >= (heading.panel >= 0 ? 1 : 2)
}

/**
 * Kickers and subtitles set in body type: short lines right above or below a heading, dashed, centred on it or wider
 * than the columns under it. They move from the columns to the heading.
 */
export function adoptSmallTitles(headings: Heading[], columns: Column[], style: PageStyle): void {
  const em = style.bodySize
  const taken = new Set<Column>()
  const candidates = columns.filter((column) => looksLikeTitle(column, em))
  for (const heading of headings) {
    for (const column of candidates) {
      if (column.panel !== heading.panel || taken.has(column)) continue
      const { box } = column
      if (overlapX(box, heading.box) < 0.5 * Math.min(boxWidth(box), boxWidth(heading.box))) continue
      const below = heading.box[1] - box[3]
      const above = box[1] - heading.box[3]
      const isBelow = below > -0.5 * em && below < 1.6 * em
      const isAbove = above > -0.5 * em && above < 1.1 * em && column.lines.length === 1
      if (!isBelow && !isAbove) continue
      const text = column.lines
        .map((line) => line.text)
        .join('')
        .trim()
      const under = columns.filter(
        (other) =>
          other !== column &&
          other.lines.length > 1 &&
          overlapX(other.box, box) > 0.5 * em &&
          box[1] - other.box[3] > -0.5 * em &&
          box[1] - other.box[3] < 6 * em,
      )
      const wide = isBelow && under.some((other) => boxWidth(box) > 1.12 * boxWidth(other.box))
      const offLeft = Math.abs(box[0] - heading.box[0]) > 1.5 * em
      const centred =
        offLeft &&
        column.lines.length === 1 &&
        Math.abs((box[0] + box[2] - heading.box[0] - heading.box[2]) / 2) < em &&
        !under.some((other) => Math.abs(other.box[0] - box[0]) < 2.3 * em)
      const isDashed = isBelow ? dashedStart.test(text) : dashedEnd.test(text)
      if (!(isDashed || wide || centred)) continue
      heading.lines.push(...column.lines)
      heading.box = unionBox([heading.box, box])
      columns.splice(columns.indexOf(column), 1)
      taken.add(column)
    }
  }
}

/** One to three lines that are no sentence, no byline and no indented paragraph. */
function looksLikeTitle(column: Column, em: number): boolean {
  if (column.lines.length > 3) return false
  const text = column.lines
    .map((line) => line.text)
    .join('')
    .trim()
  if (/[。！？；]|[）)]$/u.test(text) || startsStory(text)) return false
  if (column.lines.some((line) => parseBylineLine(line.text) !== null)) return false
  const [first, second] = column.lines
  return second === undefined || first!.box[0] < second.box[0] + 1.2 * em || dashedStart.test(text)
}
