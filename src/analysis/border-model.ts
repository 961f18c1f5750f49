// Where words begin and end in characters that no dictionary word covers: a hidden Markov model over four states.
import { SearchError } from '../model/errors.ts'

/** States: a character begins a word, ends one, stands in the middle, or is one. */
const begins = 0
const ends = 1
const single = 3
const stateCount = 4

/** Stands for a probability of zero; the same number as in the model's file. */
const impossible = -3.14e100

export interface BorderModel {
  /**
   * Sets `borders[i] = 1` for every i at which a word ends, for the characters that begin at
   * `offsets[0 .. count)`; `offsets[count]` is the end of the last.
   */
  markBorders(text: string, offsets: Uint32Array, count: number, borders: Uint8Array): void
}

/** Reads nodejieba's model file. Throws DICTIONARY_INVALID naming file and line. */
export function parseBorderModel(content: string, file: string): BorderModel {
  const lines: { text: string; number: number }[] = []
  for (const [index, line] of content.split('\n').entries()) {
    const text = line.trim()
    if (text !== '' && !text.startsWith('#')) lines.push({ text, number: index + 1 })
  }
  const line = (index: number): { text: string; number: number } => {
    const found = lines[index]
    if (found) return found
    throw new SearchError('DICTIONARY_INVALID', `分词模型不完整：${file} 只有 ${lines.length} 行`, { file })
  }
  const numbers = (index: number): number[] => {
    const { text, number } = line(index)
    const values = text.split(' ').map(Number)
    if (values.length === stateCount && values.every(Number.isFinite)) return values
    throw new SearchError('DICTIONARY_INVALID', `分词模型有误：${file} 第 ${number} 行应有四个数`, {
      file,
      line: number,
    })
  }
  const start = Float64Array.from(numbers(0))
  const transition = Float64Array.from([1, 2, 3, 4].flatMap(numbers))
  const emission = new Float64Array(0x10000 * stateCount).fill(impossible)
  for (let state = 0; state < stateCount; state++) {
    const { text, number } = line(5 + state)
    for (const entry of text.split(',')) {
      const value = Number(entry.slice(2))
      if (entry[1] !== ':' || !Number.isFinite(value)) {
        throw new SearchError('DICTIONARY_INVALID', `分词模型有误：${file} 第 ${number} 行“${entry}”`, {
          file,
          line: number,
        })
      }
      emission[entry.charCodeAt(0) * stateCount + state] = value
    }
  }
  return createBorderModel(start, transition, emission)
}

/** Viterbi's algorithm; ties fall as in nodejieba, so that both cut alike. */
function createBorderModel(
  start: Float64Array,
  transition: Float64Array,
  emission: Float64Array,
): BorderModel {
  let weights = new Float64Array(256)
  let paths = new Uint8Array(256)
  /** Surrogate pairs emit nothing; their first unit has no entry in the model. */
  return {
    markBorders(text, offsets, count, borders) {
      if (count * stateCount > weights.length) {
        weights = new Float64Array(count * stateCount * 2)
        paths = new Uint8Array(count * stateCount * 2)
      }
      const firstUnit = text.charCodeAt(offsets[0]!) * stateCount
      for (let state = 0; state < stateCount; state++) {
        weights[state] = start[state]! + emission[firstUnit + state]!
      }
      for (let x = 1; x < count; x++) {
        const unit = text.charCodeAt(offsets[x]!) * stateCount
        const before = (x - 1) * stateCount
        for (let state = 0; state < stateCount; state++) {
          const emitted = emission[unit + state]!
          let best = impossible
          let path = ends
          for (let previous = begins; previous < stateCount; previous++) {
            const weight = weights[before + previous]! + transition[previous * stateCount + state]! + emitted
            if (weight > best) {
              best = weight
              path = previous
            }
          }
          weights[before + stateCount + state] = best
          paths[before + stateCount + state] = path
        }
      }
      const last = (count - 1) * stateCount
      let state = weights[last + ends]! >= weights[last + single]! ? ends : single
      for (let x = count - 1; x >= 0; x--) {
        if (state === ends || state === single) borders[offsets[x + 1]!] = 1
        state = paths[x * stateCount + state]!
      }
    },
  }
}
