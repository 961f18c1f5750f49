// Turns the items of a page into articles that know where they were printed.

import { SearchError } from '../model/errors.ts'
import type { Page } from '../model/item.ts'
import type { Article } from '../schema/article.ts'
import { contentHash, pageIdPrefix, toIdPart } from './article-id.ts'
import { readArticle } from './read-article.ts'

/** Labels of columns are no longer; longer print that no item could claim is worth finding. */
const longestLabel = 8

/**
 * The articles of a page, in the order in which the items were read, with ids made of paper, date, page and item
 * (`今日魏都-2018-11-07-03-a1`); a page that tells neither paper, date nor number is named by its content. The imprint
 * and print that no item could claim are one notice (`…-imprint`): what is printed is found.
 */
export function toArticles({ page, items, unplaced = [] }: Page): Article[] {
  const { paper, date, pageNo, section, sheet, staff, imprint = [] } = page
  const prefix = pageIdPrefix(page) || `page-${contentHash(items.map((item) => JSON.stringify(item)))}`
  const fields = {
    paper,
    date,
    pageNo,
    ...(section !== undefined && { section }),
    ...(sheet !== undefined && { sheet }),
    ...(staff !== undefined && { staff }),
  }
  const articles = items.map(({ id, ...printed }): Article => {
    return { ...printed, id: `${prefix}-${toIdPart(id)}`, ...fields }
  })
  const scraps = unplaced
    .map(({ text }) => text)
    .filter((text) => text.replace(/\s/g, '').length > longestLabel)
  const paragraphs = [...imprint, ...scraps]
  if (paragraphs.length > 0) articles.push({ id: `${prefix}-imprint`, type: 'notice', ...fields, paragraphs })
  return articles
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
  const page = value.page as Partial<Page['page']>
  const { paper = '', date = '', pageNo = 0, section, staff } = page
  // The page's own fields are read as those of its articles, so that a wrong one is named too.
  const fields = { paper, date, pageNo, section, staff }
  const items = value.items.map((item, place) => {
    if (typeof item !== 'object' || item === null || typeof (item as { id?: unknown }).id !== 'string')
      throw new SearchError('ARTICLE_INVALID', `items 的第 ${place + 1} 项不是 { id, … }`, {
        field: 'items',
        ...(line !== undefined && { line }),
      })
    return readArticle({ ...item, ...fields }, {}, line).article
  })
  const [first] = items
  const imprint = [page.imprint ?? []].flat().map(String)
  return first === undefined ? [] : toArticles({ page: { ...first, imprint }, items })
}
