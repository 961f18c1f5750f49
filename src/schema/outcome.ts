// What a search found, whoever keeps the articles.
import type { FacetName, FacetValue, Interpretation } from '../model/hit.ts'
import type { QueryProblem } from '../model/query.ts'

/** What a search found, before articles are shown. */
export interface Outcome {
  interpretation: Interpretation
  /** Exact for the interpretation. */
  total: number
  totals: { exact: number; allWords?: number; anyWords?: number }
  /** Hits to page through, where reprints are grouped. */
  groups: number | null
  facets: Record<FacetName, FacetValue[]> | null
  histogram: { month: string; count: number }[] | null
  /** Where the search asks for few days. */
  days: { day: string; count: number }[] | null
  notices: string[]
  /** What reading the query again brought up. */
  problems: QueryProblem[]
}
