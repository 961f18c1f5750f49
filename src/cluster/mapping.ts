// The indices of an archive on a cluster: plain analyzers only, since the words are ours.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { indexSignature } from '../schema/index-document.ts'
import { rankingParameters } from '../schema/ranking-parameters.ts'
import { deepestHit } from '../schema/search-request.ts'

/** Changes when documents would be written otherwise. */
const mappingVersion = 3

/** What an index must have been made with to be searched. */
export function mappingSignature(analyzer: Analyzer): string {
  return `${indexSignature(analyzer)};mapping=${mappingVersion}`
}

/** Pseudo term frequencies are kept as integers in so many parts of one. */
export const frequencyUnit = 256

/**
 * BM25 without length, which the frequencies hold already, in their unit; the factor k1 + 1 of older formulas, which
 * OpenSearch still has, is divided away in every query.
 */
const k1 = rankingParameters.k1 * frequencyUnit
export const wordBoost = 1 / (k1 + 1)

export interface IndexSettings {
  /** Parts of an index, which are searched at once; 1 unless told. */
  shards: number
  /** Further copies of each part: one can be lost for each of them. */
  replicas: number
}

/** What an index of articles is made with. */
export function articleIndex(signature: string, { shards, replicas }: IndexSettings) {
  const positions = { type: 'text', analyzer: 'whitespace', norms: false }
  const keyword = { type: 'keyword' }
  return {
    settings: {
      number_of_shards: shards,
      number_of_replicas: replicas,
      // Grouping looks a little beyond the deepest hit.
      max_result_window: deepestHit + 1000,
      analysis: {
        // A word and its weight may be longer than a token usually is.
        tokenizer: { whole: { type: 'whitespace', max_token_length: 1024 } },
        filter: { weight: { type: 'delimited_term_freq', delimiter: '|' } },
        analyzer: { weighed: { type: 'custom', tokenizer: 'whole', filter: ['weight'] } },
      },
      similarity: { impact: { type: 'BM25', k1, b: 0 } },
    },
    mappings: {
      dynamic: 'strict',
      _meta: { xunbao: signature },
      // What is only searched need not be kept a second time.
      _source: { includes: ['id', 'article', 'isAdded', 'isFromPage'] },
      properties: {
        id: keyword,
        /** The article as JSON, kept and not looked at. */
        article: { type: 'keyword', index: false, doc_values: false },
        /** Pairs of characters with their positions: any string is a phrase of them. */
        pairs: positions,
        /** The same without the marks that may part a term. */
        plain: positions,
        /** Single characters, and what stands at each place, for distances and patterns. */
        characters: positions,
        kinds: positions,
        /** Pairs of the headlines and of the authors alone. */
        title: positions,
        plainTitle: positions,
        author: positions,
        plainAuthor: positions,
        /** Complete keys, their BM25F pseudo frequencies in place of term frequencies. */
        words: {
          type: 'text',
          analyzer: 'weighed',
          search_analyzer: 'whitespace',
          index_options: 'freqs',
          norms: false,
          similarity: 'impact',
        },
        /** What one occurrence of a string that is no key counts here, of at most 1: in the running text, in the headlines. */
        textImpact: { type: 'float', index: false },
        titleImpact: { type: 'float', index: false },
        date: { type: 'date', format: 'strict_date' },
        /** The date as a number (20181107), to sort by: a scan cannot go on behind a value of type date. */
        day: { type: 'integer', index: false },
        pageNo: { type: 'integer' },
        type: keyword,
        paper: keyword,
        section: keyword,
        writer: keyword,
        tag: keyword,
        isAdded: { type: 'boolean' },
        isFromPage: { type: 'boolean' },
        pieces: { type: 'integer' },
        laterPiece: keyword,
        /** Grows with every article that is written: the order of a page, and whether anything was written. */
        sequence: { type: 'long' },
      },
    },
  }
}

/** Where the lists of an editor and the note of the last rebuild lie, and the vocabulary in pieces: kept, not searched. */
export function notesIndex(replicas: number) {
  return {
    settings: { number_of_shards: 1, number_of_replicas: replicas },
    mappings: { dynamic: false, properties: {} },
  }
}
