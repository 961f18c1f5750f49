// What the archive really contains, as its caller counts it, and what the room of suggestions makes of it.
import type { Suggestion } from '../model/hit.ts'
import type { Corrector } from './correction.ts'

/**
 * One thing that may be suggested. `text` is shown as it stands, so it is the printed spelling, not a folded key.
 * Entries with equal matching text and kind are one: their counts are added for headlines, the larger is kept otherwise.
 */
export interface VocabularyEntry {
  text: string
  kind: Suggestion['kind']
  /** Articles that contain it; entries with a count below 1 are left out. */
  count: number
  /** The article, for a headline. Of equal headlines the first one given names the article: give the newest first. */
  id?: string
}

/** Answers while the reader types. */
export interface Suggester {
  /** Distinct things that can be suggested. */
  readonly size: number
  /** Whether all is built; until then `addSome` has work left. */
  readonly complete: boolean
  /**
   * Goes on building for about `budgetMs` milliseconds; true when all is built. Before that suggestions are none
   * (while the tables are built) or right but fewer (those by the middle of a term come last). Never throws.
   */
  addSome(budgetMs: number): boolean
  /**
   * At most `size` suggestions, the closest first: the whole text, then its beginning, then its middle; equally close
   * ones by kind (a headline comes last) and count. No text comes twice. Throws only what reading the entries threw.
   */
  suggest(q: string, size: number): Suggestion[]
  /** A corrector with the same terms; null while the tables are built. Throws as `suggest` does. */
  corrector(): Corrector | null
  /** The packed form that `openSuggester` reads. */
  toBytes(): Uint8Array
}
