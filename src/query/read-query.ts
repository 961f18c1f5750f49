// Reads what was typed, as every door of every archive does.
import type { ParsedQuery, QueryNode } from '../model/query.ts'
import { parseQuery } from './parse-query.ts'

/** Longer queries are cut here, and the answer says so. UTF-16 units. */
export const longestQuery = 512

/** The query as parsed, its text as typed. Never throws. */
export function readQuery(q: string): ParsedQuery {
  const parsed = parseQuery(q.slice(0, longestQuery))
  if (q.length > longestQuery)
    parsed.problems.push({
      message: `检索词过长，只用了前 ${longestQuery} 个字符`,
      start: longestQuery,
      end: q.length,
    })
  return { ...parsed, text: q }
}

/** Quotes and operators mean what they say; only plain text may have been meant otherwise. */
export function isPlainText(tree: QueryNode): boolean {
  if (tree.kind === 'all') return tree.children.every(isPlainText)
  return tree.kind === 'run' || tree.kind === 'filter' || tree.kind === 'dates'
}

/** Whether anything stands in quotation marks: that is meant as it stands. */
export function hasQuotes(node: QueryNode): boolean {
  if (node.kind === 'all' || node.kind === 'any') return node.children.some(hasQuotes)
  if (node.kind === 'not' || node.kind === 'field') return hasQuotes(node.child)
  return node.kind === 'phrase' || node.kind === 'near'
}
