// The calendar of issues of an archive on a cluster.
import type { IssueDay } from '../schema/answers.ts'
import { type Asking, askShards } from './shards.ts'

const together = 10_000

interface Issues {
  buckets: { key: { date: number; paper: string | null; pageNo: number }; doc_count: number }[]
  after_key?: Record<string, unknown>
}

/** Issues by day, ascending; a month needs its year. Undated articles are in no issue. */
export async function issuesOnCluster(
  asking: Asking,
  year: number | undefined,
  month: number | undefined,
): Promise<IssueDay[]> {
  const days = new Map<string, Map<string, IssueDay['papers'][number]>>()
  let after: Record<string, unknown> | undefined
  do {
    const answer = await askShards(asking, {
      size: 0,
      track_total_hits: false,
      query: year === undefined ? { exists: { field: 'date' } } : { range: { date: span(year, month) } },
      aggs: {
        issues: {
          composite: {
            size: together,
            sources: [
              { date: { terms: { field: 'date' } } },
              { paper: { terms: { field: 'paper', missing_bucket: true } } },
              { pageNo: { terms: { field: 'pageNo' } } },
            ],
            ...(after && { after }),
          },
        },
      },
    })
    const { buckets, after_key } = answer.aggregations!['issues'] as Issues
    for (const { key, doc_count } of buckets) {
      const date = new Date(key.date).toISOString().slice(0, 10)
      const name = key.paper ?? ''
      const papers = days.get(date) ?? new Map<string, IssueDay['papers'][number]>()
      days.set(date, papers)
      const issue = papers.get(name) ?? { paper: name, pages: [], articles: 0, unpaged: 0 }
      papers.set(name, issue)
      issue.articles += doc_count
      if (key.pageNo === 0) issue.unpaged += doc_count
      else issue.pages.push(key.pageNo)
    }
    after = buckets.length === together ? after_key : undefined
  } while (after)
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, papers]) => ({
      date,
      papers: [...papers.values()]
        .map((issue) => ({ ...issue, pages: issue.pages.sort((a, b) => a - b) }))
        .sort((a, b) => (a.paper < b.paper ? -1 : 1)),
    }))
}

/** The days of a year or of one of its months. */
function span(year: number, month: number | undefined): Record<string, string> {
  const text = String(year).padStart(4, '0')
  if (month === undefined) return { gte: `${text}-01-01`, lte: `${text}-12-31` }
  const start = `${text}-${String(month).padStart(2, '0')}-01`
  return { gte: start, lt: `${start}||+1M` }
}
