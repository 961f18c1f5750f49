// Puts articles on top of what an index holds, durably: the one way in for everything but a rebuild.
import { resolve } from 'node:path'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import { createSegmentBuilder } from '../index/segment/segment-builder.ts'
import type { Article } from '../schema/article.ts'
import { builderOptions, createDocumentConverter } from '../schema/index-document.ts'
import {
  documentsOfPage,
  findArticle,
  jumpingOfIssue,
  type Place,
  storedArticle,
} from '../schema/stored-articles.ts'
import { issueKey, joinPieces, splitPieces } from './jumps.ts'
import { pageKey } from './read-group.ts'

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
    const placeOf = (id: string) => (snapshot === null ? null : findArticle(snapshot, id))
    const replaced = [...ids].filter((id) => placeOf(id) !== null).length
    const missing = removeIds.filter((id) => placeOf(id) === null)
    // The id of any piece names its story.
    const removed = removeIds.flatMap((id) => placeOf(id) ?? []).map(storedArticle)
    const stale = snapshot === null ? new Set<string>() : staleItems(snapshot, change)
    const gonePieces = new Set([...removed.flatMap(splitPieces).map(({ id }) => id), ...stale])
    const joined = joinJumps(snapshot, change, gonePieces)
    const gone = new Set([...removed.map(({ id }) => id), ...stale, ...joined.outdated])
    const counts = {
      added: ids.size - replaced,
      replaced,
      removed: new Set(removed.map(({ id }) => id)).size + stale.size,
      missing,
    }
    const written = [...articles.filter(({ id }) => !joined.pieceIds.has(id)), ...joined.articles]
    for (const { id } of written) gone.delete(id)
    if (written.length === 0 && gone.size === 0) return counts
    const builder = createSegmentBuilder({ ...builderOptions(analyzer), storage })
    const convert = createDocumentConverter(analyzer)
    const isFromPage = ({ id }: Article) => fromPages.has(id) || joined.pieceIds.has(id)
    for (const article of written)
      builder.add(convert(article, { isAdded: true, isFromPage: isFromPage(article) }))
    try {
      const segments = written.length === 0 ? [] : [builder.write(directory, writer.newSegmentName())]
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

/** Items and pieces of items that were read from the same printed pages before and are not among the new ones. */
function staleItems(snapshot: Snapshot, { articles = [], fromPages = new Set() }: Change): Set<string> {
  const stale = new Set<string>()
  const seen = new Set<string>()
  for (const article of articles) {
    const { id, paper, date, pageNo } = article
    const page = pageKey(article)
    if (!fromPages.has(id) || date === '' || pageNo === 0 || seen.has(page)) continue
    seen.add(page)
    for (const place of documentsOfPage(snapshot, { paper, date, pageNo }))
      if (isFromPage(place)) stale.add(place.segment.idOf(place.document))
    for (const place of jumpingOfIssue(snapshot, { paper, date }).filter(isFromPage))
      for (const piece of splitPieces(storedArticle(place))) if (piece.pageNo === pageNo) stale.add(piece.id)
  }
  for (const { id } of articles) stale.delete(id)
  return stale
}

function isFromPage({ segment, document }: Place): boolean {
  return segment.columns.numbers('isFromPage')[document] === 1
}

function pieceCount({ segment, document }: Place): number {
  return segment.columns.numbers('pieces')[document]!
}

/** Stories that jump, as they are after a change to their issues. */
interface JoinedJumps {
  /** To be written. */
  articles: Article[]
  /** Every piece that had a part in it: none of them is written by itself unless it is among `articles`. */
  pieceIds: Set<string>
  /** Ids of stored stories that are to go or to be written anew. */
  outdated: Set<string>
}

/** Joins the new pieces with the stored ones of their issues, less those that are gone; what stays as it was is left out. */
function joinJumps(
  snapshot: Snapshot | null,
  { articles = [], fromPages = new Set() }: Change,
  gone: ReadonlySet<string>,
): JoinedJumps {
  const joined: JoinedJumps = { articles: [], pieceIds: new Set(), outdated: new Set() }
  const replaced = new Set(articles.map(({ id }) => id))
  const issues = new Map<string, { paper: string; date: string }>()
  const touch = (article: Article) => issues.set(issueKey(article), article)
  for (const article of articles) if (fromPages.has(article.id) && article.date !== '') touch(article)
  if (snapshot !== null)
    for (const id of replaced) {
      const place = findArticle(snapshot, id)
      if (place !== null && pieceCount(place) > 1) touch(storedArticle(place))
    }
  for (const issue of issues.values()) {
    const stories =
      snapshot === null ? [] : jumpingOfIssue(snapshot, issue).filter(isFromPage).map(storedArticle)
    const isNew = (article: Article) =>
      fromPages.has(article.id) && article.continues !== undefined && issueKey(article) === issueKey(issue)
    const pieces = [
      ...stories.flatMap(splitPieces).filter(({ id }) => !gone.has(id) && !replaced.has(id)),
      ...articles.filter(isNew),
    ].sort((a, b) => a.pageNo - b.pageNo)
    for (const { id } of pieces) joined.pieceIds.add(id)
    const asStored = new Map(stories.map((story) => [story.id, JSON.stringify(story)]))
    const begins = new Set<string>()
    for (const article of joinPieces(pieces)) {
      begins.add(article.id)
      const isUnchanged = asStored.get(article.id) === JSON.stringify(article)
      asStored.delete(article.id)
      if (!isUnchanged || replaced.has(article.id)) joined.articles.push(article)
    }
    for (const id of asStored.keys()) joined.outdated.add(id)
    // Where a later piece stands now, an article by itself may have stood before.
    for (const { id } of pieces) if (!begins.has(id)) joined.outdated.add(id)
  }
  return joined
}
