// What is drawn on a page and parts text from text.
import { type Box, boxHeight, boxWidth, contains } from './sheet.ts'

/** Things drawn that part text from text. */
export interface Fences {
  horizontal: Box[]
  vertical: Box[]
  panels: Box[]
  pictures: Box[]
}

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
