// Are the sheets of a document one text that runs on, or pages of a newspaper? And what of them is only the sheet's?
import { endsSentence } from '../structure/chars.ts'
import { readMasthead } from '../structure/masthead.ts'
import { isDisplay } from './block.ts'
import type { PageStyle } from './page-style.ts'
import type { TextLine } from './text-lines.ts'

/** Shares of a sheet's lines that must stand alone in their row, and be set to the column's edges. */
const leastSingle = 0.9
const leastAligned = 0.8
/** A column of running text is at least so wide, as a share of the sheet. */
const leastWidth = 0.5
/** Sheets on which a line at the edge must return to be furniture, as a share. */
const returning = 0.3
/** Lines at the top and the bottom of a sheet that may be furniture. */
const edgeLines = 2
const sheetNumber =
  /^[-—–\s·]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*(?:共|总)?\s*\d{1,4}\s*页?)?[-—–\s·]*$|^Page\s+\d+(?:\s+of\s+\d+)?$/iu

/** No two lines side by side, most as wide as the column and starting at its edge. */
export function isSingleColumn(lines: readonly TextLine[], style: PageStyle, width: number): boolean {
  const body = lines.filter((line) => !isDisplay(line.size, style) && line.glyphs.length > 5)
  if (body.length < 3) return lines.length <= 6
  const left = Math.min(...body.map((line) => line.box[0]))
  const right = Math.max(...body.map((line) => line.box[2]))
  if (right - left < leastWidth * width) return false
  const sorted = [...body].sort((a, b) => b.baseline - a.baseline)
  const beside = sorted.filter((line, i) => {
    const next = sorted[i + 1]
    return next !== undefined && line.baseline - next.baseline < 0.5 * style.bodySize
  }).length
  const aligned = body.filter(
    (line) =>
      line.box[0] < left + 2.6 * style.bodySize &&
      (line.box[2] > right - 3 * style.bodySize || endsSentence(line.text)),
  ).length
  return beside <= (1 - leastSingle) * body.length && aligned >= leastAligned * body.length
}

/** Sheets with heads of their own, each with another number: pages of a newspaper. */
export function arePages(printed: readonly (readonly TextLine[])[]): boolean {
  const numbers = printed.map(
    (lines) => readMasthead(lines.slice(0, 6).map((line) => ({ text: line.text, alone: true }))).fields,
  )
  const dated = numbers.filter((fields) => fields.date !== undefined && fields.pageNo !== undefined)
  return dated.length > 0.5 * printed.length && new Set(dated.map((fields) => fields.pageNo)).size > 1
}

/** Running heads and feet: numbers of sheets, and lines at an edge that return on other sheets. */
export function findFurniture(printed: readonly (readonly TextLine[])[]): Set<TextLine> {
  const edges = printed.map((lines) => {
    const sorted = [...lines].sort((a, b) => b.baseline - a.baseline)
    return [...new Set([...sorted.slice(0, edgeLines), ...sorted.slice(-edgeLines)])]
  })
  const pattern = (line: TextLine): string =>
    `${line.text.replace(/\d+/gu, '#').replace(/\s+/gu, '')} ${Math.round(line.baseline / 12)}`
  const counts = new Map<string, number>()
  for (const lines of edges)
    for (const key of new Set(lines.map(pattern))) counts.set(key, (counts.get(key) ?? 0) + 1)
  const least = Math.max(2, returning * printed.length)
  return new Set(
    edges.flatMap((lines) =>
      lines.filter((line) => sheetNumber.test(line.text.trim()) || counts.get(pattern(line))! >= least),
    ),
  )
}
