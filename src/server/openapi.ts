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
    tags: [route.scope ? 'write' : 'read'],
    parameters: [...toParameters('path', route.path), ...toParameters('query', route.query)],
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: toContent(route.body.types) } }),
    security: route.scope === undefined ? [] : [{ token: [] }],
    responses: {
      [route.answers.status]: {
        description: route.answers.description,
        content: toContent(route.answers.types),
      },
      ...(route.scope === undefined && route.isMomentary === undefined
        ? { 304: { description: '与读者手里的相同。Not modified.' } }
        : {}),
      ...Object.fromEntries(
        problemsOf(route).map((status) => [status, { $ref: `#/components/responses/${status}` }]),
      ),
    },
  }
}

/** What is answered where an operation cannot be. */
const problems: Readonly<Record<number, string>> = {
  400: '请求有误。The request is wrong.',
  401: '口令不对。The token is missing or wrong.',
  403: '不允许。Not allowed.',
  404: '没有。There is none.',
  409: '索引正被别的写入占用，稍后再试。Another writer is at work; Retry-After says when to come back.',
  413: '正文太大。The body is too large.',
  405: '这个地址不接受这种方法。This address does not take that method.',
  421: '不是这个服务的名字。Not a name of this service.',
  415: '正文的类型不对。The body is of another type.',
  422: '内容不合格式，或超过上限。The content is not as it must be, or exceeds a limit.',
  429: '太频繁；Retry-After 说明多久以后再来。Too many requests; Retry-After says when to come back.',
  503: '太忙、超时或索引打不开；Retry-After 说明多久以后再来。Busy, too slow or no index.',
}

function problemsOf(route: Route): number[] {
  const hasParameters = Object.keys({ ...route.path, ...route.query }).length > 0
  return [
    ...(hasParameters || route.body ? [400] : []),
    ...(route.scope ? [401, 403, 409] : []),
    ...('id' in route.path || 'id' in route.query || 'pageNo' in route.path ? [404] : []),
    ...(route.body ? [413, 415, 422] : []),
    405,
    421,
    ...(route.isMomentary === undefined ? [429] : []),
    ...(route.address === '/healthz' ? [] : [503]),
  ]
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
      version: '1.0.0',
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        '中文报纸检索。所有偏移以 UTF-16 单位计，左闭右开。All offsets are UTF-16 units, half-open. Errors are RFC 9457 problem documents. `/api/v1/...` is the same as `/api/...`.',
    },
    servers: [{ url: baseUrl || '/' }],
    tags: [
      { name: 'read', description: '读，不用口令。Reading, open to all.' },
      { name: 'write', description: '写，要口令。Writing, with a token.' },
    ],
    paths,
    components: {
      schemas: componentSchemas,
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          status,
          { description, content: { 'application/problem+json': { schema: schemaOf('Problem') } } },
        ]),
      ),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }
}
