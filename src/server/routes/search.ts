// The routes that answer a query: search, suggestions, trends, explanation and analysis.
import type { Route } from '../route.ts'
import { schemaOf } from '../schemas.ts'
import {
  filterParameters,
  maxQueryLength,
  queryParameter,
  requiredQueryParameter,
  toSearchRequest,
} from '../search-parameters.ts'

const json = 'application/json'

export const searchRoute: Route = {
  method: 'GET',
  path: '/api/search',
  summary: '检索：命中、总数、分面、按月分布。Search: hits, totals, facets and months.',
  parameters: [
    queryParameter,
    {
      name: 'page',
      in: 'query',
      kind: 'integer',
      min: 1,
      max: 1_000_000,
      description: '第几页。Result page.',
    },
    { name: 'size', in: 'query', kind: 'integer', min: 1, max: 100, description: '每页条数。Hits a page.' },
    ...filterParameters,
    {
      name: 'view',
      in: 'query',
      kind: 'choice',
      choices: ['full', 'ids'],
      description: 'ids：只要编号和得分。ids: only ids and scores.',
    },
  ],
  answers: {
    status: 200,
    description: '检索结果；view=ids 时没有摘要和分面。The result; without texts for view=ids.',
    types: { [json]: { anyOf: [schemaOf('SearchResult'), schemaOf('IdsResult')] } },
  },
  async respond({ values }, { archive }) {
    const request = toSearchRequest(values)
    const result =
      values.text('view') === 'ids'
        ? await archive.search({ ...request, view: 'ids' })
        : await archive.search(request)
    // The time taken differs every time and must not make two equal answers differ.
    return { kind: 'json', value: result, tagOf: { ...result, tookMs: 0 } }
  },
}

export const suggestRoute: Route = {
  method: 'GET',
  path: '/api/suggest',
  summary: '边打边提示。Suggestions while typing.',
  parameters: [
    queryParameter,
    { name: 'size', in: 'query', kind: 'integer', min: 1, max: 50, description: '条数，默认 8。How many.' },
  ],
  answers: { status: 200, description: '提示。Suggestions.', types: { [json]: schemaOf('Suggestions') } },
  async respond({ values }, { archive }) {
    const q = values.text('q') ?? ''
    const suggestions = q.trim() === '' ? [] : await archive.suggest(q, values.integer('size') ?? 8)
    return { kind: 'json', value: { suggestions } }
  },
}

export const trendsRoute: Route = {
  method: 'GET',
  path: '/api/trends',
  summary: '词语随时间的篇数。How often queries occur over time.',
  parameters: [
    {
      name: 'q',
      in: 'query',
      kind: 'text',
      maxLength: maxQueryLength,
      many: true,
      maxItems: 10,
      required: true,
      description: '一至十条查询语句。One to ten queries.',
    },
    {
      name: 'by',
      in: 'query',
      kind: 'choice',
      choices: ['month', 'year'],
      description: '按月（默认）或按年。By month (default) or year.',
    },
  ],
  answers: {
    status: 200,
    description: '逐期篇数和占比。Counts and shares.',
    types: { [json]: schemaOf('Trends') },
  },
  async respond({ values }, { archive }) {
    const by = values.text('by') === 'year' ? 'year' : 'month'
    return { kind: 'json', value: { by, trends: await archive.trends(values.texts('q') ?? [], by) } }
  },
}

export const explainRoute: Route = {
  method: 'GET',
  path: '/api/explain',
  summary: '为什么是这个得分，或为什么没有找到。Why a hit scores as it does, or is not found.',
  parameters: [
    requiredQueryParameter,
    {
      name: 'id',
      in: 'query',
      kind: 'text',
      maxLength: 512,
      required: true,
      description: '文章编号。Article id.',
    },
  ],
  answers: { status: 200, description: '逐项解释。Explanation.', types: { [json]: schemaOf('Explanation') } },
  async respond({ values }, { archive }) {
    return { kind: 'json', value: await archive.explain(values.text('q') ?? '', values.text('id') ?? '') }
  },
}

export const analyzeRoute: Route = {
  method: 'GET',
  path: '/api/analyze',
  summary: '一段文字怎样规整和切分。How a text is normalised and cut.',
  parameters: [
    {
      name: 'text',
      in: 'query',
      kind: 'text',
      maxLength: 10_000,
      required: true,
      description: '文字。The text.',
    },
  ],
  answers: {
    status: 200,
    description: '词和字段。Words with spans.',
    types: { [json]: schemaOf('Analysis') },
  },
  async respond({ values }, { archive }) {
    return { kind: 'json', value: await archive.analyze(values.text('text') ?? '') }
  },
}
