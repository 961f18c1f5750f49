// How values that come as text (the query of an address, options of a command) are read by a schema.
import * as v from 'valibot'
import { SearchError } from '../model/errors.ts'

type Entries = Readonly<Record<string, v.GenericSchema>>

const trueWords = new Set(['1', 'true', 'yes', 'on'])
const falseWords = new Set(['0', 'false', 'no', 'off'])

/** The kind of value that a schema takes in. */
export function kindOf(schema: v.GenericSchema): 'list' | 'number' | 'boolean' | 'text' {
  switch (schema.type) {
    case 'optional':
      return kindOf((schema as unknown as { wrapped: v.GenericSchema }).wrapped)
    case 'union':
    case 'array':
      return 'list'
    case 'number':
    case 'boolean':
      return schema.type
    default:
      return 'text'
  }
}

/** The kind of the values in a list. */
function itemKindOf(schema: v.GenericSchema): 'number' | 'boolean' | 'text' {
  const { wrapped, item, options, pipe } = schema as unknown as {
    wrapped?: v.GenericSchema
    item?: v.GenericSchema
    options?: v.GenericSchema[]
    pipe?: v.GenericSchema[]
  }
  const inner = wrapped ?? pipe?.[0] ?? options?.[0] ?? item
  if (inner !== undefined && inner !== schema) return itemKindOf(inner)
  const kind = kindOf(schema)
  return kind === 'list' ? 'text' : kind
}

/**
 * Reads the texts given for each name; blank ones count as not given (a form sends every field), unknown names are
 * left out. Throws REQUEST_INVALID naming the field.
 */
export function readTexts<T extends Entries>(
  entries: T,
  textsOf: (name: string) => readonly string[],
): v.InferOutput<v.ObjectSchema<T, undefined>> {
  const values: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(entries)) {
    const kind = kindOf(schema)
    const texts = textsOf(name).filter((text) => text !== '')
    if (texts.length === 0) continue
    if (kind === 'list') values[name] = [...new Set(texts)].map((text) => toValue(itemKindOf(schema), text))
    else if (texts.length > 1) throw invalid(name, `给了 ${texts.length} 次，只能给一次`)
    else values[name] = toValue(kind, texts[0]!)
  }
  const read = v.safeParse(v.object(entries), values, { abortEarly: true, abortPipeEarly: true })
  if (read.success) return read.output as v.InferOutput<v.ObjectSchema<T, undefined>>
  const [issue] = read.issues
  const name = String(issue.path?.[0]?.key ?? '')
  throw invalid(name, name in values ? issue.message : '没有给出')
}

function toValue(kind: 'number' | 'boolean' | 'text', text: string): unknown {
  if (kind === 'number') return /^\d{1,15}$/.test(text.trim()) ? Number(text) : text
  if (kind === 'boolean') {
    const word = text.toLowerCase()
    return trueWords.has(word) ? true : falseWords.has(word) ? false : text
  }
  return text
}

function invalid(name: string, message: string): SearchError {
  return new SearchError('REQUEST_INVALID', `参数 ${name} ${message}`, { field: name })
}
