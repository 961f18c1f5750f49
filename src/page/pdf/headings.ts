// Lines of display type that stand together become headings.
import { type Heading, sameSize } from './block.ts'
import { barBetween, type Fences, panelOf, ruleBetween } from './fences.ts'
import { boxWidth, overlapX, unionBox } from './sheet.ts'
import { lineLength, type TextLine } from './text-lines.ts'

/** Puts lines of display type that stand close together into headings. */
export function toHeadings(lines: readonly TextLine[], fences: Fences): Heading[] {
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
