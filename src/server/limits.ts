// How much one client, one site and all together may ask for.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CorsOptions } from 'cors'
import { rateLimit } from 'express-rate-limit'
import { SearchError } from '../model/errors.ts'
import type { Metrics } from './metrics.ts'
import { HttpError } from './problem.ts'

/** What is read of a request here. */
type Asked = IncomingMessage & { ip?: string | undefined; path: string }

/** What of the answers pages of other sites may read: everything, by the methods that are offered; no cookies are known. */
export function corsOf(origins: readonly string[] = []): CorsOptions {
  if (origins.length === 0) return { origin: false }
  return {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    exposedHeaders: ['ETag', 'Retry-After', 'X-Interpretation'],
    maxAge: 86_400,
  }
}

/** Exports hold all their hits until the last reader has them. Throws BUSY before anything is searched; returns what ends one. */
export function limitExports(most: number): () => () => void {
  let running = 0
  return () => {
    if (running >= most) throw new SearchError('BUSY', `同时在导出的已有 ${most} 份，请稍后再试`)
    running++
    return () => {
      running--
    }
  }
}

/** What tells whether the service lives is always answered. */
const alwaysAnswered: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/** One reader with many hands must not take every place in the queue. */
export function limitConcurrency(limit: () => number, metrics: Metrics) {
  const underWay = new Map<string, number>()
  return (request: Asked, response: ServerResponse, next: () => void) => {
    const most = limit()
    const client = request.ip ?? ''
    const count = underWay.get(client) ?? 0
    if (most === 0 || alwaysAnswered.has(request.path)) return next()
    if (count >= most) {
      metrics.refuse('rate')
      throw new HttpError(
        429,
        `同时最多 ${most} 个请求，请等前面的答完。`,
        `At most ${most} requests at once; wait for the others.`,
        { 'Retry-After': '1' },
      )
    }
    underWay.set(client, count + 1)
    response.once('close', () => {
      const left = (underWay.get(client) ?? 1) - 1
      if (left > 0) underWay.set(client, left)
      else underWay.delete(client)
    })
    next()
  }
}

/** So many requests of one client in a minute; 0 is without end, and may change while the service runs. */
export function limitRate(limit: () => number, metrics: Metrics) {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    skip: ({ path }) => limit() === 0 || alwaysAnswered.has(path),
    handler() {
      metrics.refuse('rate')
      throw new HttpError(
        429,
        `一分钟内最多 ${limit()} 次，请稍后再试。`,
        `At most ${limit()} requests a minute; try again later.`,
      )
    },
  })
}
