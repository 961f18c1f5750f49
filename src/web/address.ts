// What an address of the page means: every view and every search has one, and the address is the only state.
import type { SortOrder } from '../schema/search-request.ts'

/** A search as the address says it; absent and empty are the same. */
export interface SearchAddress {
  q: string
  page: number
  sort: SortOrder
  from: string
  to: string
  type: string[]
  paper: string[]
  section: string[]
  author: string[]
  pageNo: string
  strict: boolean
}

export type View =
  | { name: 'home' }
  | { name: 'search'; search: SearchAddress }
  | { name: 'article'; id: string; q: string }
  | { name: 'page'; paper: string; date: string; pageNo: string; q: string }
  | { name: 'issues'; year: string; month: string }
  | { name: 'trends'; queries: string[]; by: string }
  | { name: 'help' }
  | { name: 'unknown' }

const lists = ['type', 'paper', 'section', 'author'] as const
const sorts: readonly SortOrder[] = ['relevance', 'newest', 'oldest']

export function parseSearch(query: URLSearchParams): SearchAddress {
  const page = Number(query.get('page') ?? 1)
  const given = query.get('sort')
  return {
    q: query.get('q') ?? '',
    page: Number.isInteger(page) && page >= 1 ? page : 1,
    sort: sorts.find((sort) => sort === given) ?? 'relevance',
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
    type: query.getAll('type'),
    paper: query.getAll('paper'),
    section: query.getAll('section'),
    author: query.getAll('author'),
    pageNo: query.get('pageNo') ?? '',
    strict: query.get('strict') === '1',
  }
}

/** The text after the question mark, for the page's own address as for the API. */
export function toSearchQuery(search: SearchAddress): string {
  const query = new URLSearchParams()
  if (search.q !== '') query.set('q', search.q)
  if (search.sort !== 'relevance') query.set('sort', search.sort)
  for (const name of ['from', 'to', 'pageNo'] as const) if (search[name] !== '') query.set(name, search[name])
  for (const name of lists) for (const value of search[name]) query.append(name, value)
  if (search.strict) query.set('strict', '1')
  if (search.page > 1) query.set('page', String(search.page))
  return query.toString()
}

export function isFiltered(search: SearchAddress): boolean {
  return (
    lists.some((name) => search[name].length > 0) ||
    search.from !== '' ||
    search.to !== '' ||
    search.pageNo !== ''
  )
}

/** The same query without any filter. */
export function withoutFilters(search: SearchAddress): SearchAddress {
  return { ...parseSearch(new URLSearchParams()), q: search.q, sort: search.sort, strict: search.strict }
}

/** Stands in an address for a paper whose name is not known: an address has no empty parts. */
const namelessPaper = '-'

/** Relative to the page's base, so that they work under any mount path. */
export const hrefs = {
  search: (search: SearchAddress) => {
    const query = toSearchQuery(search)
    return query === '' ? './?q=' : `./?${query}`
  },
  query: (q: string) => `./?q=${encodeURIComponent(q)}`,
  article: (id: string, q = '') =>
    `articles/${encodeURIComponent(id)}${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`,
  page: (paper: string, date: string, pageNo: number | string, q = '') =>
    `pages/${encodeURIComponent(paper || namelessPaper)}/${date}/${pageNo}${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`,
  trends: (queries: readonly string[], by: string) =>
    `trends?${new URLSearchParams([...queries.map((q) => ['q', q]), ['by', by]])}`,
  issues: (year: number, month: number) => `issues?year=${year}&month=${month}`,
}

/** Which view an address names, below the page's base. */
export function parseAddress(url: URL, base: URL): View {
  const path = url.pathname.startsWith(base.pathname) ? url.pathname.slice(base.pathname.length) : '?'
  const parts = path.replace(/\/$/, '').split('/').map(decode)
  const q = url.searchParams.get('q') ?? ''
  if (parts[0] === '' && parts.length === 1)
    return url.search === '' ? { name: 'home' } : { name: 'search', search: parseSearch(url.searchParams) }
  if (parts[0] === 'articles' && parts.length === 2) return { name: 'article', id: parts[1] ?? '', q }
  if (parts[0] === 'pages' && parts.length === 4)
    return { name: 'page', paper: parts[1] ?? '', date: parts[2] ?? '', pageNo: parts[3] ?? '', q }
  if (parts[0] === 'issues' && parts.length === 1)
    return {
      name: 'issues',
      year: url.searchParams.get('year') ?? '',
      month: url.searchParams.get('month') ?? '',
    }
  if (parts[0] === 'trends' && parts.length === 1)
    return { name: 'trends', queries: url.searchParams.getAll('q'), by: url.searchParams.get('by') ?? '' }
  if (parts[0] === 'help' && parts.length === 1) return { name: 'help' }
  return { name: 'unknown' }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
