// Strings that stand close together, in any order.
import type { SegmentReader } from '../index/directory/reader.ts'
import { createMatches, intersect, type Matches, noMatches } from './matches.ts'
import type { Plan } from './plan.ts'
import type { StringPositions } from './string-positions.ts'
import type { StringResolver } from './string-resolver.ts'

/** Documents in which one place of each string lies within `distance` units: so many may stand between them in all. */
export function matchNear(
  segment: SegmentReader,
  plan: Plan & { kind: 'near' },
  resolver: StringResolver,
): Matches {
  const strings = plan.strings.map((string) => ({
    length: string.forms[0]!.length,
    found: resolver.positions(segment, string.forms[0]!, string.scope),
    weight: resolver.resolve(string).weight,
  }))
  if (strings.length === 0) return noMatches
  const together = strings
    .map(({ found, weight }) => {
      const matches = createMatches(found.documents.length)
      matches.count = found.documents.length
      matches.documents.set(found.documents)
      // Closeness is the evidence here: each string counts as in the middle of its range.
      matches.scores.fill(weight * 128)
      return matches
    })
    .reduce(intersect)
  const places = new Array<number>(strings.length).fill(0)
  let count = 0
  for (let i = 0; i < together.count; i++) {
    const document = together.documents[i]!
    const slices = strings.map(({ found }, s) => {
      while (found.documents[places[s]!]! < document) places[s]!++
      return slice(found, places[s]!)
    })
    const lengths = strings.map((string) => string.length)
    if (!areNear(slices, lengths, plan.distance)) continue
    together.documents[count] = document
    together.scores[count++] = together.scores[i]!
  }
  together.count = count
  return together
}

function slice(found: StringPositions, index: number): Uint32Array {
  return found.positions.subarray(found.starts[index]!, found.starts[index + 1]!)
}

/**
 * Whether one position can be taken from each list such that the characters between the strings, from the first
 * one's start to the last one's end, are no more than `distance`. Sweeps the smallest window over all lists.
 */
function areNear(
  positions: readonly ArrayLike<number>[],
  lengths: readonly number[],
  distance: number,
): boolean {
  const taken = new Array<number>(positions.length).fill(0)
  const inside = lengths.reduce((sum, length) => sum + length, 0)
  for (;;) {
    let first = 0
    let end = 0
    for (let s = 0; s < positions.length; s++) {
      const start = positions[s]![taken[s]!]!
      if (start < positions[first]![taken[first]!]!) first = s
      end = Math.max(end, start + lengths[s]!)
    }
    if (end - positions[first]![taken[first]!]! - inside <= distance) return true
    if (++taken[first]! >= positions[first]!.length) return false
  }
}
