// Printed pages and issues, found through the columns: nothing stored is read but what is shown.
import type { SegmentReader, Snapshot } from '../index/directory/reader.ts'
import type { Article } from '../schema/article.ts'
import { toDateNumber } from '../schema/columns.ts'
import { isIn } from '../search/execution.ts'

/** One live document of a snapshot. */
export interface Place {
  segment: SegmentReader
  document: number
}

/** The live documents of a printed page, in the order in which they were read from it. */
export function documentsOfPage(
  snapshot: Snapshot,
  { paper, date, pageNo }: { paper: string; date: string; pageNo: number },
): Place[] {
  const day = toDateNumber(date)
  const places: Place[] = []
  for (const segment of snapshot.segments) {
    const { columns } = segment
    const papers = columns.texts('paper')
    const code = papers.codeOf(paper)
    if (code < 0) continue
    const dates = columns.numbers('date')
    const pages = columns.numbers('pageNo')
    for (let document = 0; document < segment.documentCount; document++) {
      if (dates[document] !== day || pages[document] !== pageNo) continue
      if (papers.codes[document] === code && isLive(segment, document)) places.push({ segment, document })
    }
  }
  return places
}

/** The stored article of a place. */
export function storedArticle({ segment, document }: Place): Article {
  return JSON.parse(segment.stored(document)) as Article
}

/** Where an id lives now, or null. */
export function findArticle(snapshot: Snapshot, id: string): Place | null {
  for (const segment of snapshot.segments) {
    const document = segment.documentOf(id)
    if (document >= 0) return { segment, document }
  }
  return null
}

export function isLive(segment: SegmentReader, document: number): boolean {
  return segment.deleted === null || !isIn(segment.deleted.words, document)
}

/** The issues of a month: which papers have which pages on which day. */
export interface IssueDay {
  date: string
  papers: { paper: string; pages: number[]; articles: number }[]
}

/** Issues by day, ascending; a month needs its year. Undated articles are in no issue. */
export function issuesOf(snapshot: Snapshot, year?: number, month?: number): IssueDay[] {
  const days = new Map<number, Map<string, { pages: Set<number>; articles: number }>>()
  for (const segment of snapshot.segments) {
    const { columns } = segment
    const dates = columns.numbers('date')
    const pages = columns.numbers('pageNo')
    const names = columns.texts('paper')
    for (let document = 0; document < segment.documentCount; document++) {
      const date = dates[document]!
      if (date === 0 || (year !== undefined && Math.floor(date / 10_000) !== year)) continue
      if (month !== undefined && Math.floor(date / 100) % 100 !== month) continue
      if (!isLive(segment, document)) continue
      let papers = days.get(date)
      if (!papers) {
        papers = new Map()
        days.set(date, papers)
      }
      const paper = names.terms[names.codes[document]!]!
      let issue = papers.get(paper)
      if (!issue) {
        issue = { pages: new Set(), articles: 0 }
        papers.set(paper, issue)
      }
      issue.articles++
      if (pages[document]! > 0) issue.pages.add(pages[document]!)
    }
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([date, papers]) => ({
      date: toDateText(date),
      papers: [...papers]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([paper, { pages, articles }]) => ({
          paper,
          pages: [...pages].sort((a, b) => a - b),
          articles,
        })),
    }))
}

/** YYYYMMDD as YYYY-MM-DD; empty for 0. */
export function toDateText(date: number): string {
  if (date === 0) return ''
  const text = String(date).padStart(8, '0')
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}
