// Which encoding is this text file in? Bytes to one string with \n as the only line end.
import iconv from 'iconv-lite'
import { commonCharacters } from './structure/common-characters.ts'

type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'gb18030' | 'big5'

/**
 * Decodes UTF-8 and UTF-16 (with or without byte order mark), GB18030/GBK and Big5.
 * Line ends of every kind (CR LF, CR, NEL, U+2028, U+2029, vertical tab) become \n; form feeds stay.
 * Never throws: bytes that fit nothing become U+FFFD.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = detectEncoding(bytes)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const name = encoding === 'utf16le' ? 'utf-16le' : encoding === 'utf16be' ? 'utf-16be' : encoding
  const text = iconv.decode(buffer, name)
  return text.replace(/^\uFEFF/u, '').replace(/\r\n|[\r\v\u0085\u2028\u2029]/gu, '\n')
}

/** The likeliest encoding: a mark decides, then valid UTF-8, then where the zero bytes stand, then which double-byte reading is common Chinese. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf8'
  if (a === 0xff && b === 0xfe) return 'utf16le'
  if (a === 0xfe && b === 0xff) return 'utf16be'
  const sample = bytes.subarray(0, 65_536)
  const utf16 = detectUtf16(sample)
  if (utf16 !== null) return utf16
  const { bad, good } = countUtf8(sample)
  if (bad === 0 || good > bad * 20) return 'utf8'
  const gb = commonness(iconv.decode(Buffer.from(sample), 'gb18030'))
  const big5 = commonness(iconv.decode(Buffer.from(sample), 'big5'))
  // GB18030 maps nearly every byte pair to something, so Big5 has to be clearly better to win, and UTF-8 with
  // some damage beats a double-byte reading that looks like nothing.
  const utf8 = good > 0 ? commonness(Buffer.from(sample).toString('utf8')) : 0
  if (utf8 >= gb && utf8 >= big5) return 'utf8'
  return big5 > gb ? 'big5' : 'gb18030'
}

/** True for bytes that are no text in any encoding known here: many control bytes, and not UTF-16. */
export function isProbablyBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 65_536)
  if (sample.length === 0) return false
  const [a, b] = sample
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return false
  if (detectUtf16(sample) !== null) return false
  let control = 0
  for (const byte of sample) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 11 && byte !== 12 && byte !== 13 && byte !== 27)
      control++
  }
  return control > sample.length * 0.02
}

/**
 * UTF-16 without a mark: read both ways, one makes sense and the other does not. Where no zero byte stands (a text without
 * Latin letters, blanks and line ends) it must also be no UTF-8.
 */
function detectUtf16(sample: Uint8Array): Encoding | null {
  if (sample.length < 4 || sample.length % 2 === 1) return null
  if (!sample.includes(0) && countUtf8(sample).bad === 0) return null
  const little = sense(sample, 0)
  const big = sense(sample, 1)
  if (Math.max(little, big) < 0.8 || Math.max(little, big) < 1.5 * Math.min(little, big)) return null
  return little > big ? 'utf16le' : 'utf16be'
}

/** Share of 16-bit units that a Chinese text is made of, with the low byte at this place of each pair. */
function sense(sample: Uint8Array, lowAt: 0 | 1): number {
  let hits = 0
  for (let i = 0; i + 1 < sample.length; i += 2) {
    const unit = sample[i + lowAt]! | (sample[i + 1 - lowAt]! << 8)
    // Common characters count whole; others of the block half, so that a wrong order, which is spread all over, does not.
    if (
      commonCharacters.has(String.fromCharCode(unit)) ||
      (unit >= 0x20 && unit < 0x7f) ||
      [9, 10, 13].includes(unit)
    )
      hits++
    else if (unit >= 0x4e00 && unit < 0x9fa6) hits += 0.6
    else if (
      (unit >= 0x3000 && unit < 0x3040) ||
      (unit >= 0xff00 && unit < 0xff60) ||
      (unit >= 0x2010 && unit < 0x2030)
    )
      hits++
  }
  return hits / (sample.length >> 1)
}

/** Well-formed multi-byte sequences and bytes that belong to none; a sequence cut off at the sample's end counts for neither. */
function countUtf8(sample: Uint8Array): { good: number; bad: number } {
  let good = 0
  let bad = 0
  for (let i = 0; i < sample.length; ) {
    const byte = sample[i]!
    const length =
      byte < 0x80
        ? 1
        : byte >= 0xc2 && byte < 0xe0
          ? 2
          : byte >= 0xe0 && byte < 0xf0
            ? 3
            : byte >= 0xf0 && byte < 0xf5
              ? 4
              : 0
    if (length === 1) {
      i++
      continue
    }
    if (length === 0) {
      bad++
      i++
      continue
    }
    let k = 1
    while (k < length && i + k < sample.length && (sample[i + k]! & 0xc0) === 0x80) k++
    if (k === length) good++
    else if (i + k < sample.length) bad++
    i += k
  }
  return { good, bad }
}

/** Share of characters that are common Chinese, less the share that is damaged, private or rare. */
function commonness(text: string): number {
  let hits = 0
  let rare = 0
  let wide = 0
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (code < 128) continue
    wide++
    if (commonCharacters.has(char)) hits++
    else if (code === 0xfffd || (code >= 0xe000 && code < 0xf900) || code > 0xffff) rare += 2
  }
  return wide === 0 ? 0 : (hits - rare) / wide
}
