// The route that gives away all hits of a search as a file, one article at a time.
import * as v from 'valibot'
import type { Article } from '../../schema/article.ts'
import { choice } from '../../schema/kinds.ts'
import { checkRequest, filterEntries } from '../../schema/search-request.ts'
import { byteOrderMark, csvColumns, toCsvLine } from '../csv.ts'
import { queryText } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { schemaOf } from '../schemas.ts'

export const exportRoute = defineRoute({
  method: 'GET',
  address: '/api/export',
  summary: '导出全部命中。All hits of a search as a file.',
  isMomentary: true,
  isExport: true,
  path: {},
  query: {
    q: queryText,
    ...filterEntries,
    format: v.optional(
      v.pipe(choice(['csv', 'jsonl']), v.description('csv 或 jsonl（默认）。csv, or jsonl by default.')),
      'jsonl',
    ),
  },
  answers: {
    status: 200,
    description: '一行一篇。One article a line.',
    types: { 'application/x-ndjson': schemaOf('Article'), 'text/csv': { type: 'string' } },
  },
  async respond({ query: { format, ...request }, signal }, { archive }) {
    const articles = archive.exportHits(request)
    // The first article is fetched before the answer begins: a fault in the request is then still a problem document.
    const iterator = articles[Symbol.asyncIterator]()
    // A reader who has gone, or for whom it took too long, must not keep the archive's snapshot open.
    signal.addEventListener('abort', () => void iterator.return?.(), { once: true })
    const first = await iterator.next()
    const isCsv = format === 'csv'
    return {
      kind: 'stream',
      type: isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      // What the file holds, for whoever keeps it: the body is articles and nothing else.
      headers: { 'X-Interpretation': checkRequest(request, 'exact').reading ?? 'exact' },
      fileName: isCsv ? 'xunbao.csv' : 'xunbao.jsonl',
      chunks: isCsv
        ? toLines(first, iterator, `${byteOrderMark}${csvColumns.join(',')}\r\n`, toCsvLine)
        : toLines(first, iterator, '', (article) => `${JSON.stringify(article)}\n`),
    }
  },
})

/**
 * Not a generator: one that was never started would not run its `finally`, and a reader who leaves
 * before the first line would keep the archive's snapshot open.
 */
function toLines(
  first: IteratorResult<Article>,
  iterator: AsyncIterator<Article>,
  head: string,
  toLine: (article: Article) => string,
): AsyncIterableIterator<string> {
  // Small lines are sent together: one packet for each article would be slow, all of them at once would not fit.
  const batchLength = 65_536
  let upcoming = first
  let batch = head
  const lines: AsyncIterableIterator<string> = {
    async next() {
      while (upcoming.done !== true && batch.length < batchLength) {
        batch += toLine(upcoming.value)
        upcoming = await iterator.next()
      }
      const value = batch
      batch = ''
      return value === '' ? { done: true, value: undefined } : { done: false, value }
    },
    async return() {
      await iterator.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => lines,
  }
  return lines
}
