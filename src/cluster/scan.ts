// All articles of a query, one after another, as they were when it was asked: a point in time of the cluster.
import type { Connection } from './connection.ts'
import type { ClusterHit, SearchAnswer } from './shards.ts'
import type { Query } from './translate.ts'

export interface Scan {
  connection: Connection
  target: string
  query: Query
  /** A whole order; by `sequence` unless told: the one in which articles were written. */
  sort?: readonly Query[]
  /** Of what is kept; all unless told. */
  fields?: readonly string[]
  /** Hits fetched at once. */
  size?: number
  /** `sort` of the last hit of an earlier scan, behind which this one begins. */
  after?: readonly unknown[] | undefined
  signal?: AbortSignal | undefined
}

const keepAlive = '5m'

/** Rejects with TIMEOUT or STORAGE where a shard does not answer: half of the articles must not be taken for all. */
export async function* scan({
  connection,
  target,
  query,
  sort = [{ sequence: 'asc' }, { id: 'asc' }],
  size = 500,
  fields,
  after: begin,
  signal,
}: Scan): AsyncGenerator<ClusterHit> {
  const { pit_id: first } = await connection.ask<{ pit_id: string }>({
    method: 'POST',
    path: `/${encodeURIComponent(target)}/_search/point_in_time`,
    query: { keep_alive: keepAlive },
    signal,
  })
  let id = first
  try {
    let after = begin
    for (;;) {
      const answer: SearchAnswer = await connection.ask<SearchAnswer>({
        method: 'POST',
        path: '/_search',
        query: { allow_partial_search_results: false },
        body: {
          size,
          query,
          sort,
          track_total_hits: false,
          track_scores: false,
          pit: { id, keep_alive: keepAlive },
          ...(fields && { _source: fields }),
          ...(after && { search_after: after }),
        },
        signal,
      })
      id = answer.pit_id ?? id
      const { hits } = answer.hits
      yield* hits
      if (hits.length < size) return
      after = hits.at(-1)!.sort
    }
  } finally {
    await connection
      .ask({ method: 'DELETE', path: '/_search/point_in_time', body: { pit_id: [id] } })
      .catch(() => undefined)
  }
}
