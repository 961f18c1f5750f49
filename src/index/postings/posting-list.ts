// Reads the lists of one key: a short one from one piece, a long one block by block as asked for.
import { BitReader } from '../codec/bits.ts'
import { ByteReader } from '../codec/bytes.ts'
import { readPacked } from '../codec/packed-integers.ts'
import type { CacheEntry } from '../directory/page-cache.ts'
import type { PositionBlock, PostingList } from '../directory/reader.ts'
import type { SegmentFile } from '../segment/segment-file.ts'
import type { TermRecord } from '../terms/term-dictionary.ts'
import { shortListLimit } from '../terms/term-dictionary.ts'
import {
  blockSize,
  blockWords,
  decodeFullBlock,
  decodeRice,
  decodeSingle,
  riceDescriptorWidth,
} from './document-block.ts'
import { decodeImpacts, decodeShortImpacts } from './impact-block.ts'
import { decodePositionBlock } from './position-block.ts'

/** Throws INDEX_CORRUPT, here or in a later call, when what it reads fails its checksum. */
export function openPostingList(file: SegmentFile, record: TermRecord, textLength: Uint32Array): PostingList {
  const hasPositions = record.key.length === 2
  return record.documentCount <= shortListLimit
    ? new ShortList(file, record, textLength, hasPositions)
    : new LongList(file, record, textLength, hasPositions)
}

const bits = new BitReader()

class ShortList implements PostingList {
  readonly documentCount: number
  readonly maxImpact: number
  readonly hasPositions: boolean
  readonly blockCount = 1
  readonly #documents: Uint32Array
  readonly #impacts: Uint8Array | null
  readonly #file: SegmentFile
  readonly #record: TermRecord
  readonly #textLength: Uint32Array
  /** Bit offset of the positions from the start of the list. */
  readonly #positionsAt: number

  constructor(file: SegmentFile, record: TermRecord, textLength: Uint32Array, hasPositions: boolean) {
    this.documentCount = record.documentCount
    this.maxImpact = record.maxImpact
    this.hasPositions = hasPositions
    this.#file = file
    this.#record = record
    this.#textLength = textLength
    const region = file.region('short-lists', record.shortOffset, record.sizes.short)
    const start = record.shortOffset - region.start
    bits.start(region.words, start)
    this.#documents = new Uint32Array(record.documentCount)
    if (record.documentCount === 1) {
      this.#documents[0] = decodeSingle(bits, textLength.length)
    } else {
      decodeRice(bits, record.documentCount, -1, bits.read(5), this.#documents, 0)
    }
    this.#impacts = null
    if (record.maxImpact > 0) {
      this.#impacts = new Uint8Array(record.documentCount)
      decodeShortImpacts(bits, record.documentCount, record.maxImpact, this.#impacts)
    }
    this.#positionsAt = bits.at - start * 8
  }

  lastDocument(): number {
    return this.#documents[this.documentCount - 1]!
  }

  blockMaxImpact(): number {
    return this.maxImpact
  }

  decodeDocuments(_block: number, documents: Uint32Array): number {
    documents.set(this.#documents)
    return this.documentCount
  }

  decodeImpacts(_block: number, impacts: Uint8Array): number {
    if (this.#impacts) impacts.set(this.#impacts)
    else impacts.fill(0, 0, this.documentCount)
    return this.documentCount
  }

  decodeAllDocuments(documents: Uint32Array): number {
    return this.decodeDocuments(0, documents)
  }

  decodeAllImpacts(impacts: Uint8Array): number {
    return this.decodeImpacts(0, impacts)
  }

  decodePositions(_block: number, into: PositionBlock): void {
    if (!this.hasPositions) throw noPositions(this.#record.key)
    const { shortOffset, sizes } = this.#record
    const region = this.#file.region('short-lists', shortOffset, sizes.short)
    bits.start(region.words, shortOffset - region.start)
    bits.at += this.#positionsAt
    decodePositionBlock(bits, this.#documents, this.documentCount, this.#textLength, into)
  }
}

function noPositions(key: string): RangeError {
  return new RangeError(`the key ${JSON.stringify(key)} has no positions`)
}

/** Blocks of one piece that is read and cached at once: 32,768 documents. */
const chunkBlocks = 256
const scratch = new Uint32Array(blockSize)

class LongList implements PostingList {
  readonly documentCount: number
  readonly maxImpact: number
  readonly hasPositions: boolean
  readonly blockCount: number
  readonly #file: SegmentFile
  readonly #record: TermRecord
  readonly #textLength: Uint32Array
  readonly #lasts: Uint32Array
  readonly #descriptors: Uint32Array
  /** Offsets of the blocks in each stream, in words or bytes; one more than there are blocks. */
  readonly #wordStarts: Uint32Array
  readonly #maxima: Uint8Array | null = null
  readonly #impactStarts: Uint32Array | null = null
  readonly #positionStarts: Float64Array | null = null
  #documentChunk = -1
  #documentRegion: CacheEntry | null = null
  #impactChunk = -1
  #impactRegion: CacheEntry | null = null

  constructor(file: SegmentFile, record: TermRecord, textLength: Uint32Array, hasPositions: boolean) {
    const blockCount = Math.ceil(record.documentCount / blockSize)
    this.documentCount = record.documentCount
    this.maxImpact = record.maxImpact
    this.hasPositions = hasPositions
    this.blockCount = blockCount
    this.#file = file
    this.#record = record
    this.#textLength = textLength
    const region = file.region('documents', record.documentsOffset, record.sizes.skips)
    const reader = new ByteReader(region.bytes, record.documentsOffset - region.start)
    this.#lasts = readPacked(reader, new Uint32Array(blockCount))
    let last = -1
    for (let b = 0; b < blockCount; b++) {
      last += this.#lasts[b]!
      this.#lasts[b] = last
    }
    this.#descriptors = readPacked(reader, new Uint32Array(blockCount))
    this.#wordStarts = new Uint32Array(blockCount + 1)
    for (let b = 0; b < blockCount; b++) {
      this.#wordStarts[b + 1] = this.#wordStarts[b]! + blockWords(this.#descriptors[b]!)
    }
    if (record.maxImpact > 0) {
      this.#maxima = readPacked(reader, new Uint8Array(blockCount))
      const sizes = readPacked(reader, new Uint32Array(blockCount))
      this.#impactStarts = new Uint32Array(blockCount + 1)
      for (let b = 0; b < blockCount; b++) this.#impactStarts[b + 1] = this.#impactStarts[b]! + sizes[b]!
    }
    if (hasPositions) {
      const sizes = readPacked(reader, new Uint32Array(blockCount))
      this.#positionStarts = new Float64Array(blockCount + 1)
      for (let b = 0; b < blockCount; b++) this.#positionStarts[b + 1] = this.#positionStarts[b]! + sizes[b]!
    }
  }

  lastDocument(block: number): number {
    return this.#lasts[block]!
  }

  blockMaxImpact(block: number): number {
    return this.#maxima ? this.#maxima[block]! : 0
  }

  decodeDocuments(block: number, documents: Uint32Array): number {
    return this.#decodeDocuments(block, documents, 0)
  }

  #decodeDocuments(block: number, documents: Uint32Array, to: number): number {
    const chunk = block >>> 8
    if (chunk !== this.#documentChunk) this.#loadDocuments(chunk)
    const region = this.#documentRegion!
    const offset = this.#record.documentsOffset + this.#record.sizes.skips - region.start
    const at = offset / 4 + this.#wordStarts[block]!
    const previous = block === 0 ? -1 : this.#lasts[block - 1]!
    const count = this.#countOf(block)
    if (count === blockSize) {
      decodeFullBlock(this.#descriptors[block]!, region.words, at, previous, documents, to)
    } else {
      bits.start(region.words, at * 4)
      decodeRice(bits, count, previous, riceDescriptorWidth(this.#descriptors[block]!), documents, to)
    }
    return count
  }

  #countOf(block: number): number {
    return block === this.blockCount - 1 ? this.documentCount - block * blockSize : blockSize
  }

  #loadDocuments(chunk: number): void {
    const start = this.#wordStarts[chunk * chunkBlocks]! * 4
    const end = this.#wordStarts[Math.min(this.blockCount, (chunk + 1) * chunkBlocks)]! * 4
    const offset = this.#record.documentsOffset + this.#record.sizes.skips
    this.#documentRegion = this.#file.region('documents', offset + start, end - start)
    this.#documentChunk = chunk
  }

  decodeImpacts(block: number, impacts: Uint8Array): number {
    return this.#decodeImpacts(block, impacts, 0)
  }

  #decodeImpacts(block: number, impacts: Uint8Array, to: number): number {
    const count = this.#countOf(block)
    const starts = this.#impactStarts
    if (!starts) {
      impacts.fill(0, to, to + count)
      return count
    }
    const chunk = block >>> 8
    if (chunk !== this.#impactChunk) this.#loadImpacts(chunk, starts)
    const region = this.#impactRegion!
    const at = this.#record.impactsOffset - region.start + starts[block]!
    decodeImpacts(region.bytes, at, starts[block + 1]! - starts[block]!, count, impacts, to)
    return count
  }

  #loadImpacts(chunk: number, starts: Uint32Array): void {
    const start = starts[chunk * chunkBlocks]!
    const end = starts[Math.min(this.blockCount, (chunk + 1) * chunkBlocks)]!
    this.#impactRegion = this.#file.region('impacts', this.#record.impactsOffset + start, end - start)
    this.#impactChunk = chunk
  }

  decodeAllDocuments(documents: Uint32Array): number {
    for (let b = 0; b < this.blockCount; b++) this.#decodeDocuments(b, documents, b * blockSize)
    return this.documentCount
  }

  decodeAllImpacts(impacts: Uint8Array): number {
    for (let b = 0; b < this.blockCount; b++) this.#decodeImpacts(b, impacts, b * blockSize)
    return this.documentCount
  }

  decodePositions(block: number, into: PositionBlock): void {
    const starts = this.#positionStarts
    if (!starts) throw noPositions(this.#record.key)
    const count = this.#decodeDocuments(block, scratch, 0)
    const offset = this.#record.positionsOffset + starts[block]!
    const region = this.#file.region('positions', offset, starts[block + 1]! - starts[block]!)
    bits.start(region.words, offset - region.start)
    decodePositionBlock(bits, scratch, count, this.#textLength, into)
  }
}
