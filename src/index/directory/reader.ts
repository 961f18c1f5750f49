// What the index gives out: a snapshot of immutable segments, their posting lists, columns and stored texts.
import type { ColumnSpec } from '../segment/document.ts'

/**
 * The documents that contain one key, ascending, in blocks. Documents deleted since are still listed:
 * the reader of the list holds them against `SegmentReader.deleted`.
 */
export interface PostingList {
  /** Documents in the list. */
  readonly documentCount: number
  /** The largest impact in the list; 0 when the key is a gram only, without impacts. */
  readonly maxImpact: number
  readonly hasPositions: boolean
  readonly blockCount: number
  /** Last document of a block: the skip table. */
  lastDocument(block: number): number
  /** The largest impact in a block. */
  blockMaxImpact(block: number): number
  /** Writes the documents of a block and returns how many there are (at most 128). */
  decodeDocuments(block: number, documents: Uint32Array): number
  /** Writes the impacts of a block (0 where the key is not a word there) and returns how many there are. */
  decodeImpacts(block: number, impacts: Uint8Array): number
  /** Writes all documents of the list, which must fit, and returns how many there are. */
  decodeAllDocuments(documents: Uint32Array): number
  /** Writes all impacts of the list, which must fit, and returns how many there are. */
  decodeAllImpacts(impacts: Uint8Array): number
  /** The positions (unit offsets in the document's text, ascending) of all documents of a block. */
  decodePositions(block: number, into: PositionBlock): void
}

/** Positions of one block, owned by the caller and reused: those of the i-th document are starts[i] to starts[i + 1]. */
export interface PositionBlock {
  starts: Uint32Array
  positions: Uint32Array
}

/** Bits by document ordinal. */
export interface DocumentSet {
  readonly words: Uint32Array
  readonly count: number
}

/** Texts of a column: those of document d are terms[codes[starts[d]]] to terms[codes[starts[d + 1] - 1]]. */
export interface TextColumn {
  readonly terms: readonly string[]
  readonly codes: Uint32Array
  /** One more than documents. */
  readonly starts: Uint32Array
  /** The code of a text; -1 when no document has it. */
  codeOf(text: string): number
}

/** The columns of a segment; one that it was written without is unknown for every document. */
export interface Columns {
  /** In the order in which they were described to the builder. */
  readonly specs: readonly ColumnSpec[]
  numbers(name: string): Uint32Array
  texts(name: string): TextColumn
  /** Units of text in each document. */
  readonly textLength: Uint32Array
  /** The k-th boundary of document d is boundaries[d * boundaryCount + k]. */
  readonly boundaries: Uint32Array
  readonly boundaryCount: number
}

/** One immutable segment as a snapshot sees it. */
export interface SegmentReader {
  readonly name: string
  /** Documents in the segment, deleted ones included; ordinals are 0 to documentCount - 1. */
  readonly documentCount: number
  readonly liveCount: number
  /** Documents deleted or replaced since the segment was written; null when none. */
  readonly deleted: DocumentSet | null
  /** What the analysis was made with, as given to the builder: two segments with the same signature hold the same keys. */
  readonly signature: string
  readonly columns: Columns
  /** The list of a key, or null when no document of the segment contains it as a key. */
  postings(key: string): PostingList | null
  /** Keys from `from` (included) to `to` (left out) in UTF-16 order, with their document counts. */
  keys(from: string, to: string): Iterable<{ key: string; documentCount: number; maxImpact: number }>
  /** Ordinal of a live document, or -1. */
  documentOf(id: string): number
  idOf(document: number): string
  /** The place of each document's id among all ids of the segment in UTF-16 order: orders hits without reading ids. */
  idRanks(): Uint32Array
  /** How many ids of the segment come before this one in UTF-16 order. */
  idsBefore(id: string): number
  /** What was given as `stored`. Throws INDEX_CORRUPT naming file, section and offset when its checksum fails. */
  stored(document: number): string
}

/** All segments of one commit; stays readable while newer commits replace it, until closed. */
export interface Snapshot {
  readonly generation: number
  /** Differs between two commits even where their generations are equal. */
  readonly identity: string
  readonly segments: readonly SegmentReader[]
  /** Live documents. */
  readonly documentCount: number
  /** Segments that could not be read and are left out, with the fault. */
  readonly faults: readonly { segment: string; message: string }[]
  close(): void
}
