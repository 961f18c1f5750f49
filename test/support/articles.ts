// Articles for tests.
import type { Article } from '../../src/schema/article.ts'

/** An article with what a test does not care about filled in. */
export function articleOf(
  id: string,
  headline: string,
  paragraphs: string[],
  more: Partial<Article> = {},
): Article {
  return {
    id,
    type: 'article',
    paper: '测试日报',
    date: '2018-11-07',
    pageNo: 1,
    ...(headline && { headline }),
    paragraphs,
    ...more,
  }
}
