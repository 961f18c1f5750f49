// The page for people about the API, made from the table that answers it: no script, nothing from outside.

import { toJsonSchema } from '../../schema/json-schema.ts'
import { kindOf } from '../../schema/text-values.ts'
import type { Entries, Route } from '../route.ts'
import { defineRoute } from '../route.ts'
import { escapeXml } from '../xml.ts'

/** Limits and default of a parameter, as a person reads them. */
function limitsOf(schema: Readonly<Record<string, unknown>>): string {
  const {
    minimum,
    maximum,
    maxLength,
    enum: values,
    default: usual,
  } = schema as Record<string, number | string[]>
  return [
    Array.isArray(values) && values.join(' | '),
    minimum !== undefined && maximum !== undefined && `${minimum}–${maximum}`,
    maxLength !== undefined && `≤ ${maxLength}`,
    usual !== undefined && String(usual) !== '' && `= ${String(usual)}`,
  ]
    .filter(Boolean)
    .join('；')
}

function parameterRows(entries: Entries): string {
  return Object.entries(entries)
    .map(([name, entry]) => {
      const { description = '', ...schema } = toJsonSchema(entry, 'input')
      const isList = kindOf(entry) === 'list'
      const limits = limitsOf(schema)
      return `<tr><td><code>${escapeXml(name)}</code>${isList ? '…' : ''}</td><td>${escapeXml(String(description))}</td><td>${escapeXml(limits)}</td></tr>`
    })
    .join('')
}

function curlOf({ method, address, query, body, scope }: Route, base: string): string {
  const path = address
    .replace(':paper/:date/:pageNo', `${encodeURIComponent('今日魏都')}/2018-11-07/3`)
    .replace(':id', 'ID')
  const parts = ['curl']
  if (method !== 'GET') parts.push(`-X ${method}`)
  if (scope) parts.push('-H "Authorization: Bearer $XUNBAO_TOKEN"')
  if (body) parts.push(`-H 'Content-Type: ${Object.keys(body.types)[0]}' --data-binary @FILE`)
  else if ('q' in query) parts.push(`-G --data-urlencode 'q=社区'`)
  else if ('text' in query) parts.push(`-G --data-urlencode 'text=脱贫攻坚'`)
  if (address === '/api/explain') parts.push('-d id=ID')
  parts.push(`'${base}${path}'`)
  return parts.join(' ')
}

function describe(route: Route, base: string): string {
  const rows = parameterRows({ ...route.path, ...route.query })
  return [
    `<section><h2><code>${route.method} ${escapeXml(route.address)}</code></h2>`,
    `<p>${escapeXml(route.summary)}${route.scope ? ` <strong>${route.scope}</strong>` : ''}</p>`,
    rows && `<table>${rows}</table>`,
    `<pre><code>${escapeXml(curlOf(route, base))}</code></pre></section>`,
  ].join('')
}

export function createDocsRoute(described: readonly Route[]): Route {
  return defineRoute({
    method: 'GET',
    address: '/docs',
    summary: '接口说明，给人看的。This API for people.',
    path: {},
    query: {},
    answers: { status: 200, description: 'HTML。', types: { 'text/html': { type: 'string' } } },
    async respond({ baseUrl }) {
      const base = escapeXml(baseUrl)
      const text = [
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        `<title>寻报接口 Xunbao API</title><link rel="stylesheet" href="${base}/style.css"></head>`,
        `<body class="api"><main><h1>寻报接口</h1><p>机器读的说明：<a href="${base}/openapi.json">openapi.json</a>。`,
        '<code>/api/v1/…</code> 与 <code>/api/…</code> 相同。错误是 RFC 9457 的问题文档，中英文；按 Accept-Language 换主文。',
        ' The same under <code>/api/v1</code>; errors are RFC 9457 problem documents in Chinese and English.</p>',
        ...described.map((route) => describe(route, baseUrl)),
        '</main></body></html>',
      ].join('\n')
      return { kind: 'text', type: 'text/html; charset=utf-8', text }
    },
  })
}
