// Turns articles into what a reader gets: hits with passages, the reading page, the printed page; all with marks.

import type { Analyzer } from '../analysis/analyzer-types.ts'
import { findSought, markText, type Sought, toMarks } from '../highlight/marks.ts'
import { toSnippets } from '../highlight/snippets.ts'
import { SearchError } from '../model/errors.ts'
import type { Hit } from '../model/hit.ts'
import type { ArticleMarks, ArticleView, Neighbour, PageView } from '../schema/answers.ts'
import type { Article } from '../schema/article.ts'
import { toCitation } from '../schema/citation.ts'
import { headlineBreaks, lineBreaks } from './line-breaks.ts'

/** Units of a photo's caption that stand for its missing headline. */
const headlineLength = 40

/** An article that a search found, with its score in shown units, and those that print the same story. */
export interface FoundArticle {
  article: Article
  score: number
  also: readonly Article[]
}

/** A hit with its headline and passages marked. `hasPicture`: whether a picture of its page can be had. */
export function toHit(
  { article, score, also }: FoundArticle,
  sought: Sought,
  analyzer: Analyzer,
  hasPicture: boolean,
): Hit {
  const toMarkedLine = (text: string) => ({
    ...markText(text, sought),
    breaks: lineBreaks(text, analyzer),
  })
  return {
    id: article.id,
    score,
    type: article.type,
    headline: toMarkedLine(headlineOf(article)),
    ...(article.kicker && { kicker: markText(article.kicker, sought) }),
    ...(article.subtitle && { subtitle: toMarkedLine(article.subtitle) }),
    paper: article.paper,
    date: article.date,
    pageNo: article.pageNo,
    ...(article.section && { section: article.section }),
    bylines: article.bylines ?? [],
    snippets: toSnippets(runningTexts(article), sought),
    ...(hasPicture && { picture: true as const }),
    ...(also.length > 0 && { also: also.map(toReprint) }),
  }
}

function toReprint(article: Article) {
  return { id: article.id, headline: headlineOf(article), paper: article.paper, date: article.date }
}

/** What an article is called: its headline, or the beginning of what is printed. */
export function headlineOf(article: Article): string {
  const named = article.headline ?? article.caption ?? article.paragraphs[0] ?? article.id
  return article.headline ? named : named.slice(0, headlineLength)
}

/** Subheadings at their places among the paragraphs, then the caption. */
function runningTexts(article: Article): string[] {
  return [
    ...article.paragraphs,
    ...(article.caption ? [article.caption] : []),
    ...(article.subheadings ?? []).map((subheading) => subheading.text),
  ]
}

/**
 * The reading page of an article; `sought` is what the reader came with.
 * @param page ids and headlines of what its page prints, in the order in which it was read
 */
export function toArticleView(
  article: Article,
  page: readonly Neighbour[],
  sought: Sought | null,
  analyzer: Analyzer,
): ArticleView {
  const place = page.findIndex(({ id }) => id === article.id)
  const previous = place < 0 ? undefined : page[place - 1]
  const next = place < 0 ? undefined : page[place + 1]
  return {
    ...article,
    neighbours: { ...(previous && { previous }), ...(next && { next }) },
    citation: toCitation(article),
    breaks: headlineBreaks(article, analyzer),
    ...(sought && { marks: marksOf(article, sought) }),
  }
}

/** How an item is named among its neighbours. */
export function toNeighbour(article: Article): Neighbour {
  return { id: article.id, headline: headlineOf(article) }
}

/** What a page prints, in the order in which it was read. Throws ARTICLE_UNKNOWN where it prints nothing. */
export function toPageView(
  place: { paper: string; date: string; pageNo: number },
  articles: readonly Article[],
  sought: Sought | null,
  analyzer: Analyzer,
): PageView {
  const { paper, date, pageNo } = place
  if (articles.length === 0)
    throw new SearchError('ARTICLE_UNKNOWN', `没有这一版：${paper} ${date} 第 ${pageNo} 版`)
  const section = articles.find((article) => article.section)?.section
  return {
    paper,
    date,
    pageNo,
    ...(section && { section }),
    articles: articles.map((article) => ({
      ...article,
      breaks: headlineBreaks(article, analyzer),
      ...(sought && { marks: marksOf(article, sought) }),
    })),
  }
}

/** Says that there is no such article. */
export function articleUnknown(id: string): SearchError {
  return new SearchError('ARTICLE_UNKNOWN', `没有编号为“${id}”的文章`, { id })
}

/** Where what is sought stands in the printed texts of an article. */
function marksOf(article: Article, sought: Sought): ArticleMarks {
  const marks = (text: string) => toMarks(findSought(text, sought))
  return {
    ...(article.kicker && { kicker: marks(article.kicker) }),
    ...(article.headline && { headline: marks(article.headline) }),
    ...(article.subtitle && { subtitle: marks(article.subtitle) }),
    ...(article.caption && { caption: marks(article.caption) }),
    paragraphs: article.paragraphs.map(marks),
    subheadings: (article.subheadings ?? []).map((subheading) => marks(subheading.text)),
  }
}
