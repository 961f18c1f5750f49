// Vertical text is horizontal text on a page that was turned: down becomes right, and the right edge the top.
import type { Fences } from './fences.ts'
import type { Box } from './sheet.ts'
import type { TextLine } from './text-lines.ts'

/** Turns a box so that vertical text in it reads from left to right. */
const turnBox = (box: Box): Box => [-box[3], box[0], -box[1], box[2]]
/** The way back from {@link turnBox}. */
export const turnBoxBack = (box: Box): Box => [box[1], -box[2], box[3], -box[0]]

/** Turns a line; vertical lines become horizontal and the other way round. */
export function turnLine(line: TextLine): TextLine {
  const box = turnBox(line.box)
  const vertical = !line.vertical
  return { ...line, box, vertical, baseline: vertical ? (box[0] + box[2]) / 2 : box[1] + 0.12 * line.size }
}

export function turnFences(fences: Fences): Fences {
  return {
    horizontal: fences.vertical.map(turnBox),
    vertical: fences.horizontal.map(turnBox),
    panels: fences.panels.map(turnBox),
    pictures: fences.pictures.map(turnBox),
  }
}
