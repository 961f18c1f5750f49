// An article as a document of the cluster.
import { createHash } from 'node:crypto'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Article } from '../schema/article.ts'
import { fieldCount, fieldIndex, saturate } from '../schema/bm25f.ts'
import { type Provenance, toColumns } from '../schema/columns.ts'
import type { FieldName } from '../schema/fields.ts'
import { createTermCounter, type IndexedText, textGains, toIndexedText } from '../schema/index-document.ts'
import { rankingParameters } from '../schema/ranking-parameters.ts'
import { frequencyUnit } from './mapping.ts'
import { toCharacters, toKinds, toPairs, withoutInnerMarks } from './tokens.ts'

export interface ClusterDocument {
  id: string
  /** What is sent. */
  body: Record<string, unknown>
  /** Complete keys of the text, for the vocabulary. */
  keys: readonly string[]
}

/** An id of the cluster holds at most so many bytes. */
const mostIdBytes = 512

/** The name of an article's document: its id, or where that is too long, its digest. */
export function documentId(id: string): string {
  return Buffer.byteLength(id) <= mostIdBytes ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`
}

let lastSequence = 0

/** Larger with every call, also from process to process. */
function nextSequence(): number {
  lastSequence = Math.max(lastSequence + 1, Date.now() * 1000)
  return lastSequence
}

/** Makes a converter that owns its scratch memory. */
export function createClusterConverter(
  analyzer: Analyzer,
): (article: Article, provenance?: Provenance) => ClusterDocument {
  const count = createTermCounter(analyzer)
  const gains = new Float64Array(fieldCount)
  return (article, provenance) => {
    const indexed = toIndexedText(article)
    const { text, fieldEnds } = indexed
    const { keys, frequencies } = count(indexed)
    const titleEnd = fieldEnds[fieldIndex('subtitle')]!
    const authorStart = fieldEnds[fieldIndex('author') - 1]!
    const title = text.slice(0, titleEnd)
    const author = text.slice(authorStart)
    const columns = toColumns(article, provenance)
    return {
      id: documentId(article.id),
      keys,
      body: {
        id: article.id,
        article: JSON.stringify(article),
        pairs: toPairs(text),
        plain: toPairs(withoutInnerMarks(text)),
        characters: toCharacters(text),
        kinds: toKinds(text, titleEnd, authorStart),
        title: toPairs(title),
        plainTitle: toPairs(withoutInnerMarks(title)),
        author: toPairs(author),
        plainAuthor: toPairs(withoutInnerMarks(author)),
        ...impactsOf(indexed, article, gains),
        words: keys.map((key, at) => `${key}|${weightOf(frequencies[at]!, article)}`).join(' '),
        ...(article.date && { date: article.date, day: columns['date'] }),
        pageNo: article.pageNo,
        type: article.type,
        // What is not there is missing, not empty.
        ...(article.paper && { paper: article.paper }),
        ...(article.section && { section: article.section }),
        writer: columns['author'],
        tag: columns['tag'],
        isAdded: provenance?.isAdded ?? false,
        isFromPage: provenance?.isFromPage ?? false,
        pieces: columns['pieces'],
        laterPiece: columns['laterPiece'],
        sequence: nextSequence(),
      },
    }
  }
}

/** What one occurrence counts that no key tells of. */
export interface ClusterImpacts {
  textImpact: number
  titleImpact: number
}

function impactsOf(indexed: IndexedText, { type }: Article, gains: Float64Array): ClusterImpacts {
  textGains(indexed, gains)
  const once = (field: FieldName) => saturate(gains[fieldIndex(field)]!, type)
  return { textImpact: once('body'), titleImpact: once('headline') }
}

/** The integer frequency from which BM25 makes the saturated frequency of a key, the factor of the item's type in it. */
function weightOf(frequency: number, { type }: Article): number {
  const saturated = Math.min(0.999, saturate(frequency, type))
  return Math.max(1, Math.round((frequencyUnit * rankingParameters.k1 * saturated) / (1 - saturated)))
}
