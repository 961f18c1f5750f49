// How articles become lines of a table that a spreadsheet opens without harm.
import type { Article } from '../schema/article.ts'

/** Excel reads a CSV file as UTF-8 only when it begins with this. */
export const byteOrderMark = '\uFEFF'

export const csvColumns = [
  'id',
  'type',
  'paper',
  'date',
  'pageNo',
  'section',
  'kicker',
  'headline',
  'subtitle',
  'authors',
  'text',
  'tags',
  'extra',
] as const

/**
 * One cell by RFC 4180. A text that a spreadsheet would take for a formula (it begins with = + - @, full width
 * included, or with a tab or line end) gets an apostrophe in front, so that opening an export runs nothing.
 * @internal
 */
export function toCsvCell(text: string): string {
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One article as one CSV line, with its line end. */
export function toCsvLine(article: Article): string {
  const authors = [
    ...(article.bylines ?? []).flatMap(({ names }) => names),
    ...(article.signature === undefined ? [] : [article.signature]),
    ...(article.credits ?? []),
  ]
  const cells: Record<(typeof csvColumns)[number], string> = {
    id: article.id,
    type: article.type,
    paper: article.paper,
    date: article.date,
    pageNo: article.pageNo === 0 ? '' : String(article.pageNo),
    section: article.section ?? '',
    kicker: article.kicker ?? '',
    headline: article.headline ?? '',
    subtitle: article.subtitle ?? '',
    authors: authors.join('、'),
    tags: (article.tags ?? []).join('、'),
    text: [...article.paragraphs, ...(article.caption === undefined ? [] : [article.caption])].join('\n'),
    extra: article.extra === undefined ? '' : JSON.stringify(article.extra),
  }
  return toCsvRow(csvColumns.map((column) => cells[column]))
}

/** One line of a table, with its line end. */
export function toCsvRow(values: readonly (string | number)[]): string {
  return `${values.map((value) => toCsvCell(String(value))).join(',')}\r\n`
}
