// Turns the filters of a request into conditions on columns.
import type { SegmentReader } from '../index/directory/reader.ts'
import { filterColumns } from '../schema/columns.ts'
import type { CheckedRequest } from '../schema/search-request.ts'
import { type Accept, columnCondition, pageCondition, valueCondition } from './column-conditions.ts'

/** The request's filters for one segment; null when there are none. */
export function requestFilter(request: CheckedRequest, segment: SegmentReader): Accept | null {
  const { columns } = segment
  const conditions: Accept[] = []
  if (request.from || request.to)
    conditions.push(
      columnCondition({ kind: 'dates', from: request.from ?? null, to: request.to ?? null }, columns),
    )
  for (const column of filterColumns)
    if (request[column].length > 0) conditions.push(valueCondition(columns, column, request[column]))
  if (request.pageNo !== undefined) conditions.push(pageCondition(columns, request.pageNo))
  if (conditions.length === 0) return null
  return (document) => conditions.every((accepts) => accepts(document))
}
