// What a route is: its address, what it takes and what it answers, without a word about the HTTP library.
import type { IncomingHttpHeaders } from 'node:http'
import type * as v from 'valibot'
import type { Archive } from '../archive/port.ts'
import type { JsonSchema } from '../schema/json-schema.ts'
import type { Site } from '../web/site.ts'
import type { Metrics } from './metrics.ts'
import type { Scope } from './security.ts'

export type Method = 'GET' | 'POST' | 'DELETE'

/** Schemas of parameters by name. */
export type Entries = Readonly<Record<string, v.GenericSchema>>

/** Checked values of parameters. */
type Values<T extends Entries> = v.InferOutput<v.ObjectSchema<T, undefined>>

/** One request as the routes see it. */
export interface RouteRequest<P extends Entries = Entries, Q extends Entries = Entries> {
  path: Values<P>
  query: Values<Q>
  headers: IncomingHttpHeaders
  /** Empty for routes without `Route.body`. */
  body: Uint8Array
  /** Aborts when the reader has gone. */
  signal: AbortSignal
  /** The configured address and the mount path, without a closing slash; the path alone where none is configured. */
  baseUrl: string
}

/** What the log and the metrics are told of a search. */
export interface SearchTold {
  reading: string
  hits: number
  tookMs: number
}

/** What a route answers. A text is sent with an ETag; chunks are sent as they come, at the reader's pace. */
export type Reply =
  | {
      kind: 'json'
      status?: number
      value: unknown
      /** Stands for the value in the ETag. */
      tagOf?: unknown
      told?: SearchTold
    }
  | {
      kind: 'text'
      status?: number
      type: string
      text: string
      /** ETag; made from the text where there is none. */
      tag?: string
      told?: SearchTold
    }
  | {
      kind: 'bytes'
      type: string
      bytes: Uint8Array
      /** Strong ETag. */
      tag: string
    }
  | {
      kind: 'file'
      path: string
      type: string
      /** Shown in the browser, and saved under this name. */
      fileName: string
    }
  | {
      kind: 'stream'
      type: string
      /** Saved under this name; shown in the browser without one. */
      fileName?: string
      headers: Record<string, string>
      chunks: AsyncIterable<string>
    }

export interface RouteContext {
  archive: Archive
  metrics: Metrics
  /** The site as its pages know it, for a base address. */
  siteOf: (baseUrl: string) => Site
  /** False once the server has begun to close. */
  isOpen: () => boolean
}

export interface Route<P extends Entries = Entries, Q extends Entries = Entries> {
  method: Method
  /** Express and OpenAPI agree on everything but the braces: `/api/articles/:id`. */
  address: string
  /** One line for the API description. */
  summary: string
  /** Parameters in the address. */
  path: P
  /** Parameters behind the question mark, in the order in which they are documented. */
  query: Q
  /** The answer is another at every time: never kept. */
  isMomentary?: true
  /** Holds all its hits until its last reader has them: so many are under way at once, and no more. */
  isExport?: true
  /** Needs a bearer token with this scope. */
  scope?: Scope
  body?: { types: Readonly<Record<string, JsonSchema>>; limitBytes: number }
  /** Media type to schema of the answer that is not an error. */
  answers: { status: number; description: string; types: Readonly<Record<string, JsonSchema>> }
  /** May also answer 304, when the reader already holds the same text. */
  respond(request: RouteRequest<P, Q>, context: RouteContext): Promise<Reply>
}

/** A route whose values are typed by its own parameters, as one of the table. */
export function defineRoute<const P extends Entries, const Q extends Entries>(route: Route<P, Q>): Route {
  return route as unknown as Route
}
