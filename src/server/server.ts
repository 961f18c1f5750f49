// A server of its own around the router: listens, keeps limits, and closes without dropping a request.
import { createServer as createHttpServer, STATUS_CODES } from 'node:http'
import type { Archive } from '../archive/port.ts'
import { SearchError } from '../model/errors.ts'
import { createMetrics } from './metrics.ts'
import { HttpError, toProblem } from './problem.ts'
import { createRequestLog } from './request-log.ts'
import { createApp, type RouterOptions } from './router.ts'
import { loopbackHosts, securityHeaders, type Token } from './security.ts'

export interface ServerOptions {
  /** Address to listen on; 127.0.0.1 is reached from this machine only. */
  host: string
  /** 0 takes a free one. */
  port: number
  /** Bearer token for everything; for several with scopes there is `tokens`. Without any the service is read-only. */
  token?: string | undefined
  tokens?: readonly Token[]
  /** The service's address as readers see it; the one it listens on unless told. */
  publicUrl?: string | undefined
  /** More names under which a service on loopback answers. */
  allowedHosts?: readonly string[]
  /** One JSON line for each request on the standard error stream; on unless false. */
  accessLog?: boolean
  /** The log says what was asked, too. */
  logQueries?: boolean
  /** Requests that take longer are logged as warnings, in milliseconds; 1000 unless told. */
  slowMs?: number
  /** How long `close` waits for requests that have begun. */
  closeTimeoutMs?: number
  answerTimeoutMs?: number
  cacheBytes?: number
  exportsAtOnce?: number
  requestsPerMinute?: number
  requestsAtOnce?: number
  trustedProxies?: number
  corsOrigins?: readonly string[]
  /** `/metrics` is answered on this port of the same host alone. */
  metricsPort?: number | undefined
  /** Called with each fault that is ours; writes to the standard error stream unless given. */
  reportFault?: (line: string) => void
  webFolder?: string
}

/** What can change while the service runs. */
export type Changeable = Pick<
  ServerOptions,
  | 'token'
  | 'tokens'
  | 'corsOrigins'
  | 'requestsPerMinute'
  | 'requestsAtOnce'
  | 'accessLog'
  | 'logQueries'
  | 'slowMs'
>

export interface RunningServer {
  /** Such as http://127.0.0.1:3000, with the port that was really taken. */
  url: string
  /** Takes up other settings; open requests end under the old ones. */
  change(options: Changeable): void
  /** Takes no new requests, finishes those that have begun, then resolves. The archive stays open. */
  close(): Promise<void>
}

/** Room for a pasted text as query, so that it can be answered with a reason instead of a cut connection. */
const maxHeaderBytes = 256 * 1024

/** Starts listening. Rejects with REQUEST_INVALID when the address cannot be taken. */
export async function createServer(archive: Archive, options: ServerOptions): Promise<RunningServer> {
  let isOpen = true
  const publicHost = options.publicUrl === undefined ? [] : [new URL(options.publicUrl).hostname]
  const routerOptions: RouterOptions = {
    isOpen: () => isOpen,
    token: options.token,
    tokens: options.tokens ?? [],
    ...(options.metricsPort !== undefined && { metrics: createMetrics() }),
    publicUrl: options.publicUrl,
    hosts: loopbackHosts(options.host, [...publicHost, ...(options.allowedHosts ?? [])]),
    log: toLog(options),
  }
  for (const name of [
    'answerTimeoutMs',
    'cacheBytes',
    'exportsAtOnce',
    'requestsPerMinute',
    'requestsAtOnce',
    'trustedProxies',
    'corsOrigins',
  ] as const)
    if (options[name] !== undefined) Object.assign(routerOptions, { [name]: options[name] })
  if (options.reportFault !== undefined) routerOptions.reportFault = options.reportFault
  if (options.webFolder !== undefined) routerOptions.webFolder = options.webFolder

  // The router says in words what is wrong with a request that names no host.
  const settings = {
    maxHeaderSize: maxHeaderBytes,
    requireHostHeader: false,
    // Those who send half a request and wait are cut soon after their time.
    connectionsCheckingInterval: 2000,
  }
  const server = createHttpServer(settings, createApp(archive, routerOptions))
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.keepAliveTimeout = 10_000
  // Those who take nothing of their answer, too.
  server.timeout = 60_000
  server.on('clientError', (fault: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || fault.code === 'ECONNRESET') return socket.destroy()
    socket.end(toRawAnswer(faultOfBytes(fault.code)))
  })
  server.on('checkExpectation', (_request, response) => {
    const fault = new HttpError(417, '只认得 Expect: 100-continue。', 'Only "Expect: 100-continue" is known.')
    response.socket?.end(toRawAnswer(fault))
  })
  server.on('connect', (_request, socket) => {
    socket.end(
      toRawAnswer(new HttpError(405, '这里不是代理。', 'This is no proxy.', { Allow: 'GET, HEAD, OPTIONS' })),
    )
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => reject(toListenError(fault, options)))
    server.listen(options.port, options.host, () => resolve())
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  routerOptions.publicUrl ??= `http://${host}:${port}`

  const counts = await serveMetrics(archive, routerOptions, options)
  let closing: Promise<void> | undefined
  return {
    url: `http://${host}:${port}`,
    change(changed) {
      routerOptions.token = changed.token
      routerOptions.tokens = changed.tokens ?? []
      routerOptions.corsOrigins = changed.corsOrigins ?? []
      routerOptions.requestsPerMinute = changed.requestsPerMinute ?? 0
      routerOptions.requestsAtOnce = changed.requestsAtOnce ?? 0
      routerOptions.log = toLog(changed)
    },
    close() {
      isOpen = false
      counts?.close()
      closing ??= new Promise<void>((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), options.closeTimeoutMs ?? 10_000)
        // A connection whose answer was on its way is idle now, and would be kept for its next request.
        const sweep = setInterval(() => server.closeIdleConnections(), 50)
        server.close(() => {
          clearTimeout(timer)
          clearInterval(sweep)
          resolve()
        })
      })
      return closing
    },
  }
}

function toLog({ accessLog, logQueries = false, slowMs = 1000 }: Changeable) {
  return createRequestLog({ requests: accessLog !== false, queries: logQueries, slowMs })
}

/** The counts on a port of their own, for those who watch and nobody else. */
async function serveMetrics(
  archive: Archive,
  { metrics }: RouterOptions,
  { host, metricsPort }: ServerOptions,
): Promise<{ close(): void } | undefined> {
  if (metrics === undefined || metricsPort === undefined) return undefined
  const server = createHttpServer(async (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    const isKnown = request.url === '/metrics'
    response.writeHead(isKnown ? 200 : 404, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
    response.end(isKnown ? await metrics.toText(archive.stats()) : '')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) =>
      reject(toListenError(fault, { host, port: metricsPort })),
    )
    server.listen(metricsPort, host, () => resolve())
  })
  return server
}

function toListenError(fault: NodeJS.ErrnoException, { host, port }: ServerOptions): SearchError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `端口 ${port} 已被占用`,
    EACCES: `没有使用端口 ${port} 的权限`,
    EADDRNOTAVAIL: `这台机器没有地址 ${host}`,
    ENOTFOUND: `找不到主机 ${host}`,
    ERR_SOCKET_BAD_PORT: `端口 ${port} 不在 0 到 65535 之间`,
  }
  const reason = reasons[fault.code ?? ''] ?? `不能监听 ${host}:${port}（${fault.code ?? fault.message}）`
  return new SearchError('REQUEST_INVALID', reason, {
    field: fault.code === 'EADDRNOTAVAIL' ? 'host' : 'port',
  })
}

/** What is wrong with bytes that are not a request that Node can read. */
function faultOfBytes(code: string | undefined): HttpError {
  return code === 'HPE_HEADER_OVERFLOW'
    ? new HttpError(431, '请求头或地址太大。', 'Request header or address too large.')
    : code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? new HttpError(408, '等请求等得太久。', 'The request took too long to arrive.')
      : new HttpError(
          400,
          '不是完整的 HTTP 请求；地址里的汉字要用百分号编码。',
          'This is not a complete HTTP request; characters beyond ASCII in the address must be percent-encoded.',
        )
}

/** An answer where there is no response object to send it with. */
function toRawAnswer(fault: HttpError): string {
  const body = JSON.stringify(toProblem(fault))
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
    ...securityHeaders,
    ...fault.headers,
  }
  return [
    `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n')
}
