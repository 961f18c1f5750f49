// Sets of matching documents of one segment with integer scores, and the set algebra of queries on them.

/** Documents ascending, each with its score; both arrays have `count` valid entries. */
export interface Matches {
  count: number
  documents: Uint32Array
  scores: Uint32Array
}

export const noMatches: Matches = { count: 0, documents: new Uint32Array(0), scores: new Uint32Array(0) }

export function createMatches(capacity: number): Matches {
  return { count: 0, documents: new Uint32Array(capacity), scores: new Uint32Array(capacity) }
}

/** One document, not yet scored. */
export function onlyMatch(document: number): Matches {
  return { count: 1, documents: Uint32Array.of(document), scores: new Uint32Array(1) }
}

/** Documents in both, scores added. */
export function intersect(a: Matches, b: Matches): Matches {
  const out = createMatches(Math.min(a.count, b.count))
  let i = 0
  let j = 0
  while (i < a.count && j < b.count) {
    const x = a.documents[i]!
    const y = b.documents[j]!
    if (x === y) {
      out.documents[out.count] = x
      out.scores[out.count++] = a.scores[i++]! + b.scores[j++]!
    } else if (x < y) i++
    else j++
  }
  return out
}

/** Documents in either, scores added. */
export function unite(a: Matches, b: Matches): Matches {
  if (a.count === 0) return b
  if (b.count === 0) return a
  const out = createMatches(a.count + b.count)
  let i = 0
  let j = 0
  while (i < a.count || j < b.count) {
    const x = i < a.count ? a.documents[i]! : 0xffffffff
    const y = j < b.count ? b.documents[j]! : 0xffffffff
    const document = Math.min(x, y)
    out.documents[out.count] = document
    let score = 0
    if (x === document) score += a.scores[i++]!
    if (y === document) score += b.scores[j++]!
    out.scores[out.count++] = score
  }
  return out
}

/** Documents of `a` that are not in `b`. */
export function subtract(a: Matches, b: Matches): Matches {
  const out = createMatches(a.count)
  let j = 0
  for (let i = 0; i < a.count; i++) {
    const x = a.documents[i]!
    while (j < b.count && b.documents[j]! < x) j++
    if (j < b.count && b.documents[j] === x) continue
    out.documents[out.count] = x
    out.scores[out.count++] = a.scores[i]!
  }
  return out
}

/** Keeps what `accept` accepts, in place. */
export function keep(matches: Matches, accept: (document: number) => boolean): Matches {
  let count = 0
  for (let i = 0; i < matches.count; i++) {
    const document = matches.documents[i]!
    if (!accept(document)) continue
    matches.documents[count] = document
    matches.scores[count++] = matches.scores[i]!
  }
  matches.count = count
  return matches
}

/** A copy of some matches, as if there were no others. */
export function slice({ documents, scores }: Matches, from: number, to: number): Matches {
  return { count: to - from, documents: documents.slice(from, to), scores: scores.slice(from, to) }
}

/** Puts later matches behind those of `into`, which has room for them. */
export function append(into: Matches, { count, documents, scores }: Matches): void {
  into.documents.set(documents.subarray(0, count), into.count)
  into.scores.set(scores.subarray(0, count), into.count)
  into.count += count
}
