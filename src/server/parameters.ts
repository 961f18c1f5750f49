// How the text after the question mark becomes values: each parameter has a kind, and a bad one is named.
import { SearchError } from '../model/errors.ts'

interface SpecHead {
  name: string
  in: 'path' | 'query'
  description: string
  required?: true
}

export type ParameterSpec = SpecHead &
  (
    | { kind: 'text'; maxLength: number; many?: true; maxItems?: number }
    | { kind: 'integer'; min: number; max: number }
    | { kind: 'choice'; choices: readonly string[]; many?: true }
    | { kind: 'date' }
    | { kind: 'flag' }
  )

export type ParameterValue = string | number | boolean | string[]

/** Values that were given and passed; what was not given is absent. */
export class ParameterValues {
  readonly #values: ReadonlyMap<string, ParameterValue>

  constructor(values: ReadonlyMap<string, ParameterValue>) {
    this.#values = values
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name)
    return typeof value === 'string' ? value : undefined
  }

  texts(name: string): string[] | undefined {
    const value = this.#values.get(name)
    return Array.isArray(value) ? value : undefined
  }

  integer(name: string): number | undefined {
    const value = this.#values.get(name)
    return typeof value === 'number' ? value : undefined
  }

  flag(name: string): boolean | undefined {
    const value = this.#values.get(name)
    return typeof value === 'boolean' ? value : undefined
  }
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const trueWords = new Set(['1', 'true', 'yes', 'on'])
const falseWords = new Set(['0', 'false', 'no', 'off'])

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export function isCalendarDay(text: string): boolean {
  const match = dayPattern.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function invalid(name: string, message: string): SearchError {
  return new SearchError('REQUEST_INVALID', `参数 ${name} ${message}`, { field: name })
}

function parseOne(spec: ParameterSpec, text: string): ParameterValue {
  switch (spec.kind) {
    case 'text': {
      // Counted as a reader counts: a rare character of two units is one character.
      const length = text.length <= spec.maxLength ? text.length : [...text].length
      if (length > spec.maxLength)
        throw invalid(spec.name, `太长：${length} 个字符，最多 ${spec.maxLength} 个`)
      if (spec.required && text.trim() === '') throw invalid(spec.name, '不能为空')
      return text
    }
    case 'integer': {
      const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN
      if (!(value >= spec.min && value <= spec.max))
        throw invalid(spec.name, `应为 ${spec.min} 到 ${spec.max} 的整数，收到「${shorten(text)}」`)
      return value
    }
    case 'choice':
      if (!spec.choices.includes(text))
        throw invalid(spec.name, `只能是 ${spec.choices.join('、')}，收到「${shorten(text)}」`)
      return text
    case 'date':
      if (!isCalendarDay(text))
        throw invalid(spec.name, `应为 YYYY-MM-DD 形式的日期，收到「${shorten(text)}」`)
      return text
    case 'flag': {
      const word = text.toLowerCase()
      if (trueWords.has(word)) return true
      if (falseWords.has(word)) return false
      throw invalid(spec.name, `应为 1 或 0，收到「${shorten(text)}」`)
    }
  }
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length <= 40 ? text : `${characters.slice(0, 40).join('')}…`
}

function isMany(spec: ParameterSpec): boolean {
  return (spec.kind === 'text' || spec.kind === 'choice') && spec.many === true
}

/**
 * Reads and checks the parameters of one request; unknown names are ignored, and empty ones count as not given
 * (a form sends every field). `name[]` is the same as `name` for a parameter that may be repeated.
 * Throws REQUEST_INVALID with the field's name.
 */
export function parseParameters(
  specs: readonly ParameterSpec[],
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): ParameterValues {
  const values = new Map<string, ParameterValue>()
  for (const spec of specs) {
    const given = spec.in === 'path' ? [path[spec.name] ?? ''] : [...query.getAll(spec.name)]
    if (isMany(spec)) given.push(...query.getAll(`${spec.name}[]`))
    const texts = given.filter((text) => text !== '' || (spec.kind === 'text' && spec.required))
    if (texts.length === 0) {
      if (spec.required) throw invalid(spec.name, '没有给出')
      continue
    }
    if (isMany(spec)) {
      const most = spec.kind === 'text' ? (spec.maxItems ?? 50) : 50
      const distinct = [...new Set(texts)]
      if (distinct.length > most) throw invalid(spec.name, `给了 ${distinct.length} 个，最多 ${most} 个`)
      values.set(
        spec.name,
        distinct.map((text) => String(parseOne(spec, text))),
      )
    } else {
      if (texts.length > 1) throw invalid(spec.name, `给了 ${texts.length} 次，只能给一次`)
      values.set(spec.name, parseOne(spec, texts[0]!))
    }
  }
  return new ParameterValues(values)
}
