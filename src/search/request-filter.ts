// Turns the filters of a request into conditions on columns.
import type { SegmentReader } from '../index/directory/reader.ts'
import { filterColumns } from '../schema/columns.ts'
import type { FilterFacet } from '../schema/facets.ts'
import type { CheckedRequest } from '../schema/search-request.ts'
import { type Accept, columnCondition, pageCondition, valueCondition } from './column-conditions.ts'

/** The request's filters for one segment, without that of one facet when told; null when there are none. */
export function requestFilter(
  request: CheckedRequest,
  segment: SegmentReader,
  without?: FilterFacet,
): Accept | null {
  const { columns } = segment
  const conditions: Accept[] = []
  if (request.from || request.to)
    conditions.push(
      columnCondition({ kind: 'dates', from: request.from ?? null, to: request.to ?? null }, columns),
    )
  for (const column of filterColumns)
    if (column !== without && request[column].length > 0)
      conditions.push(valueCondition(columns, column, request[column]))
  if (without !== 'pageNo' && request.pageNo.length > 0)
    conditions.push(pageCondition(columns, request.pageNo))
  if (conditions.length === 0) return null
  return (document) => conditions.every((accepts) => accepts(document))
}
