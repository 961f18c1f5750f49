// The keys of a segment in UTF-16 order, prefix-compressed in blocks, each with its counts and the way to its lists.
import { ByteReader } from '../codec/bytes.ts'
import type { SegmentFile } from '../segment/segment-file.ts'

/** A list of at most this many documents stands in one piece in the section of short lists. */
export const shortListLimit = 128

/** Lengths in bytes of what a key owns in each section. */
export interface ListSizes {
  short: number
  skips: number
  documents: number
  impacts: number
  positions: number
}

/** Everything the dictionary knows of a key; offsets are from the start of their sections. */
export interface TermRecord {
  key: string
  documentCount: number
  maxImpact: number
  sizes: ListSizes
  shortOffset: number
  documentsOffset: number
  impactsOffset: number
  positionsOffset: number
}

/** Finds keys; throws INDEX_CORRUPT when a block cannot be read. */
export interface TermDictionary {
  find(key: string): TermRecord | null
  /** Keys from `from` on, ascending. */
  from(from: string): Iterable<TermRecord>
}

/** Units of the key at hand in a search; no search runs while another does. */
let held = new Uint16Array(64)

function grownUnits(units: Uint16Array, length: number): Uint16Array<ArrayBuffer> {
  const more = new Uint16Array(length * 2)
  more.set(units)
  return more
}

/** Keeps the first key of each block in memory and reads blocks through the file's cache. */
export function openTermDictionary(file: SegmentFile): TermDictionary {
  const bytes = file.readAll('key-index')
  const reader = new ByteReader(bytes)
  let unitCount = 0
  let blockCount = 0
  while (reader.at < bytes.length) {
    const length = reader.varint()
    reader.take(length * 2)
    reader.varint()
    unitCount += length
    blockCount++
  }
  const units = new Uint16Array(unitCount)
  const starts = new Uint32Array(blockCount + 1)
  const offsets = new Float64Array(blockCount + 1)
  reader.at = 0
  for (let b = 0; b < blockCount; b++) {
    const length = reader.varint()
    const start = starts[b]!
    for (let i = 0; i < length; i++) units[start + i] = reader.byte() | (reader.byte() << 8)
    starts[b + 1] = start + length
    offsets[b + 1] = offsets[b]! + reader.varint()
  }

  /** Below zero when the first key of the block stands before `key`. */
  function compareFirst(block: number, key: string): number {
    const start = starts[block]!
    const length = starts[block + 1]! - start
    const common = Math.min(length, key.length)
    for (let i = 0; i < common; i++) {
      const difference = units[start + i]! - key.charCodeAt(i)
      if (difference !== 0) return difference
    }
    return length - key.length
  }

  /** The last block whose first key is not behind `key`, or -1. */
  function blockOf(key: string): number {
    let low = 0
    let high = blockCount
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareFirst(middle, key) <= 0) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  function readBlock(block: number): TermRecord[] {
    const records: TermRecord[] = []
    const offset = offsets[block]!
    const length = offsets[block + 1]! - offset
    const region = file.region('keys', offset, length)
    const source = new ByteReader(region.bytes, offset - region.start)
    const end = source.at + length
    let shortOffset = source.varint()
    let documentsOffset = source.varint()
    let impactsOffset = source.varint()
    let positionsOffset = source.varint()
    let previous = ''
    while (source.at < end) {
      const head = source.byte()
      let shared = head & 15
      let suffix = head >>> 4
      if (head === 15) {
        shared = source.varint()
        suffix = source.varint()
      }
      let key = previous.slice(0, shared)
      if (suffix > 0) {
        const base = shared < previous.length ? previous.charCodeAt(shared) : 0
        key += String.fromCharCode(source.varint() + base)
        for (let i = 1; i < suffix; i++) key += String.fromCharCode(source.byte() | (source.byte() << 8))
      }
      previous = key
      const counts = source.varint()
      const documentCount = Math.floor(counts / 2)
      const maxImpact = counts % 2 === 1 ? source.byte() : 0
      const sizes: ListSizes = { short: 0, skips: 0, documents: 0, impacts: 0, positions: 0 }
      if (documentCount <= shortListLimit) {
        sizes.short = source.varint()
      } else {
        sizes.skips = source.varint() * 4
        sizes.documents = source.varint() * 4
        if (maxImpact > 0) sizes.impacts = source.varint()
        if (key.length === 2) sizes.positions = source.varint()
      }
      records.push({
        key,
        documentCount,
        maxImpact,
        sizes,
        shortOffset,
        documentsOffset,
        impactsOffset,
        positionsOffset,
      })
      shortOffset += sizes.short
      documentsOffset += sizes.skips + sizes.documents
      impactsOffset += sizes.impacts
      positionsOffset += sizes.positions
    }
    return records
  }

  /** As readBlock, without making a string or a record of any key but the one that is wanted. */
  function search(block: number, key: string): TermRecord | null {
    const offset = offsets[block]!
    const length = offsets[block + 1]! - offset
    const region = file.region('keys', offset, length)
    const source = new ByteReader(region.bytes, offset - region.start)
    const end = source.at + length
    const record: TermRecord = {
      key,
      documentCount: 0,
      maxImpact: 0,
      sizes: { short: 0, skips: 0, documents: 0, impacts: 0, positions: 0 },
      shortOffset: source.varint(),
      documentsOffset: source.varint(),
      impactsOffset: source.varint(),
      positionsOffset: source.varint(),
    }
    const { sizes } = record
    // How many units of the key before agree with the wanted one, and how long it was.
    let common = 0
    let before = 0
    while (source.at < end) {
      const head = source.byte()
      let shared = head & 15
      let suffix = head >>> 4
      if (head === 15) {
        shared = source.varint()
        suffix = source.varint()
      }
      const keyLength = shared + suffix
      // Keys ascend: one that parts from the wanted key before the last did is behind it; one that parts later is not it either.
      let first = 0
      if (suffix > 0) {
        const gap = source.varint()
        if (shared < before) held[shared] = held[shared]! + gap
        else held[shared] = gap
        first = held[shared]!
        if (held.length < keyLength) held = grownUnits(held, keyLength)
        for (let i = shared + 1; i < keyLength; i++) held[i] = source.byte() | (source.byte() << 8)
      }
      before = keyLength
      if (shared < common) return null
      if (shared === common && suffix > 0) {
        if (common < key.length && first > key.charCodeAt(common)) return null
        while (common < keyLength && common < key.length && held[common] === key.charCodeAt(common)) common++
        if (common === key.length && keyLength > common) return null
      }
      const counts = source.varint()
      record.documentCount = Math.floor(counts / 2)
      record.maxImpact = counts % 2 === 1 ? source.byte() : 0
      sizes.short = 0
      sizes.skips = 0
      sizes.documents = 0
      sizes.impacts = 0
      sizes.positions = 0
      if (record.documentCount <= shortListLimit) {
        sizes.short = source.varint()
      } else {
        sizes.skips = source.varint() * 4
        sizes.documents = source.varint() * 4
        if (record.maxImpact > 0) sizes.impacts = source.varint()
        if (keyLength === 2) sizes.positions = source.varint()
      }
      if (common === key.length && keyLength === key.length) return record
      record.shortOffset += sizes.short
      record.documentsOffset += sizes.skips + sizes.documents
      record.impactsOffset += sizes.impacts
      record.positionsOffset += sizes.positions
    }
    return null
  }

  return {
    find(key) {
      const block = blockOf(key)
      if (block < 0) return null
      try {
        return search(block, key)
      } catch (error) {
        if (error instanceof RangeError) throw file.fault('keys', offsets[block]!, '词典块不完整')
        throw error
      }
    },
    *from(from) {
      for (let block = Math.max(0, blockOf(from)); block < blockCount; block++) {
        let records: TermRecord[]
        try {
          records = readBlock(block)
        } catch (error) {
          if (error instanceof RangeError) throw file.fault('keys', offsets[block]!, '词典块不完整')
          throw error
        }
        for (const record of records) if (record.key >= from) yield record
      }
    },
  }
}
