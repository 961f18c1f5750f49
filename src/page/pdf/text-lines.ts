// Glyphs become lines: neighbours on one baseline, cut where a gutter or a change of size parts them.
import { type Box, boxHeight, boxWidth, type Glyph, unionBox } from './sheet.ts'

/** A run of glyphs that reads on without a break in space. */
export interface TextLine {
  text: string
  box: Box
  /** Baseline in points; of a vertical line the x of its middle. */
  baseline: number
  /** Type size in points. */
  size: number
  bold: boolean
  glyphs: Glyph[]
  vertical: boolean
}

/** Groups the glyphs of a page; every glyph is in exactly one line. Horizontal lines first, top to bottom. */
export function toLines(glyphs: readonly Glyph[]): TextLine[] {
  const chained = verticalChains(glyphs)
  const lines: TextLine[] = []
  for (const row of rowsOf(glyphs.filter((glyph) => !chained.has(glyph.order)))) {
    for (const run of cutRow(row)) lines.push(toLine(run, false))
  }
  lines.sort((a, b) => b.baseline - a.baseline || a.box[0] - b.box[0])
  for (const chain of new Set(chained.values())) lines.push(toLine(chain, true))
  return lines
}

/**
 * Runs of the content stream that step downwards by about one em, three or more glyphs long: vertical text.
 * Glyphs with a close neighbour on their own baseline are horizontal whatever the stream says.
 */
function verticalChains(glyphs: readonly Glyph[]): Map<number, Glyph[]> {
  const found = new Map<number, Glyph[]>()
  const keep = (chain: Glyph[]): void => {
    if (chain.length < 3 && !chain.every((glyph) => glyph.down)) return
    if (chain.length === 0) return
    for (const glyph of chain) found.set(glyph.order, chain)
  }
  let chain: Glyph[] = []
  for (const glyph of glyphs) {
    const last = chain.at(-1)
    if (last && stepsDown(last, glyph)) {
      chain.push(glyph)
      continue
    }
    keep(chain)
    chain = [glyph]
  }
  keep(chain)
  return found
}

function stepsDown(above: Glyph, below: Glyph): boolean {
  const size = Math.max(above.size, below.size)
  if (Math.abs(above.size - below.size) > 0.25 * size) return false
  const middle = (glyph: Glyph): number => (glyph.box[0] + glyph.box[2]) / 2
  if (Math.abs(middle(above) - middle(below)) > 0.3 * size) return false
  const step = above.box[3] - below.box[3]
  return step > 0.35 * size && step < (above.down && below.down ? 2.6 : 1.35) * size
}

/** Glyphs that share a baseline, left to right. */
function rowsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const sorted = [...glyphs].sort((a, b) => b.baseline - a.baseline || a.box[0] - b.box[0])
  const rows: Glyph[][] = []
  let row: Glyph[] = []
  let baseline = Number.NaN
  for (const glyph of sorted) {
    if (row.length > 0 && baseline - glyph.baseline > 0.15 * Math.min(glyph.size, row[0]!.size)) {
      rows.push(row)
      row = []
    }
    if (row.length === 0) baseline = glyph.baseline
    row.push(glyph)
  }
  if (row.length > 0) rows.push(row)
  for (const each of rows) each.sort((a, b) => a.box[0] - b.box[0] || a.order - b.order)
  return rows
}

function cutRow(row: readonly Glyph[]): Glyph[][] {
  const runs: Glyph[][] = []
  let run: Glyph[] = []
  for (const glyph of row) {
    const last = run.at(-1)
    if (last && parted(last, glyph)) {
      runs.push(run)
      run = []
    }
    run.push(glyph)
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/** A gap that no justified line shows, or another size of type. */
function parted(left: Glyph, right: Glyph): boolean {
  const size = Math.max(left.size, right.size)
  if (Math.min(left.size, right.size) < 0.75 * size) return true
  const gap = right.box[0] - left.box[2]
  const next = right.order === left.order + 1
  if (gap < -1.2 * size) return true
  return gap > (next ? (right.afterSpace ? 1.6 : 0.95) : 0.6) * size
}

function toLine(glyphs: Glyph[], vertical: boolean): TextLine {
  const box = unionBox(glyphs.map((glyph) => glyph.box))
  const size = median(glyphs.map((glyph) => glyph.size))
  let text = ''
  for (let i = 0; i < glyphs.length; i++) {
    const glyph = glyphs[i]!
    const last = glyphs[i - 1]
    if (last && !vertical && spaceBetween(last, glyph, size)) text += ' '
    text += glyph.text
  }
  const bold = glyphs.filter((glyph) => glyph.bold).length * 2 > glyphs.length
  const baseline = vertical ? (box[0] + box[2]) / 2 : median(glyphs.map((glyph) => glyph.baseline))
  return { text, box, baseline, size, bold, glyphs, vertical }
}

function spaceBetween(left: Glyph, right: Glyph, size: number): boolean {
  const gap = right.box[0] - left.box[2]
  if (right.afterSpace && gap > 0.12 * size) return true
  const latin = /[A-Za-z0-9]/u
  if (latin.test(left.text) && latin.test(right.text)) return gap > 0.2 * size
  return gap > 0.7 * size
}

/** Middle value of a list; 0 of an empty one. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

/** Length of a line in the direction in which it reads. */
export const lineLength = (line: TextLine): number =>
  line.vertical ? boxHeight(line.box) : boxWidth(line.box)

/** Where a line starts and ends in the direction in which it reads; both grow along the line. */
export const startOf = (line: TextLine): number => (line.vertical ? -line.box[3] : line.box[0])
export const endOf = (line: TextLine): number => (line.vertical ? -line.box[1] : line.box[2])
