// Reads one article from a JSON value as an archive of JSON Lines writes it, and says which field is wrong.
import type { Article } from '../model/article.ts'
import { SearchError } from '../model/errors.ts'
import { type Byline, type ItemType, itemTypes, type Subheading } from '../model/item.ts'
import { contentHash, pageIdPrefix } from './article-id.ts'

/** What the surroundings of an article say about it where it says nothing itself. */
export interface ArticleDefaults {
  paper?: string
  date?: string
  pageNo?: number
}

/** An article, and what could not be understood in it and was left out. */
export interface ReadArticle {
  article: Article
  /** In Chinese, each naming its field. */
  warnings: string[]
  /** Whether the id was in the value, or made from the content. */
  hasOwnId: boolean
}

type Fields = Record<string, unknown>

/**
 * Reads `{ id?, title|headline, body|paragraphs, date?, paper?, pageNo?, section?, author?|bylines?, type?, kicker?,
 * subtitle?, tags? }` and every other field of an exported article. Throws ARTICLE_INVALID naming the field when the
 * value is no object, holds no text at all, or has an id that cannot be one.
 */
export function parseJsonArticle(value: unknown, defaults: ArticleDefaults = {}): ReadArticle {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SearchError('ARTICLE_INVALID', '这一行不是一篇文章（应为 JSON 对象 { … }）')
  const fields = value as Fields
  const warnings: string[] = []
  const date = readDate(fields.date, warnings) || (defaults.date ?? '')
  const paper = readText(fields.paper, 'paper', warnings) ?? defaults.paper ?? ''
  const pageNo = readPageNo(fields.pageNo ?? fields.page, warnings) || (defaults.pageNo ?? 0)
  const headline = readText(fields.headline ?? fields.title, 'title', warnings)
  const paragraphs = readParagraphs(fields.paragraphs ?? fields.body, warnings)
  const caption = readText(fields.caption, 'caption', warnings)
  const kicker = readText(fields.kicker, 'kicker', warnings)
  const subtitle = readText(fields.subtitle, 'subtitle', warnings)
  if (paragraphs.length === 0 && headline === undefined && caption === undefined)
    throw new SearchError('ARTICLE_INVALID', '文章既没有标题（title）也没有正文（body 或 paragraphs）', {
      field: 'body',
    })
  const ownId = readId(fields.id)
  const section = readText(fields.section ?? fields.column, 'section', warnings)
  const signature = readText(fields.signature, 'signature', warnings)
  const bylines = readBylines(fields.bylines, fields.author, warnings)
  const credits = readNames(fields.credits, 'credits', warnings)
  const tags = readTags(fields.tags, warnings)
  const subheadings = readSubheadings(fields.subheadings, paragraphs.length, warnings)
  const staff = readStaff(fields.staff, warnings)
  const source = typeof fields.source === 'string' ? fields.source : undefined
  const sourceLines = readTuples<[number, number]>(fields.sourceLines, 2)
  const boxes = readTuples<[number, number, number, number]>(fields.boxes, 4)
  const confidence = typeof fields.confidence === 'number' ? fields.confidence : undefined
  const article: Article = {
    id: '',
    type: readType(fields.type, caption !== undefined && paragraphs.length === 0, warnings),
    paper,
    date,
    pageNo,
    ...(section !== undefined && { section }),
    ...(kicker !== undefined && { kicker }),
    ...(headline !== undefined && { headline }),
    ...(subtitle !== undefined && { subtitle }),
    ...(bylines.length > 0 && { bylines }),
    ...(signature !== undefined && { signature }),
    ...(credits.length > 0 && { credits }),
    ...(subheadings.length > 0 && { subheadings }),
    paragraphs,
    ...(caption !== undefined && { caption }),
    ...(tags.length > 0 && { tags }),
    ...(source !== undefined && { source }),
    ...(sourceLines !== undefined && { sourceLines }),
    ...(boxes !== undefined && { boxes }),
    ...(confidence !== undefined && { confidence }),
    ...(staff !== undefined && { staff }),
  }
  article.id = ownId ?? madeId(article)
  return { article, warnings, hasOwnId: ownId !== undefined }
}

function madeId(article: Article): string {
  const prefix = pageIdPrefix(article)
  const hash = contentHash([
    article.headline ?? '',
    article.kicker ?? '',
    article.subtitle ?? '',
    article.caption ?? '',
    ...article.paragraphs,
  ])
  return prefix ? `${prefix}-${hash}` : hash
}

function readId(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const id = typeof value === 'number' ? String(value) : value
  if (typeof id !== 'string' || id.length > 512 || hasControl(id) || id.trim() === '')
    throw new SearchError('ARTICLE_INVALID', '编号（id）应是不超过 512 个字符、不含控制字符的文字', {
      field: 'id',
    })
  return id
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 32 || unit === 127) return true
  }
  return false
}

function readText(value: unknown, field: string, warnings: string[]): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') {
    const text = value.trim()
    return text === '' ? undefined : text
  }
  if (typeof value === 'number') return String(value)
  warnings.push(`${field} 应是文字，已略去`)
  return undefined
}

/** The text of a string or number; empty for what JSON writes in brackets, which `String` may even refuse. */
function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

/** The value as a warning quotes it. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : (JSON.stringify(value) ?? '')
  return text.slice(0, 40)
}

function readParagraphs(value: unknown, warnings: string[]): string[] {
  if (value === undefined || value === null) return []
  const texts = Array.isArray(value) ? value : [value]
  const paragraphs: string[] = []
  for (const text of texts) {
    if (typeof text !== 'string') {
      warnings.push('正文（body 或 paragraphs）里有一段不是文字，已略去')
      continue
    }
    for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
      const paragraph = line.trim()
      if (paragraph !== '') paragraphs.push(paragraph)
    }
  }
  return paragraphs
}

/** YYYY-MM-DD from the ways in which archives write a day; empty when there is none. */
function readDate(value: unknown, warnings: string[]): string {
  if (value === undefined || value === null || value === '') return ''
  const text = scalarText(value)
  const parts =
    /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[T\s].*)?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (parts) {
    const [, year = '', month = '', day = ''] = parts
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    const parsed = new Date(`${date}T00:00:00Z`)
    if (!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date)) return date
  }
  warnings.push(`日期（date）“${shown(value)}”不是 YYYY-MM-DD，按日期未知收录`)
  return ''
}

function readPageNo(value: unknown, warnings: string[]): number {
  if (value === undefined || value === null || value === '') return 0
  const number = typeof value === 'number' ? value : Number(/\d+/.exec(scalarText(value))?.[0] ?? Number.NaN)
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number
  warnings.push(`版次（pageNo）“${shown(value)}”不是数字，按版次未知收录`)
  return 0
}

function readType(value: unknown, isCaption: boolean, warnings: string[]): ItemType {
  const usual: ItemType = isCaption ? 'photo' : 'article'
  if (value === undefined || value === null || value === '') return usual
  const type = itemTypes.find((known) => known === value)
  if (type) return type
  warnings.push(`类型（type）“${shown(value)}”不是 ${itemTypes.join('、')} 之一，按 ${usual} 收录`)
  return usual
}

/** Names in one string: split where archives separate people, so that a name is never cut. */
function splitNames(text: string): string[] {
  const trimmed = text.trim()
  const names = trimmed.split(/[、，,;；/|]|\s{2,}|\u3000/).flatMap((part) => {
    const name = part.trim()
    // A single space separates Han names; in a Latin name it belongs to it.
    return /^[\p{Script=Han}·\s]+$/u.test(name) ? joinSpacedNames(name.split(/\s+/)) : [name]
  })
  return names.filter((name) => name !== '')
}

/** 张 三 is one name set to the width of three characters, 张三 李四 are two. */
function joinSpacedNames(parts: string[]): string[] {
  const joined: string[] = []
  for (let i = 0; i < parts.length; i++) {
    const next = parts[i + 1]
    if (parts[i]!.length === 1 && next?.length === 1) {
      joined.push(parts[i]! + next)
      i++
    } else joined.push(parts[i]!)
  }
  return joined
}

function readNames(value: unknown, field: string, warnings: string[]): string[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return splitNames(value)
  if (Array.isArray(value) && value.every((name) => typeof name === 'string'))
    return value.map((name) => name.trim()).filter((name) => name !== '')
  warnings.push(`${field} 应是姓名或姓名的列表，已略去`)
  return []
}

function readTags(value: unknown, warnings: string[]): string[] {
  if (typeof value === 'string')
    return value
      .split(/[、，,;；|]/)
      .map((tag) => tag.trim())
      .filter(Boolean)
  return readNames(value, 'tags', warnings)
}

function readBylines(bylines: unknown, author: unknown, warnings: string[]): Byline[] {
  const read: Byline[] = []
  if (Array.isArray(bylines)) {
    for (const byline of bylines) {
      if (typeof byline === 'string') {
        const names = splitNames(byline)
        if (names.length > 0) read.push({ role: '', names })
      } else if (typeof byline === 'object' && byline !== null) {
        const { role, names } = byline as Fields
        const people = readNames(names, 'bylines', warnings)
        if (people.length > 0) read.push({ role: typeof role === 'string' ? role : '', names: people })
      } else warnings.push('署名（bylines）里有一项不是 { role, names }，已略去')
    }
  } else if (bylines !== undefined && bylines !== null) {
    const names = readNames(bylines, 'bylines', warnings)
    if (names.length > 0) read.push({ role: '', names })
  }
  if (read.length === 0) {
    const names = readNames(author, 'author', warnings)
    if (names.length > 0) read.push({ role: '作者', names })
  }
  return read
}

function readSubheadings(value: unknown, paragraphCount: number, warnings: string[]): Subheading[] {
  if (value === undefined || value === null) return []
  const list = Array.isArray(value) ? value : []
  const read: Subheading[] = []
  for (const item of list) {
    const { text, beforeParagraph } = (item ?? {}) as Fields
    if (typeof text === 'string' && Number.isInteger(beforeParagraph))
      read.push({ text, beforeParagraph: Math.max(0, Math.min(paragraphCount, beforeParagraph as number)) })
    else warnings.push('小标题（subheadings）里有一项不是 { text, beforeParagraph }，已略去')
  }
  if (!Array.isArray(value)) warnings.push('小标题（subheadings）应是列表，已略去')
  return read
}

function readStaff(value: unknown, warnings: string[]): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined
  if (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((name) => typeof name === 'string')
  )
    return value as Record<string, string>
  warnings.push('staff 应是 { 职务: 姓名 }，已略去')
  return undefined
}

function readTuples<T extends number[]>(value: unknown, size: number): T[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const wellFormed = value.every(
    (tuple) => Array.isArray(tuple) && tuple.length === size && tuple.every((n) => Number.isFinite(n)),
  )
  return wellFormed ? (value as T[]) : undefined
}
