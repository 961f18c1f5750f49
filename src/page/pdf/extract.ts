// Bytes of a PDF in, what is drawn on each page out.
import { cleanCharacters } from '../structure/join-lines.ts'
import { readDrawing } from './drawing.ts'
import { type Library, type PdfPage, withPdf } from './library.ts'
import type { Box, Glyph, Sheet } from './sheet.ts'

export type Matrix = readonly [number, number, number, number, number, number]

/**
 * Reads every page of a PDF.
 * @throws SearchError PAGE_DAMAGED when the file cannot be opened or is locked by a password.
 */
export async function extractSheets(bytes: Uint8Array, path: string | undefined): Promise<Sheet[]> {
  return withPdf(bytes, path, async (document, library) => {
    const sheets: Sheet[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      sheets.push(await readSheet(library, page))
      page.cleanup()
    }
    return sheets
  })
}

/** A sheet with how the file's page was turned to be upright. */
export interface UprightSheet extends Sheet {
  /** Degrees clockwise. */
  rotate: number
  /** From the coordinates of the file to those of the upright page. */
  matrix: Matrix
}

/** What is drawn on one page, held upright. */
export async function readSheet(library: Library, page: PdfPage): Promise<UprightSheet> {
  const operators = await page.getOperatorList()
  const draw = (rotate: number) => {
    const upright = uprightMatrix(page.view as [number, number, number, number], rotate)
    const drawing = readDrawing(library.OPS, operators.fnArray, operators.argsArray, upright.matrix, (id) =>
      page.commonObjs.has(id) ? page.commonObjs.get(id) : undefined,
    )
    return { upright, drawing }
  }
  let rotate = page.rotate
  let { upright, drawing } = draw(rotate)
  // Scanners and printers turn the text itself and say nothing: most of it shows how the sheet is held.
  const all = drawing.turns.reduce((sum, count) => sum + count, 0)
  const turned = drawing.turns.findIndex((count) => count > 0.7 * all)
  if (turned > 0) {
    rotate += 90 * turned
    ;({ upright, drawing } = draw(rotate))
  }
  const glyphs = onceEach(
    drawing.glyphs.filter((glyph) => {
      const [x0, y0, x1, y1] = glyph.box
      return x1 > -1 && y1 > -1 && x0 < upright.width + 1 && y0 < upright.height + 1
    }),
  )
  for (const glyph of glyphs) glyph.text = cleanCharacters(glyph.text)
  return {
    width: upright.width,
    height: upright.height,
    glyphs,
    rules: drawing.rules,
    panels: drawing.panels,
    pictures: drawing.pictures,
    toFile: upright.toFile,
    rotate,
    matrix: upright.matrix,
  }
}

/** Bold is often faked by drawing a glyph twice, a hair apart: it is printed once. */
function onceEach(glyphs: Glyph[]): Glyph[] {
  const seen = new Map<string, Glyph[]>()
  return glyphs.filter((glyph) => {
    const reach = 0.2 * glyph.size
    const column = Math.round(glyph.box[0] / 8)
    const row = Math.round(glyph.baseline / 8)
    for (let at = 0; at < 9; at++) {
      const near = seen.get(`${glyph.text}${column + (at % 3) - 1},${row + Math.floor(at / 3) - 1}`)
      const twin = near?.some(
        (other) =>
          Math.abs(other.box[0] - glyph.box[0]) < reach &&
          Math.abs(other.baseline - glyph.baseline) < reach &&
          Math.abs(other.size - glyph.size) < reach,
      )
      if (twin) return false
    }
    const key = `${glyph.text}${column},${row}`
    const list = seen.get(key)
    if (list) list.push(glyph)
    else seen.set(key, [glyph])
    return true
  })
}

/** The matrix that turns a page upright with its lower left corner at the origin, and the way back for boxes. */
function uprightMatrix(view: Box, rotate: number) {
  const [x0, y0, x1, y1] = view
  const width = x1 - x0
  const height = y1 - y0
  const turn = ((rotate % 360) + 360) % 360
  const matrix: Matrix =
    turn === 90
      ? [0, -1, 1, 0, -y0, x1]
      : turn === 180
        ? [-1, 0, 0, -1, x1, y1]
        : turn === 270
          ? [0, 1, -1, 0, y1, -x0]
          : [1, 0, 0, 1, -x0, -y0]
  const [a, b, c, d, e, f] = matrix
  // The matrix is a rotation, so its inverse is its transpose.
  const back = (x: number, y: number): [number, number] => [
    a * (x - e) + b * (y - f),
    c * (x - e) + d * (y - f),
  ]
  const round = (value: number): number => Math.round(value * 100) / 100
  const toFile = (box: Box): [number, number, number, number] => {
    const [px, py] = back(box[0], box[1])
    const [qx, qy] = back(box[2], box[3])
    return [
      round(Math.min(px, qx)),
      round(Math.min(py, qy)),
      round(Math.max(px, qx)),
      round(Math.max(py, qy)),
    ]
  }
  const sideways = turn === 90 || turn === 270
  return { matrix, width: sideways ? height : width, height: sideways ? width : height, toFile }
}
