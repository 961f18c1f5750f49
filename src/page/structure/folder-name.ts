// What the path of a page file says: <paper>/<YYYY-MM-DD>/<NN>.txt, or <paper>-<date>-p<N>.pdf.
import { findDateInName } from './dates.ts'

export interface FolderName {
  paper?: string
  /** YYYY-MM-DD. */
  date?: string
  /** 1-based. */
  pageNo?: number
}

const notPapers =
  /^(?:pages?|data|index-data|txt|pdf|text|archive|tmp|temp|home|work|shared|docs?|downloads?|input|sources?|\.+|[a-z]:|test|tests|golden|\d*)$/iu

/** Reads paper, date and page number off a path; what the path does not say is absent. Never throws. */
export function readFolderName(path: string): FolderName {
  const parts = path.split(/[\\/]+/u).filter((part) => part !== '')
  const file = (parts.at(-1) ?? '').replace(/\.(?:miner\.)?[A-Za-z0-9]{1,5}$/u, '')
  const folders = parts.slice(0, -1)
  const result: FolderName = {}

  const fileDate = findDateInName(file)
  if (fileDate !== null) {
    result.date = fileDate
    const paper = /^(.*?)[-_ ]*(?:(?:19|20)\d{2})/u.exec(file)?.[1]?.replace(/[-_ ]+$/u, '') ?? ''
    if (paper !== '' && !notPapers.test(paper)) result.paper = paper
  } else {
    for (let i = folders.length - 1; i >= 0; i--) {
      const date = findDateInName(folders[i]!)
      if (date === null) continue
      result.date = date
      const own = folders[i]!.replace(/[-_ ]*\d{4}.*$/u, '')
      const paper = own !== '' ? own : (folders[i - 1] ?? '')
      if (paper !== '' && !notPapers.test(paper)) result.paper = paper
      break
    }
  }
  const pageNo = pageNumber(file, fileDate !== null)
  if (pageNo !== null && (result.date !== undefined || /^0\d$|版|^[pP]/u.test(file))) result.pageNo = pageNo
  return result
}

function pageNumber(file: string, hasDate: boolean): number | null {
  const match = hasDate
    ? /(?:[-_ ](?:p|P|page|版)?|第)(\d{1,3})版?$/u.exec(
        file.replace(/^.*?\d{4}[-_.年]?\d{1,2}[-_.月]?\d{1,2}日?/u, ''),
      )
    : /^(?:p|P|page|A|第|版)?[-_ ]?0*(\d{1,3})(?:版)?$/u.exec(file)
  const value = match === null ? 0 : Number(match[1])
  return value >= 1 ? value : null
}
