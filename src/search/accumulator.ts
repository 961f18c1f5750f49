// Sums of scores by document for queries whose words need not all be there; one for each segment size, reused.
import type { SegmentReader } from '../index/directory/reader.ts'
import { createMatches, type Matches } from './matches.ts'
import type { TopCollector } from './top-collector.ts'

/** Term-at-a-time sums: a score and a contained weight for each document, and a bit for each document touched. */
export interface Accumulator {
  /** Adds weight * impact to the scores of a block of documents and `mass` to their contained weight. */
  addBlock(documents: Uint32Array, impacts: Uint8Array, count: number, weight: number, mass: number): void
  /** The touched documents whose contained weight reaches `minimumMass` (0: all); leaves the accumulator empty. */
  drain(minimumMass: number): Matches
  /** Offers the touched documents to the best hits, returns how many there are, and leaves the accumulator empty. */
  rank(segment: SegmentReader, hits: TopCollector): number
}

export function createAccumulator(documentCount: number): Accumulator {
  const scores = new Uint32Array(documentCount)
  const masses = new Uint32Array(documentCount)
  const touched = new Uint32Array((documentCount + 31) >>> 5)
  return {
    addBlock(documents, impacts, count, weight, mass) {
      for (let i = 0; i < count; i++) {
        const document = documents[i]!
        scores[document]! += weight * (impacts[i]! || 1)
        touched[document >>> 5]! |= 1 << (document & 31)
      }
      if (mass === 0) return
      for (let i = 0; i < count; i++) masses[documents[i]!]! += mass
    },
    drain(minimumMass) {
      let bound = 0
      for (let word = 0; word < touched.length; word++) bound += bitCount(touched[word]!)
      const out = createMatches(bound)
      for (let word = 0; word < touched.length; word++) {
        let bits = touched[word]!
        if (bits === 0) continue
        touched[word] = 0
        while (bits !== 0) {
          const lowest = bits & -bits
          const document = (word << 5) + (31 - Math.clz32(lowest))
          bits ^= lowest
          if (minimumMass === 0 || masses[document]! >= minimumMass) {
            out.documents[out.count] = document
            out.scores[out.count++] = scores[document]!
          }
          scores[document] = 0
          masses[document] = 0
        }
      }
      return out
    },
    rank(segment, hits) {
      const dates = segment.columns.numbers('date')
      let threshold = hits.threshold
      let count = 0
      for (let word = 0; word < touched.length; word++) {
        let bits = touched[word]!
        if (bits === 0) continue
        touched[word] = 0
        count += bitCount(bits)
        while (bits !== 0) {
          const document = (word << 5) + (31 - Math.clz32(bits & -bits))
          bits &= bits - 1
          const score = scores[document]!
          scores[document] = 0
          if (score < threshold) continue
          hits.add(segment, document, score, dates[document]!)
          threshold = hits.threshold
        }
      }
      return count
    },
  }
}

/** Bits set in a 32 bit word (Hacker's Delight, 5-1). */
function bitCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
