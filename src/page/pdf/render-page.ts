// A page of a PDF as a picture, whole or cut out, and where its characters stand on it.
import type { Canvas } from '@napi-rs/canvas'
import { SearchError } from '../../model/errors.ts'
import { type Matrix, readSheet, type UprightSheet } from './extract.ts'
import { type PdfDocument, type PdfPage, withPdf } from './library.ts'
import type { Box } from './sheet.ts'
import { toLines } from './text-lines.ts'

/** One line of print: its characters with where each begins and where the last ends. Points, origin at the lower left. */
export interface PrintLine {
  text: string
  /** For each UTF-16 unit its left edge, and the right edge of the last; of vertical lines the upper and lower edges. */
  edges: number[]
  box: [number, number, number, number]
  vertical?: true
}

/** How the page is held to be upright. */
export interface Stand {
  /** Points. */
  width: number
  height: number
  /** Degrees clockwise. */
  rotate: number
  /** From the coordinates of the file, in which items have their boxes, to those of the upright page. */
  matrix: Matrix
}

/** The upright page. */
export interface PrintLayout extends Stand {
  lines: PrintLine[]
}

export interface RenderTask {
  /** 1-based page of the file. */
  sheet: number
  /** Where it was found out before, which takes half as long as drawing a small picture. */
  stand?: Stand
  /** Widths of the pictures of the whole page, in pixels. */
  widths?: readonly number[]
  /** Boxes, in the coordinates of the file, of what is cut out; the rest is white. */
  clip?: readonly Box[]
}

export interface Rendered {
  /** WebP, in the order of the widths; one of the clip. */
  pictures: Uint8Array[]
  /** Where the task did not know how the page stands: it had to be read. */
  layout?: PrintLayout
}

const quality = 78
/** Pixels for each point of a clip: about 200 to the inch. */
const clipScale = 2.8
/** A clip is never larger, whatever the page. */
const mostPixels = 12_000_000
/** Points of white around what is cut out. */
const clipMargin = 4

/** The canvas comes compiled with the package; where it is not, there are no pictures. */
async function loadCanvas(): Promise<typeof import('@napi-rs/canvas')> {
  try {
    return await import('@napi-rs/canvas')
  } catch (cause) {
    throw new SearchError(
      'STORAGE',
      '没有画版面图的部件：装上 @napi-rs/canvas（npm install 时不要加 --omit=optional）',
      {},
      { cause },
    )
  }
}

/** @throws SearchError PAGE_DAMAGED, and ARTICLE_UNKNOWN when the file has no such page. */
async function pageOf(document: PdfDocument, number: number): Promise<PdfPage> {
  if (number > document.numPages) throw new SearchError('ARTICLE_UNKNOWN', `PDF 里没有第 ${number} 页`)
  return document.getPage(number)
}

/** How the page stands and what is printed where. */
export async function readLayout(bytes: Uint8Array, sheet: number): Promise<PrintLayout> {
  return withPdf(bytes, undefined, async (document, library) =>
    toLayout(await readSheet(library, await pageOf(document, sheet))),
  )
}

function toLayout({ width, height, rotate, matrix, glyphs }: UprightSheet): PrintLayout {
  const round = (value: number) => Math.round(value * 10) / 10
  const lines = toLines(glyphs).map(({ glyphs: ofLine, box, vertical }): PrintLine => {
    let text = ''
    const edges: number[] = []
    for (const glyph of ofLine) {
      const [from, to] = vertical ? [glyph.box[3], glyph.box[1]] : [glyph.box[0], glyph.box[2]]
      for (let unit = 0; unit < glyph.text.length; unit++)
        edges.push(round(from + ((to - from) * unit) / glyph.text.length))
      text += glyph.text
    }
    edges.push(round(vertical ? box[1] : box[2]))
    return { text, edges, box: box.map(round) as PrintLine['box'], ...(vertical && { vertical }) }
  })
  return { width, height, rotate, matrix, lines }
}

/** Draws a page of a PDF; the largest width is drawn, the others are made from it. */
export async function renderPage(bytes: Uint8Array, task: RenderTask): Promise<Rendered> {
  const canvas = await loadCanvas()
  return withPdf(
    bytes,
    undefined,
    async (document, library) => {
      const page = await pageOf(document, task.sheet)
      const layout = task.stand ? undefined : toLayout(await readSheet(library, page))
      const { width, height, rotate, matrix } = task.stand ?? layout!
      const read = layout && { layout }
      if (task.clip) {
        const boxes = task.clip.map((box) => turned(box, matrix))
        return { ...read, pictures: [await encode(await drawClip(canvas, page, rotate, height, boxes))] }
      }
      const widths = task.widths ?? []
      const largest = Math.max(...widths)
      const scale = largest / width
      const whole = await draw(canvas, page, rotate, scale, {
        x: 0,
        y: 0,
        width: largest,
        height: height * scale,
      })
      const pictures: Uint8Array[] = []
      for (const one of widths) {
        if (one === largest) pictures.push(await encode(whole))
        else {
          const small = canvas.createCanvas(one, Math.round((one * height) / width))
          const context = small.getContext('2d')
          context.imageSmoothingQuality = 'high'
          context.drawImage(whole, 0, 0, small.width, small.height)
          pictures.push(await encode(small))
        }
      }
      return { ...read, pictures }
    },
    true,
  )
}

function encode(canvas: Canvas): Promise<Uint8Array> {
  return canvas.encode('webp', quality)
}

/** A box of the file on the upright page. */
export function turned([x0, y0, x1, y1]: Box, [a, b, c, d, e, f]: Matrix): [number, number, number, number] {
  const [px, py, qx, qy] = [
    a * x0 + c * y0 + e,
    b * x0 + d * y0 + f,
    a * x1 + c * y1 + e,
    b * x1 + d * y1 + f,
  ]
  return [Math.min(px, qx), Math.min(py, qy), Math.max(px, qx), Math.max(py, qy)]
}

interface Window {
  /** Pixels from the upper left of the page. */
  x: number
  y: number
  width: number
  height: number
}

async function draw(
  library: typeof import('@napi-rs/canvas'),
  page: PdfPage,
  rotation: number,
  scale: number,
  { x, y, width, height }: Window,
): Promise<Canvas> {
  const canvas = library.createCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)))
  const viewport = page.getViewport({ scale, rotation, offsetX: -x, offsetY: -y })
  const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D
  await page.render({
    canvas: canvas as unknown as HTMLCanvasElement,
    canvasContext: context,
    viewport,
    background: '#ffffff',
  }).promise
  return canvas
}

/** What stands in the boxes, on white. Boxes of the upright page. */
async function drawClip(
  library: typeof import('@napi-rs/canvas'),
  page: PdfPage,
  rotation: number,
  pageHeight: number,
  boxes: readonly Box[],
): Promise<Canvas> {
  const left = Math.min(...boxes.map(([x0]) => x0)) - clipMargin
  const right = Math.max(...boxes.map(([, , x1]) => x1)) + clipMargin
  const bottom = Math.min(...boxes.map(([, y0]) => y0)) - clipMargin
  const top = Math.max(...boxes.map(([, , , y1]) => y1)) + clipMargin
  const area = (right - left) * (top - bottom)
  const scale = Math.min(clipScale, Math.sqrt(mostPixels / Math.max(1, area)))
  const whole = await draw(library, page, rotation, scale, {
    x: left * scale,
    y: (pageHeight - top) * scale,
    width: (right - left) * scale,
    height: (top - bottom) * scale,
  })
  const canvas = library.createCanvas(whole.width, whole.height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const [x0, y0, x1, y1] of boxes) {
    const x = Math.max(0, (x0 - clipMargin - left) * scale)
    const y = Math.max(0, (top - y1 - clipMargin) * scale)
    const width = Math.min(canvas.width - x, (x1 - x0 + 2 * clipMargin) * scale)
    const height = Math.min(canvas.height - y, (y1 - y0 + 2 * clipMargin) * scale)
    context.drawImage(whole, x, y, width, height, x, y, width, height)
  }
  return canvas
}
