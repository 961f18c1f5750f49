// One searched string in one segment: which documents contain it and with which impact, read as lazily as possible.
import type { PostingList, SegmentReader } from '../index/directory/reader.ts'
import type { Accumulator } from './accumulator.ts'
import { createMatches, type Matches } from './matches.ts'
import { blockSize, PostingCursor } from './posting-cursor.ts'
import type { TopCollector } from './top-collector.ts'

/** The three ways in which a searched string takes part in a query. */
export interface Leaf {
  /** Documents that contain the string, deleted ones included. */
  readonly documentCount: number
  /** All documents, scored weight * impact. */
  materialize(weight: number): Matches
  /** The candidates that contain the string, weight * impact added to their scores. */
  intersect(candidates: Matches, weight: number): Matches
  /** Adds weight * impact to the score, and `mass` to the contained weight, of every document that contains the string. */
  accumulate(into: Accumulator, weight: number, mass: number): void
  /** Offers every document to the best hits, passing over blocks that cannot enter; for live segments without deletions. */
  rank(weight: number, segment: SegmentReader, hits: TopCollector): void
}

const cursor = new PostingCursor()
const documentBlock = new Uint32Array(blockSize)
const impactBlock = new Uint8Array(blockSize)

/** A string that is a key of the word layer: read from its posting list, block by block. */
export function createListLeaf(list: PostingList): Leaf {
  return {
    documentCount: list.documentCount,
    materialize(weight) {
      const out = createMatches(list.documentCount)
      out.count = list.decodeAllDocuments(out.documents)
      const impacts = new Uint8Array(list.documentCount)
      list.decodeAllImpacts(impacts)
      for (let i = 0; i < out.count; i++) out.scores[i] = weight * (impacts[i]! || 1)
      return out
    },
    intersect(candidates, weight) {
      const out = createMatches(Math.min(candidates.count, list.documentCount))
      cursor.begin(list)
      let blockRead = -1
      for (let i = 0; i < candidates.count; i++) {
        const document = candidates.documents[i]!
        if (!cursor.seek(document)) continue
        if (blockRead !== cursor.block) {
          blockRead = cursor.block
          list.decodeImpacts(blockRead, impactBlock)
        }
        out.documents[out.count] = document
        out.scores[out.count++] = candidates.scores[i]! + weight * (impactBlock[cursor.place]! || 1)
      }
      return out
    },
    accumulate(into, weight, mass) {
      for (let block = 0; block < list.blockCount; block++) {
        const size = list.decodeDocuments(block, documentBlock)
        list.decodeImpacts(block, impactBlock)
        into.addBlock(documentBlock, impactBlock, size, weight, mass)
      }
    },
    rank(weight, segment, hits) {
      const dates = segment.columns.numbers('date')
      for (let block = 0; block < list.blockCount; block++) {
        if (weight * Math.max(1, list.blockMaxImpact(block)) < hits.threshold) continue
        const size = list.decodeDocuments(block, documentBlock)
        list.decodeImpacts(block, impactBlock)
        let threshold = hits.threshold
        for (let i = 0; i < size; i++) {
          const score = weight * (impactBlock[i]! || 1)
          if (score < threshold) continue
          hits.add(segment, documentBlock[i]!, score, dates[documentBlock[i]!]!)
          threshold = hits.threshold
        }
      }
    },
  }
}

/** A string that had to be matched through grams: its documents and impacts are already known. */
export function createMatchedLeaf(documents: Uint32Array, impacts: Uint8Array): Leaf {
  const count = documents.length
  return {
    documentCount: count,
    materialize(weight) {
      const out = createMatches(count)
      out.count = count
      out.documents.set(documents)
      for (let i = 0; i < count; i++) out.scores[i] = weight * impacts[i]!
      return out
    },
    intersect(candidates, weight) {
      const out = createMatches(Math.min(candidates.count, count))
      let place = 0
      for (let i = 0; i < candidates.count && place < count; i++) {
        const document = candidates.documents[i]!
        while (place < count && documents[place]! < document) place++
        if (place === count || documents[place] !== document) continue
        out.documents[out.count] = document
        out.scores[out.count++] = candidates.scores[i]! + weight * impacts[place]!
      }
      return out
    },
    accumulate(into, weight, mass) {
      for (let start = 0; start < count; start += blockSize) {
        const end = Math.min(start + blockSize, count)
        into.addBlock(documents.subarray(start, end), impacts.subarray(start, end), end - start, weight, mass)
      }
    },
    rank(weight, segment, hits) {
      const dates = segment.columns.numbers('date')
      for (let i = 0; i < count; i++)
        hits.add(segment, documents[i]!, weight * impacts[i]!, dates[documents[i]!]!)
    },
  }
}
