// The one file that imports the PDF library: opens a PDF, and hands over its pages.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { SearchError } from '../../model/errors.ts'

export type Library = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
export type PdfDocument = Awaited<ReturnType<Library['getDocument']>['promise']>
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>

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
 * Opens a PDF, works with it and closes it. `forPictures` also draws text whose fonts the file does not bring.
 * @throws SearchError PAGE_DAMAGED when the file cannot be opened or is locked by a password, or is damaged inside.
 */
export async function withPdf<T>(
  bytes: Uint8Array,
  path: string | undefined,
  work: (document: PdfDocument, library: Library) => Promise<T>,
  forPictures = false,
): Promise<T> {
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
    useSystemFonts: forPictures,
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
    return await work(await task.promise, library)
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
