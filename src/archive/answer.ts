// Turns what a search found into what a reader gets: stored articles opened, passages chosen, scores in shown units.

import type { Analyzer } from '../analysis/analyzer-types.ts'
import { findSought, markText, type Sought, toMarks } from '../highlight/marks.ts'
import { toSnippets } from '../highlight/snippets.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import type { Hit, HitId } from '../model/hit.ts'
import type { Article } from '../schema/article.ts'
import { scoreUnit } from '../schema/bm25f.ts'
import { toCitation } from '../schema/citation.ts'
import { documentsOfPage, storedArticle } from '../schema/stored-articles.ts'
import type { StoryHit } from '../search/reprints.ts'
import type { RankedHit } from '../search/top-collector.ts'
import { headlineBreaks, lineBreaks } from './line-breaks.ts'
import type { ArticleMarks, ArticleView } from './port.ts'

/** Units of a photo's caption that stand for its missing headline. */
const headlineLength = 40

export function toHitId({ segment, document, score }: RankedHit): HitId {
  return { id: segment.idOf(document), score: score / scoreUnit }
}

/** A hit with its headline and passages marked. */
export function toHit(
  { hit, also }: StoryHit,
  sought: Sought,
  analyzer: Analyzer,
  fileOf: (article: Article) => string | undefined,
): Hit {
  const article = storedArticle(hit)
  const toMarkedLine = (text: string) => ({
    ...markText(text, sought),
    breaks: lineBreaks(text, analyzer),
  })
  return {
    id: article.id,
    score: hit.score / scoreUnit,
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
    ...(fileOf(article) !== undefined && { picture: true as const }),
    ...(also.length > 0 && { also: also.map(toReprint) }),
  }
}

function toReprint(hit: RankedHit) {
  const article = storedArticle(hit)
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

/** The reading page of an article; `sought` is what the reader came with. */
export function toArticleView(
  snapshot: Snapshot,
  article: Article,
  sought: Sought | null,
  analyzer: Analyzer,
): ArticleView {
  const page = article.pageNo > 0 || article.date !== '' ? documentsOfPage(snapshot, article) : []
  const place = page.findIndex(({ segment, document }) => segment.idOf(document) === article.id)
  const neighbour = (at: number) => {
    const found = place < 0 ? undefined : page[at]
    if (!found) return undefined
    const other = storedArticle(found)
    return { id: other.id, headline: headlineOf(other) }
  }
  const previous = neighbour(place - 1)
  const next = neighbour(place + 1)
  return {
    ...article,
    neighbours: { ...(previous && { previous }), ...(next && { next }) },
    citation: toCitation(article),
    breaks: headlineBreaks(article, analyzer),
    ...(sought && { marks: marksOf(article, sought) }),
  }
}

/** Where what is sought stands in the printed texts of an article. */
export function marksOf(article: Article, sought: Sought): ArticleMarks {
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
