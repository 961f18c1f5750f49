// The routes that are read: an article, articles like it, a printed page, the calendar of issues.
import { SearchError } from '../../model/errors.ts'
import type { ParameterSpec } from '../parameters.ts'
import type { Route } from '../route.ts'
import { schemaOf } from '../schemas.ts'
import { queryParameter } from '../search-parameters.ts'

const json = 'application/json'
/** Stands in an address for a paper whose name is not known: an address has no empty parts. */
const namelessPaper = '-'
const idParameter: ParameterSpec = {
  name: 'id',
  in: 'path',
  kind: 'text',
  maxLength: 512,
  required: true,
  description: '文章编号。Article id.',
}

export const articleRoute: Route = {
  method: 'GET',
  path: '/api/articles/:id',
  summary: '一篇文章：全文、前后篇、引文格式。One article with neighbours and citations.',
  parameters: [
    idParameter,
    { ...queryParameter, description: '给出时，marks 指明它在文中何处。Marks of this query in the text.' },
  ],
  answers: { status: 200, description: '文章。The article.', types: { [json]: schemaOf('ArticleView') } },
  async respond({ values }, { archive }) {
    return { kind: 'json', value: await archive.article(values.text('id') ?? '', values.text('q')) }
  },
}

export const similarRoute: Route = {
  method: 'GET',
  path: '/api/articles/:id/similar',
  summary: '相近的文章。Articles like this one.',
  parameters: [
    idParameter,
    { name: 'size', in: 'query', kind: 'integer', min: 1, max: 50, description: '条数，默认 8。How many.' },
  ],
  answers: {
    status: 200,
    description: '相近的文章。Similar articles.',
    types: { [json]: schemaOf('Similar') },
  },
  async respond({ values }, { archive }) {
    const similar = await archive.similar(values.text('id') ?? '', values.integer('size') ?? 8)
    return { kind: 'json', value: { similar } }
  },
}

export const pageRoute: Route = {
  method: 'GET',
  path: '/api/pages/:paper/:date/:pageNo',
  summary: '一个版面上的全部内容。Everything printed on one page.',
  parameters: [
    {
      name: 'paper',
      in: 'path',
      kind: 'text',
      maxLength: 200,
      required: true,
      description: '报纸；名称不详的写 -。Newspaper; - when it has no name.',
    },
    { name: 'date', in: 'path', kind: 'date', required: true, description: '日期。Date.' },
    {
      name: 'pageNo',
      in: 'path',
      kind: 'integer',
      min: 0,
      max: 9999,
      required: true,
      description: '版次。Page.',
    },
  ],
  answers: { status: 200, description: '版面。The page.', types: { [json]: schemaOf('PageView') } },
  async respond({ values }, { archive }) {
    const paper = values.text('paper') ?? ''
    const page = await archive.page(
      paper === namelessPaper ? '' : paper,
      values.text('date') ?? '',
      values.integer('pageNo') ?? 0,
    )
    return { kind: 'json', value: page }
  },
}

export const issuesRoute: Route = {
  method: 'GET',
  path: '/api/issues',
  summary: '报纸日历：哪天有哪些版。The calendar of issues.',
  parameters: [
    { name: 'year', in: 'query', kind: 'integer', min: 1, max: 9999, description: '年。Year.' },
    {
      name: 'month',
      in: 'query',
      kind: 'integer',
      min: 1,
      max: 12,
      description: '月，须同时给年。Month; needs a year.',
    },
  ],
  answers: { status: 200, description: '逐日的版面。Pages by day.', types: { [json]: schemaOf('Issues') } },
  async respond({ values }, { archive }) {
    const year = values.integer('year')
    const month = values.integer('month')
    if (month !== undefined && year === undefined)
      throw new SearchError('REQUEST_INVALID', '参数 month 须与 year 一同给出', { field: 'month' })
    return { kind: 'json', value: { issues: await archive.issues(year, month) } }
  },
}
