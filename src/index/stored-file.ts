// The stored articles of a segment, compressed some dozens together, read one block at a time.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { ByteReader, ByteWriter, decodeString, encodeString } from './bytes.ts'
import { NumberList } from './column-file.ts'
import { readPacked, writePacked } from './packed-integers.ts'
import type { SegmentFile } from './segment-file.ts'
import type { Spool } from './spool.ts'

/** A block is closed when it holds this many bytes before compression. */
const blockBytes = 48 << 10

export interface StoredWriter {
  add(text: string): void
  /** Takes over a compressed block of another segment as it is. */
  addBlock(packed: Uint8Array, count: number): void
  /** Bytes held, about. */
  readonly bytes: number
  finish(): void
}

export function createStoredWriter(stored: Spool, index: Spool): StoredWriter {
  const heads = new ByteWriter(512)
  const texts = new ByteWriter(blockBytes * 2)
  const counts = new NumberList()
  const lengths = new NumberList()
  let inBlock = 0

  function flush(): void {
    if (inBlock === 0) return
    const head = new ByteWriter(heads.length + 8)
    head.varint(inBlock)
    head.append(heads.take())
    const raw = Buffer.concat([head.take(), texts.take()])
    const packed = deflateRawSync(raw, { level: 6 })
    stored.append(packed)
    counts.push(inBlock)
    lengths.push(packed.length)
    heads.clear()
    texts.clear()
    inBlock = 0
  }

  return {
    get bytes() {
      return stored.length + texts.length + heads.length
    },
    add(text) {
      const { bytes, exact } = encodeString(text)
      heads.varint(bytes.length * 2 + (exact ? 1 : 0))
      texts.append(bytes)
      inBlock++
      if (texts.length >= blockBytes) flush()
    },
    addBlock(packed, count) {
      flush()
      stored.append(packed)
      counts.push(count)
      lengths.push(packed.length)
    },
    finish() {
      flush()
      const writer = new ByteWriter(1024)
      writer.varint(counts.length)
      writePacked(writer, counts.values, counts.length)
      writePacked(writer, lengths.values, lengths.length)
      index.append(writer.take())
    },
  }
}

export interface StoredFile {
  /** Throws INDEX_CORRUPT when the block cannot be read. */
  stored(document: number): string
  readonly blockCount: number
  /** First document of a block; that of block `blockCount` is the number of documents. */
  firstDocument(block: number): number
  /** A block as it stands in the file. */
  packed(block: number): Uint8Array
}

export function openStoredFile(file: SegmentFile): StoredFile {
  const reader = new ByteReader(file.readAll('stored-index'))
  const blockCount = reader.varint()
  const counts = readPacked(reader, new Uint32Array(blockCount))
  const lengths = readPacked(reader, new Uint32Array(blockCount))
  const firsts = new Uint32Array(blockCount + 1)
  const offsets = new Float64Array(blockCount + 1)
  for (let b = 0; b < blockCount; b++) {
    firsts[b + 1] = firsts[b]! + counts[b]!
    offsets[b + 1] = offsets[b]! + lengths[b]!
  }
  const inflated = file.space()

  function blockOf(document: number): number {
    let low = 0
    let high = blockCount
    while (low < high) {
      const middle = (low + high) >>> 1
      if (firsts[middle + 1]! <= document) low = middle + 1
      else high = middle
    }
    return low
  }

  function packed(block: number): Uint8Array {
    const offset = offsets[block]!
    const length = offsets[block + 1]! - offset
    const region = file.region('stored', offset, length)
    const at = offset - region.start
    return region.bytes.subarray(at, at + length)
  }

  function inflate(block: number): Uint8Array {
    const held = inflated.get(block)
    if (held) return held.bytes
    const source = packed(block)
    let raw: Buffer
    try {
      raw = inflateRawSync(source)
    } catch {
      throw file.fault('stored', offsets[block]!, '解压失败')
    }
    // A buffer of its own, of whole words: pooled buffers must not be held by the cache.
    const bytes = new Uint8Array((raw.length + 3) & ~3)
    bytes.set(raw)
    return inflated.set(block, bytes, 0).bytes
  }

  return {
    blockCount,
    firstDocument: (block) => firsts[block]!,
    packed,
    stored(document) {
      const block = blockOf(document)
      const bytes = inflate(block)
      try {
        const source = new ByteReader(bytes)
        const count = source.varint()
        const wanted = document - firsts[block]!
        let before = 0
        let head = 0
        for (let i = 0; i < count; i++) {
          const each = source.varint()
          if (i < wanted) before += Math.floor(each / 2)
          else if (i === wanted) head = each
        }
        source.take(before)
        return decodeString(source.take(Math.floor(head / 2)), head % 2 === 1)
      } catch (error) {
        if (error instanceof RangeError) throw file.fault('stored', offsets[block]!, '存储块不完整')
        throw error
      }
    },
  }
}
