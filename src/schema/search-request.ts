// What a search may ask for: the one schema from which the request's type, its checks and the API's description come.
import * as v from 'valibot'
import { SearchError } from '../model/errors.ts'
import { type Interpretation, interpretations } from '../model/hit.ts'
import { maxPageNo } from './article.ts'
import { choice, day, flag, itemType, many, text, whole } from './kinds.ts'

export const sortOrders = ['relevance', 'newest', 'oldest'] as const
export type SortOrder = (typeof sortOrders)[number]

/** Deepest hit that can be paged to; beyond it an export is meant. */
export const deepestHit = 10_000

/** The last page that can be opened: that of the last hit, or the last one not deeper than that. */
export function lastPage(total: number, size: number): number {
  return Math.max(1, Math.min(Math.ceil(total / size), Math.floor(deepestHit / size)))
}

function about<T extends v.GenericSchema>(schema: T, description: string) {
  return v.pipe(schema, v.description(description))
}

/** The filters that search, export and feed share. */
export const filterEntries = {
  sort: v.optional(about(choice(sortOrders), '次序。Order of the hits.'), 'relevance'),
  from: v.optional(about(day, '起始日期，含当天。First day, included.')),
  to: v.optional(about(day, '截止日期，含当天。Last day, included.')),
  type: v.optional(about(many(itemType), '体裁，可重复。Kinds of item; may be repeated.'), []),
  paper: v.optional(about(many(text(200)), '报纸，可重复。Newspapers; may be repeated.'), []),
  section: v.optional(about(many(text(200)), '栏目，可重复。Sections; may be repeated.'), []),
  author: v.optional(about(many(text(200)), '作者，可重复。Authors; may be repeated.'), []),
  tag: v.optional(about(many(text(200)), '标签，可重复。Tags; may be repeated.'), []),
  pageNo: v.optional(about(many(whole(0, maxPageNo)), '版次，可重复。Page numbers; may be repeated.'), []),
  strict: v.optional(about(flag, '1：只按字面，不放宽。1: never widen the query.'), false),
  reading: v.optional(
    about(
      choice(interpretations),
      '没有引号的文字怎样读：原样、含全部词、含部分词；不写时，按相关度排的检索自动放宽，其余一律原样。How unquoted text is read; by default a search by relevance widens, everything else is exact.',
    ),
  ),
}

export const searchEntries = {
  page: v.optional(
    about(whole(1, deepestHit), '第几页；只能翻到前 10000 条。Result page, up to the 10,000th hit.'),
    1,
  ),
  size: v.optional(about(whole(0, 100), '每页条数。Hits a page.'), 10),
  ...filterEntries,
  group: v.optional(
    about(flag, '1：同一篇稿子的各处刊登合成一条（also）。1: reprints of a story are one hit.'),
    false,
  ),
  view: v.optional(about(choice(['full', 'ids']), 'ids：只要编号和得分。ids: only ids and scores.'), 'full'),
}

export const searchRequestSchema = v.strictObject({
  q: v.string('缺少检索词 q'),
  ...searchEntries,
  /** Ends the search when it aborts. */
  signal: v.optional(v.instance(AbortSignal, '应为 AbortSignal')),
  /** Ends the search after so many milliseconds. */
  deadlineMs: v.optional(whole(1, 3_600_000)),
})

/** The parameters of a search; the same for the library, the command line and HTTP. */
export type SearchRequest = v.InferInput<typeof searchRequestSchema>

type TextFilters = 'type' | 'paper' | 'section' | 'author' | 'tag'
/** A request with its defaults filled in and every filter a list; without `reading` it widens as it must. */
export type CheckedRequest = Omit<
  v.InferOutput<typeof searchRequestSchema>,
  TextFilters | 'pageNo' | 'strict'
> &
  Record<TextFilters, string[]> & { pageNo: number[] }

/**
 * Fills in defaults; what is blank was not said. `unasked` is the reading where none is asked for: without it the search
 * widens as it must. Throws REQUEST_INVALID naming the field.
 */
export function checkRequest(request: SearchRequest, unasked?: Interpretation): CheckedRequest {
  const given = Object.entries(request).filter(([name, value]) => name === 'q' || value !== '')
  const read = v.safeParse(searchRequestSchema, Object.fromEntries(given), {
    abortEarly: true,
    abortPipeEarly: true,
  })
  if (!read.success) {
    const [issue] = read.issues
    const field = String(issue.path?.[0]?.key ?? 'q')
    throw invalid(field, issue.type === 'strict_object' ? `没有参数 ${field}` : `${field} ${issue.message}`)
  }
  const { type, paper, section, author, tag, pageNo, strict, ...rest } = read.output
  if (rest.page * rest.size > deepestHit)
    throw invalid('page', `只能翻到前 ${deepestHit} 条；要全部结果请用导出`)
  if (rest.from !== undefined && rest.to !== undefined && rest.from > rest.to)
    throw invalid('from', `起始日期 ${rest.from} 晚于截止日期 ${rest.to}`)
  // Order by date would put the loosest hit first: only the order by relevance widens unasked.
  const usual = rest.sort === 'relevance' ? unasked : 'exact'
  const reading = strict ? 'exact' : (rest.reading ?? usual)
  return {
    ...rest,
    reading,
    type: toList(type),
    paper: toList(paper),
    section: toList(section),
    author: toList(author),
    tag: toList(tag),
    pageNo: [pageNo].flat(),
  }
}

/** The request as the text after a question mark; what is not set, or is the default, stays away. */
export function toQueryString(request: Partial<SearchRequest>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request)) {
    const isUsual = value === (searchEntries as Record<string, { default?: unknown }>)[name]?.default
    if (value === undefined || value === '' || isUsual) continue
    for (const one of [value].flat()) query.append(name, one === true ? '1' : String(one))
  }
  return query.toString()
}

function toList(value: string | string[]): string[] {
  return [value].flat().filter((one) => one !== '')
}

function invalid(field: string, message: string): SearchError {
  return new SearchError('REQUEST_INVALID', message, { field })
}
