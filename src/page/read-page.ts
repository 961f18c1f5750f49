// The room's door: bytes of a page file in, pages with their items out; text or PDF is told by content.
import { SearchError } from '../model/errors.ts'
import type { Page } from '../model/item.ts'
import type { PageCorrections, PageFix } from './corrections.ts'
import { decodeText, isProbablyBinary } from './encoding.ts'
import { readMastheadLine } from './structure/masthead-line.ts'
import { fieldsAsStated } from './text/apply-fix.ts'
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
 * @throws SearchError PAGE_EMPTY (nothing printed), PAGE_BINARY (neither text nor PDF), LIMIT_EXCEEDED (a line without
 * end), PAGE_NO_TEXT_LAYER and PAGE_DAMAGED (PDFs), each naming the file.
 */
export async function readPages(
  bytes: Uint8Array,
  hint: PageHint,
  options: ReadPageOptions = {},
): Promise<Page[]> {
  if (isPdf(bytes)) {
    const { readPdfPages } = await import('./pdf/read-pdf.ts')
    const pages = await readPdfPages(bytes, hint, { reasons: options.reasons ?? false })
    return pages.map((page, at) => correctPdfPage(page, options.corrections?.pages[at], hint))
  }
  return readTextPages(bytes, hint, options)
}

/** The fields of a PDF page as an archivist states them; its text has no lines that `join`, `mark` or `drop` could name. */
function correctPdfPage(page: Page, fix: PageFix | undefined, hint: PageHint): Page {
  if (fix === undefined) return page
  const lines = (['join', 'mark', 'drop'] as const).find((key) => fix[key] !== undefined)
  if (lines !== undefined)
    throw new SearchError(
      'PAGE_DAMAGED',
      `${hint.path ?? '（未命名）'} 是 PDF，没有行号：改正里的“${lines}”用不上，只能改正“page”。`,
      {
        ...(hint.path !== undefined && { file: hint.path }),
        field: lines,
      },
    )
  const doubts = page.problems?.filter((problem) => problem.kind !== 'doubt') ?? []
  const { problems: _, ...rest } = page
  return { ...rest, page: fieldsAsStated(page.page, fix), ...(doubts.length > 0 && { problems: doubts }) }
}

/** The text half of {@link readPages}; throws PAGE_EMPTY, PAGE_BINARY and LIMIT_EXCEEDED. @internal */
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
    const endless = lines.findIndex((line) => line.length > longestLine)
    if (endless >= 0)
      throw new SearchError(
        'LIMIT_EXCEEDED',
        `${name} 第 ${firstLine + endless} 行有 ${lines[endless]!.length} 个字符，不是一版的文字。`,
        { ...details, line: firstLine + endless },
      )
    if (/\S/u.test(sheet)) {
      const starts = partStarts(lines)
      for (const [part, start] of starts.entries()) {
        const fix = options.corrections?.pages[pages.length]
        const page = readTextPage(lines.slice(start, starts[part + 1]), firstLine + start, hint, {
          reasons: options.reasons ?? false,
          ...(fix === undefined ? {} : { fix }),
        })
        if (starts.length > 1 && part === 0)
          page.problems = [
            ...(page.problems ?? []),
            {
              kind: 'doubt',
              message: `从第 ${firstLine} 行起的一版有 ${lines.length} 行，一版印不下这么多，分成 ${starts.length} 版来读；请用换页符分开各版`,
            },
          ]
        pages.push(page)
      }
    }
    firstLine += lines.length - 1
  }
  return pages
}

/** No page prints more in one line, not even where a line is a paragraph. UTF-16 units. */
const longestLine = 200_000
/** No newspaper page prints more lines; reading costs time and memory by the square of the lines of one page. */
const mostLines = 1500

/** Where the pages of a sheet begin: at heads with a date once it has more lines than a page, else where white space is. */
function partStarts(lines: readonly string[]): number[] {
  if (lines.length <= mostLines) return [0]
  const starts = [0]
  let blank = 0
  lines.forEach((line, at) => {
    const from = starts.at(-1)!
    if (!/\S/u.test(line)) blank = at
    const facts = at - from > leastLines && line.length < 60 ? readMastheadLine(line) : null
    const isHead = facts?.date !== undefined && (facts.date.hasWeekday || facts.number !== undefined)
    // The name of the paper stands above the date, after white space.
    if (isHead) starts.push(blank > from && at - blank < 6 ? blank : at)
    else if (at - from >= mostLines) starts.push(blank > from + mostLines / 2 ? blank : at)
  })
  return starts
}

/** A page has more lines than these: two dates nearer to each other are of one head. */
const leastLines = 20

/** True when the bytes begin like a PDF (its header may stand within the first kilobyte). */
function isPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1')
  return head.includes('%PDF-')
}
