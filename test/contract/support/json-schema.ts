// A small JSON Schema checker, enough for our own schemas; an unknown keyword is a fault, so nothing passes unread.

type Schema = Readonly<Record<string, unknown>>

const silent = new Set(['description', 'examples', 'format', 'additionalProperties', 'default'])

/** Every way in which a value breaks a schema, as `path: reason`. */
export function faultsOf(value: unknown, schema: Schema, root: Schema, path = '$'): string[] {
  const faults: string[] = []
  for (const [keyword, rule] of Object.entries(schema)) {
    if (silent.has(keyword)) continue
    switch (keyword) {
      case '$ref': {
        const name = String(rule).replace('#/components/schemas/', '')
        const target = root[name]
        if (typeof target !== 'object' || target === null) throw new Error(`schema ${name} is missing`)
        faults.push(...faultsOf(value, target as Schema, root, path))
        break
      }
      case 'anyOf': {
        const tries = (rule as Schema[]).map((one) => faultsOf(value, one, root, path))
        if (tries.every((found) => found.length > 0)) faults.push(...tries.flat())
        break
      }
      case 'type':
        if (![rule].flat().includes(typeOf(value)) && !(rule === 'number' && typeOf(value) === 'integer'))
          faults.push(`${path}: ${typeOf(value)}, not ${String(rule)}`)
        break
      case 'enum':
        if (!(rule as unknown[]).includes(value))
          faults.push(`${path}: ${String(value)} is not one of ${rule}`)
        break
      case 'pattern':
        if (typeof value === 'string' && !new RegExp(String(rule)).test(value))
          faults.push(`${path}: ${value} does not match ${rule}`)
        break
      case 'minimum':
        if (typeof value === 'number' && value < Number(rule)) faults.push(`${path}: below ${rule}`)
        break
      case 'maximum':
        if (typeof value === 'number' && value > Number(rule)) faults.push(`${path}: above ${rule}`)
        break
      case 'minItems':
        if (Array.isArray(value) && value.length < Number(rule)) faults.push(`${path}: too few`)
        break
      case 'maxItems':
        if (Array.isArray(value) && value.length > Number(rule)) faults.push(`${path}: too many`)
        break
      case 'items':
        if (Array.isArray(value))
          value.forEach((one, index) => {
            faults.push(...faultsOf(one, rule as Schema, root, `${path}[${index}]`))
          })
        break
      case 'required':
        if (isObject(value))
          for (const name of rule as string[]) if (!(name in value)) faults.push(`${path}.${name}: missing`)
        break
      case 'properties':
        if (isObject(value)) {
          const known = rule as Readonly<Record<string, Schema>>
          for (const [name, one] of Object.entries(value)) {
            // Described shapes are whole: a field that the description does not name is a fault of the description.
            if (known[name] === undefined) faults.push(`${path}.${name}: not described`)
            else faults.push(...faultsOf(one, known[name], root, `${path}.${name}`))
          }
        }
        break
      default:
        throw new Error(`this checker does not know the keyword ${keyword}`)
    }
  }
  return faults
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}
