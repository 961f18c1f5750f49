// The routes that change the archive; each needs the configured token, and answers only once the change is on disk.
import { SearchError } from '../../model/errors.ts'
import { parseArticles } from '../article-input.ts'
import type { Route } from '../route.ts'
import { schemaOf } from '../schemas.ts'

const json = 'application/json'
const lines = 'application/x-ndjson'
const megabyte = 1024 * 1024

function toText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new SearchError('REQUEST_INVALID', '正文不是 UTF-8', { field: 'body' })
  }
}

export const addArticlesRoute: Route = {
  method: 'POST',
  path: '/api/articles',
  summary: '加入或替换文章，一篇或多篇。Adds or replaces articles.',
  parameters: [],
  write: true,
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
    const articles = parseArticles(toText(body), isLines)
    const report = await archive.add(articles)
    return { kind: 'json', value: { ...report, ids: articles.map(({ id }) => id) } }
  },
}

export const addPageRoute: Route = {
  method: 'POST',
  path: '/api/pages',
  summary: '加入一个版面文件（文本或 PDF）。Adds a page file, text or PDF.',
  parameters: [
    { name: 'paper', in: 'query', kind: 'text', maxLength: 200, description: '报纸名。Newspaper.' },
    { name: 'date', in: 'query', kind: 'date', description: '日期，版面上没有时用。Date if not printed.' },
    {
      name: 'pageNo',
      in: 'query',
      kind: 'integer',
      min: 1,
      max: 9999,
      description: '版次，版面上没有时用。Page number if not printed.',
    },
  ],
  write: true,
  body: {
    types: {
      'text/plain': { type: 'string' },
      'application/pdf': { type: 'string', format: 'binary' },
      'application/octet-stream': { type: 'string', format: 'binary' },
    },
    limitBytes: 64 * megabyte,
  },
  answers: { status: 200, description: '已落盘。On disk.', types: { [json]: schemaOf('PageAdded') } },
  async respond({ body, values }, { archive }) {
    const paper = values.text('paper')
    const date = values.text('date')
    const pageNo = values.integer('pageNo')
    const report = await archive.addPage(body, {
      ...(paper === undefined ? {} : { paper }),
      ...(date === undefined ? {} : { date }),
      ...(pageNo === undefined ? {} : { pageNo }),
    })
    return { kind: 'json', value: report }
  },
}

export const removeArticleRoute: Route = {
  method: 'DELETE',
  path: '/api/articles/:id',
  summary: '删去一篇文章。Removes an article.',
  parameters: [
    {
      name: 'id',
      in: 'path',
      kind: 'text',
      maxLength: 512,
      required: true,
      description: '文章编号。Article id.',
    },
  ],
  write: true,
  answers: { status: 200, description: '已落盘。On disk.', types: { [json]: schemaOf('ArticlesRemoved') } },
  async respond({ values }, { archive }) {
    const id = values.text('id') ?? ''
    const report = await archive.remove([id])
    if (report.removed === 0) throw new SearchError('ARTICLE_UNKNOWN', `没有编号为「${id}」的文章`, { id })
    return { kind: 'json', value: report }
  },
}
