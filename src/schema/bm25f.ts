// The scoring formula, once: indexing, searching and explaining call the same functions.

import type { ItemType } from '../model/item.ts'
import { type FieldName, fieldNames } from './fields.ts'
import { rankingParameters } from './ranking-parameters.ts'

export const fieldCount = fieldNames.length
const maximumImpact = 255

const parameters = fieldNames.map((name) => rankingParameters.fields[name])

/**
 * What one occurrence of weight 1 adds to the pseudo term frequency, for each field of a document:
 * w_f / (1 - b_f + b_f * len_f / ref_f), after Zaragoza et al., "Microsoft Cambridge at TREC-13" (BM25F).
 * @param lengths units of each field, in the order of `fieldNames`
 * @param into receives one gain for each field
 */
export function fieldGains(lengths: ArrayLike<number>, into: Float64Array): void {
  for (let field = 0; field < fieldCount; field++) {
    const p = parameters[field]!
    const length = Math.max(lengths[field]!, p.minimumLength)
    into[field] = p.weight / (1 - p.b + (p.b * length) / p.referenceLength)
  }
}

/** The saturated term frequency tf / (k1 + tf), 0 to 1, times the factor of the item's type. */
export function saturate(pseudoFrequency: number, type: ItemType): number {
  return (rankingParameters.types[type] * pseudoFrequency) / (rankingParameters.k1 + pseudoFrequency)
}

/** The saturated frequency as an integer of 1 to 255, as posting lists store it. */
export function quantizeImpact(saturated: number): number {
  return Math.max(1, Math.min(maximumImpact, Math.round(saturated * maximumImpact)))
}

/**
 * The weight of a term: inverse document frequency ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Spärck Jones,
 * never negative), in 32nds and at least 1, so that scores are sums of integers and explanations add up exactly.
 */
export function termWeight(documentCount: number, documentFrequency: number): number {
  const idf = Math.log(1 + (documentCount - documentFrequency + 0.5) / (documentFrequency + 0.5))
  return Math.max(1, Math.round(32 * idf))
}

/** Scores are integers inside; what is shown is divided by this power of two, which loses nothing. */
export const scoreUnit = 8192

export function fieldIndex(name: FieldName): number {
  return fieldNames.indexOf(name)
}
