// Two pages printed on one sheet are two pages, each with its own head and number.
import { readMastheadLine } from '../structure/masthead-line.ts'
import type { Box, Sheet } from './sheet.ts'
import { toLines } from './text-lines.ts'

/** A sheet of two pages is wider than high by this. */
const leastRatio = 1.15
/** The fold is looked for in this middle share of the width. */
const middle = 0.12
/** Head and foot, in shares of the height. */
const edge = 0.12

/** The pages of a sheet from the left: two where a fold without print parts two page numbers or two dates, else the sheet itself. */
export function splitSpread(sheet: Sheet): Sheet[] {
  const { width, height } = sheet
  if (width < leastRatio * height || sheet.glyphs.length === 0) return [sheet]
  const fold = findFold(sheet)
  if (fold === null) return [sheet]
  const heads = toLines(
    sheet.glyphs.filter(({ box }) => box[3] > height * (1 - edge) || box[1] < height * edge),
  )
    .map((line) => ({ box: line.box, facts: readMastheadLine(line.text) }))
    .filter(({ facts }) => facts !== null)
  const left = heads.filter(({ box }) => box[2] <= fold).map(({ facts }) => facts!)
  const right = heads.filter(({ box }) => box[0] >= fold).map(({ facts }) => facts!)
  const has = (side: typeof left, field: 'number' | 'date') =>
    side.some((facts) => facts[field] !== undefined)
  const isTwo = (['number', 'date'] as const).some((field) => has(left, field) && has(right, field))
  if (!isTwo) return [sheet]
  return [crop(sheet, 0, fold), crop(sheet, fold, width)]
}

/** The widest strip near the middle that no glyph touches; null when there is none. Across it runs no picture either. */
function findFold(sheet: Sheet): number | null {
  const from = sheet.width * (0.5 - middle / 2)
  const to = sheet.width * (0.5 + middle / 2)
  const steps = 200
  const taken = new Uint8Array(steps)
  const step = (to - from) / steps
  for (const { box } of sheet.glyphs) {
    const first = Math.max(0, Math.floor((box[0] - from) / step))
    const last = Math.min(steps - 1, Math.floor((box[2] - from) / step))
    for (let at = first; at <= last; at++) taken[at] = 1
  }
  let best = 0
  let place: number | null = null
  for (let at = 0; at < steps; ) {
    let end = at
    while (end < steps && taken[end] === 0) end++
    if (end - at > best) {
      best = end - at
      place = from + step * ((at + end) / 2)
    }
    at = end + 1
  }
  return place
}

function crop(sheet: Sheet, x0: number, x1: number): Sheet {
  const isIn = (box: Box): boolean => (box[0] + box[2]) / 2 >= x0 && (box[0] + box[2]) / 2 < x1
  const move = (box: Box): Box => [Math.max(box[0], x0) - x0, box[1], Math.min(box[2], x1) - x0, box[3]]
  const part = (boxes: readonly Box[]): Box[] =>
    boxes.filter((box) => Math.min(box[2], x1) - Math.max(box[0], x0) > 0).map(move)
  return {
    width: x1 - x0,
    height: sheet.height,
    glyphs: sheet.glyphs
      .filter((glyph) => isIn(glyph.box))
      .map((glyph) => ({ ...glyph, box: move(glyph.box) })),
    rules: part(sheet.rules),
    panels: part(sheet.panels),
    pictures: part(sheet.pictures),
    toFile: (box) => sheet.toFile([box[0] + x0, box[1], box[2] + x0, box[3]]),
  }
}
