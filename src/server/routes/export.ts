// The route that gives away all hits of a search as a file, one article at a time.
import type { Article } from '../../model/article.ts'
import { byteOrderMark, csvColumns, toCsvLine } from '../csv.ts'
import type { Route } from '../route.ts'
import { schemaOf } from '../schemas.ts'
import { filterParameters, queryParameter, toSearchRequest } from '../search-parameters.ts'

export const exportRoute: Route = {
  method: 'GET',
  path: '/api/export',
  summary: '导出全部命中。All hits of a search as a file.',
  parameters: [
    queryParameter,
    ...filterParameters,
    {
      name: 'format',
      in: 'query',
      kind: 'choice',
      choices: ['csv', 'jsonl'],
      description: 'csv 或 jsonl（默认）。csv, or jsonl by default.',
    },
  ],
  answers: {
    status: 200,
    description: '一行一篇。One article a line.',
    types: { 'application/x-ndjson': schemaOf('Article'), 'text/csv': { type: 'string' } },
  },
  async respond({ values }, { archive }) {
    const articles = archive.exportHits(toSearchRequest(values))
    // The first article is fetched before the answer begins: a fault in the request is then still a problem document.
    const iterator = articles[Symbol.asyncIterator]()
    const first = await iterator.next()
    const isCsv = values.text('format') === 'csv'
    return {
      kind: 'stream',
      type: isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      fileName: isCsv ? 'xunbao.csv' : 'xunbao.jsonl',
      chunks: isCsv
        ? toLines(first, iterator, `${byteOrderMark}${csvColumns.join(',')}\r\n`, toCsvLine)
        : toLines(first, iterator, '', (article) => `${JSON.stringify(article)}\n`),
    }
  },
}

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
