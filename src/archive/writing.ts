// Adds and removes articles durably: what these functions return has been written to disk.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import { createSegmentBuilder } from '../index/segment/segment-builder.ts'
import { toArticles } from '../ingest/page-articles.ts'
import { readArticle } from '../ingest/read-article.ts'
import { SearchError } from '../model/errors.ts'
import { readPages } from '../page/read-page.ts'
import type { Article, ArticleInput } from '../schema/article.ts'
import { builderOptions, createDocumentConverter } from '../schema/index-document.ts'
import { findArticle } from './pages-of-index.ts'

/**
 * Adds articles in any of their forms; an id that is there already is replaced. Rejects with INDEX_LOCKED, or with
 * ARTICLE_INVALID naming the field and, as `line`, the place among the articles.
 */
export async function addInputs(
  directory: string,
  snapshot: Snapshot,
  analyzer: Analyzer,
  inputs: readonly ArticleInput[],
): Promise<{ added: number; replaced: number; ids: string[] }> {
  const articles = inputs.map((input, place) => readArticle(input, {}, place + 1).article)
  const counts = await addArticles(directory, snapshot, analyzer, articles)
  return { ...counts, ids: articles.map(({ id }) => id) }
}

async function addArticles(
  directory: string,
  snapshot: Snapshot,
  analyzer: Analyzer,
  articles: readonly Article[],
): Promise<{ added: number; replaced: number }> {
  const latest = new Map(articles.map((article) => [article.id, article]))
  const replaced = [...latest.keys()].filter((id) => findArticle(snapshot, id)).length
  if (latest.size === 0) return { added: 0, replaced: 0 }
  const builder = createSegmentBuilder(builderOptions(analyzer))
  const convert = createDocumentConverter(analyzer)
  for (const article of latest.values()) builder.add(convert(article))
  const writer = await openIndexWriter(directory)
  try {
    const segment = builder.write(directory, writer.newSegmentName())
    await writer.commit({ add: [segment] })
    await writer.merge()
  } finally {
    await writer.close()
  }
  return { added: latest.size - replaced, replaced }
}

/** Reads a page file and adds its articles. */
export async function addPageFile(
  directory: string,
  snapshot: Snapshot,
  analyzer: Analyzer,
  bytes: Uint8Array,
  hint: { paper?: string; date?: string; pageNo?: number },
): Promise<{ added: number; replaced: number; ids: string[]; unplaced: number }> {
  const pages = await readPages(bytes, hint.paper === undefined ? {} : { paper: hint.paper })
  for (const page of pages) {
    page.page.date ||= hint.date ?? ''
    page.page.pageNo ||= hint.pageNo ?? 0
  }
  const articles = pages.flatMap(toArticles)
  if (articles.length === 0) throw new SearchError('PAGE_EMPTY', '这一版里没有读出文章')
  const counts = await addArticles(directory, snapshot, analyzer, articles)
  return {
    ...counts,
    ids: articles.map((article) => article.id),
    unplaced: pages.reduce((sum, page) => sum + (page.unplaced?.length ?? 0), 0),
  }
}

/** Removes articles; ids that are not there are told. */
export async function removeArticles(
  directory: string,
  snapshot: Snapshot,
  ids: readonly string[],
): Promise<{ removed: number; missing: string[] }> {
  const missing = ids.filter((id) => !findArticle(snapshot, id))
  const present = [...new Set(ids)].filter((id) => findArticle(snapshot, id))
  if (present.length === 0) return { removed: 0, missing }
  const writer = await openIndexWriter(directory)
  try {
    await writer.commit({ removeIds: present })
  } finally {
    await writer.close()
  }
  return { removed: present.length, missing }
}
