// How a posted article becomes one that the archive takes, with the field named that is wrong.
import { createHash } from 'node:crypto'
import type { Article } from '../model/article.ts'
import { SearchError } from '../model/errors.ts'
import { type Byline, itemTypes, type Subheading } from '../model/item.ts'
import { isCalendarDay } from './parameters.ts'

/** Most articles in one request. */
export const maxArticles = 10_000
const maxIdLength = 200

class Fields {
  readonly #record: Readonly<Record<string, unknown>>
  readonly #line: number

  constructor(value: unknown, line: number) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new SearchError('ARTICLE_INVALID', `第 ${line} 篇不是一个对象`, { line })
    this.#record = value as Record<string, unknown>
    this.#line = line
  }

  fail(field: string, message: string): SearchError {
    return new SearchError('ARTICLE_INVALID', `第 ${this.#line} 篇的 ${field} ${message}`, {
      line: this.#line,
      field,
    })
  }

  /** The first of these names that was given. */
  #given(names: readonly string[]): [name: string, value: unknown] | undefined {
    for (const name of names) {
      const value = this.#record[name]
      if (Object.hasOwn(this.#record, name) && value !== undefined && value !== null) return [name, value]
    }
    return undefined
  }

  text(...names: string[]): string | undefined {
    const given = this.#given(names)
    if (given === undefined) return undefined
    const [name, value] = given
    if (typeof value !== 'string') throw this.fail(name, '应为文字')
    return value.trim() === '' ? undefined : value
  }

  texts(...names: string[]): string[] | undefined {
    const given = this.#given(names)
    if (given === undefined) return undefined
    const [name, value] = given
    const list = typeof value === 'string' ? [value] : value
    if (!Array.isArray(list) || !list.every((one) => typeof one === 'string'))
      throw this.fail(name, '应为文字或文字的列表')
    return list.map((one) => String(one))
  }

  integer(name: string, max: number): number | undefined {
    const given = this.#given([name])
    if (given === undefined) return undefined
    const value = given[1]
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max)
      throw this.fail(name, `应为 0 到 ${max} 的整数`)
    return value
  }

  bylines(): Byline[] | undefined {
    const given = this.#given(['bylines', 'author'])
    if (given === undefined) return undefined
    const [name, value] = given
    const list: unknown[] = Array.isArray(value) ? value : [value]
    const bylines = list.map((one): Byline => {
      if (typeof one === 'string') return { role: '', names: [one] }
      if (typeof one === 'object' && one !== null && 'names' in one && Array.isArray(one.names)) {
        const role = 'role' in one && typeof one.role === 'string' ? one.role : ''
        if (one.names.every((person: unknown) => typeof person === 'string'))
          return { role, names: one.names.map(String) }
      }
      throw this.fail(name, '应为姓名，或 { role, names } 的列表')
    })
    return bylines.length === 0 ? undefined : bylines
  }

  subheadings(paragraphs: number): Subheading[] | undefined {
    const given = this.#given(['subheadings'])
    if (given === undefined) return undefined
    if (!Array.isArray(given[1])) throw this.fail('subheadings', '应为列表')
    const subheadings = given[1].map((one: unknown): Subheading => {
      if (typeof one === 'object' && one !== null && 'text' in one && 'beforeParagraph' in one) {
        const { text, beforeParagraph: before } = one
        if (typeof text === 'string' && typeof before === 'number' && Number.isInteger(before))
          if (before >= 0 && before <= paragraphs) return { text, beforeParagraph: before }
      }
      throw this.fail('subheadings', `的每一项应为 { text, beforeParagraph }，后者不超过段数 ${paragraphs}`)
    })
    return subheadings.length === 0 ? undefined : subheadings
  }
}

/**
 * Reads one posted article. `line` is its 1-based place in the request.
 * Without an id it gets one from its content, so that sending it twice replaces it.
 * Throws ARTICLE_INVALID with line and field.
 */
export function toArticle(value: unknown, line: number): Article {
  const fields = new Fields(value, line)
  const type = itemTypes.find((known) => known === (fields.text('type') ?? 'article'))
  if (type === undefined) throw fields.fail('type', `只能是 ${itemTypes.join('、')}`)
  const date = fields.text('date') ?? ''
  if (date !== '' && !isCalendarDay(date)) throw fields.fail('date', '应为 YYYY-MM-DD 形式的日期')
  const paragraphs =
    fields.texts('paragraphs') ??
    (fields.text('body') ?? '').split(/\r\n|\r|\n/).filter((paragraph) => paragraph.trim() !== '')
  const article: Article = {
    id: '',
    type,
    paper: fields.text('paper') ?? '',
    date,
    pageNo: fields.integer('pageNo', 9999) ?? 0,
    paragraphs,
  }
  const headline = fields.text('headline', 'title')
  if (headline !== undefined) article.headline = headline
  for (const name of ['kicker', 'subtitle', 'caption', 'section', 'signature'] as const) {
    const text = fields.text(name)
    if (text !== undefined) article[name] = text
  }
  if (headline === undefined && article.caption === undefined && paragraphs.length === 0)
    throw fields.fail('headline', '、paragraphs 和 caption 都是空的：没有可以检索的文字')
  const subheadings = fields.subheadings(paragraphs.length)
  if (subheadings !== undefined) article.subheadings = subheadings
  const bylines = fields.bylines()
  if (bylines !== undefined) article.bylines = bylines
  for (const name of ['credits', 'tags'] as const) {
    const texts = fields.texts(name)
    if (texts !== undefined && texts.length > 0) article[name] = texts
  }
  const id = fields.text('id')?.trim()
  if (id !== undefined && id.length > maxIdLength) throw fields.fail('id', `太长：最多 ${maxIdLength} 个字符`)
  article.id = id ?? toContentId(article)
  return article
}

function toContentId(article: Article): string {
  const { id: _none, ...content } = article
  return `c-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 20)}`
}

/**
 * Reads a request body: one article, a JSON list of them, or JSON Lines.
 * Throws ARTICLE_INVALID with line and field, REQUEST_INVALID when the text is not JSON.
 */
export function parseArticles(text: string, isLines: boolean): Article[] {
  const values: unknown[] = isLines ? parseLines(text) : [parseJson(text, undefined)].flat(1)
  if (values.length === 0) throw new SearchError('REQUEST_INVALID', '正文里没有文章', { field: 'body' })
  if (values.length > maxArticles)
    throw new SearchError('REQUEST_INVALID', `一次最多 ${maxArticles} 篇，收到 ${values.length} 篇`, {
      field: 'body',
    })
  return values.map((value, index) => toArticle(value, index + 1))
}

function parseLines(text: string): unknown[] {
  const values: unknown[] = []
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() !== '') values.push(parseJson(line, index + 1))
  })
  return values
}

function parseJson(text: string, line: number | undefined): unknown {
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
