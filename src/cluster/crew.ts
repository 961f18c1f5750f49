// Who reads and analyses for a cluster during a rebuild or a copy, and how many articles have come into the new indices.
import type { IndexingCrew } from '../ingest/indexing-crew.ts'
import { createCrewOf } from '../ingest/worker-pool.ts'
import { type ClusterCrewSettings, type ClusterIncoming, createClusterMember } from './crew-member.ts'
import type { NewIndices } from './new-indices.ts'
import type { VocabularyCounter, VocabularyCounts } from './vocabulary.ts'

export interface ClusterCrew extends IndexingCrew {
  /** Articles that the new indices hold, as of the last flush. */
  readonly written: number
}

/**
 * @param made what the members fill as well
 * @param counter gets what is counted, where all that is new comes through here
 */
export function createClusterCrew(
  threads: number,
  made: NewIndices,
  settings: Omit<ClusterCrewSettings, 'isCounting' | 'stem'>,
  counter: VocabularyCounter | null,
): ClusterCrew {
  const crew = createCrewOf(
    threads,
    {
      thread: new URL('./worker.js', import.meta.url),
      settings: { ...settings, stem: made.stem, isCounting: counter !== null },
      createMember: createClusterMember,
    },
    () => '',
  )
  const ids = new Set<string>()
  return {
    concurrency: crew.concurrency,
    get written() {
      return ids.size
    },
    read: crew.read,
    settle(group, verdicts) {
      for (const { id, fate } of verdicts) if (fate === 'index') ids.add(id)
      crew.settle(group, verdicts)
    },
    async index(articles) {
      const again = new Set(articles.map(({ article }) => article.id).filter((id) => ids.has(id)))
      // Its year or paper may be another now, or the cluster may not take it: the one before must not stay.
      if (again.size > 0) await made.remove([...again])
      const given = articles.map(
        (incoming): ClusterIncoming => ({ ...incoming, isAgain: again.has(incoming.article.id) }),
      )
      for (const { article } of articles) ids.add(article.id)
      await crew.index(given)
    },
    async flush() {
      const { besides, ...result } = await crew.flush()
      // Held back for later, or not taken.
      for (const { article } of result.pieces) ids.delete(article.id)
      for (const { id } of result.faults) if (id !== undefined) ids.delete(id)
      for (const counts of besides) counter?.addAll(counts as VocabularyCounts)
      return { ...result, besides: [] }
    },
    close: crew.close,
  }
}
