// Indices that are filled out of sight, and put behind an archive's name when they are whole.
import { setTimeout as sleep } from 'node:timers/promises'
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import { type BulkOperation, writeBulk } from './bulk.ts'
import type { Connection } from './connection.ts'
import { madeIndices, makeIndex, unlessMade } from './indices.ts'
import type { IndexSettings } from './mapping.ts'
import { indexOfPart, partOf, type Split } from './names.ts'
import { scan } from './scan.ts'

/** Indices that a rebuild or a copy fills, which nobody sees until they are put behind the name. */
export interface NewIndices {
  /** What the names of all of them begin with, and a pattern of it; more than a request could name are laid by paper or year. */
  readonly stem: string
  readonly target: string
  homeOf(articles: readonly Article[]): Promise<(article: Article) => string>
  /** Removes articles that are in, whichever index they lie in: as many as a rebuild holds back, fewer than 65,536. */
  remove(ids: readonly string[]): Promise<void>
  /** Makes what was written visible to scans. */
  refresh(): Promise<void>
  /** Makes them fit to be searched and resolves with their names. Rejects with STORAGE where they do not hold as many articles as were written. */
  finish(articles: number): Promise<string[]>
  discard(): Promise<void>
}

export interface NewIndexOptions {
  signature: string
  settings: IndexSettings
  split: Split
}

/** How long copies of new indices are waited for. */
const copiesTimeout = '30s'

/** Goes on with indices that were begun; null where they are gone, or made for another analysis. */
export async function resumeNewIndices(
  connection: Connection,
  stem: string,
  options: NewIndexOptions,
): Promise<NewIndices | null> {
  try {
    const begun = await madeIndices(connection, `${stem}*`, options.signature)
    return begun.length === 0 ? null : newIndices(connection, stem, options)
  } catch (error) {
    if (error instanceof SearchError && ['INDEX_FORMAT', 'INDEX_MISSING'].includes(error.code)) return null
    throw error
  }
}

/** Several may fill the same ones: whichever first has an article for an index makes it. */
export function newIndices(
  connection: Connection,
  stem: string,
  { signature, settings, split }: NewIndexOptions,
): NewIndices {
  /** By their names; resolved when they are there. */
  const made = new Map<string, Promise<void>>()
  const target = `${stem}*`
  const make = async (index: string) => {
    // Copies are made once, of what is whole; searches see nothing of it before.
    await makeIndex(connection, index, signature, { ...settings, replicas: 0 }).catch(unlessMade)
    await connection.ask({
      method: 'PUT',
      path: `/${index}/_settings`,
      body: { index: { refresh_interval: '-1' } },
    })
  }
  const refresh = async () => {
    await connection.ask({ method: 'POST', path: `/${target}/_refresh` })
  }
  return {
    stem,
    target,
    async homeOf(articles) {
      const homes = new Map(articles.map((article) => [article, indexOfPart(stem, partOf(article, split))]))
      for (const index of new Set(homes.values())) {
        const making = made.get(index) ?? make(index)
        made.set(index, making)
        await making
      }
      return (article) => homes.get(article)!
    },
    async remove(ids) {
      await refresh()
      const written: BulkOperation[] = []
      const query = { terms: { id: ids } }
      for await (const { _id, _index } of scan({ connection, target, query, fields: ['id'], size: 5000 }))
        written.push({ id: _id, index: _index })
      await writeBulk(connection, written)
    },
    refresh,
    async finish(articles) {
      await refresh()
      const { count } = await connection.ask<{ count: number }>({
        method: 'GET',
        path: `/${target}/_count`,
      })
      if (count !== articles)
        throw new SearchError(
          'STORAGE',
          `新索引里数到 ${count} 条，写入的是 ${articles} 条：旧索引没有动，请再重建一次`,
        )
      // Searches are slower until the cluster has merged by itself; nothing else is lost.
      const indices = await madeIndices(connection, target, signature)
      for (const index of indices) await compact(connection, index).catch(() => undefined)
      const body = { index: { refresh_interval: null, number_of_replicas: settings.replicas } }
      await connection.ask({ method: 'PUT', path: `/${target}/_settings`, body })
      // With fewer nodes than copies they never come; the archive answers all the same.
      await connection
        .ask({
          method: 'GET',
          path: `/_cluster/health/${target}`,
          query: { wait_for_status: 'green', timeout: settings.replicas > 0 ? copiesTimeout : '1s' },
        })
        .catch(() => undefined)
      return indices
    },
    async discard() {
      // Hosted clusters may allow no pattern here.
      for (const index of await madeIndices(connection, target, signature).catch(() => []))
        await connection.ask({ method: 'DELETE', path: `/${index}` }).catch(() => undefined)
    },
  }
}

/** No larger ones are made by the cluster's own merging either. */
const largestSegment = 5e9
const lookAgainMs = 500

/**
 * Merges what was written in small pieces, without the second copy of every document that the cluster keeps for
 * recovering what is fresh: half of the size, two thirds of the time of a search.
 */
async function compact(connection: Connection, index: string): Promise<void> {
  const { indices } = await connection.ask<{
    indices: Record<string, { shards: Record<string, { store: { size_in_bytes: number } }[]> }>
  }>({ method: 'GET', path: `/${index}/_stats/store`, query: { level: 'shards' } })
  const shards = Object.values(indices[index]!.shards).map(([first]) => first!.store.size_in_bytes)
  const { task } = await connection.ask<{ task: string }>({
    method: 'POST',
    path: `/${index}/_forcemerge`,
    query: {
      max_num_segments: Math.max(1, Math.ceil(Math.max(...shards) / largestSegment)),
      wait_for_completion: false,
    },
  })
  for (;;) {
    const { completed } = await connection.ask<{ completed: boolean }>({
      method: 'GET',
      path: `/_tasks/${task}`,
    })
    if (completed) break
    await sleep(lookAgainMs)
  }
  // Both the last commit and the searches of before hold the files that were merged.
  await connection.ask({ method: 'POST', path: `/${index}/_flush`, query: { force: true } })
  await connection.ask({ method: 'POST', path: `/${index}/_refresh` })
}
