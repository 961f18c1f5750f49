// What the reader may have meant: a correction, and the port of the corrector.

/** A term of the archive with the number of articles that contain it. */
export interface CountedTerm {
  /** As it should be shown: the printed or dictionary spelling. */
  text: string
  count: number
}

/**
 * Why a correction is offered. pinyin: the query was typed in Latin letters, in whole syllables; initials: in first
 * letters of syllables; homophone: other characters with the same sound; similar: one other character;
 * missing, extra: a character too few or too many was typed; swapped: two neighbours changed places.
 */
export type CorrectionReason =
  | 'pinyin'
  | 'initials'
  | 'homophone'
  | 'similar'
  | 'missing'
  | 'extra'
  | 'swapped'

export interface Correction {
  text: string
  /** 0 to 1; 1 is as close as a correction can be. Comparable within one answer only. */
  closeness: number
  /** The reason of the least certain part. */
  reason: CorrectionReason
  /** Articles that contain the rarest term of the correction. */
  count: number
}

export interface CorrectOptions {
  /** At most so many; 5 when absent. */
  limit?: number
  /**
   * Articles that contain a string exactly, in the whole archive. When given, a correction made of several terms is
   * offered as one string only if some article contains it, and a long run that some article contains is left alone.
   */
  countOf?: (text: string) => number
}

/** Corrects queries with the terms that the archive contains. */
export interface Corrector {
  /** Distinct terms. */
  readonly size: number
  /** Whether a text is a term, apart from width, case and script. Such a text is never corrected. */
  has(text: string): boolean
  /** Corrections of a query, best first; none when every run of it is right. Never throws. */
  correct(query: string, options?: CorrectOptions): Correction[]
}
