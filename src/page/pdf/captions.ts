// Captions under pictures are taken out of the columns.
import { splitCaptions } from '../structure/caption.ts'
import type { Blocks, Column } from './block.ts'
import type { Fences } from './fences.ts'
import type { PageStyle } from './page-style.ts'
import { type Box, boxWidth, overlapX, overlapY, unionBox } from './sheet.ts'
import type { TextLine } from './text-lines.ts'

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
