// Parameters that several routes share, and how those of a request are read.
import * as v from 'valibot'
import { noValue } from '../model/hit.ts'
import { requiredText, text } from '../schema/kinds.ts'
import { kindOf, readTexts } from '../schema/text-values.ts'
import { HttpError } from './problem.ts'
import type { QueryValues } from './query-string.ts'
import type { Entries, RouteRequest } from './route.ts'

/** Longest query text, in characters. */
export const longestQuery = 512

export const queryText = v.optional(
  v.pipe(text(longestQuery), v.description('查询语句；空着就是全部。The query; empty means everything.')),
  '',
)

export const articleId = v.pipe(requiredText(512), v.description('文章编号。Article id.'))

/** The name of a paper as an address or a facet gives it. */
export function toPaper(name: string): string {
  return name === noValue ? '' : name
}

/**
 * Reads and checks the parameters of one request; unknown names are ignored. `name[]` is the same as `name` for a
 * parameter that may be repeated. Throws REQUEST_INVALID with the field's name.
 */
export function readParameters(
  route: { path: Entries; query: Entries },
  path: Readonly<Record<string, string>>,
  query: QueryValues,
): Pick<RouteRequest, 'path' | 'query'> {
  for (const name of query.keys()) refuseNested(name, route.query)
  return {
    path: readTexts(route.path, (name) => [path[name] ?? '']),
    query: readTexts(route.query, (name) => [...(query.get(name) ?? []), ...(query.get(`${name}[]`) ?? [])]),
  }
}

/** Lists may be `name[]`; any other brackets behind a known name are a form that nobody can mean here. */
function refuseNested(name: string, known: Entries): void {
  const [, base, brackets] = /^([^[]+)(\[.*)$/s.exec(name) ?? []
  if (base === undefined || !Object.hasOwn(known, base)) return
  if (brackets === '[]' && kindOf(known[base]!) === 'list') return
  throw new HttpError(400, `参数 ${base} 不能带方括号。`, `Parameter ${base} takes no brackets.`)
}
