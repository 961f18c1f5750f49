// The calendar of issues, counted through the columns.
import type { Snapshot } from '../index/directory/reader.ts'
import type { IssueDay } from '../schema/answers.ts'
import { toDateText } from '../schema/columns.ts'
import { isLive, type Place } from '../schema/stored-articles.ts'

/** One paper on one day. */
interface Counted {
  pages: Set<number>
  articles: number
  unpaged: number
  first: (Place & { pageNo: number }) | null
}

/**
 * Issues by day, ascending; a month needs its year. Undated articles are in no issue. Of a month the first page of each
 * issue is looked at for a picture.
 */
export function issuesOf(
  snapshot: Snapshot,
  year: number | undefined,
  month: number | undefined,
  hasPicture: (place: Place) => boolean,
): IssueDay[] {
  const days = new Map<number, Map<string, Counted>>()
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
        issue = { pages: new Set(), articles: 0, unpaged: 0, first: null }
        papers.set(paper, issue)
      }
      issue.articles++
      const pageNo = pages[document]!
      if (pageNo === 0) issue.unpaged++
      else {
        issue.pages.add(pageNo)
        if (!issue.first || pageNo < issue.first.pageNo) issue.first = { segment, document, pageNo }
      }
    }
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([date, papers]) => ({
      date: toDateText(date),
      papers: [...papers]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([paper, { pages, articles, unpaged, first }]) => ({
          paper,
          pages: [...pages].sort((a, b) => a - b),
          articles,
          unpaged,
          ...(month !== undefined && first && hasPicture(first) && { front: first.pageNo }),
        })),
    }))
}
