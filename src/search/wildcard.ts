// Patterns with ? (one character) and * (any number) inside a run of Han characters, answered from positions.
import type { Gap } from '../query/analyze-query.ts'
import type { Matches } from './matches.ts'
import type { StringPositions } from './string-positions.ts'
import { SpanCursor, type StringSpans } from './string-spans.ts'

/**
 * Keeps the candidates in which the literals stand in their order with nothing but open characters between them.
 * @param gaps one more than there are literals: before, between and behind them
 * @param breaks places of everything that is no open character; null where they are not known
 */
export function keepWildcard(
  candidates: Matches,
  literals: readonly StringSpans[],
  gaps: readonly Gap[],
  breaks: StringPositions | null,
): Matches {
  const cursors = literals.map((spans) => new SpanCursor(spans))
  const breakCursor = breaks && new SpanCursor({ ...breaks, from: breaks.positions, to: breaks.positions })
  let count = 0
  for (let i = 0; i < candidates.count; i++) {
    const document = candidates.documents[i]!
    if (!cursors.every((cursor) => cursor.seek(document))) continue
    const hasBreaks = breakCursor?.seek(document) ?? false
    if (!fits(cursors, gaps, hasBreaks ? breakCursor : null)) continue
    candidates.documents[count] = document
    candidates.scores[count++] = candidates.scores[i]!
  }
  candidates.count = count
  return candidates
}

function fits(cursors: readonly SpanCursor[], gaps: readonly Gap[], breaks: SpanCursor | null): boolean {
  /** Whether no break stands from `start` on, before `end`. */
  const isOpen = (start: number, end: number) => nextBreak(breaks, start) >= end
  let ends: number[] = []
  for (const [l, { spans, first, last }] of cursors.entries()) {
    const { atLeast, isOpen: isLong } = gaps[l]!
    const reached: number[] = []
    let before = 0
    for (let p = first; p < last; p++) {
      const start = spans.from[p]!
      if (l === 0) {
        if (start >= atLeast && isOpen(start - atLeast, start)) reached.push(spans.to[p]!)
        continue
      }
      // Of all ends before, the last one that leaves room has the fewest breaks behind it.
      while (before < ends.length && ends[before]! + atLeast <= start) before++
      const end = ends[before - 1]
      if (end === undefined || (!isLong && end + atLeast !== start)) continue
      if (isOpen(end, start)) reached.push(spans.to[p]!)
    }
    if (reached.length === 0) return false
    ends = reached.sort((a, b) => a - b)
  }
  const { atLeast } = gaps.at(-1)!
  return ends.some((end) => isOpen(end, end + atLeast))
}

/** The first break from `from` on. */
function nextBreak(breaks: SpanCursor | null, from: number): number {
  if (!breaks) return Number.POSITIVE_INFINITY
  let low = breaks.first
  let high = breaks.last
  const places = breaks.spans.from
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]! < from) low = middle + 1
    else high = middle
  }
  return low < breaks.last ? places[low]! : Number.POSITIVE_INFINITY
}
