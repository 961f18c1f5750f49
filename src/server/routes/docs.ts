// The page for people about the API, made from the table that answers it.

import { toJsonSchema } from '../../schema/json-schema.ts'
import { kindOf } from '../../schema/text-values.ts'
import { type DescribedRoute, renderDocs } from '../../web/docs.tsx'
import type { Entries, Route } from '../route.ts'
import { defineRoute } from '../route.ts'

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

function parametersOf(entries: Entries): DescribedRoute['parameters'] {
  return Object.entries(entries).map(([name, entry]) => {
    const { description = '', ...schema } = toJsonSchema(entry, 'input')
    return {
      name,
      isList: kindOf(entry) === 'list',
      description: String(description),
      limits: limitsOf(schema),
    }
  })
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

export function createDocsRoute(described: readonly Route[]): Route {
  return defineRoute({
    method: 'GET',
    address: '/docs',
    summary: '接口说明，给人看的。This API for people.',
    path: {},
    query: {},
    answers: { status: 200, description: 'HTML。', types: { 'text/html': { type: 'string' } } },
    async respond({ baseUrl }, { siteOf }) {
      const told = described.map(
        (route): DescribedRoute => ({
          method: route.method,
          address: route.address,
          summary: route.summary,
          ...(route.scope && { scope: route.scope }),
          parameters: parametersOf({ ...route.path, ...route.query }),
          example: curlOf(route, baseUrl),
        }),
      )
      return { kind: 'text', type: 'text/html; charset=utf-8', text: renderDocs(siteOf(baseUrl), told) }
    },
  })
}
