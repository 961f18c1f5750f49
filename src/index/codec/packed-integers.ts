// Whole columns of numbers, packed by 128 with the fewest bits that hold the span of each block.
import { BitWriter } from './bits.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'

const blockSize = 128
const bits = new BitWriter(1024)

/** Bits that hold a value from 0 to 2^32 - 1. */
export function bitWidth(value: number): number {
  return 32 - Math.clz32(value)
}

/** Writes `count` numbers below 2^32; the count itself is not written. */
export function writePacked(writer: ByteWriter, values: ArrayLike<number>, count: number): void {
  for (let start = 0; start < count; start += blockSize) {
    const end = Math.min(count, start + blockSize)
    let least = values[start]!
    let most = least
    for (let i = start + 1; i < end; i++) {
      const value = values[i]!
      if (value < least) least = value
      if (value > most) most = value
    }
    const width = bitWidth(most - least)
    writer.varint(least)
    writer.byte(width)
    if (width === 0) continue
    bits.clear()
    for (let i = start; i < end; i++) bits.write(values[i]! - least, width)
    writer.append(bits.finish())
  }
}

/** Reads `into.length` numbers that writePacked wrote. */
export function readPacked<T extends Uint32Array | Uint16Array | Uint8Array>(reader: ByteReader, into: T): T {
  const { bytes } = reader
  for (let start = 0; start < into.length; start += blockSize) {
    const end = Math.min(into.length, start + blockSize)
    const least = reader.varint()
    const width = reader.byte()
    if (width === 0) {
      into.fill(least, start, end)
      continue
    }
    if (width > 32 || reader.at + (((end - start) * width + 7) >>> 3) > reader.bytes.length) {
      throw new RangeError('packed block beyond the end')
    }
    const mask = width === 32 ? -1 : (1 << width) - 1
    let at = reader.at * 8
    for (let i = start; i < end; i++) {
      const byte = at >>> 3
      const shift = at & 7
      let value =
        (bytes[byte]! | (bytes[byte + 1]! << 8) | (bytes[byte + 2]! << 16) | (bytes[byte + 3]! << 24)) >>>
        shift
      // Five bytes when the value reaches beyond four: shift is above 0 then.
      if (shift + width > 32) value |= bytes[byte + 4]! << (32 - shift)
      into[i] = least + ((value & mask) >>> 0)
      at += width
    }
    reader.at = (at + 7) >>> 3
  }
  return into
}
