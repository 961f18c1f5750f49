// What an archive can do: the port that the server, the command line and embedding programs stand on.

import type { PageLimits } from '../ingest/page-reader.ts'
import type { IdsResult, Interpretation, SearchResult, Suggestion } from '../model/hit.ts'
import type {
  AnalysisView,
  ArchiveStats,
  ArticleView,
  BuildFailure,
  Explanation,
  IssueDay,
  PagePrint,
  PageView,
  Picture,
  PictureWidth,
  SimilarArticle,
  Trend,
} from '../schema/answers.ts'
import type { Article, ArticleInput } from '../schema/article.ts'
import type { SearchRequest } from '../schema/search-request.ts'

export type * from '../schema/answers.ts'

export interface ArchiveOptions {
  /** Folder of the index. */
  index: string
  /** How long a change waits while another process writes, in milliseconds; 0 unless told. Changes of one process always queue. */
  waitMs?: number
  /** What reading one page may cost `addPage`; a page that costs more is refused with LIMIT_EXCEEDED. */
  pageLimits?: PageLimits
  /** Suggestions are read from the file that another opener of the same folder makes, and not made here. */
  followsVocabulary?: boolean
  /** What pictures of pages may take on the disk, in bytes; 512 MB unless told. */
  pictureBytes?: number
}

/** An archive on an OpenSearch cluster. */
export interface ClusterOptions {
  /** Addresses of its nodes, divided by commas; a user's name and password may stand in them. */
  cluster: string
  /** Tells the archives of one cluster apart; xunbao unless told. */
  name?: string
  /** What reading one page may cost `addPage`. */
  pageLimits?: PageLimits
  /** Parts of each new index, and further copies of each part; 1 and 1 unless told. */
  shards?: number
  replicas?: number
  /** One index for each year or paper of a new archive, which searches of one year or paper need not leave. */
  split?: 'none' | 'year' | 'paper'
}

export interface Archive {
  search(request: SearchRequest & { view: 'ids' }): Promise<IdsResult>
  search(request: SearchRequest & { view?: 'full' | undefined }): Promise<SearchResult>
  search(request: SearchRequest): Promise<SearchResult | IdsResult>
  /** What the reader may be about to type; nothing is suggested that has no hits. */
  suggest(q: string, size?: number): Promise<Suggestion[]>
  /** With a query, also says where it stands in the article (`marks`). Rejects with ARTICLE_UNKNOWN. */
  article(id: string, q?: string): Promise<ArticleView>
  /** Rejects with ARTICLE_UNKNOWN. */
  similar(id: string, size?: number): Promise<SimilarArticle[]>
  /** With a query, also says where it stands in each item. Rejects with ARTICLE_UNKNOWN when the archive has no such page. */
  page(paper: string, date: string, pageNo: number, q?: string): Promise<PageView>
  /** How a page, as `page` gave it, stands on paper; null where it was not read from a PDF, or that is gone. */
  print(page: PageView): Promise<PagePrint | null>
  /** A picture of a page. Rejects with ARTICLE_UNKNOWN where there is none, with BUSY while too many are drawn. */
  picture(paper: string, date: string, pageNo: number, width: PictureWidth): Promise<Picture>
  /** What is printed of one article, cut out of its page. Rejects as `picture`. */
  clip(id: string): Promise<Picture>
  /** The PDF file of a page. Rejects with ARTICLE_UNKNOWN where there is none. */
  pdf(paper: string, date: string, pageNo: number): Promise<{ path: string }>
  issues(year?: number, month?: number): Promise<IssueDay[]>
  /** Counts what contains the queries exactly, unless a wider reading is asked for. */
  trends(queries: string[], by: 'month' | 'year', reading?: Interpretation): Promise<Trend[]>
  explain(q: string, id: string): Promise<Explanation>
  analyze(text: string): Promise<AnalysisView>
  /** All hits of a request, in its order, one article at a time; exact unless it asks for a wider `reading`. */
  exportHits(request: SearchRequest): AsyncIterable<Article>
  stats(): ArchiveStats
  /** What an operator asks besides: when the newest commit was made, and the room on its disk; null where that is not known. */
  condition(): { committedAt: string | null; freeBytes: number | null }
  /** The sources that the last rebuild could not read; null where that is not known. */
  failures(): BuildFailure[] | null
  /** Another text whenever an answer may be another: after a commit, with other user words or suggestions. */
  version(): string
  /** Takes up the newest commit now; those of other processes are noticed by themselves. */
  refresh(): void
  /**
   * Adds or replaces articles, in any of their forms; durable when it resolves. `ids` are theirs, in their order.
   * Rejects with INDEX_LOCKED, or with ARTICLE_INVALID naming the field and, as `line`, the place among the articles.
   */
  add(articles: readonly ArticleInput[]): Promise<{ added: number; replaced: number; ids: string[] }>
  /**
   * Reads a page file (text or PDF, told apart by content) and adds its articles in place of what was read from that
   * page before (`removed` counts items that are no longer on it); durable when it resolves.
   * The hint says what a folder would say; `problems` name what a person should look at. Rejects with PAGE_EMPTY, PAGE_BINARY, PAGE_NO_TEXT_LAYER, PAGE_DAMAGED, LIMIT_EXCEEDED or INDEX_LOCKED.
   */
  addPage(
    bytes: Uint8Array,
    hint: { paper?: string; date?: string; pageNo?: number },
  ): Promise<{
    added: number
    replaced: number
    removed: number
    ids: string[]
    unplaced: number
    problems?: string[]
  }>
  /** Removes articles; durable when it resolves. Ids that are not there are counted as missing. */
  remove(ids: string[]): Promise<{ removed: number; missing: string[] }>
  /** Waits for changes and searches that have begun. */
  close(): Promise<void>
  /** `await using archive = …` closes it. */
  [Symbol.asyncDispose](): Promise<void>
}
