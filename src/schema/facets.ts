// What is counted over all hits besides their number.
import { type FilterColumn, filterColumns } from './columns.ts'
import type { CheckedRequest } from './search-request.ts'

/** Facets with very many values answer with the most frequent ones. */
export const facetLimit = 50

/** Facets that a search can be filtered by; each is counted as if its own filter were not there. */
export const filterFacets = [...filterColumns, 'pageNo'] as const
export type FilterFacet = (typeof filterFacets)[number]

/** Columns in which having no value is a value, to be counted and filtered by. */
export const countsNone: ReadonlySet<FilterColumn> = new Set(['author', 'paper'])

/** Facets that the request filters by. */
export function filteredFacets(request: CheckedRequest): FilterFacet[] {
  return filterFacets.filter((facet) => request[facet].length > 0)
}
