// The calendar of issues, counted through the columns.
import type { Snapshot } from '../index/directory/reader.ts'
import type { IssueDay } from '../schema/answers.ts'
import { toDateText } from '../schema/columns.ts'
import { isLive } from '../schema/stored-articles.ts'

/** Issues by day, ascending; a month needs its year. Undated articles are in no issue. */
export function issuesOf(snapshot: Snapshot, year?: number, month?: number): IssueDay[] {
  const days = new Map<number, Map<string, { pages: Set<number>; articles: number; unpaged: number }>>()
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
        issue = { pages: new Set(), articles: 0, unpaged: 0 }
        papers.set(paper, issue)
      }
      issue.articles++
      if (pages[document]! > 0) issue.pages.add(pages[document]!)
      else issue.unpaged++
    }
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([date, papers]) => ({
      date: toDateText(date),
      papers: [...papers]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([paper, { pages, articles, unpaged }]) => ({
          paper,
          pages: [...pages].sort((a, b) => a - b),
          articles,
          unpaged,
        })),
    }))
}
