// The log of requests: one JSON line each; what was asked is in it only when the operator wants that.
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { SearchTold } from './route.ts'

/** One answered request. */
export interface RequestRecord {
  method: string
  /** The route's pattern. */
  route: string
  /** 499 when the reader went away before the answer was sent. */
  status: number
  tookMs: number
  /** As it was asked for, with the query. */
  url: string
  told?: SearchTold
}

export interface RequestLogOptions {
  /** Every request, or only slow ones. */
  requests: boolean
  /** Also what was asked: readers may mind. */
  queries: boolean
  /** Requests that take longer are warnings, also where requests are not logged. */
  slowMs: number
  write?: (line: string) => void
}

/** Writes to the standard error stream unless `write` is given. */
export function createRequestLog(options: RequestLogOptions): (record: RequestRecord) => void {
  const write = options.write ?? ((line: string) => process.stderr.write(line))
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write })
  return ({ method, route, status, tookMs, url, told }) => {
    const isSlow = tookMs >= options.slowMs
    if (!options.requests && !isSlow) return
    const line = {
      request: randomUUID(),
      method,
      route,
      status,
      tookMs: round(tookMs),
      ...(told && { reading: told.reading, hits: told.hits, searchMs: round(told.tookMs) }),
      ...(options.queries && { url }),
    }
    if (isSlow) logger.warn(line, 'slow')
    else logger.info(line)
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}
