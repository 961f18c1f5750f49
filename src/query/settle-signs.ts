// What signs with two meanings mean in a query (? and *), and what is done where strings stand together too often.
import type { ParsedQuery, QueryProblem } from '../model/query.ts'
import {
  type AnalyzedQuery,
  analyzeQuery,
  hasDistance,
  type QueryContext,
  withoutDistance,
} from './analyze-query.ts'

/** What signs with two meanings were settled to mean, and the exact reading where that took running it. */
export interface SettledSigns<Reading> {
  analyzed: AnalyzedQuery
  exact: Reading | null
  problems: QueryProblem[]
}

/**
 * Signs that could be wildcards are text where that finds more, or where wildcards find nothing; strings that would have
 * to be held against each other in too many articles are only asked to be there.
 * @param runExact resolves with null where that takes too long
 */
export async function settleSigns<Reading extends { total: number }>(
  query: ParsedQuery,
  context: QueryContext,
  runExact: (analyzed: AnalyzedQuery) => Promise<Reading | null>,
): Promise<SettledSigns<Reading>> {
  const problems: QueryProblem[] = []
  let analyzed = analyzeQuery(query.tree, context)
  let exact: Reading | null = null
  if (query.asText) {
    const asText = analyzeQuery(query.asText.tree, context)
    const [found, printed] = [await runExact(analyzed), await runExact(asText)]
    exact = printed
    if (found !== null && found.total > 0 && found.total >= (printed?.total ?? 0)) exact = found
    else {
      analyzed = asText
      problems.push(found === null ? tooWide(query) : query.asText.problem)
    }
  } else if (hasDistance(analyzed.root)) exact = await runExact(analyzed)
  if (exact === null && hasDistance(analyzed.root)) {
    analyzed = { ...analyzed, root: withoutDistance(analyzed.root) }
    problems.push(tooWide(query))
  }
  return { analyzed, exact, problems }
}

function tooWide({ text }: ParsedQuery): QueryProblem {
  const message =
    '这里的字太常见，要比对的位置太多：没有按位置查找，只要求都出现。请多写几个字，或加上日期、报名等条件。'
  return { message, start: 0, end: text.length }
}
