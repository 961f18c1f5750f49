// Lines of body type stack into columns.
import { type Column, sameSize } from './block.ts'
import { type Fences, panelOf, ruleBetween } from './fences.ts'
import type { PageStyle } from './page-style.ts'
import { type Box, boxWidth, overlapX, unionBox } from './sheet.ts'
import { median, type TextLine } from './text-lines.ts'

interface OpenColumn {
  lines: TextLine[]
  box: Box
  size: number
  panel: number
}

/** Stacks lines into columns; breaks at headings, rules, frames, pictures, white space and changes of measure. */
export function toColumns(
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
      // Far away: not worth a closer look.
      if (column.lines.at(-1)!.baseline - line.baseline > 3.2 * Math.max(style.pitch, 1.7 * line.size))
        continue
      if (column.box[2] < line.box[0] - 3 * line.size || column.box[0] > line.box[2] + 3.2 * line.size)
        continue
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
