// Writes the lists of one key after the other into the sections of a new segment; builder and merge share it.
import { join } from 'node:path'
import { BitWriter } from '../codec/bits.ts'
import { ByteWriter } from '../codec/bytes.ts'
import { writePacked } from '../codec/packed-integers.ts'
import type { Storage } from '../directory/storage.ts'
import type { Spool } from '../segment/spool.ts'
import { createSpool } from '../segment/spool.ts'
import type { ListSizes } from '../terms/term-dictionary.ts'
import { shortListLimit } from '../terms/term-dictionary.ts'
import { createTermWriter } from '../terms/term-writer.ts'
import {
  blockSize,
  encodeFullBlock,
  encodeRice,
  encodeSingle,
  riceDescriptor,
  riceWidth,
  WordWriter,
} from './document-block.ts'
import { encodeImpacts, encodeShortImpacts } from './impact-block.ts'
import { encodePositions } from './position-block.ts'

export interface PostingWriter {
  /**
   * Keys in ascending order. `impacts` stands beside `documents`, null when the key is no word anywhere.
   * A key of two units has `starts` (count + 1 of them) into `positions`; other keys have none.
   */
  add(
    key: string,
    documents: Uint32Array,
    count: number,
    impacts: Uint8Array | null,
    starts: Uint32Array | null,
    positions: Uint32Array | null,
  ): void
  /** The sections written, and how many keys. */
  finish(): { sections: Record<ListSection, Spool>; keyCount: number }
  /** Lets go of everything, files included. */
  discard(): void
}

export type ListSection = 'keys' | 'key-index' | 'short-lists' | 'documents' | 'impacts' | 'positions'
const listSections: ListSection[] = ['keys', 'key-index', 'short-lists', 'documents', 'impacts', 'positions']

/** `limit`: bytes of each section held in memory before they go to a temporary file. */
export function createPostingWriter(
  storage: Storage,
  directory: string,
  name: string,
  textLength: ArrayLike<number>,
  documentCount: number,
  limit: number,
): PostingWriter {
  const sections = Object.fromEntries(
    listSections.map((section) => [
      section,
      createSpool(storage, join(directory, `${name}.${section}.tmp`), limit),
    ]),
  ) as Record<ListSection, Spool>
  const keys = createTermWriter(sections.keys, sections['key-index'])
  const sizes: ListSizes = { short: 0, skips: 0, documents: 0, impacts: 0, positions: 0 }
  const bits = new BitWriter()
  const words = new WordWriter()
  const impactBytes = new ByteWriter(1024)
  const positionBytes = new ByteWriter(4096)
  const skips = new ByteWriter(1024)
  let lasts = new Uint32Array(64)
  let descriptors = new Uint32Array(64)
  let maxima = new Uint32Array(64)
  let impactSizes = new Uint32Array(64)
  let positionSizes = new Uint32Array(64)

  function reserveBlocks(count: number): void {
    if (count <= lasts.length) return
    const size = Math.max(count, lasts.length * 2)
    lasts = new Uint32Array(size)
    descriptors = new Uint32Array(size)
    maxima = new Uint32Array(size)
    impactSizes = new Uint32Array(size)
    positionSizes = new Uint32Array(size)
  }

  function addShort(
    documents: Uint32Array,
    count: number,
    impacts: Uint8Array | null,
    starts: Uint32Array | null,
    positions: Uint32Array | null,
  ): number {
    bits.clear()
    if (count === 1) {
      encodeSingle(documents[0]!, documentCount, bits)
    } else {
      const width = riceWidth(count, documents[count - 1]! + 1)
      bits.write(width, 5)
      encodeRice(documents, 0, count, -1, width, bits)
    }
    let maxImpact = 0
    if (impacts) {
      for (let i = 0; i < count; i++) if (impacts[i]! > maxImpact) maxImpact = impacts[i]!
      if (maxImpact > 0) encodeShortImpacts(impacts, count, maxImpact, bits)
    }
    if (starts && positions) encodePositions(documents, 0, count, starts, positions, textLength, bits)
    const bytes = bits.finish()
    sections['short-lists'].append(bytes)
    sizes.short = bytes.length
    return maxImpact
  }

  function addLong(
    documents: Uint32Array,
    count: number,
    impacts: Uint8Array | null,
    starts: Uint32Array | null,
    positions: Uint32Array | null,
  ): number {
    const blockCount = Math.ceil(count / blockSize)
    reserveBlocks(blockCount)
    words.length = 0
    impactBytes.clear()
    positionBytes.clear()
    let maxImpact = 0
    let previous = -1
    for (let b = 0; b < blockCount; b++) {
      const start = b * blockSize
      const end = Math.min(count, start + blockSize)
      const last = documents[end - 1]!
      lasts[b] = last - previous
      if (end - start === blockSize) {
        descriptors[b] = encodeFullBlock(documents, start, previous, words)
      } else {
        const width = riceWidth(end - start, last - previous)
        bits.clear()
        encodeRice(documents, start, end, previous, width, bits)
        const tail = bits.finish()
        descriptors[b] = riceDescriptor(width, appendWords(words, tail))
      }
      if (impacts) {
        const before = impactBytes.length
        maxima[b] = encodeImpacts(impacts, start, end, impactBytes)
        if (maxima[b]! > maxImpact) maxImpact = maxima[b]!
        impactSizes[b] = impactBytes.length - before
      }
      if (starts && positions) {
        bits.clear()
        encodePositions(documents, start, end, starts, positions, textLength, bits)
        const bytes = bits.finish()
        positionBytes.append(bytes)
        positionSizes[b] = bytes.length
      }
      previous = last
    }
    skips.clear()
    writePacked(skips, lasts, blockCount)
    writePacked(skips, descriptors, blockCount)
    if (maxImpact > 0) {
      writePacked(skips, maxima, blockCount)
      writePacked(skips, impactSizes, blockCount)
    }
    if (starts) writePacked(skips, positionSizes, blockCount)
    skips.align(4)
    sections.documents.append(skips.take())
    sections.documents.append(words.bytes())
    sizes.skips = skips.length
    sizes.documents = words.length * 4
    if (maxImpact > 0) {
      sections.impacts.append(impactBytes.take())
      sizes.impacts = impactBytes.length
    }
    if (starts) {
      sections.positions.append(positionBytes.take())
      sizes.positions = positionBytes.length
    }
    return maxImpact
  }

  return {
    add(key, documents, count, impacts, starts, positions) {
      sizes.short = 0
      sizes.skips = 0
      sizes.documents = 0
      sizes.impacts = 0
      sizes.positions = 0
      const write = count <= shortListLimit ? addShort : addLong
      keys.add(key, count, write(documents, count, impacts, starts, positions), sizes)
    },
    finish() {
      keys.finish()
      return { sections, keyCount: keys.count }
    },
    discard() {
      for (const section of listSections) sections[section].discard()
    },
  }
}

function appendWords(words: WordWriter, bytes: Uint8Array): number {
  const count = (bytes.length + 3) >>> 2
  words.reserve(count)
  words.words.fill(0, words.length, words.length + count)
  for (let i = 0; i < bytes.length; i++) {
    const at = words.length + (i >>> 2)
    words.words[at] = words.words[at]! | (bytes[i]! << ((i & 3) * 8))
  }
  words.length += count
  return count
}
