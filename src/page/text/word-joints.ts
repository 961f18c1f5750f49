// Do these two line ends read on? Words that a line break may have cut, by a frequency dictionary and by the page itself.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const longestWord = 5
let dictionary: Map<string, number> | undefined
const unknownCharacter = -14

/**
 * Log probabilities of words. The segmenter's dictionary is a plain text file of `word frequency tag` lines and is
 * read as such; without it every joint is judged by the page alone.
 */
function words(): Map<string, number> {
  if (dictionary !== undefined) return dictionary
  dictionary = new Map()
  let text: string
  try {
    const path = createRequire(import.meta.url).resolve('nodejieba/submodules/cppjieba/dict/jieba.dict.utf8')
    text = readFileSync(path, 'utf8')
  } catch {
    return dictionary
  }
  let total = 0
  const entries: [string, number][] = []
  for (let at = 0; at < text.length; ) {
    let end = text.indexOf('\n', at)
    if (end < 0) end = text.length
    const space = text.indexOf(' ', at)
    if (space > at && space - at <= longestWord && space < end) {
      const frequency = Number.parseInt(text.slice(space + 1, end), 10)
      if (frequency > 0) {
        total += frequency
        entries.push([text.slice(at, space), frequency])
      }
    }
    at = end + 1
  }
  for (const [word, frequency] of entries) dictionary.set(word, Math.log(frequency / total))
  return dictionary
}

/** The best segmentation's log probability. */
function likelihood(text: string): number {
  const table = words()
  const best = new Float64Array(text.length + 1).fill(Number.NEGATIVE_INFINITY)
  best[0] = 0
  for (let end = 1; end <= text.length; end++) {
    for (let start = Math.max(0, end - longestWord); start < end; start++) {
      const known = table.get(text.slice(start, end))
      const value = known ?? (end - start === 1 ? unknownCharacter : Number.NEGATIVE_INFINITY)
      if (best[start]! + value > best[end]!) best[end] = best[start]! + value
    }
  }
  return best[text.length]!
}

/**
 * How much more likely two line ends are when read on than when read apart, in nats; 0 when no word crosses the break.
 * Only Han characters next to the break count, at most four on either side.
 */
export function wordGain(tail: string, head: string): number {
  const left = /\p{Script=Han}{1,4}$/u.exec(tail)?.[0] ?? ''
  const right = /^\p{Script=Han}{1,4}/u.exec(head)?.[0] ?? ''
  if (left === '' || right === '') return 0
  return likelihood(left + right) - likelihood(left) - likelihood(right)
}

/** How often neighbouring characters stand together on one page. */
export interface PageGrams {
  /** Evidence in nats, about -1 to 6, that the page itself prints these characters in a row. */
  joint(tail: string, head: string): number
}

/** Counts one to four characters in a row over the lines of a page. */
export function countGrams(lines: readonly string[]): PageGrams {
  const counts = new Map<string, number>()
  let total = 0
  for (const text of lines) {
    for (let i = 0; i < text.length; i++) {
      total++
      for (let size = 1; size <= 4 && i + size <= text.length; size++) {
        const gram = text.slice(i, i + size)
        counts.set(gram, (counts.get(gram) ?? 0) + 1)
      }
    }
  }
  const count = (gram: string): number => counts.get(gram) ?? 0
  return {
    joint(tail, head) {
      const a = tail.slice(-1)
      const b = head.slice(0, 1)
      if (a === '' || b === '') return 0
      const pair = count(a + b)
      const expected = (count(a) * count(b)) / Math.max(1, total)
      // A pair that the page never prints although both characters are common is evidence against.
      let nats = Math.log((pair + 0.3) / (expected + 0.3))
      if (nats > 2.5) nats = 2.5
      const before = tail.slice(-2)
      const after = head.slice(0, 2)
      if (before.length === 2 && count(before + b) > 0) nats += 1.2
      if (after.length === 2 && count(a + after) > 0) nats += 1.2
      if (before.length === 2 && after.length === 2 && count(before + after) > 0) nats += 1.5
      return nats
    },
  }
}
