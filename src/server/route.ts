// What a route is: its address, what it takes and what it answers, without a word about the HTTP library.
import type { IncomingHttpHeaders } from 'node:http'
import type { Archive } from '../archive/port.ts'
import type { Metrics } from './metrics.ts'
import type { ParameterSpec, ParameterValues } from './parameters.ts'

export type Method = 'GET' | 'POST' | 'DELETE'

/** A JSON Schema; `$ref` points into the document's components. */
export type Schema = { readonly [key: string]: unknown }

/** One request as the routes see it. */
export interface RouteRequest {
  /** Validated values of `Route.parameters`, from the path and from the query. */
  values: ParameterValues
  headers: IncomingHttpHeaders
  /** Empty for routes without `Route.body`. */
  body: Uint8Array
  /** Aborts when the reader has gone. */
  signal: AbortSignal
  /** Scheme, host and mount path as the reader sees them, without a closing slash. */
  baseUrl: string
}

/** What a route answers. A text is sent with an ETag; chunks are sent as they come, at the reader's pace. */
export type Reply =
  | {
      kind: 'json'
      status?: number
      value: unknown /** Stands for the value in the ETag. */
      tagOf?: unknown
    }
  | { kind: 'text'; status?: number; type: string; text: string }
  | { kind: 'stream'; type: string; fileName: string; chunks: AsyncIterable<string> }

export interface RouteContext {
  archive: Archive
  metrics: Metrics
  /** Writes are allowed only when there is one. */
  token: string | undefined
  /** False once the server has begun to close. */
  isOpen: () => boolean
}

export interface Route {
  method: Method
  /** Express and OpenAPI agree on everything but the braces: `/api/articles/:id`. */
  path: string
  /** One line for the API description. */
  summary: string
  /** Keys of this route's values in the order in which they are documented. */
  parameters: readonly ParameterSpec[]
  /** Needs the bearer token, and takes a body of these media types. */
  write?: true
  body?: { types: Readonly<Record<string, Schema>>; limitBytes: number }
  /** Media type to schema of the answer that is not an error. */
  answers: { status: number; description: string; types: Readonly<Record<string, Schema>> }
  /** May also answer 304, when the reader already holds the same text. */
  respond(request: RouteRequest, context: RouteContext): Promise<Reply>
}
