// Reads the lines of a JSON Lines file, plain or gzip, as a stream: memory holds one chunk, whatever the file's size.
import { isUtf8 } from 'node:buffer'
import { SearchError } from '../model/errors.ts'
import { gzipDamage, isGzipDamage, openSource } from './source-bytes.ts'

/** Whole lines as they stand in a file. */
export interface LineBlock {
  bytes: Uint8Array
  /** 1-based. */
  firstLine: number
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
}

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
 * Yields blocks of whole lines (those of one chunk) with the bytes of the file consumed so far. Encodings: UTF-8, with
 * or without a byte order mark, and UTF-16 with one. Throws SOURCE_UNREADABLE when gzip data ends too early or a line
 * has no end; what was read before has been yielded by then.
 */
export async function* readLines(path: string): AsyncGenerator<{ block: LineBlock; bytesRead: number }> {
  const source = openSource(path)
  let rest: Buffer = Buffer.alloc(0)
  let firstLine = 1
  let encoding: LineBlock['encoding'] | undefined
  try {
    for await (const chunk of source.stream as AsyncIterable<Buffer>) {
      let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      if (encoding === undefined) {
        if (bytes.length < 3) {
          rest = bytes
          continue
        }
        encoding = encodingOf(bytes)
        if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
      }
      const { end, count } = lineEnds(bytes, encoding)
      if (count === 0) {
        if (bytes.length > maximalLineBytes)
          throw new SearchError('SOURCE_UNREADABLE', '一行超过 32 MB：这不是 JSON Lines 文件', {
            file: path,
            line: firstLine,
          })
        rest = bytes
        continue
      }
      rest = Buffer.from(bytes.subarray(end))
      yield { block: { bytes: bytes.subarray(0, end), firstLine, encoding }, bytesRead: source.bytesRead }
      firstLine += count
    }
  } catch (error) {
    if (error instanceof SearchError) throw error
    const why = isGzipDamage(error) ? gzipDamage : (error as Error).message
    throw new SearchError(
      'SOURCE_UNREADABLE',
      `读到第 ${firstLine} 行时中断：${why}`,
      {
        file: path,
        line: firstLine,
      },
      { cause: error },
    )
  } finally {
    source.close()
  }
  if (rest.length > 0)
    yield {
      block: { bytes: rest, firstLine, encoding: encoding ?? encodingOf(rest) },
      bytesRead: source.bytesRead,
    }
}

function encodingOf(bytes: Buffer): LineBlock['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** How many lines end in the bytes, and the offset behind the last of them. */
function lineEnds(bytes: Buffer, encoding: LineBlock['encoding']): { end: number; count: number } {
  let end = 0
  let count = 0
  const width = encoding === 'utf-8' ? 1 : 2
  const low = encoding === 'utf-16be' ? 1 : 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) {
    if (width === 2 && (at % 2 !== low || at + 1 - 2 * low >= bytes.length || bytes[at + 1 - 2 * low] !== 0))
      continue
    end = at - low + width
    count++
  }
  return { end, count }
}

/** The lines of a block. */
export function decodeLines({ bytes, firstLine, encoding }: LineBlock): TextLine[] {
  const isSound = encoding !== 'utf-8' || isUtf8(bytes)
  const lines = new TextDecoder(encoding).decode(bytes).split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((text, place) => ({
    number: firstLine + place,
    text,
    // One wrong byte in a block must not condemn its neighbours: only lines that show the replacement character.
    damaged: !isSound && text.includes('\uFFFD'),
  }))
}
