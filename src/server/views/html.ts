// What the routes of the pages have in common: they answer HTML, and read searches from addresses.
import * as v from 'valibot'
import { text, whole } from '../../schema/kinds.ts'
import { deepestHit, filterEntries } from '../../schema/search-request.ts'
import { listFilters, type SearchAddress } from '../../web/address.ts'
import { longestQuery } from '../parameters.ts'
import type { Reply } from '../route.ts'

/** Hits on one page of a result. */
export const pageSize = 10

export const htmlAnswer = {
  status: 200,
  description: 'HTML。',
  types: { 'text/html': { type: 'string' } },
} as const

export function html(text: string): Reply {
  return { kind: 'text', type: 'text/html; charset=utf-8', text }
}

export const searchParameters = {
  q: v.optional(text(longestQuery), ''),
  ...filterEntries,
  page: v.optional(whole(1, deepestHit), 1),
}

/** A search as addresses say it: what is not said, or is the default, is not there. */
export function toAddress(
  given: v.InferOutput<v.ObjectSchema<typeof searchParameters, undefined>>,
): SearchAddress {
  const address: Record<string, unknown> = { q: given.q }
  for (const name of ['from', 'to', 'reading'] as const)
    if (given[name] !== undefined) address[name] = given[name]
  for (const name of listFilters) {
    const values = ([given[name]].flat() as (string | number)[]).filter((value) => value !== '')
    if (values.length > 0) address[name] = values
  }
  if (given.sort !== 'relevance') address['sort'] = given.sort
  if (given.strict) address['strict'] = true
  if (given.page > 1) address['page'] = given.page
  return address as unknown as SearchAddress
}
