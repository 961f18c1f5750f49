// Reads the lines of a JSON Lines file, plain or gzip, as a stream: memory holds one chunk, whatever the file's size.
import { isUtf8 } from 'node:buffer'
import { SearchError } from '../model/errors.ts'
import { gzipDamage, isGzipDamage, openSource } from './source-bytes.ts'

export interface TextLine {
  /** 1-based. */
  number: number
  text: string
  /** Set when the bytes are not UTF-8: the text is then damaged. */
  damaged: boolean
}

const newline = 0x0a
/** A line longer than this is not an article but a file that is no JSON Lines. */
const maximalLineBytes = 32 << 20

/**
 * Yields groups of lines (those of one chunk) with the bytes of the file consumed so far. Encodings: UTF-8, with or
 * without a byte order mark, and UTF-16 with one. Throws SOURCE_UNREADABLE when gzip data ends too early or a line
 * has no end; what was read before has been yielded by then.
 */
export async function* readLines(path: string): AsyncGenerator<{ lines: TextLine[]; bytesRead: number }> {
  const source = openSource(path)
  let rest: Buffer = Buffer.alloc(0)
  let number = 0
  let wide: 'utf-16le' | 'utf-16be' | null | undefined
  try {
    for await (const chunk of source.stream as AsyncIterable<Buffer>) {
      let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      if (wide === undefined) {
        if (bytes.length < 3) {
          rest = bytes
          continue
        }
        wide = byteOrder(bytes)
        if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
      }
      const end = wide ? lastWideNewline(bytes, wide) : bytes.lastIndexOf(newline)
      if (end < 0) {
        if (bytes.length > maximalLineBytes)
          throw new SearchError('SOURCE_UNREADABLE', '一行超过 32 MB：这不是 JSON Lines 文件', {
            file: path,
            line: number + 1,
          })
        rest = bytes
        continue
      }
      rest = Buffer.from(bytes.subarray(end + (wide ? 2 : 1)))
      const lines = toLines(bytes.subarray(0, end), number, wide)
      number += lines.length
      yield { lines, bytesRead: source.bytesRead }
    }
  } catch (error) {
    if (error instanceof SearchError) throw error
    const why = isGzipDamage(error) ? gzipDamage : (error as Error).message
    throw new SearchError(
      'SOURCE_UNREADABLE',
      `读到第 ${number + 1} 行时中断：${why}`,
      {
        file: path,
        line: number + 1,
      },
      { cause: error },
    )
  } finally {
    source.close()
  }
  if (rest.length > 0) {
    if (wide === undefined) wide = byteOrder(rest)
    yield { lines: toLines(rest, number, wide), bytesRead: source.bytesRead }
  }
}

function byteOrder(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

/** Offset of the last line feed unit, or -1. */
function lastWideNewline(bytes: Buffer, order: 'utf-16le' | 'utf-16be'): number {
  const low = order === 'utf-16le' ? 0 : 1
  for (let i = (bytes.length & ~1) - 2; i >= 0; i -= 2)
    if (bytes[i + low] === newline && bytes[i + 1 - low] === 0) return i
  return -1
}

function toLines(
  bytes: Buffer,
  before: number,
  wide: 'utf-16le' | 'utf-16be' | null | undefined,
): TextLine[] {
  const sound = wide ? true : isUtf8(bytes)
  const text = wide ? new TextDecoder(wide).decode(bytes) : bytes.toString('utf8')
  const lines = text.split('\n')
  return lines.map((line, i) => ({
    number: before + i + 1,
    text: line,
    // One wrong byte in a chunk must not condemn its neighbours: only lines that show the replacement character.
    damaged: !sound && line.includes('\uFFFD'),
  }))
}
