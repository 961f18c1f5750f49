// In how many headlines a term stands: what papers write headlines about is what readers ask for.

import type { Steps } from './steps.ts'

/** Headlines looked at; a sample tells which of two words of one sound is the usual one. */
const sampleSize = 200_000
const longestTerm = 8

/**
 * For when no analyzer cuts the headlines: how many of them contain each key anywhere, estimated from at most 200,000 of them evenly spread. Every headline counts, keys
 * of two to eight units only.
 */
export function* headlineCountsInSteps(
  keys: readonly string[],
  headlines: readonly string[],
): Steps<Float64Array> {
  const numbers = new Map<string, number>()
  // Most places begin no term: one look at a table of hashed pairs tells.
  const pairs = new Uint8Array(2 ** 20)
  for (const [number, key] of keys.entries()) {
    if (key.length < 2 || key.length > longestTerm) continue
    numbers.set(key, number)
    pairs[pairAt(key, 0)] = 1
  }
  const counts = new Float64Array(keys.length)
  const lastSeen = new Int32Array(keys.length).fill(-1)
  const step = Math.max(1, headlines.length / sampleSize)
  let looked = 0
  for (let place = 0; place < headlines.length; place += step) {
    if (++looked % 256 === 0) yield
    const headline = headlines[Math.floor(place)]!
    for (let at = 0; at + 1 < headline.length; at++) {
      if (pairs[pairAt(headline, at)] === 0) continue
      for (let end = at + 2; end <= Math.min(headline.length, at + longestTerm); end++) {
        const number = numbers.get(headline.slice(at, end))
        if (number === undefined || lastSeen[number] === Math.floor(place)) continue
        lastSeen[number] = Math.floor(place)
        counts[number] = counts[number]! + step
      }
    }
  }
  return counts
}

function pairAt(text: string, at: number): number {
  return Math.imul(text.charCodeAt(at) * 65536 + text.charCodeAt(at + 1), 0x9e3779b1) >>> 12
}
