// Keeps the best hits of a search in a fixed order: sort key, then date or score, then id.
import type { SegmentReader } from '../index/directory/reader.ts'
import type { SortOrder } from '../schema/search-request.ts'
import type { Matches } from './matches.ts'

/** A hit before anything stored is read. */
export interface RankedHit {
  segment: SegmentReader
  document: number
  score: number
}

interface Entry extends RankedHit {
  first: number
  second: number
  /** Of the id in its segment. */
  rank: number
}

/** Undated articles come last whichever way dates are sorted. */
const undated = -Infinity

/** A bounded heap, worst entry at the root. */
export class TopCollector {
  private readonly heap: Entry[] = []
  private readonly bounds = new Map<SegmentReader, number>()
  private readonly capacity: number
  private readonly sort: SortOrder

  constructor(capacity: number, sort: SortOrder) {
    this.capacity = capacity
    this.sort = sort
  }

  /** Scores below this can no longer enter; nothing is ruled out while hits are sorted by date. */
  get threshold(): number {
    if (this.sort !== 'relevance') return -1
    if (this.heap.length < this.capacity) return -1
    return this.heap[0]?.first ?? Number.POSITIVE_INFINITY
  }

  addAll(segment: SegmentReader, matches: Matches): void {
    const dates = segment.columns.numbers('date')
    const { count, documents, scores } = matches
    let threshold = this.threshold
    for (let i = 0; i < count; i++) {
      // Most documents end here: the comparison is kept out of `add` for their sake.
      if (scores[i]! < threshold) continue
      this.add(segment, documents[i]!, scores[i]!, dates[documents[i]!]!)
      threshold = this.threshold
    }
  }

  /** @param date YYYYMMDD, 0 when unknown */
  add(segment: SegmentReader, document: number, score: number, date: number): void {
    let first = score
    let second = date
    if (this.sort !== 'relevance') {
      first = date === 0 ? undated : this.sort === 'newest' ? date : -date
      second = score
    }
    const heap = this.heap
    if (heap.length === this.capacity) {
      if (this.capacity === 0) return
      const worst = heap[0]!
      if (first < worst.first || (first === worst.first && second < worst.second)) return
      const rank = segment.idRanks()[document]!
      if (first === worst.first && second === worst.second && rank >= this.ranksBeforeWorst(segment)) return
      heap[0] = { segment, document, score, first, second, rank }
      this.bounds.clear()
      this.siftDown()
    } else {
      heap.push({ segment, document, score, first, second, rank: segment.idRanks()[document]! })
      this.siftUp()
    }
  }

  /** Ids of a segment below this rank come before the worst hit's id: equal hits are told apart by numbers alone. */
  private ranksBeforeWorst(segment: SegmentReader): number {
    const worst = this.heap[0]!
    if (segment === worst.segment) return worst.rank
    let bound = this.bounds.get(segment)
    if (bound === undefined) {
      bound = segment.idsBefore(worst.segment.idOf(worst.document))
      this.bounds.set(segment, bound)
    }
    return bound
  }

  /** Best first. */
  ranked(): RankedHit[] {
    return [...this.heap].sort((a, b) => (isBetter(a, b) ? -1 : 1))
  }

  private siftUp(): void {
    const heap = this.heap
    let child = heap.length - 1
    while (child > 0) {
      const parent = (child - 1) >> 1
      if (!isBetter(heap[parent]!, heap[child]!)) return
      swap(heap, parent, child)
      child = parent
    }
  }

  private siftDown(): void {
    const heap = this.heap
    let parent = 0
    for (;;) {
      const left = 2 * parent + 1
      if (left >= heap.length) return
      const right = left + 1
      const worse = right < heap.length && isBetter(heap[left]!, heap[right]!) ? right : left
      if (!isBetter(heap[parent]!, heap[worse]!)) return
      swap(heap, parent, worse)
      parent = worse
    }
  }
}

function swap(heap: Entry[], a: number, b: number): void {
  const entry = heap[a]!
  heap[a] = heap[b]!
  heap[b] = entry
}

function isBetter(a: Entry, b: Entry): boolean {
  if (a.first !== b.first) return a.first > b.first
  if (a.second !== b.second) return a.second > b.second
  if (a.segment === b.segment) return a.rank < b.rank
  return a.segment.idOf(a.document) < b.segment.idOf(b.document)
}
