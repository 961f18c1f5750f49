// Reads the values of a JSON document one at a time: the elements of one great array, or objects one after the other.
import { StringDecoder } from 'node:string_decoder'
import { SearchError } from '../model/errors.ts'
import { gzipDamage, isGzipDamage, openSource } from './source-bytes.ts'

export interface JsonText {
  /** 1-based line on which the value begins. */
  line: number
  text: string
}

/** A value longer than this is no article. UTF-16 units. */
const longestValue = 32 << 20

/**
 * Yields the texts of the values as each chunk of the file completes them, with the bytes read so far: memory holds
 * one chunk and one value, whatever the file's size. A value is found by its brackets, so a bad one spoils no other.
 * Throws SOURCE_UNREADABLE with the line where the file ends inside a value or holds something that is no JSON.
 */
export async function* readJsonValues(
  path: string,
): AsyncGenerator<{ values: JsonText[]; bytesRead: number }> {
  const source = openSource(path)
  const decoder = new StringDecoder('utf8')
  const splitter = createSplitter(path)
  try {
    for await (const chunk of source.stream as AsyncIterable<Buffer>)
      yield { values: splitter.add(decoder.write(chunk)), bytesRead: source.bytesRead }
    splitter.end()
  } catch (error) {
    if (!isGzipDamage(error)) throw error
    throw new SearchError('SOURCE_UNREADABLE', gzipDamage, { file: path }, { cause: error })
  } finally {
    source.close()
  }
}

function createSplitter(path: string): { add(text: string): JsonText[]; end(): void } {
  /** Brackets open inside the value at hand. */
  let depth = 0
  let isInArray = false
  let inString = false
  let escaped = false
  /** What has been read of the value at hand, and the line on which it began. */
  let pending = ''
  let startLine = 1
  let line = 1
  const fail = (message: string) => new SearchError('SOURCE_UNREADABLE', message, { file: path, line })

  return {
    add(text) {
      const values: JsonText[] = []
      let start = depth > 0 || pending !== '' ? 0 : -1
      const finish = (end: number) => {
        values.push({ line: startLine, text: pending + text.slice(start, end) })
        pending = ''
        start = -1
      }
      for (let i = 0; i < text.length; i++) {
        const sign = text[i]!
        if (sign === '\n') line++
        if (inString) {
          if (escaped) escaped = false
          else if (sign === '\\') escaped = true
          else if (sign === '"') inString = false
          continue
        }
        if (depth === 0 && start < 0) {
          if (/[\s,\ufeff]/.test(sign)) continue
          if (sign === '[' && !isInArray) {
            isInArray = true
            continue
          }
          if (sign === ']' && isInArray) {
            isInArray = false
            continue
          }
          if (!isInArray && sign !== '{') throw fail('不是 JSON：应为文章的数组 [ { … }, … ]')
          start = i
          startLine = line
        }
        if (sign === '"') inString = true
        else if (sign === '{' || sign === '[') depth++
        else if (depth > 0 && (sign === '}' || sign === ']')) {
          depth--
          if (depth === 0) finish(i + 1)
        } else if (depth === 0 && (sign === ',' || sign === ']' || sign === '\n')) {
          // A number or a word among the elements: no article, and said so by whoever reads it.
          finish(i)
          if (sign === ']') isInArray = false
        }
      }
      if (start >= 0) pending += text.slice(start)
      if (pending.length > longestValue) throw fail('一个值超过 32 MB：这不是文章')
      return values
    },
    end() {
      if (pending !== '' || isInArray) throw fail('JSON 没有写完')
    },
  }
}
