// The pages of a search: the first view without one, the result, and why a hit stands where it stands.
import type { Archive } from '../../archive/port.ts'
import { requiredText } from '../../schema/kinds.ts'
import { renderHome } from '../../web/home.tsx'
import { renderResults } from '../../web/results.tsx'
import { renderWhy } from '../../web/why.tsx'
import { articleId, longestQuery } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { today } from '../today.ts'
import { wordsOfHeadlines } from './examples.ts'
import { html, htmlAnswer, pageSize, searchParameters, toAddress } from './html.ts'

/** Days of papers on the first view. */
const latestDays = 3
/** Earlier years of this day on the first view, and articles of each. */
const mostYears = 8
const perYear = 2

export const searchView = defineRoute({
  method: 'GET',
  address: '/',
  summary: '首页和检索结果。The first view and results.',
  path: {},
  query: searchParameters,
  answers: htmlAnswer,
  async respond({ query, signal, baseUrl }, { archive, siteOf }) {
    const search = toAddress(query)
    const site = siteOf(baseUrl)
    const { q, ...asked } = search
    if (q.trim() === '' && Object.keys(asked).length === 0)
      return html(renderHome({ site, ...(await homeOf(archive)) }))
    const result = await archive.search({ ...search, size: pageSize, group: true, signal })
    const told = { reading: result.query.interpretation, hits: result.total, tookMs: result.tookMs }
    return { ...html(renderResults({ site, search, result })), told }
  },
})

async function homeOf(archive: Archive) {
  const stats = archive.stats()
  const [year, month] = stats.to.split('-').map(Number)
  const days = year === undefined || !(year > 0) ? [] : await archive.issues(year, month)
  return {
    stats,
    latest: days.slice(-latestDays).toReversed(),
    examples: await wordsOfHeadlines(archive),
    onThisDay: await onThisDay(archive, stats),
  }
}

/** Articles of this day of earlier years, newest first. */
async function onThisDay(archive: Archive, { from, to }: { from: string; to: string }) {
  if (from === '') return []
  const now = today()
  const found = []
  const last = Math.min(Number(to.slice(0, 4)), Number(now.slice(0, 4)) - 1)
  for (let year = last; year >= Number(from.slice(0, 4)) && found.length < mostYears * perYear; year -= 1) {
    const date = `${String(year).padStart(4, '0')}${now.slice(4)}`
    if (date < from || date > to || Number.isNaN(Date.parse(date))) continue
    const { hits } = await archive.search({ q: '', from: date, to: date, size: perYear, type: 'article' })
    found.push(...hits.map(({ id, headline, paper }) => ({ id, headline: headline.text, paper, date })))
  }
  return found
}

export const whyView = defineRoute({
  method: 'GET',
  address: '/why',
  summary: '一条结果为何在此。Why a hit is there.',
  path: {},
  query: { q: requiredText(longestQuery), id: articleId },
  answers: htmlAnswer,
  async respond({ query: { q, id }, baseUrl }, { archive, siteOf }) {
    const { headline, caption, paragraphs } = await archive.article(id)
    const title = headline ?? caption ?? paragraphs[0] ?? id
    return html(renderWhy(siteOf(baseUrl), q, title, await archive.explain(q, id)))
  },
})
