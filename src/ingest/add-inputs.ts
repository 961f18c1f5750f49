// Articles and pages as they are sent to an archive, all by the one way in.
import { SearchError } from '../model/errors.ts'
import type { Article, ArticleInput } from '../schema/article.ts'
import { contentOf, createIdRegister } from './id-register.ts'
import { toArticles } from './page-articles.ts'
import type { PageReader } from './page-reader.ts'
import type { ChangeCounts, Commit } from './plan-change.ts'
import { readArticle } from './read-article.ts'

/** Adds articles in any of their forms. Throws ARTICLE_INVALID naming the field and, as `line`, the place among them. */
export async function addInputs(
  commit: Commit,
  inputs: readonly ArticleInput[],
): Promise<ChangeCounts & { ids: string[] }> {
  const register = createIdRegister()
  const articles = new Map<string, Article>()
  const ids = inputs.map((input, place) => {
    const { article, hasOwnId } = readArticle(input, {}, place + 1)
    // Of two with one id of their own the later counts; of two others with one made id both do.
    article.id = register.admit({ id: article.id, hasOwnId, content: contentOf(article) }).id
    articles.set(article.id, article)
    return article.id
  })
  return { ...(await commit({ articles: [...articles.values()] })), ids }
}

/** Reads a page file and adds its articles in place of what was read from that page before. `source`: where it is kept. */
export async function addPageFile(
  commit: Commit,
  reader: PageReader,
  bytes: Uint8Array,
  hint: { paper?: string; date?: string; pageNo?: number },
  source?: string,
): Promise<ChangeCounts & { ids: string[]; unplaced: number; problems?: string[] }> {
  const pages = await reader.readBytes(bytes, hint.paper === undefined ? {} : { paper: hint.paper })
  for (const page of pages) {
    page.page.date ||= hint.date ?? ''
    page.page.pageNo ||= hint.pageNo ?? 0
  }
  const articles = pages.flatMap(toArticles).map((article) => ({ ...article, ...(source && { source }) }))
  if (articles.length === 0) throw new SearchError('PAGE_EMPTY', '这一版里没有读出文章')
  const ids = articles.map((article) => article.id)
  const problems = pages.flatMap((page) => page.problems ?? []).map(({ message }) => message)
  return {
    ...(await commit({ articles, fromPages: new Set(ids) })),
    ids,
    unplaced: pages.reduce((sum, page) => sum + (page.unplaced?.length ?? 0), 0),
    ...(problems.length > 0 && { problems }),
  }
}
