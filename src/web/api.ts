// How the page asks the service, and what it says when the service does not answer.

import type { FacetValue, SearchLinks, SearchResult, Suggestion } from '../model/hit.ts'
import type { Article } from '../schema/article.ts'

type Spans = [number, number][]

export interface ArticleAnswer extends Article {
  neighbours: { previous?: { id: string; headline: string }; next?: { id: string; headline: string } }
  citation: { gbt7714: string; bibtex: string; ris: string }
  marks?: {
    kicker?: Spans
    headline?: Spans
    subtitle?: Spans
    caption?: Spans
    paragraphs?: Spans[]
    subheadings?: Spans[]
  }
}

export interface PageAnswer {
  paper: string
  date: string
  pageNo: number
  section?: string
  articles: Article[]
}

export interface IssueDayAnswer {
  date: string
  papers: { paper: string; pages: number[]; articles: number }[]
}

export interface StatsAnswer {
  articles: number
  from: string
  to: string
  papers: FacetValue[]
}

export interface SimilarAnswer {
  similar: { id: string; score: number; headline: string; date: string }[]
}

export interface TrendAnswer {
  query: string
  points: { period: string; count: number; share: number }[]
}

export interface ExplanationPartAnswer {
  text: string
  value: number
  parts?: ExplanationPartAnswer[]
}

export interface ExplanationAnswer {
  id: string
  found: boolean
  score: number
  summary: string
  parts: ExplanationPartAnswer[]
}

/** A fault in words for a person. */
export class AskError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'AskError'
    this.status = status
  }
}

/** Asks below the page's base. Throws AskError, or the signal's reason when it was aborted. */
async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  let response: Response
  try {
    response = await fetch(new URL(path, document.baseURI), {
      signal,
      headers: { Accept: 'application/json' },
    })
  } catch (fault) {
    if (signal.aborted) throw fault
    throw new AskError(0, '连不上服务。请检查网络，然后再试一次。')
  }
  if (response.ok) return response.json()
  const problem: unknown = await response.json().catch(() => undefined)
  const detail =
    typeof problem === 'object' && problem !== null && 'detail' in problem ? String(problem.detail) : ''
  throw new AskError(response.status, detail || `服务没有正常回答（${response.status}）。`)
}

/** A result with the addresses of its pages. */
export type PagedResult = SearchResult & { links: SearchLinks }

export const api = {
  search: (query: string, signal: AbortSignal) => ask<PagedResult>(`api/search?${query}`, signal),
  suggest: (q: string, signal: AbortSignal) =>
    ask<{ suggestions: Suggestion[] }>(`api/suggest?q=${encodeURIComponent(q)}`, signal),
  article: (id: string, q: string, signal: AbortSignal) =>
    ask<ArticleAnswer>(
      `api/articles/${encodeURIComponent(id)}${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`,
      signal,
    ),
  similar: (id: string, signal: AbortSignal) =>
    ask<SimilarAnswer>(`api/articles/${encodeURIComponent(id)}/similar?size=6`, signal),
  explain: (q: string, id: string, signal: AbortSignal) =>
    ask<ExplanationAnswer>(`api/explain?q=${encodeURIComponent(q)}&id=${encodeURIComponent(id)}`, signal),
  page: (paper: string, date: string, pageNo: string, signal: AbortSignal) =>
    ask<PageAnswer>(
      `api/pages/${encodeURIComponent(paper)}/${encodeURIComponent(date)}/${encodeURIComponent(pageNo)}`,
      signal,
    ),
  issues: (year: number | undefined, month: number | undefined, signal: AbortSignal) =>
    ask<{ issues: IssueDayAnswer[] }>(
      year === undefined
        ? 'api/issues'
        : `api/issues?year=${year}${month === undefined ? '' : `&month=${month}`}`,
      signal,
    ),
  trends: (queries: readonly string[], by: string, signal: AbortSignal) =>
    ask<{ trends: TrendAnswer[] }>(
      `api/trends?${new URLSearchParams([...queries.map((q) => ['q', q]), ['by', by]])}`,
      signal,
    ),
  stats: (signal: AbortSignal) => ask<StatsAnswer>('api/stats', signal),
}
