// Rebuilds an archive on a cluster from its sources: into new indices, put behind the name at once when all is in and counted.

import { createAnalyzer, indexingSegmenter } from '../analysis/analyzer.ts'
import type { ClusterOptions } from '../archive/port.ts'
import { type BuildOptions, buildFrom } from '../ingest/build-index.ts'
import type { HeldBefore } from '../ingest/keep-added.ts'
import type { BuildReport } from '../ingest/report.ts'
import { threadsForSources } from '../ingest/threads.ts'
import type { Connection } from './connection.ts'
import { createClusterCrew } from './crew.ts'
import {
  blockWrites,
  indicesBehind,
  makeNotes,
  moveAlias,
  removeAbandoned,
  retireIndices,
} from './indices.ts'
import { openLiveState, writeBuildNote } from './live-state.ts'
import { mappingSignature } from './mapping.ts'
import { type ArchiveNames, newStem } from './names.ts'
import { newIndices } from './new-indices.ts'
import { withCluster } from './open.ts'
import { scan } from './scan.ts'
import { readStored } from './search.ts'
import { createVocabularyCounter, leaveVocabulary } from './vocabulary.ts'

/**
 * As `buildIndex`, on a cluster. What was there before goes on answering until the new indices hold every article that was
 * read; they are left out, and removed, when it comes to nothing. Articles that the cluster cannot take are in the report.
 */
export function buildOnCluster(
  options: Omit<BuildOptions, 'index' | 'budgetBytes' | 'waitMs'> & ClusterOptions,
): Promise<BuildReport> {
  const { cluster, name, pageLimits, workers, shards = 1, replicas = 1, split = 'none', ...sources } = options
  return withCluster(cluster, name, async (connection, names) => {
    const segmenter = indexingSegmenter()
    const analyzer = createAnalyzer({ indexedBy: segmenter })
    const signature = mappingSignature(analyzer)
    return buildFrom(sources, async (found, build) => {
      await makeNotes(connection, names, replicas)
      const old = await indicesBehind(connection, names)
      await removeAbandoned(connection, names, old)
      const newOnes = { signature, settings: { shards, replicas }, split }
      const made = newIndices(connection, newStem(names), newOnes)
      const counter = createVocabularyCounter(analyzer)
      const crew = createClusterCrew(
        workers ?? threadsForSources(found),
        made,
        { cluster, options: newOnes, segmenter, ...(pageLimits && { pageLimits }) },
        counter,
      )
      /** Whether the new indices are behind the name; null where it was tried and is not known. */
      let isInPlace: boolean | null = false
      try {
        await build({
          place: names.alias,
          crew,
          before: old.length === 0 ? null : await heldOnCluster(connection, names, old),
          async commit(_made, report, _files) {
            if (crew.written === 0) return null
            const indices = await made.finish(crew.written)
            isInPlace = null
            await moveAlias(connection, names, { add: indices, remove: old }).catch(
              async (error: unknown) => {
                // Only the answer may have been lost.
                const behind = await indicesBehind(connection, names)
                isInPlace = indices.every((index) => behind.includes(index))
                if (!isInPlace) throw error
              },
            )
            isInPlace = true
            await writeBuildNote(connection, names, {
              segmenter,
              failures: report.faults.map(({ file, message }) => ({ file, reason: message })),
            })
            return Date.now()
          },
        })
        if (isInPlace) {
          await leaveVocabulary(connection, names, counter)
          await retireIndices(connection, old).catch(() => undefined)
        }
      } finally {
        await crew.close()
        if (isInPlace === false) {
          await made.discard()
          await blockWrites(connection, old, false).catch(() => undefined)
        }
      }
    })
  })
}

/** Added articles with their texts, then the others by their ids alone. */
async function heldOnCluster(
  connection: Connection,
  names: ArchiveNames,
  indices: readonly string[],
): Promise<HeldBefore> {
  const { current } = await openLiveState(connection, names)
  const target = names.alias
  const isAdded = { term: { isAdded: true } }
  return {
    count: current.articles,
    async *all() {
      // What is added from now on would be neither here nor there.
      await blockWrites(connection, indices, true)
      await connection.ask({ method: 'POST', path: `/${target}/_refresh` })
      for await (const { _source } of scan({ connection, target, query: isAdded }))
        yield {
          id: _source.id,
          isAdded: true,
          isFromPage: _source.isFromPage ?? false,
          article: () => readStored(_source),
        }
      const others = { bool: { must_not: [isAdded] } }
      const fields = ['id', 'isFromPage']
      for await (const { _source } of scan({ connection, target, query: others, size: 5000, fields }))
        yield {
          id: _source.id,
          isAdded: false,
          isFromPage: _source.isFromPage ?? false,
          article(): never {
            throw new Error('Only added articles are taken over.')
          },
        }
    },
  }
}
