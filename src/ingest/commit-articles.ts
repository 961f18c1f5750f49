// Puts articles on top of what an index holds, durably: the one way in for everything but a rebuild.
import { resolve } from 'node:path'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import { createSegmentBuilder } from '../index/segment/segment-builder.ts'
import type { Article } from '../schema/article.ts'
import { builderOptions, createDocumentConverter } from '../schema/index-document.ts'
import { documentsOfPage, findArticle } from '../schema/stored-articles.ts'

export interface Target {
  /** Folder of the index. */
  directory: string
  storage: Storage
  analyzer: Analyzer
  /** The newest commit, null when there is none; asked for once this writer's turn has come. */
  current(): Snapshot | null
  /** How long to wait for a writer of another process. */
  waitMilliseconds: number
  /** Takes the lock of a process on another host. */
  force?: boolean
}

export interface Change {
  /** With distinct ids. */
  articles?: readonly Article[]
  /** Ids of those among them that were read from printed pages: other items of these pages go. */
  fromPages?: ReadonlySet<string>
  removeIds?: readonly string[]
}

export interface ChangeCounts {
  added: number
  replaced: number
  /** Items of re-read pages that are no longer there, and articles removed by id. */
  removed: number
  missing: string[]
}

/** Writers of this process wait for one another, by storage and folder. */
const turnsOf = new WeakMap<Storage, Map<string, Promise<unknown>>>()

/** Commits a change in its turn. Rejects with INDEX_LOCKED when another process writes for too long, or with STORAGE. */
export function commitChange(target: Target, change: Change): Promise<ChangeCounts> {
  const key = target.storage === nodeStorage ? resolve(target.directory) : target.directory
  const turns = turnsOf.get(target.storage) ?? new Map<string, Promise<unknown>>()
  turnsOf.set(target.storage, turns)
  const before = turns.get(key) ?? Promise.resolve()
  const turn = before.then(() => commitNow(target, change))
  const settled = turn.catch(() => undefined)
  turns.set(key, settled)
  settled.then(() => {
    if (turns.get(key) === settled) turns.delete(key)
  })
  return turn
}

async function commitNow(target: Target, change: Change): Promise<ChangeCounts> {
  const { articles = [], fromPages = new Set<string>(), removeIds = [] } = change
  const { directory, storage, analyzer, waitMilliseconds, force = false } = target
  const writer = await openIndexWriter(directory, { storage, waitMilliseconds, force })
  try {
    const snapshot = target.current()
    const ids = new Set(articles.map(({ id }) => id))
    const isThere = (id: string) => snapshot !== null && findArticle(snapshot, id) !== null
    const replaced = [...ids].filter(isThere).length
    const present = new Set(removeIds.filter(isThere))
    const missing = removeIds.filter((id) => !present.has(id))
    const stale = snapshot === null ? [] : staleItems(snapshot, change)
    const gone = new Set([...present, ...stale])
    const counts = { added: ids.size - replaced, replaced, removed: gone.size, missing }
    if (ids.size === 0 && gone.size === 0) return counts
    const builder = createSegmentBuilder({ ...builderOptions(analyzer), storage })
    const convert = createDocumentConverter(analyzer)
    for (const article of articles)
      builder.add(convert(article, { isAdded: true, isFromPage: fromPages.has(article.id) }))
    try {
      const segments = ids.size === 0 ? [] : [builder.write(directory, writer.newSegmentName())]
      await writer.commit({ add: segments, removeIds: [...gone] })
    } catch (error) {
      writer.discard()
      throw error
    }
    // The change is on the disk: a merge that fails is tried again by the next writer.
    await writer.merge().catch(() => writer.discard())
    return counts
  } finally {
    await writer.close()
  }
}

/** Items that were read from the same printed pages before and are not among the new ones. */
function staleItems(snapshot: Snapshot, { articles = [], fromPages = new Set() }: Change): Set<string> {
  const stale = new Set<string>()
  const seen = new Set<string>()
  for (const { id, paper, date, pageNo } of articles) {
    const page = `${paper}\0${date}\0${pageNo}`
    if (!fromPages.has(id) || date === '' || pageNo === 0 || seen.has(page)) continue
    seen.add(page)
    for (const { segment, document } of documentsOfPage(snapshot, { paper, date, pageNo }))
      if (segment.columns.numbers('isFromPage')[document] === 1) stale.add(segment.idOf(document))
  }
  for (const { id } of articles) stale.delete(id)
  return stale
}
