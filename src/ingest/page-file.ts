// Reads one page file from disk with the corrections that lie beside it.
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SearchError } from '../model/errors.ts'
import type { Page } from '../model/item.ts'
import { parseCorrections } from '../page/corrections.ts'
import { readPages } from '../page/read-page.ts'
import { type Fault, toFault } from './faults.ts'
import { unreadable } from './source-files.ts'

export interface PageFileRequest {
  path: string
  /** The newspaper's name; wins over folder and masthead. */
  paper?: string
  /** A text page of the same name, read when this PDF cannot be. */
  twin?: string
  reasons?: boolean
}

export interface PageFileAnswer {
  /** Empty when the file could not be read. */
  pages: Page[]
  faults: Fault[]
  warnings: Fault[]
}

/** Reads the pages of one file, here or in another process. Rejects with what is wrong with the file. */
export type ReadPageFile = (request: PageFileRequest) => Promise<Pick<PageFileAnswer, 'pages' | 'faults'>>

/** A text of more bytes is no page and no file of pages. */
const mostTextBytes = 32 << 20
const mostPdfBytes = 512 << 20
const mostCorrectionBytes = 4 << 20

/** Where the corrections of 03.txt may stand: 03.fix.json, or 03.txt.fix.json where a PDF shares the name. */
function correctionFiles(path: string): string[] {
  return [`${path}.fix.json`, `${path.replace(/\.[^./\\]+$/, '')}.fix.json`]
}

/** Reads the pages of one file by `read`; never rejects: what goes wrong is in `faults`. */
export async function readPageFile(
  request: PageFileRequest,
  read: ReadPageFile = readPagesHere,
): Promise<PageFileAnswer> {
  const { path, twin } = request
  const faults: Fault[] = []
  const warnings: Fault[] = []
  try {
    const answer = await read(request)
    faults.push(...answer.faults)
    for (const { kind, message } of answer.pages.flatMap((page) => page.problems ?? [])) {
      const fault: Fault = { file: path, code: 'PAGE_NO_TEXT_LAYER', message }
      if (kind === 'unread') faults.push(fault)
      else warnings.push({ ...fault, code: 'PAGE_DOUBTFUL' })
    }
    return { pages: answer.pages, faults, warnings }
  } catch (error) {
    const fault = toPageFault(error, path)
    if (twin === undefined) return { pages: [], faults: [fault], warnings }
    const { twin: _, ...rest } = request
    const second = await readPageFile({ ...rest, path: twin }, read)
    const told = { ...fault, message: `${fault.message} 已改读同名文本 ${twin}。` }
    return second.pages.length > 0
      ? { ...second, warnings: [...second.warnings, told] }
      : { pages: [], faults: [fault, ...second.faults], warnings }
  }
}

/** In this process. */
export const readPagesHere: ReadPageFile = async ({ path, paper, reasons }) => {
  const faults: Fault[] = []
  refuseSize(path)
  const bytes = await readFile(path)
  if (bytes.length === 0) throw new SearchError('PAGE_EMPTY', '文件是空的，没有可读的文字', { file: path })
  const fixes = await readCorrections(path, faults)
  // Folders above the one that was named also tell paper and date, hence the whole path.
  const hint = { path: resolve(path), ...(paper !== undefined && { paper }) }
  const pages = await readPages(bytes, hint, {
    ...(reasons !== undefined && { reasons }),
    ...(fixes !== undefined && { corrections: fixes }),
  })
  return { pages, faults }
}

function refuseSize(path: string): void {
  const stats = statSync(path)
  // A pipe or a device has no end that could be waited for.
  if (!stats.isFile()) throw new SearchError('SOURCE_UNREADABLE', '不是普通文件', { file: path })
  const most = /\.pdf$/i.test(path) ? mostPdfBytes : mostTextBytes
  if (stats.size > most)
    throw new SearchError('LIMIT_EXCEEDED', `文件超过 ${most >> 20} MB：请分成几个文件`, { file: path })
}

/** A wrong corrections file is a fault of its own; the page is read as printed then. */
async function readCorrections(path: string, faults: Fault[]) {
  const beside = correctionFiles(path).find((file) => existsSync(file))
  if (beside === undefined) return undefined
  try {
    const stats = statSync(beside)
    if (!stats.isFile() || stats.size > mostCorrectionBytes)
      throw new SearchError('SOURCE_UNREADABLE', '不是普通文件，或超过 4 MB：没有照它改', { file: beside })
    return parseCorrections(await readFile(beside, 'utf8'), beside)
  } catch (error) {
    faults.push(toFault(error, beside))
    return undefined
  }
}

/** Rooms below name the file by its whole path; a person knows it as it was named here. */
function toPageFault(error: unknown, path: string): Fault {
  if (error instanceof SearchError) {
    const message = error.message.replaceAll(resolve(path), path)
    return { ...toFault(error, path), file: path, message }
  }
  return (error as NodeJS.ErrnoException).code === undefined ? toFault(error, path) : unreadable(path, error)
}
