// Turns an article into what the index takes in: one normalised text, its words with their BM25F impacts, its columns.

import { createOccurrences } from '../analysis/analyzer.ts'
import type { Analyzer, Occurrences } from '../analysis/analyzer-types.ts'
import { barrier, type IndexDocument } from '../index/segment/document.ts'
import { fold } from '../normalize/normalize.ts'
import type { Article } from './article.ts'
import { fieldCount, fieldGains, quantizeImpact, saturate } from './bm25f.ts'
import { articleColumns, type Provenance, toColumns } from './columns.ts'
import { impactVersion, rankingParameters } from './ranking-parameters.ts'

/**
 * Closes every printed text in an indexed text. No query can hold it, and it gives the last character of a text
 * a gram, so that the positions of any character are those of the grams that begin with it.
 */
const textEnd = '\u0001'

/** The ends of all fields but the last, which ends with the text. */
export const boundaryCount = fieldCount - 1

/** What a segment builder must know to take in articles. */
export function builderOptions(analyzer: Analyzer) {
  return { signature: indexSignature(analyzer), boundaryCount, columns: articleColumns, breaks: notHan }
}

/** 1 for units that are no part of a Han character: what ? and * of a query never stand for. */
const notHan = Uint8Array.from({ length: 0x10000 }, (_, unit) =>
  /[\p{Script=Han}\ud840-\ud8ff\udc00-\udfff]/u.test(String.fromCharCode(unit)) ? 0 : 1,
)

/** What a segment must have been made with to be searched with this analyzer and these ranking parameters. */
export function indexSignature(analyzer: Analyzer): string {
  return `${analyzer.signature};impacts=${impactVersion}`
}

/** The printed texts of each field of an article, in the order of `fieldNames`; the body holds lead and body. @internal Asked by tests. */
export function printedTexts(article: Article): string[][] {
  const some = (text: string | undefined) => (text ? [text] : [])
  const people = (article.bylines ?? []).map((byline) => `${byline.role} ${byline.names.join(' ')}`)
  return [
    some(article.headline),
    some(article.kicker),
    some(article.subtitle),
    (article.subheadings ?? []).map((subheading) => subheading.text),
    [],
    article.paragraphs,
    some(article.caption),
    [...people, ...some(article.signature), ...(article.credits ?? [])],
  ]
}

/** An article's indexed text with the ends of its fields. */
export interface IndexedText {
  text: string
  /** `fieldCount` ascending offsets. */
  fieldEnds: number[]
}

const bodyField = 5

/** Lays the fields of an article out as one text. The lead is where the running text is younger than `leadLength`. */
export function toIndexedText(article: Article): IndexedText {
  let text = ''
  const fieldEnds: number[] = []
  for (const [field, texts] of printedTexts(article).entries()) {
    const fieldStart = text.length
    for (const printed of texts) {
      const folded = fold(printed)
      if (folded.length > 0) text += folded + textEnd + barrier
    }
    fieldEnds.push(text.length)
    if (field === bodyField)
      fieldEnds[bodyField - 1] = Math.min(text.length, fieldStart + rankingParameters.leadLength)
  }
  return { text, fieldEnds }
}

/** Units of each field, from the ends of the fields. */
export function fieldLengths(fieldEnds: ArrayLike<number>, into: Float64Array): void {
  for (let field = 0; field < fieldCount; field++)
    into[field] = fieldEnds[field]! - (field === 0 ? 0 : fieldEnds[field - 1]!)
}

/** What one occurrence of weight 1 adds in each field of an indexed text; see `fieldGains`. */
export function textGains({ fieldEnds }: IndexedText, into: Float64Array): void {
  fieldLengths(fieldEnds, into)
  fieldGains(into, into)
}

/** The pseudo term frequencies of one text; reused from document to document. */
export interface TermFrequencies {
  /** Distinct keys of the text. */
  keys: string[]
  /** BM25F pseudo term frequency of each key. */
  frequencies: number[]
}

/** Makes a converter that owns its scratch memory: one for each thread that indexes. */
export function createDocumentConverter(
  analyzer: Analyzer,
): (article: Article, provenance?: Provenance) => IndexDocument {
  const count = createTermCounter(analyzer)
  return (article, provenance) => {
    const indexed = toIndexedText(article)
    const terms = count(indexed)
    const impacts = new Uint8Array(terms.keys.length)
    for (let i = 0; i < impacts.length; i++)
      impacts[i] = quantizeImpact(saturate(terms.frequencies[i]!, article.type))
    return {
      id: article.id,
      text: indexed.text,
      boundaries: indexed.fieldEnds.slice(0, boundaryCount),
      terms: terms.keys,
      impacts,
      columns: toColumns(article, provenance),
      stored: JSON.stringify(article),
    }
  }
}

/** Counts the complete keys of indexed texts by BM25F; the result is reused by the next call. */
export function createTermCounter(analyzer: Analyzer): (indexed: IndexedText) => TermFrequencies {
  const occurrences: Occurrences = createOccurrences()
  const gains = new Float64Array(fieldCount)
  let byKey = new Float64Array(1 << 20)
  const seen: number[] = []
  return (indexed) => {
    const { text, fieldEnds } = indexed
    analyzer.occurrences(text, occurrences)
    textGains(indexed, gains)
    seen.length = 0
    let field = 0
    for (let i = 0; i < occurrences.count; i++) {
      const start = occurrences.starts[i]!
      // Occurrences come in the order of their starts, so the field only moves forward.
      while (field < fieldCount - 1 && start >= fieldEnds[field]!) field++
      const key = occurrences.keys[i]!
      if (key >= byKey.length) {
        const grown = new Float64Array(Math.max(key + 1, byKey.length * 2))
        grown.set(byKey)
        byKey = grown
      }
      if (byKey[key] === 0) seen.push(key)
      byKey[key]! += gains[field]! * occurrenceWeight(occurrences.lengths[i]!, occurrences.bounded[i]!)
    }
    const keys: string[] = new Array(seen.length)
    const frequencies: number[] = new Array(seen.length)
    for (let i = 0; i < seen.length; i++) {
      const key = seen[i]!
      keys[i] = analyzer.keyOf(key)
      frequencies[i] = byKey[key]!
      byKey[key] = 0
    }
    return { keys, frequencies }
  }
}

/** What one occurrence counts, by whether the segmenter sees a word there. @internal */
export function occurrenceWeight(length: number, bounded: number): number {
  if (bounded) return 1
  return length === 1 ? rankingParameters.unboundedCharacter : rankingParameters.unboundedOccurrence
}
