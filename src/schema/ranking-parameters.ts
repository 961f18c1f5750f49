// The one place of every number that ranking depends on; learned by scripts/tune-ranking.ts, defended in docs/ranking.md.

import type { ItemType } from '../model/item.ts'
import type { FieldName } from './fields.ts'

/** How one field counts in BM25F. */
export interface FieldParameters {
  /** Multiplies the occurrences in this field. */
  weight: number
  /** Strength of length normalisation, 0 to 1. */
  b: number
  /** Length in UTF-16 units at which the normalisation is neutral. */
  referenceLength: number
  /** Shorter fields count as this long, so that a brief is not better for being short. */
  minimumLength: number
}

export const rankingParameters = {
  /** Saturation of term frequency in BM25F. */
  k1: 0.4,
  fields: {
    headline: { weight: 15, b: 0.75, referenceLength: 20, minimumLength: 8 },
    kicker: { weight: 2.5, b: 0.3, referenceLength: 15, minimumLength: 8 },
    subtitle: { weight: 2.5, b: 0.3, referenceLength: 20, minimumLength: 8 },
    subheading: { weight: 2, b: 0.3, referenceLength: 40, minimumLength: 10 },
    lead: { weight: 1.2, b: 0, referenceLength: 120, minimumLength: 60 },
    body: { weight: 1, b: 0.6, referenceLength: 360, minimumLength: 200 },
    caption: { weight: 1.5, b: 0.3, referenceLength: 60, minimumLength: 30 },
    author: { weight: 1.5, b: 0, referenceLength: 10, minimumLength: 10 },
  } satisfies Record<FieldName, FieldParameters> as Record<FieldName, FieldParameters>,
  /** A caption is not a story, an advertisement less so: factor on the impact. */
  types: { article: 1, brief: 0.95, photo: 0.8, notice: 0.7 } satisfies Record<ItemType, number> as Record<
    ItemType,
    number
  >,
  /** Units of running text from its start that count as the lead of the inverted pyramid. */
  leadLength: 120,
  /** Weight of an occurrence that the segmenter does not see as a word (华人 in 中华人民). */
  unboundedOccurrence: 0.5,
  /** The same for a single character inside a longer word. */
  unboundedCharacter: 0.15,
  /** Factor on the impact of letters inside a longer Latin word: so little that whole words come first (IT, BITS). */
  insideLatinWord: 0.1,
  /** Weight of a gram that bridges two words of a run, relative to a word of the same rarity. */
  bridgeGram: 0.2,
  /** Share of the words' weight that an article must contain to count as a hit of the widest reading. */
  mostWordsShare: 0.3,
  /** The same where that finds too little: a sentence pasted in shares few words even with its own story. */
  someWordsShare: 0.1,
  /** Hits from which on a stricter reading is kept. */
  enoughHits: 10,
} as const

/** Words that stand for an article when others like it are sought. */
export const similarWords = 24
/** Share of those words' weight that an article on the same matter holds at least. */
export const similarShare = 0.15

/** Changes when impacts stored in an index would differ; an index built with another one asks for a rebuild. */
export const impactVersion = 2
