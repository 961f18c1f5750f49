// What search engines ask for first: which addresses there are, in parts of a month, and what they may fetch.
import * as v from 'valibot'
import type { Archive } from '../../archive/port.ts'
import { whole } from '../../schema/kinds.ts'
import type { Site } from '../../web/site.ts'
import { toPublic } from '../../web/site.ts'
import { toDays } from '../../web/timeline.ts'
import { HttpError } from '../problem.ts'
import { defineRoute } from '../route.ts'
import { escapeXml } from '../xml.ts'

/** A sitemap may hold 50,000 addresses (sitemaps.org); the pages of the month need room, too. */
const mostAddresses = 40_000
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const xmlAnswer = {
  status: 200,
  description: 'XML。',
  types: { 'application/xml': { type: 'string' } },
} as const

export const sitemapRoute = defineRoute({
  method: 'GET',
  address: '/sitemap.xml',
  summary: '网站地图的目录。The index of the sitemaps.',
  path: {},
  query: {},
  answers: xmlAnswer,
  async respond({ baseUrl }, { archive }) {
    const { histogram } = await archive.search({ q: '', size: 0 })
    const parts = histogram.flatMap(({ month, count }) =>
      Array.from({ length: Math.ceil(count / mostAddresses) }, (_, at) => `${month}/${at + 1}`),
    )
    const text = [
      `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="${namespace}">`,
      ...parts.map((part) => `<sitemap><loc>${escapeXml(`${baseUrl}/sitemaps/${part}`)}</loc></sitemap>`),
      '</sitemapindex>\n',
    ].join('\n')
    return { kind: 'text', type: 'application/xml; charset=utf-8', text }
  },
})

export const sitemapPartRoute = defineRoute({
  method: 'GET',
  address: '/sitemaps/:month/:part',
  summary: '一个月的文章和版面的地址。The addresses of a month.',
  path: {
    month: v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/, '应为 YYYY-MM')),
    part: whole(1, 1000),
  },
  query: {},
  isExport: true,
  answers: xmlAnswer,
  async respond({ path: { month, part }, signal, baseUrl }, { archive, siteOf }) {
    const { total } = await archive.search({ q: '', ...toDays(month), size: 1, view: 'ids' })
    if (total <= (part - 1) * mostAddresses)
      throw new HttpError(404, '没有这一份网站地图。', 'There is no such sitemap.')
    const chunks = addressesOf(archive, siteOf(baseUrl), month, part, signal)
    return { kind: 'stream', type: 'application/xml; charset=utf-8', headers: {}, chunks }
  },
})

async function* addressesOf(
  archive: Archive,
  site: Site,
  month: string,
  part: number,
  signal: AbortSignal,
): AsyncIterable<string> {
  const loc = (href: string) => `<url><loc>${escapeXml(toPublic(site, href))}</loc></url>\n`
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${namespace}">\n`
  if (part === 1)
    for (const { date, papers } of await archive.issues(Number(month.slice(0, 4)), Number(month.slice(5))))
      for (const { paper, pages } of papers)
        for (const pageNo of pages) yield loc(site.to.page(paper, date, pageNo))
  let at = 0
  for await (const { id } of archive.exportHits({ q: '', ...toDays(month), sort: 'oldest', signal })) {
    if (at >= part * mostAddresses) break
    if (at >= (part - 1) * mostAddresses) yield loc(site.to.article(id))
    at += 1
  }
  yield '</urlset>\n'
}

export const robotsRoute = defineRoute({
  method: 'GET',
  address: '/robots.txt',
  summary: '搜索引擎可以取什么。What search engines may fetch.',
  path: {},
  query: {},
  answers: { status: 200, description: '文字。Text.', types: { 'text/plain': { type: 'string' } } },
  async respond({ baseUrl }, { siteOf }) {
    const { base } = siteOf(baseUrl)
    const text = [
      'User-agent: *',
      `Disallow: ${base}/api/export`,
      `Disallow: ${base}/api/search`,
      `Disallow: ${base}/why`,
      `Disallow: ${base}/*?*sort=`,
      `Disallow: ${base}/*?*reading=`,
      `Sitemap: ${baseUrl}/sitemap.xml`,
      '',
    ].join('\n')
    return { kind: 'text', type: 'text/plain; charset=utf-8', text }
  },
})
