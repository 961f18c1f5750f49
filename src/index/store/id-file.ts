// The ids of a segment: in document order to name hits, by hash to find a document, and ranked to order equal hits.
import { ByteReader, ByteWriter } from '../codec/bytes.ts'
import { readPacked, writePacked } from '../codec/packed-integers.ts'
import { NumberList } from '../columns/doc-values.ts'
import type { SegmentFile } from '../segment/segment-file.ts'
import type { Spool } from '../segment/spool.ts'

const idsPerBlock = 32
/** Blocks of ids held in memory, about 3 KB each. */
const keptBlocks = 1024

/** 32-bit hash of a string's units (FNV-1a with a final mix of MurmurHash3). */
function hashId(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

export interface IdWriter {
  add(id: string): void
  finish(): void
}

/** Writes ids in document order to `ids`, the hashes to `index`. */
export function createIdWriter(ids: Spool, index: Spool): IdWriter {
  const hashes = new NumberList()
  const blockLengths = new NumberList()
  /** All of them, to be ranked: about 60 bytes a document. */
  const all: string[] = []
  const block = new ByteWriter(4096)
  let previous = ''
  let inBlock = 0

  function flush(): void {
    if (inBlock === 0) return
    ids.append(block.take())
    blockLengths.push(block.length)
    block.clear()
    inBlock = 0
    previous = ''
  }

  return {
    add(id) {
      hashes.push(hashId(id))
      all.push(id)
      let shared = 0
      while (shared < previous.length && id.charCodeAt(shared) === previous.charCodeAt(shared)) shared++
      block.varint(shared)
      block.string(id.slice(shared))
      previous = id
      if (++inBlock === idsPerBlock) flush()
    },
    finish() {
      flush()
      const count = hashes.length
      // Sorted as one number each, exact in a double: the hash above, the document below.
      const pairs = new Float64Array(count)
      for (let d = 0; d < count; d++) pairs[d] = hashes.values[d]! * 0x200000 + d
      pairs.sort()
      const gaps = new Uint32Array(count)
      const documents = new Uint32Array(count)
      let before = 0
      for (let i = 0; i < count; i++) {
        const hash = Math.floor(pairs[i]! / 0x200000)
        documents[i] = pairs[i]! % 0x200000
        gaps[i] = hash - before
        before = hash
      }
      const writer = new ByteWriter(1 << 12)
      writer.varint(blockLengths.length)
      writePacked(writer, blockLengths.values, blockLengths.length)
      writePacked(writer, gaps, count)
      writePacked(writer, documents, count)
      writePacked(writer, ranksOf(all), count)
      index.append(writer.take())
    },
  }
}

/** The place of each id among all in UTF-16 order; of equal ids the earlier document comes first. */
function ranksOf(ids: readonly string[]): Uint32Array {
  const order = Uint32Array.from(ids.keys()).sort((a, b) =>
    ids[a]! < ids[b]! ? -1 : ids[a]! > ids[b]! ? 1 : a - b,
  )
  const ranks = new Uint32Array(ids.length)
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank
  return ranks
}

/** Documents one segment can hold: an id's place and its hash share one exact double. */
export const documentLimit = 0x200000

export interface IdFile {
  idOf(document: number): string
  /** The place of each document's id among all ids of the segment in UTF-16 order. */
  ranks(): Uint32Array
  /** How many ids of the segment come before this one. */
  idsBefore(id: string): number
  /** Every document with this id, deleted or not, ascending. */
  documentsOf(id: string): number[]
  /** All hashes ascending, and the document of each. */
  hashes(): { hashes: Uint32Array; documents: Uint32Array }
}

/** Reads the index of hashes when it is first needed. */
export function openIdFile(file: SegmentFile, documentCount: number): IdFile {
  let loaded: {
    offsets: Float64Array
    hashes: Uint32Array
    documents: Uint32Array
    ranks: Uint32Array
  } | null = null
  let byRank: Uint32Array | null = null

  function load() {
    if (loaded) return loaded
    try {
      const reader = new ByteReader(file.readAll('id-index'))
      const lengths = readPacked(reader, new Uint32Array(reader.varint()))
      const offsets = new Float64Array(lengths.length + 1)
      for (let b = 0; b < lengths.length; b++) offsets[b + 1] = offsets[b]! + lengths[b]!
      const hashes = readPacked(reader, new Uint32Array(documentCount))
      for (let i = 1; i < documentCount; i++) hashes[i] = hashes[i]! + hashes[i - 1]!
      const documents = readPacked(reader, new Uint32Array(documentCount))
      const ranks = readPacked(reader, new Uint32Array(documentCount))
      loaded = { offsets, hashes, documents, ranks }
      return loaded
    } catch (error) {
      if (error instanceof RangeError) throw file.fault('id-index', 0, '编号索引不完整')
      throw error
    }
  }

  /** Blocks of ids read lately: hits name the same few again and again. */
  const blocks = new Map<number, string[]>()

  function idOf(document: number): string {
    const block = Math.floor(document / idsPerBlock)
    let ids = blocks.get(block)
    if (!ids) {
      ids = readBlock(block)
      if (blocks.size >= keptBlocks) blocks.clear()
      blocks.set(block, ids)
    }
    return ids[document % idsPerBlock]!
  }

  function readBlock(block: number): string[] {
    const { offsets } = load()
    const offset = offsets[block]!
    const region = file.region('ids', offset, offsets[block + 1]! - offset)
    const reader = new ByteReader(region.bytes, offset - region.start)
    const end = Math.min(documentCount, (block + 1) * idsPerBlock)
    const ids: string[] = []
    let id = ''
    for (let i = block * idsPerBlock; i < end; i++) {
      const shared = reader.varint()
      id = id.slice(0, shared) + reader.string()
      ids.push(id)
    }
    return ids
  }

  function documentsByRank(): Uint32Array {
    if (byRank) return byRank
    const { ranks } = load()
    byRank = new Uint32Array(documentCount)
    for (let d = 0; d < documentCount; d++) byRank[ranks[d]!] = d
    return byRank
  }

  return {
    idOf,
    ranks: () => load().ranks,
    idsBefore(id) {
      const documents = documentsByRank()
      let low = 0
      let high = documentCount
      while (low < high) {
        const middle = (low + high) >>> 1
        if (idOf(documents[middle]!) < id) low = middle + 1
        else high = middle
      }
      return low
    },
    documentsOf(id) {
      const { hashes, documents } = load()
      const hash = hashId(id)
      let low = 0
      let high = documentCount
      while (low < high) {
        const middle = (low + high) >>> 1
        if (hashes[middle]! < hash) low = middle + 1
        else high = middle
      }
      const found: number[] = []
      for (let i = low; i < documentCount && hashes[i] === hash; i++) {
        if (idOf(documents[i]!) === id) found.push(documents[i]!)
      }
      return found
    },
    hashes: load,
  }
}
