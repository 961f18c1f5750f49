// The routes that are read: an article, articles like it, a printed page, the calendar of issues.
import * as v from 'valibot'
import { SearchError } from '../../model/errors.ts'
import { maxPageNo } from '../../schema/article.ts'
import { toCitation } from '../../schema/citation.ts'
import { day, requiredText, text, whole } from '../../schema/kinds.ts'
import { articleLinks, printLinks } from '../links.ts'
import { articleId, longestQuery, toPaper } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { schemaOf } from '../schemas.ts'
import { today } from '../today.ts'

const json = 'application/json'

const markedQuery = v.optional(
  v.pipe(
    text(longestQuery),
    v.description('给出时，marks 指明它在文中何处。Marks of this query in the text.'),
  ),
)

export const articleRoute = defineRoute({
  method: 'GET',
  address: '/api/articles/:id',
  summary: '一篇文章：全文、前后篇、引文格式。One article with neighbours and citations.',
  path: { id: articleId },
  query: {
    q: markedQuery,
  },
  answers: { status: 200, description: '文章。The article.', types: { [json]: schemaOf('ArticleView') } },
  async respond({ path, query, baseUrl }, { archive }) {
    const article = await archive.article(path.id, query.q)
    const links = articleLinks(baseUrl, article)
    const citation = toCitation(article, { url: links.html, accessed: today() })
    return { kind: 'json', value: { ...article, citation, links } }
  },
})

export const similarRoute = defineRoute({
  method: 'GET',
  address: '/api/articles/:id/similar',
  summary: '相近的文章。Articles like this one.',
  path: { id: articleId },
  query: { size: v.optional(v.pipe(whole(1, 50), v.description('条数，默认 8。How many.')), 8) },
  answers: {
    status: 200,
    description: '相近的文章。Similar articles.',
    types: { [json]: schemaOf('Similar') },
  },
  async respond({ path, query }, { archive }) {
    return { kind: 'json', value: { similar: await archive.similar(path.id, query.size) } }
  },
})

export const pagePath = {
  paper: v.pipe(requiredText(200), v.description('报纸；名称不详的写 -。Newspaper; - when it has no name.')),
  date: v.pipe(day, v.description('日期。Date.')),
  pageNo: v.pipe(whole(0, maxPageNo), v.description('版次。Page.')),
}

/** A page as its address names it. */
export function toPlace({ paper, date, pageNo }: { paper: string; date: string; pageNo: number }) {
  return { paper: toPaper(paper), date, pageNo }
}

export const pageRoute = defineRoute({
  method: 'GET',
  address: '/api/pages/:paper/:date/:pageNo',
  summary: '一个版面上的全部内容。Everything printed on one page.',
  path: pagePath,
  query: { q: markedQuery },
  answers: { status: 200, description: '版面。The page.', types: { [json]: schemaOf('PageView') } },
  async respond({ path, query: { q }, baseUrl }, { archive }) {
    const { paper, date, pageNo } = toPlace(path)
    const page = await archive.page(paper, date, pageNo, q)
    const print = await archive.print(page)
    return {
      kind: 'json',
      value: print === null ? page : { ...page, ...print, ...printLinks(baseUrl, page) },
    }
  },
})

export const issuesRoute = defineRoute({
  method: 'GET',
  address: '/api/issues',
  summary: '报纸日历：哪天有哪些版。The calendar of issues.',
  path: {},
  query: {
    year: v.optional(v.pipe(whole(1, 9999), v.description('年。Year.'))),
    month: v.optional(v.pipe(whole(1, 12), v.description('月，须同时给年。Month; needs a year.'))),
  },
  answers: { status: 200, description: '逐日的版面。Pages by day.', types: { [json]: schemaOf('Issues') } },
  async respond({ query: { year, month } }, { archive }) {
    if (month !== undefined && year === undefined)
      throw new SearchError('REQUEST_INVALID', '参数 month 须与 year 一同给出', { field: 'month' })
    return { kind: 'json', value: { issues: await archive.issues(year, month) } }
  },
})
