// The parameters that say what to search: shared by search, export and feed, and turned into a SearchRequest.
import { type ItemType, itemTypes } from '../model/item.ts'
import type { SearchRequest, SortOrder } from '../model/query.ts'
import type { ParameterSpec, ParameterValues } from './parameters.ts'

/** Longest query text, in characters. */
export const maxQueryLength = 512
const maxFilterLength = 200

export const queryParameter: ParameterSpec = {
  name: 'q',
  in: 'query',
  kind: 'text',
  maxLength: maxQueryLength,
  description: '查询语句；空着就是全部。The query; empty means everything.',
}

export const requiredQueryParameter: ParameterSpec = { ...queryParameter, required: true }

export const filterParameters: readonly ParameterSpec[] = [
  {
    name: 'sort',
    in: 'query',
    kind: 'choice',
    choices: ['relevance', 'newest', 'oldest'] satisfies SortOrder[],
    description: '次序。Order of the hits.',
  },
  { name: 'from', in: 'query', kind: 'date', description: '起始日期，含当天。First day, included.' },
  { name: 'to', in: 'query', kind: 'date', description: '截止日期，含当天。Last day, included.' },
  {
    name: 'type',
    in: 'query',
    kind: 'choice',
    choices: itemTypes,
    many: true,
    description: '体裁，可重复。Kinds of item; may be repeated.',
  },
  {
    name: 'paper',
    in: 'query',
    kind: 'text',
    maxLength: maxFilterLength,
    many: true,
    description: '报纸，可重复。Newspapers; may be repeated.',
  },
  {
    name: 'section',
    in: 'query',
    kind: 'text',
    maxLength: maxFilterLength,
    many: true,
    description: '栏目，可重复。Sections; may be repeated.',
  },
  {
    name: 'author',
    in: 'query',
    kind: 'text',
    maxLength: maxFilterLength,
    many: true,
    description: '作者，可重复。Authors; may be repeated.',
  },
  { name: 'pageNo', in: 'query', kind: 'integer', min: 0, max: 9999, description: '版次。Page number.' },
  {
    name: 'strict',
    in: 'query',
    kind: 'flag',
    description: '1：只按字面，不放宽。1: never widen the query.',
  },
]

/** The request that these values describe; what was not given stays absent. */
export function toSearchRequest(values: ParameterValues): SearchRequest {
  const request: SearchRequest = { q: values.text('q') ?? '' }
  const sort = values.text('sort')
  if (sort !== undefined) request.sort = sort as SortOrder
  const from = values.text('from')
  if (from !== undefined) request.from = from
  const to = values.text('to')
  if (to !== undefined) request.to = to
  const type = values.texts('type')
  if (type !== undefined) request.type = type as ItemType[]
  const paper = values.texts('paper')
  if (paper !== undefined) request.paper = paper
  const section = values.texts('section')
  if (section !== undefined) request.section = section
  const author = values.texts('author')
  if (author !== undefined) request.author = author
  const pageNo = values.integer('pageNo')
  if (pageNo !== undefined) request.pageNo = pageNo
  const strict = values.flag('strict')
  if (strict !== undefined) request.strict = strict
  const page = values.integer('page')
  if (page !== undefined) request.page = page
  const size = values.integer('size')
  if (size !== undefined) request.size = size
  return request
}

/** The same request as the text after a question mark, without page and size. */
export function toQueryString(request: SearchRequest): string {
  const query = new URLSearchParams()
  const put = (name: string, value: string | number | boolean | readonly string[] | undefined) => {
    if (value === undefined || value === '') return
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  }
  put('q', request.q)
  put('sort', request.sort)
  put('from', request.from)
  put('to', request.to)
  put('type', request.type)
  put('paper', request.paper)
  put('section', request.section)
  put('author', request.author)
  put('pageNo', request.pageNo)
  put('strict', request.strict === true ? '1' : undefined)
  return query.toString()
}
