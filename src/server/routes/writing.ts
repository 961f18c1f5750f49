// The routes that change the archive; each needs the configured token, and answers only once the change is on disk.
import * as v from 'valibot'
import { SearchError } from '../../model/errors.ts'
import { type ArticleInput, maxPageNo } from '../../schema/article.ts'
import { day, text, whole } from '../../schema/kinds.ts'
import { articleId } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { schemaOf } from '../schemas.ts'

const json = 'application/json'
const lines = 'application/x-ndjson'
/** Most articles in one request. */
const mostArticles = 10_000
const megabyte = 1024 * 1024

function toText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new SearchError('REQUEST_INVALID', '正文不是 UTF-8', { field: 'body' })
  }
}

/** The articles of a body: one, a JSON list of them, or JSON Lines. Throws REQUEST_INVALID when the text is not JSON. */
function parseBody(text: string, isLines: boolean): ArticleInput[] {
  const values = isLines
    ? text.split(/\r?\n/).flatMap((line, i) => (line.trim() === '' ? [] : [parseJson(line, i + 1)]))
    : [parseJson(text)].flat(1)
  if (values.length === 0) throw new SearchError('REQUEST_INVALID', '正文里没有文章', { field: 'body' })
  if (values.length > mostArticles)
    throw new SearchError('REQUEST_INVALID', `一次最多 ${mostArticles} 篇，收到 ${values.length} 篇`, {
      field: 'body',
    })
  return values as ArticleInput[]
}

function parseJson(text: string, line?: number): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    const place = line === undefined ? '正文' : `第 ${line} 行`
    throw new SearchError('REQUEST_INVALID', `${place}不是完整的 JSON`, {
      field: 'body',
      ...(line === undefined ? {} : { line }),
    })
  }
}

export const addArticlesRoute = defineRoute({
  method: 'POST',
  address: '/api/articles',
  summary: '加入或替换文章，一篇或多篇。Adds or replaces articles.',
  path: {},
  query: {},
  scope: 'write',
  body: {
    types: {
      [json]: { anyOf: [schemaOf('ArticleInput'), { type: 'array', items: schemaOf('ArticleInput') }] },
      [lines]: schemaOf('ArticleInput'),
    },
    limitBytes: 32 * megabyte,
  },
  answers: { status: 200, description: '已落盘。On disk.', types: { [json]: schemaOf('ArticlesAdded') } },
  async respond({ body, headers }, { archive }) {
    const isLines = (headers['content-type'] ?? '').includes('ndjson')
    return { kind: 'json', value: await archive.add(parseBody(toText(body), isLines)) }
  },
})

export const addPageRoute = defineRoute({
  method: 'POST',
  address: '/api/pages',
  summary: '加入一个版面文件（文本或 PDF）。Adds a page file, text or PDF.',
  path: {},
  query: {
    paper: v.optional(v.pipe(text(200), v.description('报纸名。Newspaper.'))),
    date: v.optional(v.pipe(day, v.description('日期，版面上没有时用。Date if not printed.'))),
    pageNo: v.optional(
      v.pipe(whole(1, maxPageNo), v.description('版次，版面上没有时用。Page number if not printed.')),
    ),
  },
  scope: 'write',
  body: {
    types: {
      'text/plain': { type: 'string' },
      'application/pdf': { type: 'string', format: 'binary' },
      'application/octet-stream': { type: 'string', format: 'binary' },
    },
    limitBytes: 64 * megabyte,
  },
  answers: { status: 200, description: '已落盘。On disk.', types: { [json]: schemaOf('PageAdded') } },
  async respond({ body, query: { paper, date, pageNo } }, { archive }) {
    const report = await archive.addPage(body, {
      ...(paper === undefined ? {} : { paper }),
      ...(date === undefined ? {} : { date }),
      ...(pageNo === undefined ? {} : { pageNo }),
    })
    return { kind: 'json', value: report }
  },
})

export const removeArticleRoute = defineRoute({
  method: 'DELETE',
  address: '/api/articles/:id',
  summary: '删去一篇文章。Removes an article.',
  path: { id: articleId },
  query: {},
  scope: 'write',
  answers: { status: 200, description: '已落盘。On disk.', types: { [json]: schemaOf('ArticlesRemoved') } },
  async respond({ path: { id } }, { archive }) {
    const report = await archive.remove([id])
    if (report.removed === 0) throw new SearchError('ARTICLE_UNKNOWN', `没有编号为「${id}」的文章`, { id })
    return { kind: 'json', value: report }
  },
})
