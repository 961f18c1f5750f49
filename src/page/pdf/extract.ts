// The one file that imports the PDF library: bytes in, what is drawn on each page out.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { SearchError } from '../../model/errors.ts'
import { cleanCharacters } from '../structure/join-lines.ts'
import { readDrawing } from './drawing.ts'
import type { Box, Glyph, Sheet } from './sheet.ts'

type Library = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
type Matrix = readonly [number, number, number, number, number, number]

let loading: Promise<Library> | undefined

/**
 * The library brings its own Array.prototype.push for old browsers and leaves it behind for the whole process,
 * a hundred times slower than Node's: Node's is put back. Its worker half is loaded first so that it runs in this thread.
 */
async function loadLibrary(): Promise<Library> {
  loading ??= (async () => {
    const push = Object.getOwnPropertyDescriptor(Array.prototype, 'push')!
    try {
      // @ts-expect-error the worker half has no type declarations
      await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
      return await import('pdfjs-dist/legacy/build/pdf.mjs')
    } finally {
      Object.defineProperty(Array.prototype, 'push', push)
    }
  })()
  return loading
}

const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/**
 * Reads every page of a PDF.
 * @throws SearchError PAGE_DAMAGED when the file cannot be opened or is locked by a password.
 */
export async function extractSheets(bytes: Uint8Array, path: string | undefined): Promise<Sheet[]> {
  const name = path ?? '（未命名）'
  const details = path === undefined ? {} : { file: path }
  const library = await loadLibrary()
  const restore = useQuickInflate()
  const task = library.getDocument({
    // A copy: the library takes the buffer it is given away from its owner.
    data: new Uint8Array(bytes),
    verbosity: library.VerbosityLevel.ERRORS - 1,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    disableAutoFetch: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    cMapUrl: `${join(folder, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
    wasmUrl: `${join(folder, 'wasm')}/`,
  } as Parameters<Library['getDocument']>[0])
  try {
    const document = await task.promise
    const sheets: Sheet[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      sheets.push(await readSheet(library, page))
      page.cleanup()
    }
    return sheets
  } catch (error) {
    const locked = error instanceof Error && error.name === 'PasswordException'
    throw new SearchError(
      'PAGE_DAMAGED',
      locked
        ? `${name} 有密码保护，打不开；请先解除密码。`
        : `${name} 已损坏，不是完整的 PDF，读不出来（${error instanceof Error ? error.message : String(error)}）。`,
      details,
      { cause: error },
    )
  } finally {
    await task.destroy().catch(() => undefined)
    restore()
  }
}

let readers = 0
let original: typeof DecompressionStream | undefined

/**
 * The library unpacks each of a page's hundreds of small character maps through a web stream of its own, which takes
 * longer than all the rest. While PDFs are being read, 'deflate' streams are answered by zlib at once; other formats
 * get the original. Gives back the function that ends this.
 */
function useQuickInflate(): () => void {
  if (readers++ === 0) {
    original = globalThis.DecompressionStream
    const Original = original
    class Quick {
      constructor(format: ConstructorParameters<typeof DecompressionStream>[0]) {
        // biome-ignore lint/correctness/noConstructorReturn: it stands in for two kinds of streams
        return (format === 'deflate' ? quickInflate() : new Original(format)) as Quick
      }
    }
    globalThis.DecompressionStream = Quick as unknown as typeof DecompressionStream
  }
  return () => {
    if (--readers === 0 && original !== undefined) globalThis.DecompressionStream = original
  }
}

/** As much of a DecompressionStream as is used: one writer, one asynchronous walk over the result. */
function quickInflate(): unknown {
  const chunks: Uint8Array[] = []
  let close = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  return {
    writable: {
      getWriter: () => ({
        ready: undefined,
        write: async (chunk: Uint8Array) => void chunks.push(chunk),
        close: async () => close(),
      }),
    },
    readable: {
      async *[Symbol.asyncIterator]() {
        await closed
        // The maps are small: a small first buffer saves more time than a second round costs.
        yield inflateSync(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), { chunkSize: 4096 })
      },
    },
  }
}

type PdfPage = Awaited<ReturnType<Awaited<ReturnType<Library['getDocument']>['promise']>['getPage']>>

async function readSheet(library: Library, page: PdfPage): Promise<Sheet> {
  const operators = await page.getOperatorList()
  const draw = (rotate: number) => {
    const upright = uprightMatrix(page.view as [number, number, number, number], rotate)
    const drawing = readDrawing(library.OPS, operators.fnArray, operators.argsArray, upright.matrix, (id) =>
      page.commonObjs.has(id) ? page.commonObjs.get(id) : undefined,
    )
    return { upright, drawing }
  }
  let { upright, drawing } = draw(page.rotate)
  // Scanners and printers turn the text itself and say nothing: most of it shows how the sheet is held.
  const all = drawing.turns.reduce((sum, count) => sum + count, 0)
  const turned = drawing.turns.findIndex((count) => count > 0.7 * all)
  if (turned > 0) ({ upright, drawing } = draw(page.rotate + 90 * turned))
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
