// Blocks of ascending document numbers: 128 gaps packed in four lanes, a bitmap where they stand dense, Rice codes for the rest.
import { BitReader, BitWriter } from '../codec/bits.ts'
import { bitWidth } from '../codec/packed-integers.ts'

/** Documents in every block but the last. */
export const blockSize = 128

// A descriptor says how a block is written: kind in bits 0-1, width in bits 2-6, words in bits 7 and up.
const kindPacked = 0
const kindPatched = 1
const kindBitmap = 2
const kindRice = 3

/** Words that patching a block must save. */
const patchWorth = 3

const gaps = new Uint32Array(blockSize)
const widths = new Uint32Array(33)
const patchBits = new BitWriter(1024)
const patchReader = new BitReader()

/** 32-bit words that follow each other in a file, written little endian. */
export class WordWriter {
  words = new Uint32Array(1024)
  length = 0

  reserve(count: number): void {
    if (this.length + count <= this.words.length) return
    const grown = new Uint32Array(Math.max(this.words.length * 2, this.length + count))
    grown.set(this.words.subarray(0, this.length))
    this.words = grown
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.words.buffer, 0, this.length * 4)
  }
}

export function blockWords(descriptor: number): number {
  return descriptor >>> 7
}

/** Writes documents[start] to documents[start + 127], the document before them being `previous`, and returns the descriptor. */
export function encodeFullBlock(
  documents: Uint32Array,
  start: number,
  previous: number,
  out: WordWriter,
): number {
  widths.fill(0)
  let before = previous
  for (let i = 0; i < blockSize; i++) {
    const document = documents[start + i]!
    const gap = document - before - 1
    before = document
    gaps[i] = gap
    const width = 32 - Math.clz32(gap)
    widths[width] = widths[width]! + 1
  }
  let widest = 32
  while (widest > 0 && widths[widest] === 0) widest--
  let width = widest
  let words = widest * 4
  // Fewer bits for all and the few wide gaps beside: takes half as long again to read, so it must save a bit or so for each.
  let exceptions = 0
  let patched = false
  for (let candidate = widest - 1; candidate >= 0; candidate--) {
    exceptions += widths[candidate + 1]!
    if (exceptions > 20) break
    const cost = candidate * 4 + Math.ceil((10 + exceptions * (7 + widest - candidate)) / 32)
    if (cost < words && cost + patchWorth <= widest * 4) {
      words = cost
      width = candidate
      patched = true
    }
  }
  const span = documents[start + blockSize - 1]! - previous
  const bitmapWords = (span + 31) >>> 5
  if (bitmapWords < words) {
    encodeBitmap(documents, start, previous, bitmapWords, out)
    return kindBitmap | (bitmapWords << 7)
  }
  out.reserve(words)
  const from = out.length
  encodeLanes(width, out)
  if (patched) {
    patchBits.clear()
    let count = 0
    for (let i = 0; i < blockSize; i++) if (bitWidth(gaps[i]!) > width) count++
    patchBits.write(count, 5)
    patchBits.write(widest - width, 5)
    for (let i = 0; i < blockSize; i++) {
      if (bitWidth(gaps[i]!) <= width) continue
      patchBits.write(i, 7)
      patchBits.write(gaps[i]! >>> width, widest - width)
    }
    appendBytes(patchBits.finish(), from + words, out)
  }
  return (patched ? kindPatched : kindPacked) | (width << 2) | ((out.length - from) << 7)
}

function appendBytes(bytes: Uint8Array, end: number, out: WordWriter): void {
  out.words.fill(0, out.length, end)
  for (let i = 0; i < bytes.length; i++) {
    const at = out.length + (i >>> 2)
    out.words[at] = out.words[at]! | (bytes[i]! << ((i & 3) * 8))
  }
  out.length = end
}

function encodeBitmap(
  documents: Uint32Array,
  start: number,
  previous: number,
  words: number,
  out: WordWriter,
): void {
  out.reserve(words)
  out.words.fill(0, out.length, out.length + words)
  for (let i = start; i < start + blockSize; i++) {
    const bit = documents[i]! - previous - 1
    const at = out.length + (bit >>> 5)
    out.words[at] = out.words[at]! | (1 << (bit & 31))
  }
  out.length += words
}

function encodeLanes(width: number, out: WordWriter): void {
  const { words } = out
  const at = out.length
  out.length += width * 4
  words.fill(0, at, out.length)
  if (width === 0) return
  const mask = width === 32 ? -1 : (1 << width) - 1
  for (let i = 0; i < blockSize; i++) {
    const bit = (i >>> 2) * width
    const word = at + (bit >>> 5) * 4 + (i & 3)
    const shift = bit & 31
    const value = gaps[i]! & mask
    words[word] = words[word]! | (value << shift)
    if (shift + width > 32) words[word + 4] = words[word + 4]! | (value >>> (32 - shift))
  }
}

/** Reads a full block that starts at words[at]; `previous` is the document before it (-1 at the start). */
export function decodeFullBlock(
  descriptor: number,
  words: Uint32Array,
  at: number,
  previous: number,
  into: Uint32Array,
  to: number,
): void {
  const kind = descriptor & 3
  if (kind === kindBitmap) {
    decodeBitmap(words, at, blockWords(descriptor), previous, into, to)
    return
  }
  const width = (descriptor >>> 2) & 31
  decodeLanes(words, at, width, previous, into, to)
  if (kind === kindPatched) patch(words, at + width * 4, width, into, to)
}

function decodeLanes(
  words: Uint32Array,
  at: number,
  width: number,
  previous: number,
  into: Uint32Array,
  to: number,
): void {
  let document = previous | 0
  const end = to + blockSize
  if (width === 0) {
    for (let i = to; i < end; i++) into[i] = ++document
    return
  }
  const mask = (1 << width) - 1
  let shift = 0
  let w = at
  for (let i = to; i < end; i += 4) {
    const rest = 32 - shift
    if (width <= rest) {
      document = (document + ((words[w]! >>> shift) & mask) + 1) | 0
      into[i] = document
      document = (document + ((words[w + 1]! >>> shift) & mask) + 1) | 0
      into[i + 1] = document
      document = (document + ((words[w + 2]! >>> shift) & mask) + 1) | 0
      into[i + 2] = document
      document = (document + ((words[w + 3]! >>> shift) & mask) + 1) | 0
      into[i + 3] = document
      shift += width
      if (shift === 32) {
        shift = 0
        w += 4
      }
    } else {
      document = (document + (((words[w]! >>> shift) | (words[w + 4]! << rest)) & mask) + 1) | 0
      into[i] = document
      document = (document + (((words[w + 1]! >>> shift) | (words[w + 5]! << rest)) & mask) + 1) | 0
      into[i + 1] = document
      document = (document + (((words[w + 2]! >>> shift) | (words[w + 6]! << rest)) & mask) + 1) | 0
      into[i + 2] = document
      document = (document + (((words[w + 3]! >>> shift) | (words[w + 7]! << rest)) & mask) + 1) | 0
      into[i + 3] = document
      w += 4
      shift = width - rest
    }
  }
}

function patch(words: Uint32Array, at: number, width: number, into: Uint32Array, to: number): void {
  patchReader.start(words, at * 4)
  const count = patchReader.read(5)
  const high = patchReader.read(5)
  let added = 0
  let i = 0
  for (let e = 0; e < count; e++) {
    const next = patchReader.read(7)
    const more = patchReader.read(high) << width
    if (added > 0) for (let k = to + i; k < to + next; k++) into[k] = into[k]! + added
    i = next
    added += more
  }
  for (let k = to + i; k < to + blockSize; k++) into[k] = into[k]! + added
}

function decodeBitmap(
  words: Uint32Array,
  at: number,
  count: number,
  previous: number,
  into: Uint32Array,
  to: number,
): void {
  let base = previous + 1
  let i = to
  for (let w = at; w < at + count; w++) {
    let word = words[w]!
    while (word !== 0) {
      const low = word & -word
      into[i++] = base + 31 - Math.clz32(low)
      word ^= low
    }
    base += 32
  }
}

/** Writes the last documents of a list (fewer than 128, or a whole short list) as Rice codes; returns the descriptor. */
export function riceWidth(count: number, span: number): number {
  const mean = count === 0 ? 0 : Math.max(0, span / count - 1)
  return Math.max(0, Math.min(30, Math.floor(Math.log2(mean * 0.69 + 1))))
}

export function encodeRice(
  documents: Uint32Array,
  start: number,
  end: number,
  previous: number,
  width: number,
  out: BitWriter,
): void {
  let before = previous
  for (let i = start; i < end; i++) {
    out.rice(documents[i]! - before - 1, width)
    before = documents[i]!
  }
}

export function decodeRice(
  source: BitReader,
  count: number,
  previous: number,
  width: number,
  into: Uint32Array,
  to: number,
): void {
  let document = previous
  for (let i = 0; i < count; i++) {
    document += source.rice(width) + 1
    into[to + i] = document
  }
}

/** The one document of a list, of `documentCount` in the segment. */
export function encodeSingle(document: number, documentCount: number, out: BitWriter): void {
  out.write(document, bitWidth(documentCount - 1))
}

export function decodeSingle(source: BitReader, documentCount: number): number {
  return source.read(bitWidth(documentCount - 1))
}

/** The descriptor of a last block of `words` words in Rice codes. */
export function riceDescriptor(width: number, words: number): number {
  return kindRice | (width << 2) | (words << 7)
}

export function riceDescriptorWidth(descriptor: number): number {
  return (descriptor >>> 2) & 31
}
