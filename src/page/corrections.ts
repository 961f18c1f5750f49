// An archivist's repairs, kept in `page.fix.json` beside a page and applied at every reading.
import { isCalendarDay } from '../model/calendar.ts'
import { SearchError } from '../model/errors.ts'

/**
 * Repairs of one page; line numbers are those of the file, 1-based, both ends included.
 * They are stated as facts about lines, so that they outlive changes of the parser.
 */
export interface PageFix {
  /** These line ranges, in this order, are the body of one item. */
  join?: [number, number][][]
  /** These lines are a headline (kicker, subtitle, subheading); with `of`, of the item whose body holds that line. */
  mark?: { lines: [number, number]; as: LineRole; of?: number }[]
  /** These lines are no text of the page (furniture, rubbish): they go to `unplaced`. */
  drop?: [number, number][]
  /** Page fields that the print does not say or says wrongly. */
  page?: { paper?: string; date?: string; pageNo?: number; section?: string }
}

export const lineRoles = ['headline', 'kicker', 'subtitle', 'subheading'] as const
export type LineRole = (typeof lineRoles)[number]

/** The whole file: one entry per page of the page file, in order; most files hold one. */
export interface PageCorrections {
  pages: (PageFix | undefined)[]
}

/**
 * Reads `page.fix.json`: either one PageFix, or `{ "pages": [PageFix or null, …] }`.
 * @throws SearchError PAGE_DAMAGED naming file and field.
 */
export function parseCorrections(json: string, file: string): PageCorrections {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw new SearchError('PAGE_DAMAGED', `${file} 不是合格的 JSON，改正未能应用。`, { file }, { cause })
  }
  if (!isRecord(value)) throw wrong(file, '', '最外层应为对象')
  if ('pages' in value) {
    if (!Array.isArray(value.pages)) throw wrong(file, 'pages', '应为数组')
    return {
      pages: value.pages.map((each: unknown, i) =>
        each === null ? undefined : parseFix(each, file, `pages[${i}]`),
      ),
    }
  }
  return { pages: [parseFix(value, file, '')] }
}

function parseFix(value: unknown, file: string, at: string): PageFix {
  if (!isRecord(value)) throw wrong(file, at, '应为对象')
  const fix: PageFix = {}
  for (const [key, part] of Object.entries(value)) {
    const field = at === '' ? key : `${at}.${key}`
    if (key === 'join')
      fix.join = list(part, file, field).map((each, i) =>
        list(each, file, `${field}[${i}]`).map((range, k) => parseRange(range, file, `${field}[${i}][${k}]`)),
      )
    else if (key === 'drop')
      fix.drop = list(part, file, field).map((range, i) => parseRange(range, file, `${field}[${i}]`))
    else if (key === 'mark')
      fix.mark = list(part, file, field).map((each, i) => parseMark(each, file, `${field}[${i}]`))
    else if (key === 'page') fix.page = parsePageFields(part, file, field)
    else if (key !== 'note' && key !== '$schema') throw wrong(file, field, '没有这一项')
  }
  return fix
}

function parseMark(value: unknown, file: string, field: string): NonNullable<PageFix['mark']>[number] {
  if (!isRecord(value)) throw wrong(file, field, '应为对象')
  const as = lineRoles.find((role) => role === value.as)
  if (as === undefined) throw wrong(file, `${field}.as`, `应为 ${lineRoles.join('、')} 之一`)
  const mark: NonNullable<PageFix['mark']>[number] = {
    lines: parseRange(value.lines, file, `${field}.lines`),
    as,
  }
  if (value.of !== undefined) {
    if (!isLine(value.of)) throw wrong(file, `${field}.of`, '应为行号')
    mark.of = value.of
  }
  return mark
}

function parsePageFields(value: unknown, file: string, field: string): NonNullable<PageFix['page']> {
  if (!isRecord(value)) throw wrong(file, field, '应为对象')
  const unknown = Object.keys(value).find((key) => !['paper', 'date', 'section', 'pageNo'].includes(key))
  if (unknown !== undefined) throw wrong(file, `${field}.${unknown}`, '没有这一项')
  const fields: NonNullable<PageFix['page']> = {}
  for (const key of ['paper', 'date', 'section'] as const) {
    const text = value[key]
    if (text === undefined) continue
    if (typeof text !== 'string') throw wrong(file, `${field}.${key}`, '应为文字')
    if (key === 'date' && !isCalendarDay(text))
      throw wrong(file, `${field}.date`, `“${text}”不是日历上的一天（YYYY-MM-DD）`)
    fields[key] = text
  }
  if (value.pageNo !== undefined) {
    if (!isLine(value.pageNo)) throw wrong(file, `${field}.pageNo`, '应为正整数')
    fields.pageNo = value.pageNo
  }
  return fields
}

function parseRange(value: unknown, file: string, field: string): [number, number] {
  if (isLine(value)) return [value, value]
  if (!Array.isArray(value) || value.length !== 2) throw wrong(file, field, '应为 [起始行, 末行]')
  const [from, to]: unknown[] = value
  if (!isLine(from) || !isLine(to) || from > to) throw wrong(file, field, '应为 [起始行, 末行]，从 1 数起')
  return [from, to]
}

function list(value: unknown, file: string, field: string): unknown[] {
  if (!Array.isArray(value)) throw wrong(file, field, '应为数组')
  return value
}

function isLine(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(file: string, field: string, what: string): SearchError {
  return new SearchError('PAGE_DAMAGED', `${file} 的“${field}”${what}，改正未能应用。`, { file, field })
}
