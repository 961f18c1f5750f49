// What shards of the cluster answer, and what is said when some of them do not.
import { SearchError } from '../model/errors.ts'
import type { Connection } from './connection.ts'
import type { Query } from './translate.ts'

export interface SearchAnswer<Source = StoredSource> {
  timed_out: boolean
  _shards: { total: number; successful: number }
  hits: { total?: { value: number }; hits: ClusterHit<Source>[] }
  aggregations?: Record<string, unknown>
  pit_id?: string
}

export interface ClusterHit<Source = StoredSource> {
  _id: string
  _index: string
  _score: number | null
  _source: Source
  sort?: unknown[]
  matched_queries?: Record<string, number>
}

/** What is kept of an article. */
export interface StoredSource {
  id: string
  /** JSON. */
  article: string
  isAdded?: boolean
  isFromPage?: boolean
}

/** One request's questions to some indices of a cluster. */
export interface Asking {
  connection: Connection
  /** Names of indices or aliases, divided by commas. */
  target: string
  /** Those behind the archive's name that hold anything, as last seen. */
  indices: readonly string[]
  signal?: AbortSignal | undefined
  /** When the answer is too late, as performance.now() tells. */
  deadline?: number | undefined
  /** Shards that did not answer, as last seen. */
  missing: { failed: number; total: number }
}

/** Searches; what shards do not answer is remembered in `missing`. */
export async function askShards<Source = StoredSource>(
  asking: Asking,
  body: Record<string, unknown>,
  query: Record<string, string | boolean> = {},
): Promise<SearchAnswer<Source>> {
  const answer = await asking.connection.ask<SearchAnswer<Source>>({
    method: 'POST',
    path: `/${encodeURIComponent(asking.target)}/_search`,
    query: { search_type: 'dfs_query_then_fetch', ...query },
    body,
    ...limitsOf(asking),
  })
  note(asking, answer)
  return answer
}

/** Counts the articles of each of some queries, exactly; one round trip for all. */
export async function countAll(asking: Asking, queries: readonly Query[]): Promise<number[]> {
  if (queries.length === 0) return []
  const { responses } = await asking.connection.ask<{ responses: (SearchAnswer & { error?: unknown })[] }>({
    method: 'POST',
    path: `/${encodeURIComponent(asking.target)}/_msearch`,
    body: queries.flatMap((query) => [
      {},
      { size: 0, track_total_hits: true, query: { bool: { filter: [query] } } },
    ]),
    ...limitsOf(asking),
  })
  return responses.map((answer) => {
    if (answer.error)
      throw new SearchError('STORAGE', `集群没有数出来：${JSON.stringify(answer.error).slice(0, 500)}`)
    note(asking, answer)
    return answer.hits.total!.value
  })
}

function limitsOf({ signal, deadline }: Asking) {
  return {
    signal,
    ...(deadline !== undefined && { timeout: Math.max(1, Math.ceil(deadline - performance.now())) }),
  }
}

function note({ missing }: Asking, answer: SearchAnswer<unknown>): void {
  const { failed, total } = missingShards(answer)
  if (failed === 0) return
  missing.failed = Math.max(missing.failed, failed)
  missing.total = Math.max(missing.total, total)
}

/** Shards that did not answer; those that no node holds any more are not counted as failed by the cluster itself. */
export function missingShards({ _shards: { total, successful } }: SearchAnswer<unknown>): Asking['missing'] {
  return { failed: total - successful, total }
}
