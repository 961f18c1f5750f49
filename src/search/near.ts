// Strings that stand close together, in any order.
import type { Matches } from './matches.ts'
import { SpanCursor, type StringSpans } from './string-spans.ts'

/** Keeps the candidates in which one place of each string lies within `distance`: so many units may stand between them in all. */
export function keepNear(candidates: Matches, strings: readonly StringSpans[], distance: number): Matches {
  const cursors = strings.map((spans) => new SpanCursor(spans))
  let count = 0
  for (let i = 0; i < candidates.count; i++) {
    const document = candidates.documents[i]!
    if (!cursors.every((cursor) => cursor.seek(document)) || !areNear(cursors, distance)) continue
    candidates.documents[count] = document
    candidates.scores[count++] = candidates.scores[i]!
  }
  candidates.count = count
  return candidates
}

/** Sweeps the smallest window over all strings: the one that begins first goes on to its next place. */
function areNear(cursors: readonly SpanCursor[], distance: number): boolean {
  const taken = cursors.map(({ first }) => first)
  for (;;) {
    let first = 0
    let end = 0
    let inside = 0
    for (const [s, { spans }] of cursors.entries()) {
      const at = taken[s]!
      if (spans.from[at]! < cursors[first]!.spans.from[taken[first]!]!) first = s
      end = Math.max(end, spans.to[at]!)
      inside += spans.to[at]! - spans.from[at]!
    }
    if (end - cursors[first]!.spans.from[taken[first]!]! - inside <= distance) return true
    if (++taken[first]! >= cursors[first]!.last) return false
  }
}
