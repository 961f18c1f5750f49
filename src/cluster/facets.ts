// Asks the cluster for facets and the histogram, and reads what it counted.
import { type FacetName, type FacetValue, noValue } from '../model/hit.ts'
import { filterColumns } from '../schema/columns.ts'
import { countsNone, type FilterFacet, facetLimit, filteredFacets, filterFacets } from '../schema/facets.ts'
import { asksForFewDays } from '../schema/readings.ts'
import type { CheckedRequest } from '../schema/search-request.ts'
import { columnNames, dateFilter, type Query, valueFilter } from './translate.ts'

/** Values that each shard offers: more than are shown, so that sums over shards are exact but for very many values. */
const offeredByShard = 5000

/** The filters of a request: those of dates, and one for each facet it filters by. */
export function requestFilters(request: CheckedRequest): {
  dates: Query[]
  byFacet: Map<FilterFacet, Query>
} {
  const { from, to, pageNo } = request
  const byFacet = new Map<FilterFacet, Query>()
  for (const facet of filteredFacets(request))
    byFacet.set(facet, facet === 'pageNo' ? { terms: { pageNo } } : valueFilter(facet, request[facet]))
  return { dates: from || to ? [dateFilter(from ?? null, to ?? null)] : [], byFacet }
}

/** All of them. */
export function allFilters(request: CheckedRequest): Query[] {
  const { dates, byFacet } = requestFilters(request)
  return [...dates, ...byFacet.values()]
}

/** Facets each as if its own filter were not there, months, and days where few are asked for. */
export function aggregationsFor(request: CheckedRequest): Record<string, Query> {
  const { byFacet } = requestFilters(request)
  const filtersBut = (without?: FilterFacet) =>
    [...byFacet].filter(([facet]) => facet !== without).map(([, filter]) => filter)
  const within = (filters: readonly Query[], counted: Query): Query => ({
    filter: { bool: { filter: filters } },
    aggs: { counted },
  })
  const all: Record<string, Query> = {}
  for (const column of filterColumns)
    all[column] = within(filtersBut(column), {
      terms: {
        field: columnNames[column],
        size: facetLimit,
        shard_size: offeredByShard,
        order: [{ _count: 'desc' }, { _key: 'asc' }],
        ...(countsNone.has(column) && { missing: noValue }),
      },
    })
  all['pageNo'] = within(filtersBut('pageNo'), {
    terms: { field: 'pageNo', size: facetLimit, shard_size: offeredByShard, order: { _key: 'asc' } },
  })
  all['months'] = within(filtersBut(), byCalendar('month', 'uuuu-MM'))
  if (asksForFewDays(request)) all['days'] = within(filtersBut(), byCalendar('day', 'uuuu-MM-dd'))
  return all
}

export function byCalendar(calendar_interval: 'day' | 'month', format: string): Query {
  return { date_histogram: { field: 'date', calendar_interval, format, min_doc_count: 1 } }
}

interface Buckets {
  buckets: { key: string | number; key_as_string?: string; doc_count: number }[]
  doc_count_error_upper_bound?: number
}

export interface Counted {
  facets: Record<FacetName, FacetValue[]>
  histogram: { month: string; count: number }[]
  days: { day: string; count: number }[] | null
  /** Facets of so many values that their counts may be too low. */
  inexact: FilterFacet[]
}

export function readAggregations(answer: Record<string, unknown>): Counted {
  const bucketsOf = (name: string) => (answer[name] as { counted: Buckets } | undefined)?.counted
  const valuesOf = (name: string): FacetValue[] =>
    bucketsOf(name)!.buckets.map(({ key, doc_count }) => ({ value: String(key), count: doc_count }))
  const histogram = readCalendar(bucketsOf('months')!).map(({ value, count }) => ({ month: value, count }))
  const years = new Map<string, number>()
  for (const { month, count } of histogram)
    years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + count)
  const days = bucketsOf('days')
  return {
    facets: {
      type: valuesOf('type'),
      paper: valuesOf('paper'),
      section: valuesOf('section'),
      author: valuesOf('author'),
      tag: valuesOf('tag'),
      year: [...years].map(([value, count]) => ({ value, count })).reverse(),
      pageNo: valuesOf('pageNo'),
    },
    histogram,
    days: days ? readCalendar(days).map(({ value, count }) => ({ day: value, count })) : null,
    inexact: filterFacets.filter((facet) => (bucketsOf(facet)!.doc_count_error_upper_bound ?? 0) > 0),
  }
}

export function readCalendar({ buckets }: Buckets): FacetValue[] {
  return buckets.map(({ key_as_string, doc_count }) => ({ value: key_as_string!, count: doc_count }))
}
