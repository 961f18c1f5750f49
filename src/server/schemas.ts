// The shapes of all answers as JSON Schema, in one place; the API description and the contract tests read them here.
import { errorCodes } from '../model/errors.ts'
import { facetNames, interpretations, suggestionKinds } from '../model/hit.ts'
import { itemTypes } from '../model/item.ts'
import { articleSchema } from '../schema/article.ts'
import { otherNames } from '../schema/article-names.ts'
import { type JsonSchema as Schema, toJsonSchema } from '../schema/json-schema.ts'

const text = { type: 'string' } as const
const count = { type: 'integer', minimum: 0 } as const
const number = { type: 'number' } as const
const day = {
  type: 'string',
  pattern: '^(\\d{4}-\\d{2}-\\d{2})?$',
  description: 'YYYY-MM-DD; empty when unknown',
}
const reading = { type: 'string', enum: [...interpretations] }
const span = { type: 'array', items: count, minItems: 2, maxItems: 2 } as const
const listOf = (items: Schema): Schema => ({ type: 'array', items })
const object = (properties: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
})

/** A reference to one of `componentSchemas`. */
export function schemaOf(name: keyof typeof componentSchemas): Schema {
  return { $ref: `#/components/schemas/${name}` }
}
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

const resultHead = {
  query: object(
    {
      text,
      interpretation: reading,
      normalized: text,
      problems: listOf(object({ message: text, start: count, end: count })),
    },
    { corrections: listOf(text), corrected: text, related: listOf(object({ text, count })) },
  ),
  total: count,
  totals: object({ exact: count }, { allWords: count, anyWords: count }),
  tookMs: { type: 'number', minimum: 0 },
  page: { type: 'integer', minimum: 1 },
  size: { type: 'integer', minimum: 1, maximum: 100 },
  notices: listOf(text),
  links: object({ self: text, last: text }, { next: text, prev: text }),
}

const facetValues = listOf(object({ value: text, count }))

const article = toJsonSchema(articleSchema, 'output') as {
  properties: Record<string, Schema>
  required: string[]
}

const articleInput = toJsonSchema(articleSchema, 'input') as { properties: Record<string, Schema> }

/** `title` has the schema of `headline`, and so on. */
function otherNamesOf(properties: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(otherNames).flatMap(([field, names]) => names.map((name) => [name, properties[field]!])),
  )
}

const neighbour = object({ id: text, headline: text })
const spans = listOf(span)

const boxes = listOf({ type: 'array', items: number, minItems: 4, maxItems: 4 })
const articleMarks = object(
  {},
  {
    kicker: spans,
    headline: spans,
    subtitle: spans,
    caption: spans,
    paragraphs: listOf(spans),
    subheadings: listOf(spans),
  },
)
const headlineBreaks = object(
  {},
  {
    kicker: listOf(count),
    headline: listOf(count),
    subtitle: listOf(count),
    subheadings: listOf(listOf(count)),
  },
)

export const componentSchemas = {
  ArticleLinks: object({ self: text, html: text }, { page: text, pageHtml: text }),
  Marked: object({ text, marks: spans }, { breaks: listOf(count) }),
  Byline: object({ role: text, names: listOf(text) }),
  Hit: object(
    {
      id: text,
      score: number,
      type: { type: 'string', enum: [...itemTypes] },
      headline: ref('Marked'),
      paper: text,
      date: day,
      pageNo: count,
      bylines: listOf(ref('Byline')),
      snippets: listOf(ref('Marked')),
      links: ref('ArticleLinks'),
    },
    {
      kicker: ref('Marked'),
      subtitle: ref('Marked'),
      section: text,
      also: listOf(object({ id: text, headline: text, paper: text, date: day })),
      picture: { type: 'boolean' },
    },
  ),
  SearchResult: object(
    {
      ...resultHead,
      hits: listOf(ref('Hit')),
      facets: object(Object.fromEntries(facetNames.map((name) => [name, facetValues]))),
      histogram: listOf(object({ month: { type: 'string', pattern: '^\\d{4}-\\d{2}$' }, count })),
    },
    { days: listOf(object({ day, count })), groups: count },
  ),
  IdsResult: object({ ...resultHead, hits: listOf(object({ id: text, score: number })) }, { groups: count }),
  Suggestions: object({
    suggestions: listOf(
      object({ text, kind: { type: 'string', enum: [...suggestionKinds] }, count }, { id: text }),
    ),
  }),
  Article: article,
  ArticleView: {
    ...article,
    properties: {
      ...article.properties,
      neighbours: object({}, { previous: neighbour, next: neighbour }),
      citation: object({ gbt7714: text, bibtex: text, ris: text }),
      picture: { type: 'boolean' },
      links: ref('ArticleLinks'),
      marks: articleMarks,
      breaks: headlineBreaks,
    },
    required: [...article.required, 'neighbours', 'citation', 'links'],
  },
  Similar: object({ similar: listOf(object({ id: text, score: number, headline: text, date: day })) }),
  PageItem: {
    ...article,
    properties: { ...article.properties, marks: articleMarks, breaks: headlineBreaks },
  },
  PageView: object(
    { paper: text, date: day, pageNo: count, articles: listOf(ref('PageItem')) },
    {
      section: text,
      sheet: object({ width: number, height: number }),
      items: listOf(object({ id: text, boxes })),
      hits: boxes,
      picture: text,
      pdf: text,
    },
  ),
  Issues: object({
    issues: listOf(
      object({
        date: day,
        papers: listOf(
          object({ paper: text, pages: listOf(count), articles: count, unpaged: count }, { front: count }),
        ),
      }),
    ),
  }),
  Trends: object({
    by: { type: 'string', enum: ['month', 'year'] },
    trends: listOf(
      object({
        query: text,
        interpretation: reading,
        points: listOf(object({ period: text, count, share: number })),
      }),
    ),
  }),
  ExplanationPart: object({ text, value: number }, { parts: listOf(ref('ExplanationPart')) }),
  Explanation: object(
    {
      id: text,
      found: { type: 'boolean' },
      score: number,
      summary: text,
      parts: listOf(ref('ExplanationPart')),
    },
    { nearest: listOf(text) },
  ),
  Analysis: object({
    text,
    normalized: text,
    words: listOf(object({ text, span, subwords: listOf(text) })),
    notes: listOf(text),
  }),
  Stats: object({
    articles: count,
    generation: count,
    from: day,
    to: day,
    papers: facetValues,
    types: facetValues,
  }),
  Health: object(
    { status: { type: 'string', enum: ['ok', 'degraded', 'failing', 'closing'] } },
    {
      articles: count,
      generation: count,
      faults: count,
      vocabulary: { type: 'string', enum: ['ready', 'stale', 'missing'] },
      committedAt: { type: ['string', 'null'], format: 'date-time' },
      freeBytes: { type: ['integer', 'null'], minimum: 0 },
      code: { type: 'string', description: 'Why the archive fails.' },
    },
  ),
  ArticleInput: {
    ...articleInput,
    description:
      '字段的其他名字、其他写法也认；不认识的字段存在 extra 里。Other names of fields are read too; unknown ones are kept under extra.',
    properties: { ...articleInput.properties, ...otherNamesOf(articleInput.properties) },
  },
  ArticlesAdded: object({ added: count, replaced: count, ids: listOf(text) }),
  PageAdded: object(
    { added: count, replaced: count, removed: count, ids: listOf(text), unplaced: count },
    { problems: listOf(text) },
  ),
  ArticlesRemoved: object({ removed: count, missing: listOf(text) }),
  Problem: object(
    {
      type: text,
      title: text,
      titleEn: text,
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: text,
      detailEn: text,
      code: { type: 'string', examples: [...errorCodes] },
    },
    { field: text, line: { type: 'integer', minimum: 1 }, id: text },
  ),
} as const satisfies Record<string, Schema>
