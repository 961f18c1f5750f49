// The description of the API, made from the same table that answers it, so that the two cannot differ.
import type { ParameterSpec } from './parameters.ts'
import type { Route, Schema } from './route.ts'
import { componentSchemas, schemaOf } from './schemas.ts'

/** The schema of one parameter's values. */
function toParameterSchema(spec: ParameterSpec): Schema {
  switch (spec.kind) {
    case 'text': {
      const text = { type: 'string', maxLength: spec.maxLength, ...(spec.required ? { minLength: 1 } : {}) }
      return spec.many ? { type: 'array', items: text, maxItems: spec.maxItems ?? 50 } : text
    }
    case 'choice': {
      const choice = { type: 'string', enum: [...spec.choices] }
      return spec.many ? { type: 'array', items: choice } : choice
    }
    case 'integer':
      return { type: 'integer', minimum: spec.min, maximum: spec.max }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'flag':
      return { type: 'string', enum: ['1', '0', 'true', 'false', 'yes', 'no', 'on', 'off'] }
  }
}

function toContent(types: Readonly<Record<string, Schema>>) {
  return Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema }]))
}

function toOperation(route: Route) {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^a-zA-Z]+(.)?/g, (_all, next?: string) => (next ?? '').toUpperCase())}`,
    summary: route.summary,
    parameters: route.parameters.map((spec) => ({
      name: spec.name,
      in: spec.in,
      description: spec.description,
      required: spec.required === true,
      schema: toParameterSchema(spec),
    })),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: toContent(route.body.types) } }),
    ...(route.write === true ? { security: [{ token: [] }] } : {}),
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
    const path = route.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}')
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
