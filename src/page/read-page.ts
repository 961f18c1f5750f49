// The room's door: bytes of a page file in, pages with their items out; text or PDF is told by content.
import { SearchError } from '../model/errors.ts'
import type { Page } from '../model/item.ts'
import type { PageCorrections } from './corrections.ts'
import { decodeText, isProbablyBinary } from './encoding.ts'
import { readTextPage } from './text/read-text-page.ts'

/** What is known about a page file besides its bytes. */
export interface PageHint {
  /** Path of the file; its folders and name may tell paper, date and page number. */
  path?: string
  /** The newspaper's name; wins over folder and masthead. */
  paper?: string
}

export interface ReadPageOptions {
  /** Also say, in Chinese, why blocks went where they went. */
  reasons?: boolean
  /** An archivist's repairs, from `page.fix.json` (see corrections.ts). */
  corrections?: PageCorrections
}

/**
 * Reads one page file, which holds one page or, with form feeds (text) or several PDF pages, more.
 * @throws SearchError PAGE_EMPTY (nothing printed), PAGE_BINARY (neither text nor PDF), PAGE_NO_TEXT_LAYER
 * and PAGE_DAMAGED (PDFs), each naming the file.
 */
export async function readPages(
  bytes: Uint8Array,
  hint: PageHint,
  options: ReadPageOptions = {},
): Promise<Page[]> {
  if (isPdf(bytes)) {
    const { readPdfPages } = await import('./pdf/read-pdf.ts')
    return readPdfPages(bytes, hint, options.reasons === undefined ? {} : { reasons: options.reasons })
  }
  return readTextPages(bytes, hint, options)
}

/** The text half of {@link readPages}; throws PAGE_EMPTY and PAGE_BINARY. @internal */
export function readTextPages(bytes: Uint8Array, hint: PageHint, options: ReadPageOptions = {}): Page[] {
  const details = hint.path === undefined ? {} : { file: hint.path }
  const name = hint.path ?? '（未命名）'
  if (isProbablyBinary(bytes)) {
    throw new SearchError('PAGE_BINARY', `${name} 既不是文本也不是 PDF，读不出版面文字。`, details)
  }
  const text = decodeText(bytes)
  if (!/[^\s\p{Cc}]/u.test(text)) {
    throw new SearchError('PAGE_EMPTY', `${name} 是空的，没有可读的文字。`, details)
  }
  const pages: Page[] = []
  let firstLine = 1
  for (const sheet of text.split('\f')) {
    const lines = sheet.split('\n')
    if (/\S/u.test(sheet)) {
      const fix = options.corrections?.pages[pages.length]
      pages.push(
        readTextPage(lines, firstLine, hint, {
          reasons: options.reasons ?? false,
          ...(fix === undefined ? {} : { fix }),
        }),
      )
    }
    firstLine += lines.length - 1
  }
  return pages
}

/** True when the bytes begin like a PDF (its header may stand within the first kilobyte). */
function isPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1')
  return head.includes('%PDF-')
}
