// Speaks with a cluster, and says in words what went wrong. The one file that knows the client.
import { Client, errors } from '@opensearch-project/opensearch'
import { SearchError } from '../model/errors.ts'
import { withoutPasswords } from './names.ts'

export interface Connection {
  /** What the cluster answers. Rejects with a SearchError that says what to do; see `toSearchError`. */
  ask<Answer>(request: ClusterRequest): Promise<Answer>
  close(): Promise<void>
}

export interface ClusterRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  path: string
  query?: Record<string, string | number | boolean>
  /** One value, or a list of lines for `_bulk` and `_msearch`. */
  body?: Record<string, unknown> | readonly (Record<string, unknown> | string)[]
  signal?: AbortSignal | undefined
  /** Milliseconds. */
  timeout?: number
}

/** The oldest cluster that is spoken with. */
const oldestVersion = [2, 19] as const
const usualTimeout = 60_000

/**
 * A connection to the nodes at some addresses, divided by commas; a user's name and password may stand in them. Nothing
 * is asked yet. Throws REQUEST_INVALID for a bad address.
 */
export function createConnection(addresses: string): Connection {
  const nodes = addresses
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean)
  if (nodes.length === 0 || !nodes.every((node) => URL.canParse(node) && /^https?:/.test(node)))
    throw new SearchError(
      'REQUEST_INVALID',
      `集群的地址应如 http://127.0.0.1:9200：${withoutPasswords(addresses)}`,
      {
        field: 'cluster',
      },
    )
  const place = withoutPasswords(nodes.join(','))
  const client = new Client({ nodes, maxRetries: nodes.length + 1, requestTimeout: usualTimeout })

  let closing: Promise<void> | undefined
  return {
    async ask<Answer>({ method, path, query, body, signal, timeout }: ClusterRequest): Promise<Answer> {
      signal?.throwIfAborted()
      const lines = Array.isArray(body)
      const request = client.transport.request(
        {
          method,
          path,
          ...(query && { querystring: query }),
          ...(body && !lines && { body: body as Record<string, unknown> }),
          ...(lines && { bulkBody: body as Record<string, unknown>[] }),
        },
        timeout === undefined ? {} : { requestTimeout: timeout },
      )
      const stop = () => request.abort()
      signal?.addEventListener('abort', stop, { once: true })
      try {
        return (await request).body as Answer
      } catch (error) {
        signal?.throwIfAborted()
        throw toSearchError(error, place)
      } finally {
        signal?.removeEventListener('abort', stop)
      }
    },
    async close() {
      // Closed again, the client would wait for ever.
      closing ??= client.close()
      await closing
    },
  }
}

/** Connects, and rejects with STORAGE where a cluster cannot be reached, with INDEX_FORMAT where it is too old. */
export async function connect(addresses: string): Promise<Connection> {
  const connection = createConnection(addresses)
  try {
    const { version } = await connection.ask<{ version?: { number?: string; distribution?: string } }>({
      method: 'GET',
      path: '/',
    })
    const [major = 0, minor = 0] = (version?.number ?? '').split('.').map(Number)
    const isOld = major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1])
    if (version?.distribution !== 'opensearch' || isOld)
      throw new SearchError(
        'INDEX_FORMAT',
        `${withoutPasswords(addresses)} 是 ${version?.distribution ?? '别的服务'} ${version?.number ?? ''}：需要 OpenSearch ${oldestVersion.join('.')} 或更新`,
      )
  } catch (error) {
    await connection.close()
    throw error
  }
  return connection
}

interface Refusal {
  error?: { type?: string; reason?: string; root_cause?: { type?: string; reason?: string }[] } | string
}

/**
 * STORAGE: unreachable, shards missing, or the disk full. INDEX_MISSING: no such index. BUSY: too much is asked of it at
 * once. TIMEOUT: no answer in time.
 */
function toSearchError(error: unknown, place: string): SearchError {
  const say = (code: ConstructorParameters<typeof SearchError>[0], message: string) =>
    new SearchError(code, message, {}, { cause: error })
  if (error instanceof errors.TimeoutError) return say('TIMEOUT', `集群 ${place} 没有及时回答`)
  if (!(error instanceof errors.ResponseError))
    return say('STORAGE', `连不上集群 ${place}：${(error as Error).message || '没有回答'}`)
  const { statusCode = 0, body } = error
  const refusal = (body as Refusal | null)?.error
  const cause = typeof refusal === 'object' ? (refusal.root_cause?.[0] ?? refusal) : {}
  const { type = '', reason = typeof refusal === 'string' ? refusal : '' } = cause
  if (type === 'index_not_found_exception')
    return say('INDEX_MISSING', `集群 ${place} 里没有这个档案：${reason}`)
  if (statusCode === 401 || statusCode === 403) {
    if (type === 'cluster_block_exception') return say('STORAGE', `${readOnly(reason)}：${reason}`)
    return say('STORAGE', `集群 ${place} 不认这个用户，或他没有这个权限`)
  }
  if (type === 'cluster_block_exception') return say('STORAGE', `${readOnly(reason)}：${reason}`)
  if (statusCode === 429) return say('BUSY', `集群此刻太忙：${reason}`)
  if (statusCode === 503 || type === 'no_shard_available_action_exception')
    return say('STORAGE', `集群 ${place} 有分片不在（状态为红），先看 _cluster/health：${reason}`)
  return say('STORAGE', `集群不能这样做（${statusCode} ${type}）：${reason}`)
}

/** What keeps an index from being written, in words. */
export function readOnly(reason: string): string {
  return /watermark|FORBIDDEN\/12|TOO_MANY_REQUESTS\/12/.test(reason)
    ? '集群的磁盘快满了，索引只能读：腾出地方后它会自己恢复'
    : '集群不许写这个索引'
}
