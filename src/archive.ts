// One object that opens an archive, adds to it, rebuilds it, searches it and closes it.
import type { Article } from './model/article.ts'
import { SearchError } from './model/errors.ts'
import type { HitId, IdsResult, SearchResult, Suggestion } from './model/hit.ts'
import type { SearchRequest } from './model/query.ts'

export interface ArchiveOptions {
  /** Folder of the index. */
  index: string
}

/** An article as the reading page shows it. */
export interface ArticleView extends Article {
  /** The other items of the same page, in printed order, with the places before and after this one. */
  neighbours: { previous?: Neighbour; next?: Neighbour }
  citation: { gbt7714: string; bibtex: string; ris: string }
}

export interface Neighbour {
  id: string
  headline: string
}

export interface Archive {
  search(request: SearchRequest & { view: 'ids' }): Promise<IdsResult>
  search(request: SearchRequest): Promise<SearchResult>
  suggest(q: string, size?: number): Promise<Suggestion[]>
  /** Rejects with ARTICLE_UNKNOWN. */
  article(id: string): Promise<ArticleView>
  similar(id: string, size?: number): Promise<HitId[]>
  /** All hits of a request, best first, one article at a time. */
  exportHits(request: SearchRequest): AsyncIterable<Article>
  stats(): { articles: number; segments: number; generation: number }
  close(): Promise<void>
}

/** Opens the archive in `options.index`. Rejects with INDEX_MISSING, INDEX_FORMAT or INDEX_CORRUPT. */
export async function openArchive(options: ArchiveOptions): Promise<Archive> {
  throw new SearchError('INDEX_MISSING', `没有索引：${options.index}`, { file: options.index })
}
