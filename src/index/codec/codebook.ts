// Turns UTF-16 units into bytes before compression: the commonest units of the articles at hand take one byte, nearly all others two.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { ByteReader, ByteWriter } from './bytes.ts'

/** Units with codes below this take one byte. */
const singles = 200
/** First byte of a unit that has no code; its two bytes follow. */
const escapeByte = 255
const codeLimit = singles + (escapeByte - singles) * 256
/** What deflate can look back to. */
const dictionaryBytes = 32 << 10

/** Units by falling frequency, and a sample of encoded text that compression may refer to from the first byte on. */
export interface Codebook {
  units: Uint16Array
  /** Code of each unit, -1 when it has none. */
  codes: Int16Array
  dictionary: Uint8Array
}

/** A codebook for texts like these. */
export function createCodebook(sample: readonly string[]): Codebook {
  const counts = new Uint32Array(0x10000)
  for (const text of sample) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      counts[unit] = counts[unit]! + 1
    }
  }
  const seen: number[] = []
  for (let unit = 0; unit < 0x10000; unit++) if (counts[unit]! > 0) seen.push(unit)
  seen.sort((a, b) => counts[b]! - counts[a]! || a - b)
  const book = toCodebook(Uint16Array.from(seen.slice(0, codeLimit)), new Uint8Array(0))
  const writer = new ByteWriter(dictionaryBytes * 2)
  for (const text of sample) {
    encodeUnits(book, text, writer)
    if (writer.length >= dictionaryBytes) break
  }
  book.dictionary = writer.take().slice(0, dictionaryBytes)
  return book
}

function toCodebook(units: Uint16Array, dictionary: Uint8Array): Codebook {
  const codes = new Int16Array(0x10000).fill(-1)
  for (let code = 0; code < units.length; code++) codes[units[code]!] = code
  return { units, codes, dictionary }
}

/** Appends the bytes of a text. */
export function encodeUnits(book: Codebook, text: string, writer: ByteWriter): void {
  writer.reserve(text.length * 3)
  const { bytes } = writer
  const { codes } = book
  let at = writer.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const code = codes[unit]!
    if (code >= singles) {
      bytes[at++] = singles + ((code - singles) >>> 8)
      bytes[at++] = code - singles
    } else if (code >= 0) {
      bytes[at++] = code
    } else {
      bytes[at++] = escapeByte
      bytes[at++] = unit >>> 8
      bytes[at++] = unit
    }
  }
  writer.length = at
}

/** The text of bytes `start` to `end`. Throws RangeError for bytes that no text has. */
export function decodeUnits(book: Codebook, bytes: Uint8Array, start: number, end: number): string {
  const into = new Uint16Array(end - start)
  const { units } = book
  let count = 0
  let at = start
  while (at < end) {
    const head = bytes[at++]!
    if (head < singles) {
      into[count++] = units[head]!
    } else if (head < escapeByte) {
      into[count++] = units[singles + ((head - singles) << 8) + bytes[at++]!]!
    } else {
      into[count++] = (bytes[at]! << 8) | bytes[at + 1]!
      at += 2
    }
  }
  if (at !== end) throw new RangeError('a unit reaches beyond the text')
  return Buffer.from(into.buffer, 0, count * 2).toString('utf16le')
}

/** Bytes of a codebook, compressed. */
export function writeCodebook(book: Codebook, writer: ByteWriter): void {
  const plain = new ByteWriter(book.units.length * 2 + book.dictionary.length + 8)
  plain.varint(book.units.length)
  for (const unit of book.units) {
    plain.byte(unit & 255)
    plain.byte(unit >>> 8)
  }
  plain.append(book.dictionary)
  const packed = deflateRawSync(plain.take(), { level: 9 })
  writer.varint(packed.length)
  writer.append(packed)
}

/** Throws RangeError, or zlib's error, when the bytes are no codebook. */
export function readCodebook(reader: ByteReader): Codebook {
  const plain = new ByteReader(inflateRawSync(reader.take(reader.varint())))
  const units = new Uint16Array(plain.varint())
  for (let i = 0; i < units.length; i++) units[i] = plain.byte() | (plain.byte() << 8)
  return toCodebook(units, plain.bytes.slice(plain.at))
}
