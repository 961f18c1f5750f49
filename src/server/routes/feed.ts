// The routes for other programs of the reader: an Atom feed of a search, and the browser's search box.
import * as v from 'valibot'
import { readingLabels } from '../../model/labels.ts'
import { whole } from '../../schema/kinds.ts'
import { filterEntries, toQueryString } from '../../schema/search-request.ts'
import { queryText } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { escapeXml } from '../xml.ts'

const { sort: _newestFirst, ...filters } = filterEntries

export const feedRoute = defineRoute({
  method: 'GET',
  address: '/feed.xml',
  summary: '一条查询的新稿，Atom 格式。The newest hits of a search as an Atom feed.',
  path: {},
  query: {
    q: queryText,
    ...filters,
    size: v.optional(v.pipe(whole(1, 100), v.description('条数，默认 30。How many.')), 30),
  },
  answers: { status: 200, description: 'Atom。', types: { 'application/atom+xml': { type: 'string' } } },
  async respond({ query: request, baseUrl }, { archive }) {
    const result = await archive.search({ ...request, sort: 'newest', view: 'full' })
    const title = request.q.trim() === '' ? '寻报' : `寻报：${request.q}`
    const queryString = toQueryString({ ...request, size: undefined })
    const updated = result.hits.find((hit) => hit.date !== '')?.date ?? '1970-01-01'
    const entries = result.hits.map((hit) => {
      const link = `${baseUrl}/articles/${encodeURIComponent(hit.id)}`
      const names = hit.bylines.flatMap((byline) => byline.names)
      return [
        '<entry>',
        `<title>${escapeXml(hit.headline.text || '（无题）')}</title>`,
        `<id>urn:xunbao:article:${escapeXml(encodeURIComponent(hit.id))}</id>`,
        `<link href="${escapeXml(link)}"/>`,
        `<updated>${hit.date || '1970-01-01'}T00:00:00Z</updated>`,
        ...(names.length === 0 ? [hit.paper] : names).map(
          (name) => `<author><name>${escapeXml(name)}</name></author>`,
        ),
        `<summary>${escapeXml(
          hit.snippets
            .map((snippet) => snippet.text)
            .join('……')
            .replace(/(?:……)+/g, '……'),
        )}</summary>`,
        '</entry>',
      ].join('')
    })
    const text = [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
      `<title>${escapeXml(title)}</title>`,
      `<subtitle>${readingLabels[result.query.interpretation]}，${result.total} 篇</subtitle>`,
      `<id>urn:xunbao:feed:${escapeXml(encodeURIComponent(queryString))}</id>`,
      `<link rel="self" href="${escapeXml(`${baseUrl}/feed.xml?${queryString}`)}"/>`,
      `<link href="${escapeXml(`${baseUrl}/?${queryString}`)}"/>`,
      `<updated>${updated}T00:00:00Z</updated>`,
      ...entries,
      '</feed>',
      '',
    ].join('\n')
    return { kind: 'text', type: 'application/atom+xml; charset=utf-8', text }
  },
})

export const openSearchRoute = defineRoute({
  method: 'GET',
  address: '/opensearch.xml',
  summary: '让浏览器的地址栏能查报。Lets a browser search from its address bar.',
  path: {},
  query: {},
  answers: {
    status: 200,
    description: 'OpenSearch 1.1。',
    types: { 'application/opensearchdescription+xml': { type: 'string' } },
  },
  async respond({ baseUrl }) {
    const base = escapeXml(baseUrl)
    const text = [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
      '<ShortName>寻报</ShortName>',
      '<Description>在报纸里查找</Description>',
      '<InputEncoding>UTF-8</InputEncoding>',
      `<Image width="32" height="32" type="image/svg+xml">${base}/icon.svg</Image>`,
      `<Url type="text/html" template="${base}/?q={searchTerms}"/>`,
      `<Url type="application/json" template="${base}/api/search?q={searchTerms}"/>`,
      `<Url type="application/atom+xml" template="${base}/feed.xml?q={searchTerms}"/>`,
      '</OpenSearchDescription>',
      '',
    ].join('\n')
    return { kind: 'text', type: 'application/opensearchdescription+xml; charset=utf-8', text }
  },
})
