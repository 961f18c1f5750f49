// Parameters that several routes share, and how those of a request are read.
import * as v from 'valibot'
import { requiredText, text } from '../schema/kinds.ts'
import { kindOf, readTexts } from '../schema/text-values.ts'
import type { Entries, RouteRequest } from './route.ts'

/** Longest query text, in characters. */
export const longestQuery = 512

export const queryText = v.optional(
  v.pipe(text(longestQuery), v.description('查询语句；空着就是全部。The query; empty means everything.')),
  '',
)

export const articleId = v.pipe(requiredText(512), v.description('文章编号。Article id.'))

/**
 * Reads and checks the parameters of one request; unknown names are ignored. `name[]` is the same as `name` for a
 * parameter that may be repeated. Throws REQUEST_INVALID with the field's name.
 */
export function readParameters(
  route: { path: Entries; query: Entries },
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): Pick<RouteRequest, 'path' | 'query'> {
  return {
    path: readTexts(route.path, (name) => [path[name] ?? '']),
    query: readTexts(route.query, (name) => [
      ...query.getAll(name),
      ...(kindOf(route.query[name]!) === 'list' ? query.getAll(`${name}[]`) : []),
    ]),
  }
}
