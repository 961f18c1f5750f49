// Writes documents, many at once: what the cluster refuses for being busy is sent again, what it cannot take is named.
import { setTimeout as sleep } from 'node:timers/promises'
import { SearchError } from '../model/errors.ts'
import type { Connection } from './connection.ts'

export interface BulkOperation {
  /** Name of the document. */
  id: string
  index: string
  /** Absent where it is removed. */
  body?: Record<string, unknown>
}

export interface RefusedOperation {
  id: string
  /** In the cluster's words. */
  reason: string
}

/** One request holds about so many bytes: enough to be worth sending, little enough for the cluster to refuse. */
const bytesTogether = 5 << 20
const mostTries = 10
const firstPauseMs = 200
const longestPauseMs = 20_000

/**
 * Carries out operations in their order, each once whatever happens: an article's name is its id, so sending it again
 * changes nothing. Resolves with those that cannot be taken; rejects with STORAGE when the cluster is out of reach, or
 * still refuses everything after some minutes.
 * @param written called for what has been acknowledged
 */
export async function writeBulk(
  connection: Connection,
  operations: readonly BulkOperation[],
  signal?: AbortSignal,
): Promise<RefusedOperation[]> {
  const refused: RefusedOperation[] = []
  for (const portion of portionsOf(operations))
    refused.push(...(await writePortion(connection, portion, signal)))
  return refused
}

interface Line {
  operation: BulkOperation
  action: string
  body?: string
}

function* portionsOf(operations: readonly BulkOperation[]): Generator<Line[]> {
  let portion: Line[] = []
  let bytes = 0
  for (const operation of operations) {
    const { id, index, body } = operation
    const action = JSON.stringify({ [body ? 'index' : 'delete']: { _index: index, _id: id } })
    const text = body && JSON.stringify(body)
    const size = action.length + (text === undefined ? 0 : Buffer.byteLength(text))
    if (portion.length > 0 && bytes + size > bytesTogether) {
      yield portion
      portion = []
      bytes = 0
    }
    portion.push({ operation, action, ...(text !== undefined && { body: text }) })
    bytes += size
  }
  if (portion.length > 0) yield portion
}

interface BulkAnswer {
  errors: boolean
  items: Record<string, { status: number; error?: { type?: string; reason?: string } }>[]
}

async function writePortion(
  connection: Connection,
  portion: readonly Line[],
  signal: AbortSignal | undefined,
): Promise<RefusedOperation[]> {
  const refused: RefusedOperation[] = []
  let waiting: readonly Line[] = portion
  let pauseMs = firstPauseMs
  for (let tries = 1; ; tries++) {
    let fault: unknown
    try {
      const { errors, items } = await connection.ask<BulkAnswer>({
        method: 'POST',
        path: '/_bulk',
        query: { filter_path: 'errors,items.*.status,items.*.error' },
        body: waiting.flatMap(({ action, body }) => (body === undefined ? [action] : [action, body])),
        signal,
      })
      if (!errors) return refused
      const again: Line[] = []
      for (const [at, line] of waiting.entries()) {
        const { status, error } = Object.values(items[at]!)[0]!
        // Shards that move, or a queue that is full, take it a moment later.
        if (status === 429 || status === 503) {
          again.push(line)
          fault = new SearchError(
            'STORAGE',
            `集群一直没有收下 ${line.operation.id}：${error?.reason ?? status}`,
          )
        } else if (error && status !== 404)
          refused.push({ id: line.operation.id, reason: error.reason ?? String(status) })
      }
      if (again.length === 0) return refused
      waiting = again
    } catch (error) {
      if (!(error instanceof SearchError) || !['STORAGE', 'BUSY', 'TIMEOUT'].includes(error.code)) throw error
      fault = error
    }
    if (tries === mostTries) throw fault
    // Not all at the same moment.
    await sleep(pauseMs * (0.5 + Math.random()), undefined, signal && { signal })
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
}
