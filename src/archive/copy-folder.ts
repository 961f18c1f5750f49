// The folder of an index as the source or the target of a copy.
import { existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { indexingSegmenter } from '../analysis/analyzer.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { openSnapshot } from '../index/directory/snapshot.ts'
import { nodeStorage, replaceFile } from '../index/directory/storage.ts'
import { type IndexWriter, openIndexWriter } from '../index/directory/writer.ts'
import { readBuildNote, writeNote } from '../ingest/build-note.ts'
import { type CopyProgress, type CopySource, type CopyTarget, noProgress } from '../ingest/copy-articles.ts'
import { segmentCrew } from '../ingest/indexing-crew.ts'
import type { IncomingArticle } from '../ingest/read-group.ts'
import { threadsForCopy } from '../ingest/threads.ts'
import { createCrewOf } from '../ingest/worker-pool.ts'
import { SearchError } from '../model/errors.ts'
import { dictionaryList, synonymList } from '../query/editor-words.ts'
import { livePlaces, provenanceOf, storedArticle } from '../schema/stored-articles.ts'
import { listsInFolder } from './user-words.ts'
import { fewArticles, makeVocabulary } from './vocabulary-maker.ts'

/** Throws INDEX_MISSING, INDEX_FORMAT, or INDEX_CORRUPT where a part of it cannot be read. */
export function openFolderSource(index: string): CopySource {
  const snapshot = openSnapshot(index)
  const [fault] = snapshot.faults
  if (fault) {
    snapshot.close()
    throw new SearchError('INDEX_CORRUPT', `${index} 有一部分读不出来，不能照抄：${fault.message}`, {
      file: index,
    })
  }
  return {
    state: snapshot.identity,
    articles: snapshot.documentCount,
    *read(after) {
      const begin = after === null ? 0 : Number(after)
      let place = 0
      for (const incoming of articlesOf(snapshot, begin)) yield { incoming, place: String(begin + ++place) }
    },
    async notes() {
      const lists = listsInFolder(index, nodeStorage)!
      const all = [dictionaryList, synonymList].map((name) => [name, lists.read(name)] as const)
      return {
        lists: new Map(all.filter(([, content]) => content !== '')),
        failures: readBuildNote(index, nodeStorage).failures,
      }
    },
    close: async () => snapshot.close(),
  }
}

function* articlesOf(snapshot: Snapshot, begin = 0): Generator<IncomingArticle> {
  let at = 0
  for (const place of livePlaces(snapshot)) {
    if (at++ < begin) continue
    yield { article: storedArticle(place), ...provenanceOf(place) }
  }
}

const progressFile = 'copy.json'

/**
 * Makes the copy in a folder beside, which is renamed when it is whole. Rejects with REQUEST_INVALID where the folder
 * holds something, with INDEX_LOCKED while another copy is made there.
 */
export async function openFolderTarget(index: string, source: CopySource): Promise<CopyTarget> {
  const folder = resolve(index)
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new SearchError('REQUEST_INVALID', `${index} 里已有东西：副本要放进新的文件夹`, { field: 'to' })
  const working = `${folder}.copying`
  let writer = await openIndexWriter(working, { keepMilliseconds: 0 })
  const known = readProgress(working)
  const isSame = known?.source === source.state
  // What another copy had brought, also where it had not come so far as to note it.
  if (!isSame) {
    await writer.close()
    rmSync(working, { recursive: true, force: true })
    writer = await openIndexWriter(working, { keepMilliseconds: 0 })
  }
  // What a copy that died had begun to write.
  writer.discard()
  return folderTarget(folder, working, writer, source, isSame ? known : noProgress(source.state))
}

function folderTarget(
  folder: string,
  working: string,
  writer: IndexWriter,
  source: CopySource,
  progress: CopyProgress,
): CopyTarget {
  const kind = segmentCrew({ directory: working, budgetBytes: 160 << 20 })
  const crew = createCrewOf(threadsForCopy(source), kind, () => writer.newSegmentName())
  return {
    crew,
    progress,
    async keep(made, progress) {
      if (made.length > 0) await writer.commit({ add: [...made] })
      replaceFile(nodeStorage, working, progressFile, Buffer.from(`${JSON.stringify(progress)}\n`))
    },
    *read() {
      const snapshot = openSnapshot(working)
      try {
        yield* articlesOf(snapshot)
      } finally {
        snapshot.close()
      }
    },
    async finish({ lists, failures }) {
      await writer.merge()
      for (const [name, content] of lists) replaceFile(nodeStorage, working, name, Buffer.from(content))
      writeNote(working, { segmenter: indexingSegmenter(), failures, roots: [] })
      // Suggestions can wait for whoever opens the archive.
      if (source.articles > fewArticles) await makeVocabulary(working).catch(() => undefined)
      await writer.close()
      rmSync(join(working, progressFile), { force: true })
      if (existsSync(folder)) rmdirSync(folder)
      renameSync(working, folder)
    },
    async close() {
      await crew.close()
      await writer.close()
    },
  }
}

/** null where nothing was begun, or nothing that can be told. */
function readProgress(working: string): CopyProgress | null {
  try {
    return JSON.parse(readFileSync(join(working, progressFile), 'utf8')) as CopyProgress
  } catch {
    return null
  }
}
