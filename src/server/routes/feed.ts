// The routes for other programs of the reader: an Atom feed of a search, and the browser's search box.
import type { Route } from '../route.ts'
import { filterParameters, queryParameter, toQueryString, toSearchRequest } from '../search-parameters.ts'
import { escapeXml } from '../xml.ts'

export const feedRoute: Route = {
  method: 'GET',
  path: '/feed.xml',
  summary: '一条查询的新稿，Atom 格式。The newest hits of a search as an Atom feed.',
  parameters: [
    queryParameter,
    ...filterParameters.filter(({ name }) => name !== 'sort'),
    { name: 'size', in: 'query', kind: 'integer', min: 1, max: 100, description: '条数，默认 30。How many.' },
  ],
  answers: { status: 200, description: 'Atom。', types: { 'application/atom+xml': { type: 'string' } } },
  async respond({ values, baseUrl }, { archive }) {
    const request = toSearchRequest(values)
    const result = await archive.search({ ...request, sort: 'newest', page: 1, size: request.size ?? 30 })
    const title = request.q.trim() === '' ? '寻报' : `寻报：${request.q}`
    const queryString = toQueryString(request)
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
        `<summary>${escapeXml(hit.snippets.map((snippet) => snippet.text).join('……'))}</summary>`,
        '</entry>',
      ].join('')
    })
    const text = [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
      `<title>${escapeXml(title)}</title>`,
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
}

export const openSearchRoute: Route = {
  method: 'GET',
  path: '/opensearch.xml',
  summary: '让浏览器的地址栏能查报。Lets a browser search from its address bar.',
  parameters: [],
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
}
