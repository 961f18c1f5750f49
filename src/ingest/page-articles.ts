// Turns the items of a page into articles that know where they were printed.
import type { Article } from '../model/article.ts'
import type { Page } from '../model/item.ts'
import { contentHash, pageIdPrefix, toIdPart } from './article-id.ts'

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
