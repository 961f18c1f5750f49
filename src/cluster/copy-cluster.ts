// An archive on a cluster as the source or the target of a copy.
import { createAnalyzer, indexingSegmenter } from '../analysis/analyzer.ts'
import type { ClusterOptions } from '../archive/port.ts'
import { type CopyProgress, type CopySource, type CopyTarget, noProgress } from '../ingest/copy-articles.ts'
import type { IncomingArticle } from '../ingest/read-group.ts'
import { threadsForCopy } from '../ingest/threads.ts'
import { SearchError } from '../model/errors.ts'
import type { Connection } from './connection.ts'
import { createClusterCrew } from './crew.ts'
import { writeList } from './editor-lists.ts'
import { indicesBehind, makeNotes, moveAlias, removeAbandoned } from './indices.ts'
import { articlesVersion, openLiveState, writeBuildNote } from './live-state.ts'
import { mappingSignature } from './mapping.ts'
import { type ArchiveNames, newStem } from './names.ts'
import { type NewIndexOptions, type NewIndices, newIndices, resumeNewIndices } from './new-indices.ts'
import { readNote, removeNote, writeNote } from './notes.ts'
import { connectFor } from './open.ts'
import { scan } from './scan.ts'
import { readStored } from './search.ts'
import type { ClusterHit } from './shards.ts'
import { createVocabularyCounter, leaveVocabulary } from './vocabulary.ts'

/** Rejects with INDEX_MISSING, or with STORAGE where a part of it does not answer. */
export function openClusterSource({ cluster, name }: ClusterOptions): Promise<CopySource> {
  return connectFor(cluster, name, async (connection, names) => {
    const { current } = await openLiveState(connection, names)
    const { failed, total } = current.missing
    if (failed > 0)
      throw new SearchError('STORAGE', `${names.alias} 的 ${total} 片里有 ${failed} 片没有回答，不能照抄`)
    return {
      state: articlesVersion(current),
      articles: current.articles,
      async *read(after) {
        const begin = after === null ? undefined : (JSON.parse(after) as unknown[])
        for await (const hit of readAll(connection, names.alias, begin))
          yield { incoming: toIncoming(hit), place: JSON.stringify(hit.sort) }
      },
      async notes() {
        const lists = [...current.lists].map(([name, { content }]) => [name, content] as const)
        return {
          lists: new Map(lists.filter(([, content]) => content !== '')),
          failures: current.build?.failures ?? null,
        }
      },
      close: () => connection.close(),
    }
  })
}

function readAll(connection: Connection, target: string, after?: readonly unknown[]) {
  const fields = ['id', 'article', 'isAdded', 'isFromPage']
  return scan({ connection, target, query: { match_all: {} }, size: 1000, fields, after })
}

function toIncoming({ _source }: ClusterHit): IncomingArticle {
  return {
    article: readStored(_source),
    isAdded: _source.isAdded ?? false,
    isFromPage: _source.isFromPage ?? false,
  }
}

/** What a copy that is under way has left beside the archive. */
interface CopyNote extends CopyProgress {
  /** What the names of its indices begin with. */
  stem: string
  split: NewIndexOptions['split']
}

const copyNote = 'copy'

/**
 * Makes the copy in new indices, which are put behind the name when they are whole. Rejects with REQUEST_INVALID where
 * there is an archive of that name.
 */
export function openClusterTarget(
  { cluster, name, shards = 1, replicas = 1, split = 'none' }: ClusterOptions,
  source: CopySource,
): Promise<CopyTarget> {
  return connectFor(cluster, name, async (connection, names) => {
    if ((await indicesBehind(connection, names)).length > 0)
      throw new SearchError('REQUEST_INVALID', `集群里已有档案 ${names.alias}：换一个名称，或先删掉它`, {
        field: 'to',
      })
    await makeNotes(connection, names, replicas)
    const segmenter = indexingSegmenter()
    const analyzer = createAnalyzer({ indexedBy: segmenter })
    const options = { signature: mappingSignature(analyzer), settings: { shards, replicas }, split }
    const { made, progress } = await begin(connection, names, options, source.state)
    // Of what an earlier try has brought nothing was counted.
    const counter = progress.articles === 0 ? createVocabularyCounter(analyzer) : null
    const crew = createClusterCrew(threadsForCopy(source), made, { cluster, options, segmenter }, counter)
    return {
      crew,
      progress,
      async keep(_made, progress) {
        const note: CopyNote = { ...progress, stem: made.stem, split }
        await writeNote(connection, names.notes, copyNote, note)
      },
      async *read() {
        await made.refresh()
        for await (const hit of readAll(connection, made.target)) yield toIncoming(hit)
      },
      async finish({ lists, failures }) {
        const indices = await made.finish(source.articles)
        for (const [name, content] of lists) await writeList(connection, names, name, content)
        await moveAlias(connection, names, { add: indices })
        await writeBuildNote(connection, names, { segmenter, failures })
        await removeNote(connection, names.notes, copyNote)
        if (counter) await leaveVocabulary(connection, names, counter)
      },
      async close() {
        await crew.close()
        await connection.close()
      },
    }
  })
}

/** Goes on with what an interrupted copy of the same state has left; of another one, removes it. */
async function begin(
  connection: Connection,
  names: ArchiveNames,
  options: NewIndexOptions,
  state: string,
): Promise<{ made: NewIndices; progress: CopyProgress }> {
  await removeAbandoned(connection, names, [])
  const note = await readNote<CopyNote>(connection, names.notes, copyNote)
  const left = note && (await resumeNewIndices(connection, note.stem, options))
  if (note && left && note.source === state && note.split === options.split) {
    const { source, place, articles, checksum } = note
    return { made: left, progress: { source, place, articles, checksum } }
  }
  await left?.discard()
  if (note) await removeNote(connection, names.notes, copyNote)
  return { made: newIndices(connection, newStem(names), options), progress: noProgress(state) }
}
