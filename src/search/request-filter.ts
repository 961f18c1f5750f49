// Turns the filters of a request into conditions on columns.
import type { SegmentReader } from '../index/directory/reader.ts'
import type { CheckedRequest } from '../schema/search-request.ts'
import { type Accept, columnCondition, valueCondition } from './execution.ts'

/** The request's filters for one segment; null when there are none. */
export function requestFilter(request: CheckedRequest, segment: SegmentReader): Accept | null {
  const { columns } = segment
  const conditions: Accept[] = []
  if (request.from || request.to)
    conditions.push(
      columnCondition({ kind: 'dates', from: request.from ?? null, to: request.to ?? null }, columns),
    )
  for (const column of ['type', 'paper', 'section'] as const)
    if (request[column].length > 0) conditions.push(valueCondition(columns, column, request[column]))
  if (request.pageNo !== undefined) {
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
