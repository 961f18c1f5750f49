// Positions of a block of documents: how often in unary (one bit says when it is once everywhere), places in truncated binary of what is left of the text.
import type { BitReader, BitWriter } from '../codec/bits.ts'
import type { PositionBlock } from '../directory/reader.ts'

/**
 * Writes the positions of documents[start] to documents[end - 1]. Those of documents[i] are
 * positions[starts[i]] to positions[starts[i + 1] - 1], each from 0 to textLength[documents[i]] - 2.
 */
export function encodePositions(
  documents: Uint32Array,
  start: number,
  end: number,
  starts: Uint32Array,
  positions: Uint32Array,
  textLength: ArrayLike<number>,
  out: BitWriter,
): void {
  const once = starts[end]! - starts[start]! === end - start
  out.write(once ? 1 : 0, 1)
  if (!once) for (let i = start; i < end; i++) out.unary(starts[i + 1]! - starts[i]! - 1)
  // A position takes at most 24 bits.
  out.reserve((starts[end]! - starts[start]!) * 3 + 8)
  const { bytes } = out
  let { pending, held, length } = out
  for (let i = start; i < end; i++) {
    const places = textLength[documents[i]!]! - 1
    let from = 0
    for (let p = starts[i]!; p < starts[i + 1]!; p++) {
      // Truncated binary of a value below `universe`: in line, for this is half of all that is written.
      const universe = places - from
      if (universe > 1) {
        const width = 31 - Math.clz32(universe)
        const short = (2 << width) - universe
        const value = positions[p]! - from
        if (value < short) {
          pending |= value << held
          held += width
        } else {
          const long = value + short
          pending |= (((long & 1) << width) | (long >>> 1)) << held
          held += width + 1
        }
        while (held >= 8) {
          bytes[length++] = pending
          pending >>>= 8
          held -= 8
        }
      }
      from = positions[p]! + 1
    }
  }
  out.pending = pending
  out.held = held
  out.length = length
}

/** Reads the positions of `count` documents, documents[0] to documents[count - 1]. */
export function decodePositionBlock(
  source: BitReader,
  documents: Uint32Array,
  count: number,
  textLength: Uint32Array,
  into: PositionBlock,
): void {
  if (into.starts.length < count + 1) into.starts = new Uint32Array(Math.max(129, count + 1))
  const { starts } = into
  starts[0] = 0
  let total = count
  if (source.read(1) === 1) {
    for (let i = 1; i <= count; i++) starts[i] = i
  } else {
    total = 0
    for (let i = 0; i < count; i++) {
      total += source.unary() + 1
      starts[i + 1] = total
    }
  }
  if (into.positions.length < total) into.positions = new Uint32Array(Math.max(256, total * 2))
  const { positions } = into
  const { words } = source
  let at = source.at
  let p = 0
  for (let i = 0; i < count; i++) {
    const places = textLength[documents[i]!]! - 1
    const end = starts[i + 1]!
    let from = 0
    while (p < end) {
      // Truncated binary, as encodePositions writes it; in line, for this is where phrases spend their time.
      const universe = places - from
      let value = 0
      if (universe > 1) {
        const width = 31 - Math.clz32(universe)
        const short = (2 << width) - universe
        const word = at >>> 5
        const shift = at & 31
        const window = (words[word]! >>> shift) | ((words[word + 1]! << 1) << (31 - shift))
        value = window & ((1 << width) - 1)
        at += width
        if (value >= short) {
          value = value * 2 + ((window >>> width) & 1) - short
          at++
        }
      }
      positions[p++] = from + value
      from += value + 1
    }
  }
  source.at = at
}
