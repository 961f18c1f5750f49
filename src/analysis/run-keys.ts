// Keys of Latin and digit runs: whole runs, and every three or four digits in a row.
import { firstWordId } from './lexicon.ts'

/** Ids of runs that are given out anew for each text. */
export interface RunKeys {
  /** First id of the thousand three-digit keys; the ten thousand four-digit keys follow. */
  readonly firstDigitId: number
  /** Limit (left out) of ids that last. */
  readonly limit: number
  /** Forgets the runs of the text before. */
  clear(): void
  /** The id of a run or of a character of two units. */
  idOf(run: string): number
  /** The id of three or four digits in [start, end) of `text`. */
  idOfDigits(text: string, start: number, end: number): number
  keyOf(id: number): string
}

export const longestRun = 255

export function createRunKeys(wordCount: number): RunKeys {
  const firstDigitId = firstWordId + wordCount
  const limit = firstDigitId + 11_000
  const ids = new Map<string, number>()
  const runs: string[] = []
  return {
    firstDigitId,
    limit,
    clear() {
      if (runs.length === 0) return
      ids.clear()
      runs.length = 0
    },
    idOf(run) {
      let id = ids.get(run)
      if (id === undefined) {
        id = limit + runs.length
        ids.set(run, id)
        runs.push(run)
      }
      return id
    },
    idOfDigits(text, start, end) {
      let value = 0
      for (let i = start; i < end; i++) value = value * 10 + text.charCodeAt(i) - 0x30
      return firstDigitId + (end - start === 4 ? 1000 : 0) + value
    },
    keyOf(id) {
      if (id >= limit) return runs[id - limit] ?? ''
      const value = id - firstDigitId
      return value < 1000 ? String(value).padStart(3, '0') : String(value - 1000).padStart(4, '0')
    },
  }
}
