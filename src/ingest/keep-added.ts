// What a rebuild takes over from the index before: articles that came by `add` or a POST, which no source holds.
import type { Snapshot } from '../index/directory/reader.ts'
import type { Article } from '../schema/article.ts'
import { livePlaces, provenanceOf, storedArticle } from '../schema/stored-articles.ts'
import type { IdRegister } from './id-register.ts'
import { type IndexingCrew, inBatches } from './indexing-crew.ts'
import { isJumping, splitPieces } from './jumps.ts'
import { type IncomingArticle, pageKey } from './read-group.ts'
import { printedLength, type ReportKeeper } from './report.ts'

/** An article of the index before a rebuild; the article itself is only asked for where it was added. */
export interface HeldArticle {
  id: string
  isAdded: boolean
  isFromPage: boolean
  article(): Article
}

export interface HeldBefore {
  count: number
  all(): Iterable<HeldArticle> | AsyncIterable<HeldArticle>
}

export function heldBy(snapshot: Snapshot): HeldBefore {
  return {
    count: snapshot.documentCount,
    *all() {
      for (const place of livePlaces(snapshot)) {
        const { segment, document } = place
        yield {
          id: segment.idOf(document),
          ...provenanceOf(place),
          article: () => storedArticle(place),
        }
      }
    },
  }
}

/**
 * Takes over from the old index what only `add` or a POST brought, unless the sources hold its page or its id now.
 * Resolves with the pieces of stories among it, which are not indexed yet.
 */
export async function keepAdded(
  before: HeldBefore,
  {
    crew,
    keeper,
    register,
    pages,
  }: {
    crew: IndexingCrew
    keeper: ReportKeeper
    register: IdRegister
    pages: ReadonlySet<string>
  },
): Promise<IncomingArticle[]> {
  const { report } = keeper
  const batches = inBatches(crew)
  const keep = (article: Article): number => {
    const characters = printedLength(article)
    keeper.countArticle({ ...article, characters })
    report.kept++
    return characters
  }
  const pieces: IncomingArticle[] = []
  for await (const { id, isAdded, isFromPage, article: read } of before.all()) {
    const article = isAdded ? read() : null
    if (article !== null && isFromPage && isJumping(article)) {
      for (const piece of splitPieces(article)) {
        if (register.has(piece.id)) continue
        if (pages.has(pageKey(piece))) report.dropped++
        else {
          keep(piece)
          pieces.push({ article: piece, isAdded, isFromPage })
        }
      }
      continue
    }
    if (register.has(id)) continue
    if (article === null || (isFromPage && pages.has(pageKey(article)))) {
      report.dropped++
      continue
    }
    await batches.add({ article, isAdded, isFromPage }, keep(article))
  }
  await batches.flush()
  return pieces
}
