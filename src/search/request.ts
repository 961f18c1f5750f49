// Checks a search request and turns its filters into conditions on columns.
import type { SegmentReader } from '../index/directory/reader.ts'
import { SearchError } from '../model/errors.ts'
import { itemTypes } from '../model/item.ts'
import type { SearchRequest, SortOrder } from '../model/query.ts'
import { type Accept, columnCondition, valueCondition } from './execution.ts'

/** A request with its defaults filled in and every filter a list. */
export interface CheckedRequest {
  q: string
  page: number
  size: number
  sort: SortOrder
  strict: boolean
  view: 'full' | 'ids'
  from: string | null
  to: string | null
  type: string[]
  paper: string[]
  section: string[]
  author: string[]
  pageNo: number | null
}

/** Deepest hit that can be paged to; beyond it an export is meant. */
const deepestHit = 10_000
const sortOrders: readonly string[] = ['relevance', 'newest', 'oldest'] satisfies SortOrder[]

/** Fills in defaults. Throws REQUEST_INVALID naming the field. */
export function checkRequest(request: SearchRequest): CheckedRequest {
  const page = request.page ?? 1
  const size = request.size ?? 10
  if (typeof request.q !== 'string') throw invalid('q', '缺少检索词 q')
  if (!Number.isInteger(size) || size < 0 || size > 100)
    throw invalid('size', `size 应为 0 到 100 的整数，收到：${size}`)
  if (!Number.isInteger(page) || page < 1) throw invalid('page', `page 应为从 1 开始的整数，收到：${page}`)
  if (page * size > deepestHit) throw invalid('page', `只能翻到前 ${deepestHit} 条；要全部结果请用导出`)
  const sort = request.sort ?? 'relevance'
  if (!sortOrders.includes(sort))
    throw invalid('sort', `sort 应为 ${sortOrders.join('、')} 之一，收到：${sort}`)
  const type = asList(request.type)
  for (const value of type)
    if (!(itemTypes as readonly string[]).includes(value))
      throw invalid('type', `type 应为 ${itemTypes.join('、')} 之一，收到：${value}`)
  return {
    q: request.q,
    page,
    size,
    sort,
    strict: request.strict ?? false,
    view: request.view ?? 'full',
    from: checkDate('from', request.from),
    to: checkDate('to', request.to),
    type,
    paper: asList(request.paper),
    section: asList(request.section),
    author: asList(request.author),
    pageNo: request.pageNo ?? null,
  }
}

/** The request's filters for one segment; null when there are none. */
export function requestFilter(request: CheckedRequest, segment: SegmentReader): Accept | null {
  const { columns } = segment
  const conditions: Accept[] = []
  if (request.from || request.to)
    conditions.push(columnCondition({ kind: 'dates', from: request.from, to: request.to }, columns))
  for (const column of ['type', 'paper', 'section'] as const)
    if (request[column].length > 0) conditions.push(valueCondition(columns, column, request[column]))
  if (request.pageNo !== null) {
    const { pageNo } = request
    conditions.push((document) => columns.pageNo[document] === pageNo)
  }
  if (request.author.length > 0) {
    const wanted = new Set(request.author.map((author) => columns.values.author.indexOf(author)))
    conditions.push((document) => {
      for (let a = columns.authorStarts[document]!; a < columns.authorStarts[document + 1]!; a++)
        if (wanted.has(columns.authorCodes[a]!)) return true
      return false
    })
  }
  if (conditions.length === 0) return null
  return (document) => conditions.every((accepts) => accepts(document))
}

function asList(value: string | readonly string[] | undefined): string[] {
  if (value === undefined || value === '') return []
  return typeof value === 'string' ? [value] : [...value]
}

function checkDate(field: 'from' | 'to', value: string | undefined): string | null {
  if (value === undefined || value === '') return null
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value)
    throw invalid(field, `${field} 应为 YYYY-MM-DD 形式的日期，收到：${value}`)
  return value
}

function invalid(field: string, message: string): SearchError {
  return new SearchError('REQUEST_INVALID', message, { field })
}
