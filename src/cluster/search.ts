// Searches a cluster: the same readings and the same answers as an archive on this machine, counted by its shards.
import { SearchError } from '../model/errors.ts'
import type { Interpretation } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { type AnalyzedQuery, hasDistance, type QueryContext } from '../query/analyze-query.ts'
import { type Plan, planQuery, type StringPlan } from '../query/plan.ts'
import { settleSigns } from '../query/settle-signs.ts'
import type { Article } from '../schema/article.ts'
import type { Outcome } from '../schema/outcome.ts'
import { rankingParameters } from '../schema/ranking-parameters.ts'
import { readingNotice, totalsOf, tryReadings } from '../schema/readings.ts'
import { hitsNeeded, pageOf, type Story, sketchOf } from '../schema/reprints.ts'
import type { CheckedRequest, SortOrder } from '../schema/search-request.ts'
import { aggregationsFor, allFilters, readAggregations, requestFilters } from './facets.ts'
import { narrowed } from './routing.ts'
import { type Asking, askShards, type ClusterHit } from './shards.ts'
import type { StringCounts } from './string-counts.ts'
import { type Frequencies, planFilter, planQueryOf, type Query, scoreBound, stringsOf } from './translate.ts'

export interface FoundHit {
  id: string
  score: number
  /** Read where it is asked for. */
  readonly article: Article
}

export interface ClusterOutcome extends Outcome {
  hits: Story<FoundHit>[]
  plan: Plan
  stricter: { interpretation: Interpretation; plan: Plan }[]
}

interface Reading {
  interpretation: Interpretation
  plan: Plan
  total: number
}

/** Distances and patterns that take longer are not held against each other; a sentence says so. */
const distanceTimeout = '4s'

export async function searchCluster(
  asking: Asking,
  counts: StringCounts,
  context: QueryContext,
  query: ParsedQuery,
  request: CheckedRequest,
): Promise<ClusterOutcome> {
  const { analyzer } = context
  const filters = allFilters(request)
  const routed = narrowed(asking, request)
  const full = request.view === 'full'

  /** What finds and counts a plan, once its strings are counted. */
  const frequenciesOf = (plans: readonly Plan[]): Promise<Frequencies> =>
    counts.learn(asking, plans.flatMap(stringsOf), analyzer)

  const runOf = async (
    analyzed: AnalyzedQuery,
    interpretation: Interpretation,
    share: number = rankingParameters.mostWordsShare,
  ): Promise<Reading | null> => {
    const plan = planQuery(analyzed, interpretation, share)
    const frequencies = await frequenciesOf(interpretation === 'anyWords' ? [plan] : [])
    const bounded = interpretation === 'exact' && hasDistance(analyzed.root)
    const answer = await askShards(routed, {
      size: 0,
      track_total_hits: true,
      query: { bool: { filter: [planFilter(plan, analyzer, frequencies), ...filters] } },
      ...(bounded && { timeout: distanceTimeout }),
    })
    if (bounded && answer.timed_out) return null
    return { interpretation, plan, total: answer.hits.total!.value }
  }

  const { analyzed, exact, problems } = await settleSigns(query, context, (one) => runOf(one, 'exact'))
  const run = async (reading: Interpretation, share?: number) => (await runOf(analyzed, reading, share))!
  const { readings, chosenIndex } = await tryReadings({ request, analyzed, exact, run })
  const chosen = readings[chosenIndex]!
  const stricter = readings.slice(0, chosenIndex)
  const notices: string[] = []
  if (chosen.interpretation !== 'exact' && request.reading === undefined)
    notices.push(readingNotice[chosen.interpretation])

  const frequencies = await frequenciesOf([chosen.plan])
  const { dates, byFacet } = requestFilters(request)
  const needed = hitsNeeded(request)
  const from = request.group ? 0 : Math.max(0, needed - request.size)
  const answer =
    full || request.size > 0
      ? await askShards(full ? narrowed(asking, { from: request.from, to: request.to }) : routed, {
          from,
          size: needed - from,
          // It is known already, and hits that cannot come first are passed over.
          track_total_hits: false,
          track_scores: true,
          query: {
            bool: {
              must: [scoredQuery(chosen.plan, stricter, frequencies)],
              filter: full ? dates : filters,
            },
          },
          ...(full && byFacet.size > 0 && { post_filter: { bool: { filter: [...byFacet.values()] } } }),
          ...(full && { aggs: aggregationsFor(request) }),
          sort: sortOf(request.sort),
          _source: full || request.group ? ['id', 'article'] : ['id'],
        })
      : null
  const counted = full ? readAggregations(answer!.aggregations!) : null
  if (counted && counted.inexact.length > 0)
    notices.push('有的分面值太多，集群只数了常见的：它们的篇数可能偏少')
  if (asking.missing.failed > 0)
    notices.push(
      `集群的 ${asking.missing.total} 个分片里有 ${asking.missing.failed} 个没有回答，结果不含其中的文章`,
    )
  const hits = (answer?.hits.hits ?? []).map(toFound)
  const page = request.group
    ? pageOf(hits, request, chosen.total, ({ article }) => sketchOf(article))
    : { hits: hits.map((hit) => ({ hit, also: [] })), groups: null }
  return {
    interpretation: chosen.interpretation,
    total: chosen.total,
    totals: totalsOf(readings),
    ...page,
    facets: counted?.facets ?? null,
    histogram: counted?.histogram ?? null,
    days: counted?.days ?? null,
    notices,
    problems,
    plan: chosen.plan,
    stricter,
  }

  function scoredQuery(plan: Plan, closer: readonly Reading[], known: Frequencies): Query {
    return liftedQuery(plan, closer, known, analyzer)
  }
}

/** The chosen reading, articles of stricter ones ahead of all others. */
export function liftedQuery(
  plan: Plan,
  stricter: readonly { interpretation: Interpretation; plan: Plan }[],
  frequencies: Frequencies,
  analyzer: QueryContext['analyzer'],
  name?: (string: StringPlan, isBridge: boolean) => string,
): Query {
  const lift = scoreBound(plan, frequencies)
  return {
    bool: {
      must: [planQueryOf(plan, analyzer, frequencies, name)],
      should: stricter.map((closer) => ({
        constant_score: {
          filter: planFilter(closer.plan, analyzer, frequencies),
          boost: lift,
          ...(name && { _name: `reading:${closer.interpretation}` }),
        },
      })),
    },
  }
}

/** By score or date; then by the other, then by id, as everywhere. */
export function sortOf(order: SortOrder): Query[] {
  const byId: Query = { id: 'asc' }
  // What has no date comes last.
  const byDate = (order: 'asc' | 'desc'): Query => ({
    day: { order, missing: order === 'asc' ? 99_99_99_99 : 0 },
  })
  if (order === 'relevance') return [{ _score: 'desc' }, byDate('desc'), byId]
  return [byDate(order === 'newest' ? 'desc' : 'asc'), { _score: 'desc' }, byId]
}

export function toFound({ _score, _source }: ClusterHit): FoundHit {
  let article: Article | undefined
  return {
    id: _source.id,
    score: _score ?? 0,
    get article() {
      article ??= readStored(_source)
      return article
    },
  }
}

/** The article as it was sent. Throws INDEX_CORRUPT where the cluster gives back something else. */
export function readStored({ id, article }: { id: string; article: string }): Article {
  try {
    return JSON.parse(article) as Article
  } catch (error) {
    throw new SearchError('INDEX_CORRUPT', `集群里的文章 ${id} 读不懂`, { id }, { cause: error })
  }
}
