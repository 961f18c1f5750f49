// Turns the items of a page into articles that know where they were printed.

import { SearchError } from '../model/errors.ts'
import type { Page } from '../model/item.ts'
import type { Article } from '../schema/article.ts'
import { contentHash, pageIdPrefix, toIdPart } from './article-id.ts'
import { readArticle } from './read-article.ts'

/**
 * The articles of a page, in the order in which the items were read, with ids made of paper, date, page and item
 * (`今日魏都-2018-11-07-03-a1`); a page that tells neither paper, date nor number is named by its content.
 */
export function toArticles(page: Page): Article[] {
  const { paper, date, pageNo, section, staff } = page.page
  const prefix =
    pageIdPrefix(page.page) || `page-${contentHash(page.items.map((item) => JSON.stringify(item)))}`
  return page.items.map((item) => {
    const { id, continues: _, ...printed } = item
    return {
      ...printed,
      id: `${prefix}-${toIdPart(id)}`,
      paper,
      date,
      pageNo,
      ...(section !== undefined && { section }),
      ...(staff !== undefined && { staff }),
    }
  })
}

/** Whether a JSON value is meant as a page, as `parse --json` prints it: what one command prints the other reads. */
export function isPage(value: unknown): value is { page: object; items: readonly unknown[] } {
  if (typeof value !== 'object' || value === null) return false
  const { page, items } = value as Record<string, unknown>
  return typeof page === 'object' && page !== null && Array.isArray(items)
}

/** The articles of a page that came as JSON. Throws ARTICLE_INVALID naming the item's field and the line. */
export function readPageArticles(
  value: { page: object; items: readonly unknown[] },
  line?: number,
): Article[] {
  const { paper = '', date = '', pageNo = 0, section, staff } = value.page as Partial<Page['page']>
  // The page's own fields are read as those of its articles, so that a wrong one is named too.
  const fields = { paper, date, pageNo, section, staff }
  const items = value.items.map((item, place) => {
    if (typeof item !== 'object' || item === null || typeof (item as { id?: unknown }).id !== 'string')
      throw new SearchError('ARTICLE_INVALID', `items 的第 ${place + 1} 项不是 { id, … }`, {
        field: 'items',
        ...(line !== undefined && { line }),
      })
    const { continues: _, ...printed } = item as Record<string, unknown>
    return readArticle({ ...printed, ...fields }, {}, line).article
  })
  const [first] = items
  return first === undefined ? [] : toArticles({ page: first, items })
}
