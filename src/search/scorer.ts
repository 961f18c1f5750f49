// Matches a plan against the segments of a snapshot: which documents, with which integer score.
import type { SegmentReader, Snapshot } from '../index/directory/reader.ts'
import { contains } from '../index/segment/deletions.ts'
import type { Plan, StringPlan } from '../query/plan.ts'
import { rankingParameters } from '../schema/ranking-parameters.ts'
import { type Accumulator, createAccumulator } from './accumulator.ts'
import { type Accept, columnCondition } from './column-conditions.ts'
import { expandWildcard } from './expand-wildcard.ts'
import type { Leaf } from './leaf.ts'
import {
  append,
  createMatches,
  intersect,
  keep,
  type Matches,
  noMatches,
  slice,
  subtract,
  unite,
} from './matches.ts'
import { keepNear } from './near.ts'
import { findBreaks } from './string-positions.ts'
import type { StringResolver } from './string-resolver.ts'
import type { StringSpans } from './string-spans.ts'
import type { TopCollector } from './top-collector.ts'
import { keepWildcard } from './wildcard.ts'

export interface Scorer {
  /** Live documents of the i-th segment that match. */
  match(plan: Plan, segmentIndex: number, filter: Accept | null): Promise<Matches>
  /**
   * Offers the documents of the i-th segment, none of which may be deleted, to the best hits without listing them all.
   * Returns how many match, or null for a plan that cannot be answered so.
   */
  rank(plan: Plan, segmentIndex: number, hits: TopCollector): Promise<number | null>
  /** Sum of the weights of a plan's strings times the largest impact: no score of the plan is above it. */
  scoreBound(plan: Plan): number
}

/** Documents whose places are held against each other before waiting events have their turn. */
const documentsTogether = 2048
/** Documents times strings whose places one search may hold against each other: some 0.2 s of work. */
const mostPlaces = 60_000
/** What it costs to walk through the lists of all pairs that begin with a character, in the same measure. */
const placesOfCharacter = 500

/** A pattern whose parts stand together in too many articles to look at all their places. */
export class TooWideError extends Error {}

/** Those of a segment that no search is filling. */
const idleAccumulators = new WeakMap<SegmentReader, Accumulator[]>()

/** `pause` is awaited between the strings of a plan; what it throws ends the search. */
export function createScorer(
  snapshot: Snapshot,
  resolver: StringResolver,
  pause: () => Promise<void> = async () => {},
): Scorer {
  const bounded = new Set<Plan>()
  let placesLeft = mostPlaces
  const expansions = new Map<Plan, Plan>()
  function expand(plan: Plan & { kind: 'wildcard' }): Plan {
    let expanded = expansions.get(plan)
    if (expanded === undefined) {
      expanded = expandWildcard(plan, snapshot)
      expansions.set(plan, expanded)
    }
    return expanded
  }

  async function match(plan: Plan, index: number): Promise<Matches> {
    await pause()
    const segment = snapshot.segments[index]!
    switch (plan.kind) {
      case 'string': {
        const { leaves, weight } = resolver.resolve(plan)
        return leaves[index]?.materialize(weight) ?? noMatches
      }
      case 'all':
        return matchAll(plan.children, index)
      case 'any':
        return matchAny(plan.children, index)
      case 'not':
        return subtract(everything(segment), await match(plan.child, index))
      case 'most':
        return matchMost(plan, index)
      case 'near':
        return matchPlaces(plan, index)
      case 'wildcard': {
        const expanded = expand(plan)
        return expanded.kind === 'wildcard' ? matchPlaces(expanded, index) : match(expanded, index)
      }
      case 'filter':
      case 'dates':
        return keep(everything(segment), columnCondition(plan, segment.columns))
      case 'everything':
        return everything(segment)
      case 'nothing':
        return noMatches
    }
  }

  /** Rarest string first, the others only looked up in what is left; then conditions, then exclusions. */
  async function matchAll(children: readonly Plan[], index: number): Promise<Matches> {
    const segment = snapshot.segments[index]!
    const strings = []
    const conditions: Accept[] = []
    const excluded: Plan[] = []
    let result: Matches | null = null
    for (const child of children) {
      await pause()
      if (child.kind === 'string') {
        const { leaves, weight } = resolver.resolve(child)
        const leaf = leaves[index]
        if (!leaf) return noMatches
        strings.push({ leaf, weight })
      } else if (child.kind === 'filter' || child.kind === 'dates')
        conditions.push(columnCondition(child, segment.columns))
      else if (child.kind === 'not') excluded.push(child.child)
      else if (child.kind !== 'everything') {
        const matches = await match(child, index)
        result = result ? intersect(result, matches) : matches
        if (result.count === 0) return noMatches
      }
    }
    strings.sort((a, b) => a.leaf.documentCount - b.leaf.documentCount)
    for (const { leaf, weight } of strings) {
      await pause()
      result = result ? leaf.intersect(result, weight) : leaf.materialize(weight)
      if (result.count === 0) return noMatches
    }
    result ??= everything(segment)
    for (const condition of conditions) result = keep(result, condition)
    for (const plan of excluded) result = subtract(result, await match(plan, index))
    return result
  }

  /** Documents that hold all strings, held against the places of these. */
  async function matchPlaces(plan: Plan & { kind: 'near' | 'wildcard' }, index: number): Promise<Matches> {
    if (plan.strings.length === 0) return noMatches
    if (!bounded.has(plan)) {
      bounded.add(plan)
      placesLeft -= await placesAtMost(plan.strings)
      if (placesLeft < 0) throw new TooWideError()
    }
    const candidates = await matchAll(plan.strings, index)
    const segment = snapshot.segments[index]!
    const out = createMatches(candidates.count)
    for (let from = 0; from < candidates.count; from += documentsTogether) {
      const part = slice(candidates, from, Math.min(from + documentsTogether, candidates.count))
      const spans: StringSpans[] = []
      for (const string of plan.strings) {
        await pause()
        spans.push(resolver.spans(index, string, part.documents))
      }
      const kept =
        plan.kind === 'near'
          ? keepNear(part, spans, plan.distance)
          : keepWildcard(part, spans, plan.gaps, findBreaks(segment, part.documents))
      append(out, kept)
    }
    return out
  }

  /** Documents times strings to be looked at, at most, in the whole snapshot; single characters are read from many lists. */
  async function placesAtMost(strings: readonly StringPlan[]): Promise<number> {
    const resolved: (Leaf | null)[][] = []
    for (const string of strings) {
      await pause()
      resolved.push(resolver.resolve(string).leaves)
    }
    const singles = strings.filter(({ forms }) => forms.some((form) => form.length === 1)).length
    return snapshot.segments.reduce((sum, _segment, index) => {
      const rarest = Math.min(...resolved.map((leaves) => leaves[index]?.documentCount ?? 0))
      return sum + rarest * strings.length + (rarest > 0 ? singles * placesOfCharacter : 0)
    }, 0)
  }

  async function matchAny(children: readonly Plan[], index: number): Promise<Matches> {
    let matched = noMatches
    for (const child of children)
      if (child.kind !== 'string') matched = unite(matched, await match(child, index))
    const strings = children.filter((child): child is StringPlan => child.kind === 'string')
    if (strings.length === 0) return matched
    return unite(matched, await accumulate(strings, index, (accumulator) => accumulator.drain(0)))
  }

  /** Lends an accumulator of the segment; one that was left filled, by a search that was ended, is not used again. */
  async function withAccumulator<Result>(
    index: number,
    fill: (accumulator: Accumulator) => Promise<Result>,
  ): Promise<Result> {
    const segment = snapshot.segments[index]!
    const idle = idleAccumulators.get(segment) ?? []
    idleAccumulators.set(segment, idle)
    const accumulator = idle.pop() ?? createAccumulator(segment.documentCount)
    const result = await fill(accumulator)
    idle.push(accumulator)
    return result
  }

  /** Scores every document that contains one of the strings, and empties the accumulator by `take`. */
  function accumulate<Result>(
    strings: readonly StringPlan[],
    index: number,
    take: (accumulator: Accumulator) => Result,
  ): Promise<Result> {
    return withAccumulator(index, async (accumulator) => {
      for (const string of strings) {
        await pause()
        const { leaves, weight } = resolver.resolve(string)
        leaves[index]?.accumulate(accumulator, weight, 0)
      }
      return take(accumulator)
    })
  }

  function matchMost({ words, bridges, share }: Plan & { kind: 'most' }, index: number): Promise<Matches> {
    return withAccumulator(index, async (accumulator) => {
      let mass = 0
      for (const word of words) {
        await pause()
        const { leaves, weight } = resolver.resolve(word)
        mass += weight
        leaves[index]?.accumulate(accumulator, weight, weight)
      }
      for (const bridge of bridges) {
        await pause()
        const { leaves, weight } = resolver.resolve(bridge)
        leaves[index]?.accumulate(accumulator, bridgeWeight(weight), 0)
      }
      return accumulator.drain(Math.max(1, Math.ceil(mass * share)))
    })
  }

  function scoreBound(plan: Plan): number {
    switch (plan.kind) {
      case 'string':
        return 255 * resolver.resolve(plan).weight
      case 'all':
      case 'any':
        return plan.children.reduce((sum, child) => sum + scoreBound(child), 0)
      case 'near':
      case 'wildcard':
        return plan.strings.reduce((sum, child) => sum + scoreBound(child), 0)
      case 'most':
        return (
          plan.words.reduce((sum, word) => sum + scoreBound(word), 0) +
          plan.bridges.reduce((sum, bridge) => sum + 255 * bridgeWeight(resolver.resolve(bridge).weight), 0)
        )
      default:
        return 255
    }
  }

  async function rank(plan: Plan, index: number, hits: TopCollector): Promise<number | null> {
    await pause()
    const segment = snapshot.segments[index]!
    if (plan.kind === 'string') {
      const { leaves, weight } = resolver.resolve(plan)
      leaves[index]?.rank(weight, segment, hits)
      return leaves[index]?.documentCount ?? 0
    }
    if (plan.kind !== 'any' || !plan.children.every((child) => child.kind === 'string')) return null
    return accumulate(plan.children, index, (accumulator) => accumulator.rank(segment, hits))
  }

  return {
    rank,
    scoreBound,
    async match(plan, index, filter) {
      const matches = await match(plan, index)
      const { deleted } = snapshot.segments[index]!
      if (deleted) keep(matches, (document) => !contains(deleted, document))
      return filter ? keep(matches, filter) : matches
    },
  }
}

export function bridgeWeight(weight: number): number {
  return Math.round(weight * rankingParameters.bridgeGram)
}

function everything(segment: SegmentReader): Matches {
  const out = createMatches(segment.documentCount)
  for (let document = 0; document < segment.documentCount; document++) out.documents[document] = document
  out.count = segment.documentCount
  return out
}
