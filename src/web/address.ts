// The addresses of the site: every view and every search has one, and the address is the only state.
import { noValue } from '../model/hit.ts'
import type { ItemType } from '../model/item.ts'
import { type SearchRequest, toQueryString } from '../schema/search-request.ts'

/** Filters that take several values. */
export const listFilters = ['type', 'paper', 'section', 'author', 'tag', 'pageNo'] as const
export type ListFilter = (typeof listFilters)[number]

/** A search as an address says it: lists are lists, what is not said is not there. */
export interface SearchAddress
  extends Pick<SearchRequest, 'sort' | 'from' | 'to' | 'strict' | 'reading'>,
    Partial<Record<Exclude<ListFilter, 'type' | 'pageNo'>, string[]>> {
  type?: ItemType[]
  pageNo?: number[]
  q: string
  page?: number
}

export type Trend = { queries: readonly string[]; by?: 'month' | 'year'; unit?: 'share' | 'count' }

/** Whether anything but the query narrows the result. */
export function isFiltered(search: SearchAddress): boolean {
  return (
    listFilters.some((name) => (search[name]?.length ?? 0) > 0) ||
    search.from !== undefined ||
    search.to !== undefined
  )
}

/** The same query, order and reading without any filter. */
export function withoutFilters({ q, sort, strict, reading }: SearchAddress): SearchAddress {
  return { q, ...(sort && { sort }), ...(strict && { strict }), ...(reading && { reading }) }
}

/** The search with other values of its filters, at its first page; `undefined` takes one away. */
export function refine(
  search: SearchAddress,
  changes: { [name in keyof SearchAddress]?: SearchAddress[name] | undefined },
): SearchAddress {
  const { page: _first, ...kept } = search
  return Object.fromEntries(
    Object.entries({ ...kept, ...changes }).filter(([, value]) => value !== undefined),
  ) as unknown as SearchAddress
}

/** Where an article stands in a result: its search, and its place from 1 on. */
export interface ResultPlace {
  search: SearchAddress
  at: number
}

/** All addresses under a mount path such as `/archive`; empty at the root. */
export function createAddresses(base: string) {
  const part = encodeURIComponent
  const withQuery = (path: string, query: Record<string, string | number | undefined>) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
    return text === '' ? path : `${path}?${text}`
  }
  const printedPage = (paper: string, date: string, pageNo: number) =>
    `${part(paper || noValue)}/${part(date)}/${pageNo}`
  return {
    home: `${base}/`,
    asset: (name: string) => `${base}/${name}`,
    search: (search: SearchAddress) => `${base}/?${toQueryString(search) || 'q='}`,
    query: (q: string) => `${base}/?${new URLSearchParams({ q })}`,
    newest: `${base}/?sort=newest`,
    /** With the place in a result, so that the article knows the way back and on. */
    article: (id: string, place?: ResultPlace | string) => {
      const path = `${base}/articles/${part(id)}`
      if (place === undefined || place === '') return path
      if (typeof place === 'string') return withQuery(path, { q: place })
      const query = toQueryString(place.search)
      return `${path}?${query}${query === '' ? '' : '&'}at=${place.at}`
    },
    page: (paper: string, date: string, pageNo: number, q = '') =>
      withQuery(`${base}/pages/${printedPage(paper, date, pageNo)}`, { q }),
    picture: (paper: string, date: string, pageNo: number, width?: number) =>
      withQuery(`${base}/api/pages/${printedPage(paper, date, pageNo)}/picture`, { width }),
    pdf: (paper: string, date: string, pageNo: number) =>
      `${base}/api/pages/${printedPage(paper, date, pageNo)}/pdf`,
    clip: (id: string) => `${base}/api/articles/${part(id)}/clip`,
    issues: ({ paper, ...span }: { year?: number; month?: number; day?: number; paper?: string } = {}) =>
      withQuery(`${base}/issues`, { ...span, paper: paper === '' ? noValue : paper }),
    trends: ({ queries, by, unit }: Trend) =>
      `${base}/trends${queries.length === 0 ? '' : '?'}${new URLSearchParams([
        ...queries.map((q) => ['q', q]),
        ...(by ? [['by', by]] : []),
        ...(unit === 'count' ? [['unit', unit]] : []),
      ])}`,
    trendsCsv: (queries: readonly string[], by: string) =>
      `${base}/api/trends?${new URLSearchParams([...queries.map((q) => ['q', q]), ['by', by], ['format', 'csv']])}`,
    help: `${base}/help`,
    status: `${base}/status`,
    docs: `${base}/docs`,
    why: (q: string, id: string) => withQuery(`${base}/why`, { q, id }),
    export: (search: SearchAddress, format: 'csv' | 'jsonl') =>
      `${base}/api/export?${toQueryString({ ...search, page: undefined })}&format=${format}`,
    feed: (search?: SearchAddress) => {
      if (search === undefined) return `${base}/feed.xml`
      const { page: _page, sort: _sort, ...filters } = search
      return `${base}/feed.xml?${toQueryString(filters)}`
    },
  }
}

export type Addresses = ReturnType<typeof createAddresses>
