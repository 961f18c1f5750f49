// What a change means for what an archive holds: which articles are written, which go. Pages and stories in pieces are
// taken as a whole.
import type { Article } from '../schema/article.ts'
import { issueKey, joinPieces, splitPieces } from './jumps.ts'
import { pageKey } from './read-group.ts'

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

/** Carries out a change, durably when it resolves. */
export type Commit = (change: Change) => Promise<ChangeCounts>

/** An article as an archive holds it. */
export interface StoredArticle {
  readonly article: Article
  readonly isFromPage: boolean
}

/** What an archive holds, as far as a change has to know it. */
export interface Holdings {
  /** By their ids those that are there; the id of a later piece names its story. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, StoredArticle>>
  /** What begins on a printed page, in the order in which it was read. */
  ofPage(page: { paper: string; date: string; pageNo: number }): Promise<StoredArticle[]>
  /** Stories of an issue that jump from page to page, whole or waiting for another piece. */
  jumpingOf(issue: { paper: string; date: string }): Promise<StoredArticle[]>
}

export interface PlannedChange {
  counts: ChangeCounts
  written: StoredArticle[]
  /** Ids that go, none of which is written. */
  gone: string[]
}

export async function planChange(holdings: Holdings, change: Change): Promise<PlannedChange> {
  const { articles = [], fromPages = new Set<string>(), removeIds = [] } = change
  const ids = new Set(articles.map(({ id }) => id))
  const known = await holdings.find([...ids, ...removeIds])
  const replaced = [...ids].filter((id) => known.has(id)).length
  // The id of any piece names its story.
  const removed = removeIds.flatMap((id) => known.get(id)?.article ?? [])
  const stale = await staleItems(holdings, change)
  const gonePieces = new Set([...removed.flatMap(splitPieces).map(({ id }) => id), ...stale])
  const joined = await joinJumps(holdings, known, change, gonePieces)
  const gone = new Set([...removed.map(({ id }) => id), ...stale, ...joined.outdated])
  const written = [...articles.filter(({ id }) => !joined.pieceIds.has(id)), ...joined.articles].map(
    (article) => ({ article, isFromPage: fromPages.has(article.id) || joined.pieceIds.has(article.id) }),
  )
  for (const { article } of written) gone.delete(article.id)
  return {
    counts: {
      added: ids.size - replaced,
      replaced,
      removed: new Set(removed.map(({ id }) => id)).size + stale.size,
      missing: removeIds.filter((id) => !known.has(id)),
    },
    written,
    gone: [...gone],
  }
}

/** Items and pieces of items that were read from the same printed pages before and are not among the new ones. */
async function staleItems(
  holdings: Holdings,
  { articles = [], fromPages = new Set() }: Change,
): Promise<Set<string>> {
  const stale = new Set<string>()
  const seen = new Set<string>()
  for (const article of articles) {
    const { id, paper, date, pageNo } = article
    const page = pageKey(article)
    if (!fromPages.has(id) || date === '' || pageNo === 0 || seen.has(page)) continue
    seen.add(page)
    for (const stored of await holdings.ofPage({ paper, date, pageNo }))
      if (stored.isFromPage) stale.add(stored.article.id)
    for (const stored of await holdings.jumpingOf({ paper, date }))
      if (stored.isFromPage)
        for (const piece of splitPieces(stored.article)) if (piece.pageNo === pageNo) stale.add(piece.id)
  }
  for (const { id } of articles) stale.delete(id)
  return stale
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
async function joinJumps(
  holdings: Holdings,
  known: ReadonlyMap<string, StoredArticle>,
  { articles = [], fromPages = new Set() }: Change,
  gone: ReadonlySet<string>,
): Promise<JoinedJumps> {
  const joined: JoinedJumps = { articles: [], pieceIds: new Set(), outdated: new Set() }
  const replaced = new Set(articles.map(({ id }) => id))
  const issues = new Map<string, { paper: string; date: string }>()
  const touch = (article: Article) => issues.set(issueKey(article), article)
  for (const article of articles) if (fromPages.has(article.id) && article.date !== '') touch(article)
  for (const id of replaced) {
    const stored = known.get(id)
    if (stored !== undefined && splitPieces(stored.article).length > 1) touch(stored.article)
  }
  for (const issue of issues.values()) {
    const stories = (await holdings.jumpingOf(issue))
      .filter(({ isFromPage }) => isFromPage)
      .map(({ article }) => article)
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
