// What a search answers: hits, totals, facets and what was done to the query.
import type { Byline, ItemType } from './item.ts'
import type { QueryProblem } from './query.ts'
import type { Marked } from './span.ts'

/**
 * How unquoted text was read. exact: every run is contained as typed;
 * allWords: every word of every run is contained; anyWords: a share of the words'
 * weight is (three tenths, one tenth where that finds too little).
 */
export const interpretations = ['exact', 'allWords', 'anyWords'] as const
export type Interpretation = (typeof interpretations)[number]

export interface Hit {
  id: string
  score: number
  type: ItemType
  headline: Marked
  kicker?: Marked
  subtitle?: Marked
  paper: string
  date: string
  pageNo: number
  section?: string
  bylines: Byline[]
  snippets: Marked[]
  /** The same story printed elsewhere, where reprints are grouped. */
  also?: { id: string; headline: string; paper: string; date: string }[]
  /** Whether a picture of its page can be had. */
  picture?: true
}

/** A hit of `view: 'ids'`. */
export interface HitId {
  id: string
  score: number
}

export interface FacetValue {
  value: string
  count: number
}

/**
 * As a value of a filter or a facet, and as the paper of an address: there is none, such as no name of an author or of a
 * paper.
 */
export const noValue = '-'

export const facetNames = ['type', 'paper', 'section', 'author', 'tag', 'year', 'pageNo'] as const
export type FacetName = (typeof facetNames)[number]

interface ResultHead {
  query: {
    text: string
    interpretation: Interpretation
    normalized: string
    problems: QueryProblem[]
    /** Offered, best first. */
    corrections?: string[]
    /** Searched instead, only when nothing else was found. */
    corrected?: string
    /** The editor's synonyms of what was typed that are printed in more articles; they were searched too. */
    related?: { text: string; count: number }[]
  }
  /** Exact for the interpretation. */
  total: number
  totals: { exact: number; allWords?: number; anyWords?: number }
  tookMs: number
  page: number
  size: number
  /** Hits to page through, where reprints are grouped: `total` counts each of them. */
  groups?: number
  notices: string[]
}

export interface SearchResult extends ResultHead {
  hits: Hit[]
  facets: Record<FacetName, FacetValue[]>
  /** Ascending months that have hits, YYYY-MM. */
  histogram: { month: string; count: number }[]
  /** Ascending days that have hits, where the search asks for 62 days or fewer. */
  days?: { day: string; count: number }[]
}

export interface IdsResult extends ResultHead {
  hits: HitId[]
}

export const suggestionKinds = ['term', 'headline', 'person', 'place', 'paper', 'section'] as const

export interface Suggestion {
  text: string
  kind: (typeof suggestionKinds)[number]
  /** Articles that contain it. */
  count: number
  /** The article, for a headline. */
  id?: string
}

/** Addresses of the pages of a result: this one, those beside it, and the last that can be paged to. */
export interface SearchLinks {
  self: string
  next?: string
  prev?: string
  last: string
}
