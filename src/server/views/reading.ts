// The pages that are read: an article and a printed page.
import * as v from 'valibot'
import type { Archive } from '../../archive/port.ts'
import { toCitation } from '../../schema/citation.ts'
import { text, whole } from '../../schema/kinds.ts'
import { deepestHit } from '../../schema/search-request.ts'
import type { SearchAddress } from '../../web/address.ts'
import { type ArticleProps, renderArticle } from '../../web/article.tsx'
import { renderPage } from '../../web/printed-page.tsx'
import { toPublic } from '../../web/site.ts'
import { articleId, longestQuery } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { pagePath, toPlace } from '../routes/reading.ts'
import { today } from '../today.ts'
import { issuesBeside } from './holdings.ts'
import { html, htmlAnswer, pageSize, searchParameters, toAddress } from './html.ts'

const similarArticles = 6

export const articleView = defineRoute({
  method: 'GET',
  address: '/articles/:id',
  summary: '一篇文章。An article.',
  path: { id: articleId },
  query: { ...searchParameters, at: v.optional(whole(1, deepestHit)) },
  answers: htmlAnswer,
  async respond({ path: { id }, query, baseUrl }, { archive, siteOf }) {
    const { at, ...asked } = query
    const { page: _page, ...search } = toAddress(asked)
    const article = await archive.article(id, search.q)
    const site = siteOf(baseUrl)
    const url = toPublic(site, site.to.article(article.id))
    const place = at === undefined ? undefined : await placeOf(archive, search, at, article.id)
    return html(
      renderArticle({
        site,
        article: { ...article, citation: toCitation(article, { url, accessed: today() }) },
        similar: await archive.similar(article.id, similarArticles),
        q: search.q,
        ...(place && { place }),
      }),
    )
  },
})

/** So many hits are asked for at once to see those beside a hit: seldom is one of them on another page. */
const seenAtOnce = 100

/** The hits before and after a place in a result; nothing where another article stands there now. */
async function placeOf(
  archive: Archive,
  search: SearchAddress,
  at: number,
  id: string,
): Promise<ArticleProps['place']> {
  const pageOf = async (page: number) => {
    if (page < 1 || page * seenAtOnce > deepestHit) return { hits: [], total: 0 }
    return archive.search({ ...search, group: true, view: 'ids', page, size: seenAtOnce })
  }
  const page = Math.ceil(at / seenAtOnce)
  const index = (at - 1) % seenAtOnce
  const { hits, total } = await pageOf(page)
  if (hits[index]?.id !== id) return undefined
  const previous = index > 0 ? hits[index - 1] : (await pageOf(page - 1)).hits.at(-1)
  const next = index + 1 < seenAtOnce ? hits[index + 1] : (await pageOf(page + 1)).hits[0]
  return {
    search,
    at,
    total,
    size: pageSize,
    ...(previous && { previous: previous.id }),
    ...(next && { next: next.id }),
  }
}

export const pageView = defineRoute({
  method: 'GET',
  address: '/pages/:paper/:date/:pageNo',
  summary: '一个版面。A printed page.',
  path: pagePath,
  query: { q: v.optional(text(longestQuery), '') },
  answers: htmlAnswer,
  async respond({ path, query: { q }, baseUrl }, { archive, siteOf }) {
    const { paper, date, pageNo } = toPlace(path)
    const page = await archive.page(paper, date, pageNo, q)
    const { issue, ...beside } = await issuesBeside(archive, date, paper)
    return html(
      renderPage({
        site: siteOf(baseUrl),
        page,
        print: await archive.print(page),
        q,
        pages: [...(issue?.pages ?? []), ...((issue?.unpaged ?? 0) > 0 ? [0] : [])],
        ...beside,
      }),
    )
  },
})
