// The description of the API, made from the same table that answers it, so that the two cannot differ.
import { type JsonSchema, toJsonSchema } from '../schema/json-schema.ts'
import { kindOf } from '../schema/text-values.ts'
import type { Entries, Route } from './route.ts'
import { componentSchemas, schemaOf } from './schemas.ts'

/** Flags come as text in an address. */
const flagSchema = { type: 'string', enum: ['1', '0', 'true', 'false', 'yes', 'no', 'on', 'off'] }

function toParameters(place: 'path' | 'query', entries: Entries) {
  return Object.entries(entries).map(([name, entry]) => {
    const { description, ...schema } = toJsonSchema(entry, 'input')
    return {
      name,
      in: place,
      description,
      required: entry.type !== 'optional',
      schema:
        kindOf(entry) === 'boolean'
          ? flagSchema
          : ((schema.anyOf as JsonSchema[] | undefined)?.at(-1) ?? schema),
    }
  })
}

function toContent(types: Readonly<Record<string, JsonSchema>>) {
  return Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema }]))
}

function toOperation(route: Route) {
  return {
    operationId: `${route.method.toLowerCase()}${route.address.replaceAll(/[^a-zA-Z]+(.)?/g, (_all, next?: string) => (next ?? '').toUpperCase())}`,
    summary: route.summary,
    parameters: [...toParameters('path', route.path), ...toParameters('query', route.query)],
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: toContent(route.body.types) } }),
    ...(route.scope !== undefined ? { security: [{ token: [] }] } : {}),
    responses: {
      [route.answers.status]: {
        description: route.answers.description,
        content: toContent(route.answers.types),
      },
      default: {
        description: 'RFC 9457',
        content: { 'application/problem+json': { schema: schemaOf('Problem') } },
      },
    },
  }
}

/** An OpenAPI 3.1 document of these routes as served below `baseUrl`. */
export function createOpenApi(routes: readonly Route[], baseUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.address.replaceAll(/:([a-zA-Z]+)/g, '{$1}')
    const operations = paths[path] ?? {}
    operations[route.method.toLowerCase()] = toOperation(route)
    paths[path] = operations
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '寻报 Xunbao',
      version: '1',
      description:
        '中文报纸检索。所有偏移以 UTF-16 单位计，左闭右开。All offsets are UTF-16 units, half-open. Errors are RFC 9457 problem documents.',
    },
    servers: [{ url: baseUrl }],
    paths,
    components: {
      schemas: componentSchemas,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }
}
