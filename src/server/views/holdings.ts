// What the archive holds over time, reckoned from its calendar.
import type { Archive, IssueDay } from '../../archive/port.ts'
import type { IssueStart } from '../../web/issues.tsx'
import type { Holding } from '../../web/status.tsx'
import { periodsBetween } from '../../web/timeline.ts'

type Issue = IssueDay['papers'][number]

/** Each paper's issues by year and the months without any, papers with the most articles first. */
export function holdingsOf(days: readonly IssueDay[]): Holding[] {
  const byPaper = new Map<string, { dates: string[]; articles: number }>()
  for (const { date, papers } of days)
    for (const { paper, articles } of papers) {
      const known = byPaper.get(paper) ?? { dates: [], articles: 0 }
      known.dates.push(date)
      known.articles += articles
      byPaper.set(paper, known)
    }
  return [...byPaper]
    .map(([paper, { dates, articles }]) => {
      const years = new Map<string, number>()
      for (const date of dates) years.set(date.slice(0, 4), (years.get(date.slice(0, 4)) ?? 0) + 1)
      return {
        paper,
        articles,
        issues: dates.length,
        from: dates[0] ?? '',
        to: dates.at(-1) ?? '',
        years,
        gaps: gapsOf(dates),
      }
    })
    .sort((a, b) => b.articles - a.articles)
}

/** Runs of whole months without an issue, between the first and the last. */
function gapsOf(dates: readonly string[]): [string, string][] {
  const held = new Set(dates.map((date) => date.slice(0, 7)))
  const [first, last] = [dates[0], dates.at(-1)]
  if (first === undefined || last === undefined) return []
  const gaps: [string, string][] = []
  let isGap = false
  for (const month of periodsBetween(first.slice(0, 7), last.slice(0, 7), 'month')) {
    if (held.has(month)) isGap = false
    else if (isGap) gaps.at(-1)![1] = month
    else {
      gaps.push([month, month])
      isGap = true
    }
  }
  return gaps
}

/** The issue of a day, and those just before and after it, of one paper where told; within the years beside it. */
export async function issuesBeside(
  archive: Archive,
  date: string,
  paper?: string,
): Promise<{ issue?: Issue; previous?: IssueStart; next?: IssueStart }> {
  const year = Number(date.slice(0, 4))
  const issuesOf = async (one: number) =>
    one < 1 || one > 9999
      ? []
      : (await archive.issues(one)).flatMap((day) => {
          const issue = day.papers.find((other) => paper === undefined || other.paper === paper)
          return issue === undefined ? [] : [{ date: day.date, pageNo: issue.pages[0] ?? 0, issue }]
        })
  const own = await issuesOf(year)
  const issue = own.find((one) => one.date === date)?.issue
  const previous = own.findLast((one) => one.date < date) ?? (await issuesOf(year - 1)).at(-1)
  const next = own.find((one) => one.date > date) ?? (await issuesOf(year + 1))[0]
  return { ...(issue && { issue }), ...(previous && { previous }), ...(next && { next }) }
}
