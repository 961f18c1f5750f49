// Blocks of up to 128 impacts (0 where the key is no word, else 1 to 255), exact: the span packed, zeros apart where they are many.

import type { BitReader, BitWriter } from '../codec/bits.ts'
import type { ByteWriter } from '../codec/bytes.ts'
import { bitWidth } from '../codec/packed-integers.ts'

// First byte: width in bits 0-3, bit 4 set when zeros are marked in a bitmap. Second byte: the least impact.
const sparse = 16

/** Writes impacts[start] to impacts[end - 1]; nothing at all when each is 0. Returns the largest. */
export function encodeImpacts(impacts: Uint8Array, start: number, end: number, out: ByteWriter): number {
  let most = 0
  let least = 255
  let present = 0
  for (let i = start; i < end; i++) {
    const impact = impacts[i]!
    if (impact === 0) continue
    present++
    if (impact > most) most = impact
    if (impact < least) least = impact
  }
  if (present === 0) return 0
  const count = end - start
  const sparseWidth = bitWidth(most - least)
  const denseLeast = present === count ? least : 0
  const denseWidth = bitWidth(most - denseLeast)
  const bitmapBytes = (count + 7) >>> 3
  const useSparse = bitmapBytes + ((present * sparseWidth + 7) >>> 3) < (count * denseWidth + 7) >>> 3
  out.byte(useSparse ? sparseWidth | sparse : denseWidth)
  out.byte(useSparse ? least : denseLeast)
  if (useSparse) {
    out.reserve(bitmapBytes)
    const at = out.length
    out.bytes.fill(0, at, at + bitmapBytes)
    out.length += bitmapBytes
    for (let i = 0; i < count; i++) {
      if (impacts[start + i] !== 0) out.bytes[at + (i >>> 3)] = out.bytes[at + (i >>> 3)]! | (1 << (i & 7))
    }
    pack(impacts, start, end, least, sparseWidth, true, out)
  } else {
    pack(impacts, start, end, denseLeast, denseWidth, false, out)
  }
  return most
}

function pack(
  impacts: Uint8Array,
  start: number,
  end: number,
  least: number,
  width: number,
  skipZeros: boolean,
  out: ByteWriter,
): void {
  if (width === 0) return
  let pending = 0
  let held = 0
  for (let i = start; i < end; i++) {
    const impact = impacts[i]!
    if (skipZeros && impact === 0) continue
    pending |= (impact - least) << held
    held += width
    if (held >= 8) {
      out.byte(pending & 255)
      pending >>>= 8
      held -= 8
    }
  }
  if (held > 0) out.byte(pending)
}

/** Reads `count` impacts from bytes[at] on (all are 0 when `size` is 0) into into[to] on; returns how many bytes they took. */
export function decodeImpacts(
  bytes: Uint8Array,
  at: number,
  size: number,
  count: number,
  into: Uint8Array,
  to: number,
): number {
  if (size === 0) {
    into.fill(0, to, to + count)
    return 0
  }
  const head = bytes[at]!
  const width = head & 15
  const least = bytes[at + 1]!
  const end = to + count
  if ((head & sparse) === 0) {
    if (width === 0) {
      into.fill(least, to, end)
      return 2
    }
    if (width === 8) {
      for (let i = to, source = at + 2; i < end; i++, source++) into[i] = least + bytes[source]!
      return 2 + count
    }
    const mask = (1 << width) - 1
    let source = at + 2
    let held = 0
    let pending = 0
    for (let i = to; i < end; i++) {
      if (held < width) {
        pending |= bytes[source++]! << held
        held += 8
      }
      into[i] = least + (pending & mask)
      pending >>>= width
      held -= width
    }
    return source - at
  }
  const mask = (1 << width) - 1
  let bit = (at + 2 + ((count + 7) >>> 3)) * 8
  for (let i = 0; i < count; i++) {
    if (((bytes[at + 2 + (i >>> 3)]! >>> (i & 7)) & 1) === 0) {
      into[to + i] = 0
      continue
    }
    const byte = bit >>> 3
    into[to + i] = least + (((bytes[byte]! | (bytes[byte + 1]! << 8)) >>> (bit & 7)) & mask)
    bit += width
  }
  return ((bit + 7) >>> 3) - at
}

/** Writes the impacts of a short list, whose largest is known from its key: each plain, or marked where present when that is shorter. */
export function encodeShortImpacts(impacts: Uint8Array, count: number, most: number, out: BitWriter): void {
  if (count === 1) return
  const width = bitWidth(most)
  let present = 0
  for (let i = 0; i < count; i++) if (impacts[i] !== 0) present++
  const plain = count * width <= count + present * width
  out.write(plain ? 1 : 0, 1)
  for (let i = 0; i < count; i++) {
    const impact = impacts[i]!
    if (!plain) out.write(impact === 0 ? 0 : 1, 1)
    if (plain || impact !== 0) out.write(impact, width)
  }
}

/** Reads what encodeShortImpacts wrote. */
export function decodeShortImpacts(source: BitReader, count: number, most: number, into: Uint8Array): void {
  if (count === 1) {
    into[0] = most
    return
  }
  const width = bitWidth(most)
  const plain = source.read(1) === 1
  for (let i = 0; i < count; i++) into[i] = plain || source.read(1) === 1 ? source.read(width) : 0
}
