// What is drawn on one PDF page, before anyone asks what it means: glyphs, rules, boxes and pictures.

/** x0, y0, x1, y1 in PDF points, origin at the lower left of the upright page. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number]

/** One printed character (seldom more: a ligature) and where it stands. */
export interface Glyph {
  /** Radicals already mapped to ordinary characters; never white space. */
  text: string
  box: Box
  /** Line across the page on which the glyph stands, in points. */
  baseline: number
  /** Type size in points. */
  size: number
  /** The font says bold; false when it says nothing. */
  bold: boolean
  /** White space was drawn between this glyph and the one before it in the content stream. */
  afterSpace: boolean
  /** Place in the content stream. */
  order: number
  /** The font writes downwards, or the glyph is turned by a quarter. */
  down: boolean
}

/** One page, turned upright. */
export interface Sheet {
  width: number
  height: number
  /** In the order of the content stream, which says nothing about reading order. */
  glyphs: Glyph[]
  /** Thin straight lines. */
  rules: Box[]
  /** Frames and tinted panels. */
  panels: Box[]
  pictures: Box[]
  /** From the upright page back to the coordinates of the file. */
  toFile: (box: Box) => [number, number, number, number]
}

export const boxWidth = (box: Box): number => box[2] - box[0]
export const boxHeight = (box: Box): number => box[3] - box[1]

/** The smallest box around all; throws nothing, an empty list gives an empty box at the origin. */
export function unionBox(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return [0, 0, 0, 0]
  let [x0, y0, x1, y1] = boxes[0]!
  for (const box of boxes) {
    x0 = Math.min(x0, box[0])
    y0 = Math.min(y0, box[1])
    x1 = Math.max(x1, box[2])
    y1 = Math.max(y1, box[3])
  }
  return [x0, y0, x1, y1]
}

/** Length shared by two intervals, negative when they are apart. */
function overlap(a0: number, a1: number, b0: number, b1: number): number {
  return Math.min(a1, b1) - Math.max(a0, b0)
}

export const overlapX = (a: Box, b: Box): number => overlap(a[0], a[2], b[0], b[2])
export const overlapY = (a: Box, b: Box): number => overlap(a[1], a[3], b[1], b[3])

/** True when `inner` lies in `outer`, give or take `slack` points. */
export function contains(outer: Box, inner: Box, slack = 1): boolean {
  return (
    inner[0] >= outer[0] - slack &&
    inner[1] >= outer[1] - slack &&
    inner[2] <= outer[2] + slack &&
    inner[3] <= outer[3] + slack
  )
}
