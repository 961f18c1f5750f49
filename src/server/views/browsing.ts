// The pages that are browsed: the calendar, words over time, the holdings, help.
import * as v from 'valibot'
import { SearchError } from '../../model/errors.ts'
import { choice, requiredText, text, whole } from '../../schema/kinds.ts'
import { renderHelp } from '../../web/help.tsx'
import { renderIssues } from '../../web/issues.tsx'
import { renderStatus } from '../../web/status.tsx'
import { renderTrends, splitQueries } from '../../web/trends.tsx'
import { longestQuery, toPaper } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { wordsOfHeadlines } from './examples.ts'
import { holdingsOf, issuesBeside } from './holdings.ts'
import { html, htmlAnswer } from './html.ts'

export const issuesView = defineRoute({
  method: 'GET',
  address: '/issues',
  summary: '报纸日历。The calendar of issues.',
  path: {},
  query: {
    year: v.optional(whole(1, 9999)),
    month: v.optional(whole(1, 12)),
    day: v.optional(whole(1, 31)),
    paper: v.optional(requiredText(200)),
  },
  answers: htmlAnswer,
  async respond({ query, baseUrl }, { archive, siteOf }) {
    const stats = archive.stats()
    const { month, day } = query
    if ((month !== undefined && query.year === undefined) || (day !== undefined && month === undefined))
      throw new SearchError('REQUEST_INVALID', '月须与年、日须与月一同给出', { field: 'month' })
    const year = query.year ?? (Number(stats.to.slice(0, 4)) || new Date().getFullYear())
    const paper = query.paper === undefined ? undefined : toPaper(query.paper)
    const date = [year, month ?? 1, day ?? 1]
      .map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0'))
      .join('-')
    const issues = (await archive.issues(year, month))
      .filter((one) => day === undefined || one.date === date)
      .map((one) => ({
        ...one,
        papers: one.papers.filter((issue) => paper === undefined || issue.paper === paper),
      }))
      .filter(({ papers }) => papers.length > 0)
    const { previous, next } = day === undefined ? {} : await issuesBeside(archive, date, paper)
    return html(
      renderIssues({
        site: siteOf(baseUrl),
        year,
        ...(month !== undefined && { month }),
        ...(day !== undefined && { day, ...(previous && { previous }), ...(next && { next }) }),
        ...(paper !== undefined && { paper }),
        papers: stats.papers.map(({ value }) => toPaper(value)),
        years: stats.years,
        issues,
      }),
    )
  },
})

/** From this many years on, months are too thin to be seen. */
const longSpanYears = 6

export const trendsView = defineRoute({
  method: 'GET',
  address: '/trends',
  summary: '词语走势。Words over time.',
  path: {},
  query: {
    q: v.optional(v.pipe(v.array(text(longestQuery)), v.maxLength(10)), []),
    by: v.optional(choice(['month', 'year'])),
    unit: v.optional(choice(['share', 'count']), 'share'),
  },
  answers: htmlAnswer,
  async respond({ query, baseUrl }, { archive, siteOf }) {
    const { from, to } = archive.stats()
    const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1
    const by = query.by ?? (years > longSpanYears ? 'year' : 'month')
    // One field of the form holds several words; several parameters are taken as they are.
    const queries = splitQueries(query.q.length > 1 ? query.q.map(quoted).join(' ') : (query.q[0] ?? ''))
    return html(
      renderTrends({
        site: siteOf(baseUrl),
        trends: queries.length === 0 ? [] : await archive.trends(queries, by),
        by,
        unit: query.unit,
        examples: queries.length === 0 ? await wordsOfHeadlines(archive) : [],
      }),
    )
  },
})

/** A query with spaces stays one. */
function quoted(query: string): string {
  return /[\s,，、;；]/.test(query) && !/[“”"「」]/.test(query) ? `“${query}”` : query
}

export const statusView = defineRoute({
  method: 'GET',
  address: '/status',
  summary: '馆藏与缺期。What the archive holds, and its gaps.',
  path: {},
  query: {},
  answers: htmlAnswer,
  async respond({ baseUrl }, { archive, siteOf }) {
    const { committedAt } = archive.condition()
    const failures = archive.failures()
    const holdings = holdingsOf(await archive.issues())
    return html(
      renderStatus({ site: siteOf(baseUrl), stats: archive.stats(), holdings, committedAt, failures }),
    )
  },
})

export const helpView = defineRoute({
  method: 'GET',
  address: '/help',
  summary: '怎样查。How to search.',
  path: {},
  query: {},
  answers: htmlAnswer,
  async respond({ baseUrl }, { siteOf }) {
    return html(renderHelp(siteOf(baseUrl)))
  },
})
