// The routes that answer a query: search, suggestions, trends, explanation and analysis.
import * as v from 'valibot'
import { choice, requiredText, text, whole } from '../../schema/kinds.ts'
import { filterEntries, searchEntries } from '../../schema/search-request.ts'
import { byteOrderMark, toCsvRow } from '../csv.ts'
import { articleLinks, searchLinks } from '../links.ts'
import { articleId, longestQuery, queryText } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { schemaOf } from '../schemas.ts'

const json = 'application/json'

export const searchRoute = defineRoute({
  method: 'GET',
  address: '/api/search',
  summary: '检索：命中、总数、分面、按月分布。Search: hits, totals, facets and months.',
  path: {},
  query: {
    q: queryText,
    ...searchEntries,
    size: v.optional(v.pipe(whole(1, 100), v.description('每页条数。Hits a page.')), 10),
  },
  answers: {
    status: 200,
    description: '检索结果；view=ids 时没有摘要和分面。The result; without texts for view=ids.',
    types: { [json]: { anyOf: [schemaOf('SearchResult'), schemaOf('IdsResult')] } },
  },
  async respond({ query, signal, baseUrl }, { archive }) {
    const found = await archive.search({ ...query, signal })
    const result = {
      ...found,
      links: searchLinks(baseUrl, query, found.groups ?? found.total),
      hits: found.hits.map((hit) => ('paper' in hit ? { ...hit, links: articleLinks(baseUrl, hit) } : hit)),
    }
    // The time taken differs every time and must not make two equal answers differ.
    const told = { reading: result.query.interpretation, hits: result.total, tookMs: result.tookMs }
    return { kind: 'json', value: result, tagOf: { ...result, tookMs: 0 }, told }
  },
})

export const suggestRoute = defineRoute({
  method: 'GET',
  address: '/api/suggest',
  summary: '边打边提示。Suggestions while typing.',
  path: {},
  query: {
    q: queryText,
    size: v.optional(v.pipe(whole(1, 50), v.description('条数，默认 8。How many.')), 8),
  },
  answers: { status: 200, description: '提示。Suggestions.', types: { [json]: schemaOf('Suggestions') } },
  async respond({ query: { q, size } }, { archive }) {
    return { kind: 'json', value: { suggestions: q.trim() === '' ? [] : await archive.suggest(q, size) } }
  },
})

export const trendsRoute = defineRoute({
  method: 'GET',
  address: '/api/trends',
  summary: '词语随时间的篇数。How often queries occur over time.',
  path: {},
  query: {
    q: v.pipe(
      v.array(text(longestQuery)),
      v.maxLength(10, ({ input }) => `给了 ${input.length} 个，最多 10 个`),
      v.description('一至十条查询语句。One to ten queries.'),
    ),
    by: v.optional(
      v.pipe(choice(['month', 'year']), v.description('按月（默认）或按年。By month (default) or year.')),
      'month',
    ),
    reading: filterEntries.reading,
    format: v.optional(
      v.pipe(choice(['json', 'csv']), v.description('csv：一期一行的表格。csv: a table.')),
      'json',
    ),
  },
  answers: {
    status: 200,
    description: '逐期篇数和占比。Counts and shares.',
    types: { [json]: schemaOf('Trends'), 'text/csv': { type: 'string' } },
  },
  async respond({ query: { q, by, reading, format } }, { archive }) {
    const trends = await archive.trends(q, by, reading)
    if (format === 'json') return { kind: 'json', value: { by, trends } }
    const rows = trends.flatMap(({ query, points }) =>
      points.map(({ period, count, share }) => [query, period, count, share]),
    )
    const table = [['query', 'period', 'count', 'share'], ...rows]
    const text = byteOrderMark + table.map(toCsvRow).join('')
    return { kind: 'text', type: 'text/csv; charset=utf-8', text }
  },
})

export const explainRoute = defineRoute({
  method: 'GET',
  address: '/api/explain',
  summary: '为什么是这个得分，或为什么没有找到。Why a hit scores as it does, or is not found.',
  path: {},
  query: {
    q: v.pipe(requiredText(longestQuery), v.description('查询语句。The query.')),
    id: articleId,
  },
  answers: { status: 200, description: '逐项解释。Explanation.', types: { [json]: schemaOf('Explanation') } },
  async respond({ query: { q, id } }, { archive }) {
    return { kind: 'json', value: await archive.explain(q, id) }
  },
})

export const analyzeRoute = defineRoute({
  method: 'GET',
  address: '/api/analyze',
  summary: '一段文字怎样规整和切分。How a text is normalised and cut.',
  path: {},
  query: { text: v.pipe(requiredText(10_000), v.description('文字。The text.')) },
  answers: {
    status: 200,
    description: '词和字段。Words with spans.',
    types: { [json]: schemaOf('Analysis') },
  },
  async respond({ query }, { archive }) {
    return { kind: 'json', value: await archive.analyze(query.text) }
  },
})
