// Runs a page's operator list: where each glyph, rule, panel and picture lands, without painting anything.
import { boxOf, type Matrix, multiply, quarterTurns, toMatrix } from './matrix.ts'
import type { Box, Glyph } from './sheet.ts'

/** What the interpreter asks of a font; every field may be missing in a damaged file. */
export interface FontFacts {
  vertical?: boolean
  bold?: boolean
  black?: boolean
  name?: string
  fontMatrix?: ArrayLike<number>
  isType3Font?: boolean
  defaultVMetrics?: ArrayLike<number>
}

interface GlyphFacts {
  unicode?: string
  width?: number
  isSpace?: boolean
  vmetric?: ArrayLike<number> | null
}

export interface Drawing {
  glyphs: Glyph[]
  /** Glyphs by the direction in which their tops point, in quarter turns to the left: upright, left, upside down, right. */
  turns: [number, number, number, number]
  rules: Box[]
  panels: Box[]
  pictures: Box[]
}

interface State {
  ctm: Matrix
  font: FontFacts | undefined
  bold: boolean
  size: number
  charSpacing: number
  wordSpacing: number
  scaleX: number
  leading: number
  rise: number
  fill: string
}

/** Lines thinner than this, in points, are rules. */
const ruleThickness = 3

/** Interprets an operator list in the library's own encoding; unknown operators are passed over. */
export function readDrawing(
  ops: Record<string, number>,
  operators: readonly number[],
  operands: readonly unknown[],
  page: Matrix,
  fontOf: (id: string) => unknown,
): Drawing {
  const drawing: Drawing = { glyphs: [], turns: [0, 0, 0, 0], rules: [], panels: [], pictures: [] }
  const blank = { charSpacing: 0, wordSpacing: 0, scaleX: 1, leading: 0, rise: 0, fill: '#000000' }
  let state: State = { ctm: page, font: undefined, bold: false, size: 1, ...blank }
  const stack: State[] = []
  let text: Matrix = [1, 0, 0, 1, 0, 0]
  let line: Matrix = text
  let afterSpace = false

  const fonts = new Map<string, { font: FontFacts | undefined; bold: boolean }>()
  const lookUp = (id: string): { font: FontFacts | undefined; bold: boolean } => {
    const known = fonts.get(id)
    if (known) return known
    const font = fontOf(id) as FontFacts | undefined
    const bold =
      font?.bold === true || font?.black === true || /bold|black|heavy|hei/iu.test(font?.name ?? '')
    fonts.set(id, { font, bold })
    return { font, bold }
  }

  const moveLine = (x: number, y: number): void => {
    line = multiply(line, [1, 0, 0, 1, x, y])
    text = line
  }

  const show = (run: readonly unknown[]): void => {
    const font = state.font
    const unit = font?.fontMatrix?.[0] ?? 0.001
    const down = font?.vertical === true
    for (const entry of run) {
      if (typeof entry === 'number') {
        const shift = (-entry / 1000) * state.size
        text = multiply(text, down ? [1, 0, 0, 1, 0, shift] : [1, 0, 0, 1, shift * state.scaleX, 0])
        continue
      }
      if (typeof entry !== 'object' || entry === null) continue
      const glyph = entry as GlyphFacts
      const width = (glyph.width ?? 0) * unit * state.size
      const spacing = state.charSpacing + (glyph.isSpace ? state.wordSpacing : 0)
      const printed = printable(glyph.unicode ?? '')
      if (printed === '') {
        if (/\s/u.test(glyph.unicode ?? '')) afterSpace = true
      } else {
        // Origin of the glyph's em box: vertical fonts hang their glyphs from a point above and right of it.
        const hang = glyph.vmetric ?? font?.defaultVMetrics
        const shiftX = down
          ? -(glyph.vmetric?.[1] !== undefined ? glyph.vmetric[1] * unit * state.size : width / 2)
          : 0
        const shiftY = down ? -((hang?.[2] ?? 880) * unit * state.size) : 0
        const at = multiply(
          state.ctm,
          multiply(text, [1, 0, 0, 1, shiftX * state.scaleX, shiftY + state.rise]),
        )
        const found = placeGlyph(printed, at, state.size, down ? state.size : width * state.scaleX, down)
        if (found) {
          drawing.turns[quarterTurns(at)]!++
          drawing.glyphs.push({ ...found, bold: state.bold, afterSpace, order: drawing.glyphs.length })
          afterSpace = false
        }
      }
      if (down) {
        const drop = glyph.vmetric?.[0] ?? font?.defaultVMetrics?.[0] ?? -1000
        text = multiply(text, [1, 0, 0, 1, 0, drop * unit * state.size - spacing])
      } else {
        text = multiply(text, [1, 0, 0, 1, (width + spacing) * state.scaleX, 0])
      }
    }
  }

  for (let i = 0; i < operators.length; i++) {
    const args = (operands[i] ?? []) as readonly unknown[]
    const number = (at: number): number => {
      const value = args[at]
      return typeof value === 'number' && Number.isFinite(value) ? value : 0
    }
    switch (operators[i]) {
      case ops['save']:
        stack.push(state)
        state = { ...state }
        break
      case ops['paintFormXObjectBegin']:
        stack.push(state)
        state = { ...state, ctm: multiply(state.ctm, toMatrix(args[0])) }
        break
      case ops['restore']:
      case ops['paintFormXObjectEnd']:
        state = stack.pop() ?? state
        break
      case ops['transform']:
        state = { ...state, ctm: multiply(state.ctm, toMatrix(args)) }
        break
      case ops['beginText']:
        text = [1, 0, 0, 1, 0, 0]
        line = text
        break
      case ops['setFont']: {
        const { font, bold } = lookUp(String(args[0]))
        state = { ...state, font, bold, size: number(1) }
        break
      }
      case ops['setCharSpacing']:
        state = { ...state, charSpacing: number(0) }
        break
      case ops['setWordSpacing']:
        state = { ...state, wordSpacing: number(0) }
        break
      case ops['setHScale']:
        state = { ...state, scaleX: number(0) / 100 }
        break
      case ops['setLeading']:
        state = { ...state, leading: -number(0) }
        break
      case ops['setTextRise']:
        state = { ...state, rise: number(0) }
        break
      case ops['setTextMatrix']:
        line = toMatrix(args.length >= 6 ? args : args[0])
        text = line
        break
      case ops['moveText']:
        moveLine(number(0), number(1))
        break
      case ops['setLeadingMoveText']:
        state = { ...state, leading: number(1) }
        moveLine(number(0), number(1))
        break
      case ops['nextLine']:
        moveLine(0, state.leading)
        break
      case ops['showText']:
        if (Array.isArray(args[0])) show(args[0])
        break
      case ops['setFillRGBColor']:
        state = { ...state, fill: String(args[0]) }
        break
      case ops['constructPath']:
        addPath(drawing, ops, args, state)
        break
      case ops['paintImageXObject']:
      case ops['paintInlineImageXObject']:
      case ops['paintImageMaskXObject']:
        drawing.pictures.push(boxOf(state.ctm, [0, 0, 1, 1]))
        break
      case ops['paintImageXObjectRepeat']: {
        const places = args[3] as ArrayLike<number> | undefined
        for (let at = 0; at + 1 < (places?.length ?? 0); at += 2) {
          const matrix: Matrix = [number(1), 0, 0, number(2), places![at]!, places![at + 1]!]
          drawing.pictures.push(boxOf(multiply(state.ctm, matrix), [0, 0, 1, 1]))
        }
        break
      }
      default:
    }
  }
  return drawing
}

/** Where a glyph stands; nothing for one that has no size or no place. */
function placeGlyph(
  text: string,
  at: Matrix,
  size: number,
  advance: number,
  down: boolean,
): Omit<Glyph, 'bold' | 'afterSpace' | 'order'> | undefined {
  const [a, b, c, d, x, y] = at
  const printedSize = Math.hypot(c, d) * Math.abs(size)
  if (!(printedSize > 0.5 && printedSize < 2000) || !Number.isFinite(x + y + advance)) return undefined
  const turned = Math.abs(b) > 2 * Math.abs(a)
  if (!turned) {
    const width = Math.min(4 * printedSize, Math.abs(a * advance))
    const x0 = a < 0 ? x - width : x
    const box: Box = [x0, y - 0.12 * printedSize, x0 + width, y + 0.88 * printedSize]
    return { text, box, baseline: y, size: printedSize, down }
  }
  const height = Math.min(4 * printedSize, Math.abs(b * advance))
  const y0 = b < 0 ? y - height : y
  const side = c > 0 ? 1 : -1
  const x0 = side > 0 ? x - 0.12 * printedSize : x - 0.88 * printedSize
  const box: Box = [x0, y0, x0 + printedSize, y0 + height]
  return { text, box, baseline: y0 + 0.12 * height, size: printedSize, down: true }
}

/** Sorts a drawn path into rules and panels; curves and large shapes with many corners are ornament. */
function addPath(
  drawing: Drawing,
  ops: Record<string, number>,
  args: readonly unknown[],
  state: State,
): void {
  const painting = args[0]
  const strokes = painting === ops['stroke'] || painting === ops['closeStroke']
  const fills = [
    ops['fill'],
    ops['eoFill'],
    ops['fillStroke'],
    ops['eoFillStroke'],
    ops['closeFillStroke'],
    ops['closeEOFillStroke'],
  ].includes(painting as number)
  if (!strokes && !fills) return
  const data = (args[1] as readonly unknown[] | undefined)?.[0] as ArrayLike<number> | null | undefined
  if (!data || typeof data.length !== 'number') return
  for (const part of straightParts(data)) {
    const box = boxOf(state.ctm, part)
    const width = box[2] - box[0]
    const height = box[3] - box[1]
    if (Math.min(width, height) <= ruleThickness) {
      if (Math.max(width, height) > 8) drawing.rules.push(box)
    } else if (strokes || !/^#f[c-f]f[c-f]f[c-f]$/iu.test(state.fill)) {
      if (Math.min(width, height) > 12) drawing.panels.push(box)
    }
  }
}

/** Bounding boxes of a path's pieces. The library's path code: 0 move, 1 line, 2 cubic, 3 quadratic, 4 close. */
function straightParts(data: ArrayLike<number>): Box[] {
  const parts: Box[] = []
  let box: [number, number, number, number] | undefined
  const reach = (x: number, y: number): void => {
    if (!box) box = [x, y, x, y]
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)]
  }
  const end = (): void => {
    if (box) parts.push(box)
    box = undefined
  }
  for (let i = 0; i < data.length && parts.length < 5000; ) {
    const code = data[i]
    const points = code === 2 ? 3 : code === 3 ? 2 : code === 4 ? 0 : 1
    if (code === 0) end()
    for (let p = 0; p < points; p++) reach(data[i + 1 + 2 * p] ?? 0, data[i + 2 + 2 * p] ?? 0)
    i += 1 + 2 * points
  }
  end()
  return parts
}

function printable(text: string): string {
  return text
    .replace(/[\s\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/gu, '')
    .replace(/\u2329/gu, '〈')
    .replace(/\u232a/gu, '〉')
}
