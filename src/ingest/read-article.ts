// Reads one article as any door takes it in: lenient about forms, exact about faults.
import * as v from 'valibot'
import { SearchError } from '../model/errors.ts'
import { type Article, articleSchema } from '../schema/article.ts'
import { nameFields } from '../schema/article-names.ts'
import { contentHash, pageIdPrefix } from './article-id.ts'

/** What the surroundings of an article say about it where it says nothing itself. */
export interface ArticleDefaults {
  paper?: string
  date?: string
  pageNo?: number
}

export interface ReadArticle {
  article: Article
  /** Whether the id was said, or made from the content. */
  hasOwnId: boolean
}

/**
 * Reads an article from a JSON value or from a line of a table. `line` is its 1-based place, for errors.
 * Throws ARTICLE_INVALID naming the field (by the name under which it came) and the line.
 */
export function readArticle(value: unknown, defaults: ArticleDefaults = {}, line?: number): ReadArticle {
  const fail = (message: string, field?: string) =>
    new SearchError('ARTICLE_INVALID', message, {
      ...(field !== undefined && { field }),
      ...(line !== undefined && { line }),
    })
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fail('不是一篇文章（应为 JSON 对象 { … }）')
  const { fields, nameOf, extra } = nameFields(value as Record<string, unknown>)
  const read = v.safeParse(
    articleSchema,
    {
      ...(defaults.paper && { paper: defaults.paper }),
      ...(defaults.date && { date: defaults.date }),
      ...(defaults.pageNo && { pageNo: defaults.pageNo }),
      ...('caption' in fields && !('paragraphs' in fields) && { type: 'photo' }),
      ...fields,
      ...(extra.length > 0 && { extra: toExtra(extra) }),
    },
    { abortEarly: true, abortPipeEarly: true },
  )
  if (!read.success) {
    const [issue] = read.issues
    const key = String(issue.path?.[0]?.key ?? '')
    const name = nameOf.get(key) ?? key
    throw fail(`${name} ${issue.message}`, name)
  }
  const article: Article = read.output
  const { paragraphs, headline, caption, subheadings = [] } = article
  if (paragraphs.length === 0 && headline === undefined && caption === undefined)
    throw fail('文章既没有标题（title）也没有正文（body 或 paragraphs）', 'headline')
  if (subheadings.some(({ beforeParagraph }) => beforeParagraph > paragraphs.length))
    throw fail(`subheadings 的 beforeParagraph 超过段数 ${paragraphs.length}`, 'subheadings')
  for (const name of ['bylines', 'credits', 'tags'] as const)
    if (article[name]?.length === 0) delete article[name]
  const hasOwnId = article.id !== ''
  if (!hasOwnId) article.id = toContentId(article)
  return { article, hasOwnId }
}

/** Fields that are not known here; `extra` itself is what an export of this archive says, as an object or as its JSON. */
function toExtra(given: readonly [name: string, value: unknown][]): unknown {
  const entries: [string, unknown][] = []
  for (const [name, value] of given) {
    if (name !== 'extra') {
      entries.push([name, value])
      continue
    }
    const object = typeof value === 'string' ? parseObject(value) : value
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return value
    entries.push(...Object.entries(object))
  }
  // Not an assignment: a field may be called __proto__.
  return Object.fromEntries(entries)
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Readable, the same at every reading, another for another text. */
function toContentId(article: Article): string {
  const prefix = pageIdPrefix(article)
  const { headline = '', kicker = '', subtitle = '', caption = '', paragraphs } = article
  const hash = contentHash([headline, kicker, subtitle, caption, ...paragraphs])
  return prefix ? `${prefix}-${hash}` : hash
}
