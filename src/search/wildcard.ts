// Patterns with ? (one character) and * (any number) inside a run of Han characters.
import type { SegmentReader } from '../index/directory/reader.ts'
import type { WildcardPart } from '../model/query.ts'
import { normalize } from '../normalize/normalize.ts'
import type { Article } from '../schema/article.ts'
import { printedTexts } from '../schema/index-document.ts'
import type { Leaf } from './leaf.ts'
import { createMatches, type Matches, noMatches } from './matches.ts'
import type { Plan } from './plan.ts'

/**
 * Holds the pattern against the texts of the documents that contain all its literal parts.
 * @param literals leaves of the literal parts in this segment, null where one is not contained
 */
export function matchWildcard(
  segment: SegmentReader,
  plan: Plan & { kind: 'wildcard' },
  literals: readonly { leaf: Leaf | null; weight: number }[],
): Matches {
  const [rarest, ...others] = [...literals].sort(
    (a, b) => (a.leaf?.documentCount ?? 0) - (b.leaf?.documentCount ?? 0),
  )
  if (!rarest?.leaf) return noMatches
  let candidates = rarest.leaf.materialize(rarest.weight)
  for (const { leaf, weight } of others) candidates = leaf!.intersect(candidates, weight)
  const pattern = toPattern(plan.parts)
  const out = createMatches(candidates.count)
  for (let i = 0; i < candidates.count; i++) {
    const document = candidates.documents[i]!
    const texts = printedTexts(JSON.parse(segment.stored(document)) as Article)
    const meant =
      plan.scope === 'title' ? texts.slice(0, 3) : plan.scope === 'author' ? texts.slice(-1) : texts
    if (!meant.flat().some((text) => pattern.test(normalize(text).text))) continue
    out.documents[out.count] = document
    out.scores[out.count++] = candidates.scores[i]!
  }
  return out
}

/** The literal parts of a pattern, normalised. */
export function literalsOf(parts: readonly WildcardPart[]): string[] {
  return parts
    .flatMap((part) => ('literal' in part ? [normalize(part.literal).text] : []))
    .filter((literal) => literal.length > 0)
}

/** The pattern as a regular expression over normalised text; wild parts stand for Han characters only. */
export function toPattern(parts: readonly WildcardPart[]): RegExp {
  const source = parts.map((part) =>
    'literal' in part
      ? normalize(part.literal).text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
      : part.wild === '?'
        ? '\\p{Script=Han}'
        : '\\p{Script=Han}*?',
  )
  return new RegExp(source.join(''), 'u')
}
