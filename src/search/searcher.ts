// Searches a snapshot: chooses the reading, counts exactly, ranks, and gives the numbers beside the hits.
import type { Snapshot } from '../index/directory/reader.ts'
import { SearchError } from '../model/errors.ts'
import type { Interpretation } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { createTimeSlice } from '../model/time-slice.ts'
import type { AnalyzedQuery, QueryContext } from '../query/analyze-query.ts'
import { type Plan, planQuery } from '../query/plan.ts'
import { settleSigns } from '../query/settle-signs.ts'
import { filteredFacets } from '../schema/facets.ts'
import type { Outcome } from '../schema/outcome.ts'
import { rankingParameters } from '../schema/ranking-parameters.ts'
import { asksForFewDays, readingNotice, totalsOf, tryReadings } from '../schema/readings.ts'
import { hitsNeeded, pageOf, type Story } from '../schema/reprints.ts'
import type { CheckedRequest } from '../schema/search-request.ts'
import { createFacetCounter } from './facets.ts'
import type { Matches } from './matches.ts'
import { requestFilter } from './request-filter.ts'
import { createScorer, type Scorer, TooWideError } from './scorer.ts'
import { storySketch } from './story-sketches.ts'
import { createStringResolver } from './string-resolver.ts'
import { type RankedHit, TopCollector } from './top-collector.ts'

/** What a search found, before stored articles are read. */
export interface SearchOutcome extends Outcome {
  /** The hits of the page asked for, best first; scores are integers. Reprints stand behind their hit where they are grouped. */
  hits: Story<RankedHit>[]
  /** What was matched, and the stricter readings whose articles were lifted. */
  plan: Plan
  stricter: { interpretation: Interpretation; plan: Plan }[]
}

/** Runs a query. Gives way to other work between segments, so that a server stays responsive. */
export async function searchSnapshot(
  snapshot: Snapshot,
  context: QueryContext,
  query: ParsedQuery,
  request: CheckedRequest,
): Promise<SearchOutcome> {
  const resolver = createStringResolver(snapshot, context.analyzer)
  const pause = createPause(request)
  const scorer = createScorer(snapshot, resolver, pause)
  const filters = snapshot.segments.map((segment) => requestFilter(request, segment))
  const full = request.view === 'full'
  const notices = faultNotices(snapshot)

  const runOf = async (
    analyzed: AnalyzedQuery,
    reading: Interpretation,
    share: number = rankingParameters.mostWordsShare,
  ): Promise<Reading> => {
    const plan = planQuery(analyzed, reading, share)
    const matches: Matches[] = []
    for (let index = 0; index < snapshot.segments.length; index++) {
      matches.push(await scorer.match(plan, index, filters[index]!))
    }
    return { interpretation: reading, plan, matches, total: matches.reduce((sum, m) => sum + m.count, 0) }
  }

  const { analyzed, exact, problems } = await settleSigns(query, context, (one) =>
    runOf(one, 'exact').catch(orTooWide),
  )
  const run = (reading: Interpretation, share?: number) => runOf(analyzed, reading, share)
  const widens = request.reading !== 'exact' && analyzed.canWiden
  if (!full && !widens && exact === null) {
    const counted = await rankOnly(snapshot, analyzed, scorer, request, filters)
    if (counted) return { ...counted, problems }
  }

  const { readings, chosenIndex } = await tryReadings({ request, analyzed, exact, run })
  const chosen = readings[chosenIndex]!
  if (chosen.interpretation !== 'exact' && request.reading === undefined)
    notices.push(readingNotice[chosen.interpretation])
  liftCloserReadings(readings.slice(0, chosenIndex + 1), scorer)

  const top = new TopCollector(hitsNeeded(request), request.sort)
  const countsDays = asksForFewDays(request)
  const apart = full ? filteredFacets(request) : []
  const counter = full ? createFacetCounter({ apart, countsDays }) : null
  for (const [index, segment] of snapshot.segments.entries()) {
    await pause()
    top.addAll(segment, chosen.matches[index]!)
    counter?.add(segment, chosen.matches[index]!)
    for (const facet of apart) {
      const others = requestFilter(request, segment, facet)
      counter!.addTo(facet, segment, await scorer.match(chosen.plan, index, others))
    }
  }
  return {
    interpretation: chosen.interpretation,
    total: chosen.total,
    totals: totalsOf(readings),
    ...pageOf(top.ranked(), request, chosen.total, storySketch),
    facets: counter?.facets() ?? null,
    histogram: counter?.histogram() ?? null,
    days: counter && countsDays ? counter.days() : null,
    notices,
    problems,
    plan: chosen.plan,
    stricter: readings.slice(0, chosenIndex),
  }
}

/** Whoever asks is told when part of the archive is missing from the answer. */
function faultNotices(snapshot: Snapshot): string[] {
  return snapshot.faults.map(
    ({ segment, message }) => `索引的一段（${segment}）读不出来，结果不含其中的文章：${message}`,
  )
}

function orTooWide(error: unknown): null {
  if (error instanceof TooWideError) return null
  throw error
}

interface Reading {
  interpretation: Interpretation
  plan: Plan
  matches: Matches[]
  total: number
}

/** Adds to articles that a stricter reading also finds as much as keeps them ahead of all others. */
function liftCloserReadings(readings: readonly Reading[], scorer: Scorer): void {
  const chosen = readings.at(-1)!
  if (readings.length === 1) return
  const lift = scorer.scoreBound(chosen.plan)
  for (const stricter of readings.slice(0, -1)) {
    for (const [index, matches] of chosen.matches.entries()) {
      const closer = stricter.matches[index]!
      for (let i = 0, j = 0; i < matches.count && j < closer.count; i++) {
        while (j < closer.count && closer.documents[j]! < matches.documents[i]!) j++
        if (closer.documents[j] === matches.documents[i] && j < closer.count) matches.scores[i]! += lift
      }
    }
  }
}

/** Strings without conditions need no list of all their hits: they are counted and ranked as they are read. */
async function rankOnly(
  snapshot: Snapshot,
  query: AnalyzedQuery,
  scorer: Scorer,
  request: CheckedRequest,
  filters: readonly unknown[],
): Promise<SearchOutcome | null> {
  const plan = planQuery(query, 'exact', 1)
  if (filters.some((filter) => filter !== null)) return null
  if (snapshot.segments.some((segment) => segment.deleted !== null)) return null
  const top = new TopCollector(hitsNeeded(request), request.sort)
  let total = 0
  for (let index = 0; index < snapshot.segments.length; index++) {
    const count = await scorer.rank(plan, index, top)
    if (count === null) return null
    total += count
  }
  return {
    interpretation: 'exact',
    total,
    totals: { exact: total },
    ...pageOf(top.ranked(), request, total, storySketch),
    facets: null,
    histogram: null,
    days: null,
    notices: faultNotices(snapshot),
    problems: [],
    plan,
    stricter: [],
  }
}

/** Milliseconds of uninterrupted work after which waiting events get their turn. */
const longestSliceMs = 15

/** Throws the signal's reason when the asker has gone, TIMEOUT when the answer comes too late. */
function createPause({ signal, deadlineMs }: CheckedRequest): () => Promise<void> {
  const begun = performance.now()
  return createTimeSlice(longestSliceMs, () => {
    signal?.throwIfAborted()
    if (deadlineMs !== undefined && performance.now() - begun > deadlineMs)
      throw new SearchError('TIMEOUT', `检索超过了 ${deadlineMs} 毫秒的时限`)
  })
}
