// Writes documents, many at once: what the cluster refuses for being busy is sent again, what it cannot take is named.
import { setTimeout as sleep } from 'node:timers/promises'
import { SearchError } from '../model/errors.ts'
import { type Connection, readOnly } from './connection.ts'
import { writeAlias } from './names.ts'

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
 * changes nothing. Resolves with those that cannot be taken; rejects with STORAGE when the cluster is out of reach, its
 * disk full, or still refuses after some minutes; with INDEX_LOCKED while the archive is rebuilt.
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
    const action = JSON.stringify({ [body ? 'index' : 'delete']: { _index: writeAlias(index), _id: id } })
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

interface BulkFault {
  type?: string
  reason?: string
}

interface BulkAnswer {
  errors: boolean
  items: Record<string, { status: number; error?: BulkFault }>[]
}

/** What a moment's patience may mend. */
const passing: ReadonlySet<string> = new Set(['STORAGE', 'BUSY', 'TIMEOUT'])

/** Nothing is written until somebody has done something. */
class Blocked extends SearchError {}

function blockOf({ type, reason = '' }: BulkFault, id: string): Blocked | null {
  if (type === 'index_not_found_exception')
    return new Blocked('INDEX_LOCKED', '档案刚刚重建过：请再试一次', { id })
  if (type !== 'cluster_block_exception') return null
  if (/index write/.test(reason))
    return new Blocked('INDEX_LOCKED', '档案正在集群上重建，建好再改；重建若已中断，请再运行一次 build', {
      id,
    })
  return new Blocked('STORAGE', `${readOnly(reason)}：${reason}`, { id })
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
    let fault: SearchError
    try {
      const { errors, items } = await connection.ask<BulkAnswer>({
        method: 'POST',
        path: '/_bulk',
        // Where an index is gone its door is gone too: none is made in its place.
        query: { filter_path: 'errors,items.*.status,items.*.error', require_alias: true },
        body: waiting.flatMap(({ action, body }) => (body === undefined ? [action] : [action, body])),
        signal,
      })
      if (!errors) return refused
      const again: Line[] = []
      let last: SearchError | undefined
      for (const [at, line] of waiting.entries()) {
        const { status, error } = Object.values(items[at]!)[0]!
        if (!error) continue
        const { id } = line.operation
        const block = blockOf(error, id)
        if (block) throw block
        // Shards that move, or a queue that is full, take it a moment later.
        if (status === 429 || status === 503) {
          again.push(line)
          last = new SearchError('STORAGE', `集群一直没有收下 ${id}：${error.reason ?? status}`, { id })
        } else refused.push({ id, reason: error.reason ?? String(status) })
      }
      if (!last) return refused
      waiting = again
      fault = last
    } catch (error) {
      if (!(error instanceof SearchError) || error instanceof Blocked || !passing.has(error.code)) throw error
      fault = error
    }
    if (tries === mostTries) throw fault
    // Not all at the same moment.
    await sleep(pauseMs * (0.5 + Math.random()), undefined, signal && { signal })
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
}
