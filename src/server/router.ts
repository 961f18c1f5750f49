// The one file that knows Express: hangs the routes and the search page into a router, and the router into an app.
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import compression from 'compression'
import cors from 'cors'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import type { Archive } from '../archive/port.ts'
import { SearchError } from '../model/errors.ts'
import { createSite } from '../web/site.ts'
import { corsOf, limitConcurrency, limitExports, limitRate } from './limits.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { readParameters } from './parameters.ts'
import { HttpError } from './problem.ts'
import { readQueryString } from './query-string.ts'
import { sendProblem, sendProblemPage, sendReply, toTextReply } from './reply.ts'
import type { RequestRecord } from './request-log.ts'
import { createResultCache, type ResultCache } from './result-cache.ts'
import type { Method, Reply, Route, RouteContext } from './route.ts'
import { routes } from './routes.ts'
import { requireHost, requireScope, securityHeaders, type Token } from './security.ts'
import { today } from './today.ts'
import { views } from './views.ts'
import { findWebFolder, readAssets } from './web-files.ts'

export interface RouterOptions {
  /** Bearer token for everything; for several with scopes there is `tokens`. Without any the service is read-only. */
  token?: string | undefined
  tokens?: readonly Token[]
  /** The service's address as readers see it, for links in feeds; paths alone without it. The Host header is not asked. */
  publicUrl?: string | undefined
  /** Names under which it answers; any unless told. */
  hosts?: ReadonlySet<string> | undefined
  /** Called with each answered request. */
  log?: (record: RequestRecord) => void
  /** Called with each fault that is ours and not the request's; writes to the standard error stream unless given. */
  reportFault?: (line: string) => void
  /** False once closing has begun: `/readyz` says so and connections are not kept. */
  isOpen?: () => boolean
  /** Longest time a reading route may take before it answers 503. */
  answerTimeoutMs?: number
  /** Answers that are kept to be given again, in bytes; 64 MB unless told. */
  cacheBytes?: number
  /** Exports under way at once; 8 unless told. Others are refused with 503. */
  exportsAtOnce?: number
  /** Requests of one client in a minute; more are refused with 429. Without end unless told. */
  requestsPerMinute?: number
  /** Requests of one client under way at once; more are refused with 429. Without end unless told. */
  requestsAtOnce?: number
  /** Origins of other sites whose pages may read; `*` for all. */
  corsOrigins?: readonly string[]
  /** Counts kept elsewhere, where `/metrics` is answered too. */
  metrics?: Metrics
  /** Proxies in front of this service whose X-Forwarded-For is believed. */
  trustedProxies?: number
  /** Folder of the compiled search page. */
  webFolder?: string
}

/**
 * The API and the search page as a router that works under any path of an Express app.
 * The caller keeps the archive: closing it is not the router's business.
 */
export function createRouter(archive: Archive, options: RouterOptions = {}): Router {
  const isOpen = options.isOpen ?? (() => true)
  const cache = createResultCache(options.cacheBytes ?? 64 << 20)
  const takeExport = limitExports(options.exportsAtOnce ?? 8)
  const webFolder = options.webFolder ?? findWebFolder()
  const assets = readAssets(webFolder)
  const siteOf = (base: string) => createSite(base, assets, archive.stats())
  const context: RouteContext = { archive, metrics: options.metrics ?? createMetrics(), siteOf, isOpen }
  const reportFault = options.reportFault ?? ((line) => process.stderr.write(`${line}\n`))
  const router = express.Router()

  router.use((request: Request, response: Response, next: NextFunction) => {
    response.set(securityHeaders)
    if (!isOpen()) response.set('Connection', 'close')
    observe(request, response, context, options.log)
    requireHost(options.hosts, request.get('host'))
    next()
  })
  router.use(cors((_request, tell) => tell(null, corsOf(options.corsOrigins))))
  router.use(limitRate(() => options.requestsPerMinute ?? 0, context.metrics))
  router.use(limitConcurrency(() => options.requestsAtOnce ?? 0, context.metrics))
  router.use(compression())
  router.use((request: Request, _response: Response, next: NextFunction) => {
    // The first version of the API is the only one: the same under its number.
    request.url = request.url.replace(/^\/api\/v1(?=\/)/, '/api')
    next()
  })
  const all = [...routes, ...views]
  const offered = options.metrics ? all.filter(({ address }) => address !== '/metrics') : all
  for (const path of new Set(offered.map((route) => route.address))) {
    const methods = offered.filter((route) => route.address === path)
    router.all(path, (request, response) =>
      answer(request, response, methods, { ...context, cache, takeExport }, options),
    )
  }
  // Their names hold a digest of what is inside: a kept copy is never old.
  const files = { index: false, redirect: false, dotfiles: 'ignore', immutable: true, maxAge: '1y' } as const
  router.use('/assets', express.static(join(webFolder, 'assets'), files))
  router.get('/icon.svg', (_request, response) => response.sendFile(join(webFolder, 'icon.svg')))
  router.use(() => {
    throw new HttpError(404, '没有这个地址。', 'There is nothing at this address.')
  })
  router.use((fault: unknown, request: Request, response: Response, _next: NextFunction) => {
    // Whoever asked has gone, and the work was ended for it: nobody is to be told.
    if (response.destroyed && (fault as Error | undefined)?.name === 'AbortError') return
    const language = request.acceptsLanguages(['zh', 'en']) === 'en' ? 'en' : 'zh'
    const problem = isForPeople(request)
      ? sendProblemPage(request, response, fault, siteOf(baseUrl(request, options)))
      : sendProblem(request, response, fault, language)
    if (problem.code === 'BUSY') context.metrics.refuse('busy')
    if (problem.status < 500 || problem.code === 'BUSY') return
    const told = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault)
    const trace = process.env.XUNBAO_DEBUG === '1' && fault instanceof Error ? `\n${fault.stack}` : ''
    reportFault(`${new Date().toISOString()} fault ${request.method} ${request.originalUrl} ${told}${trace}`)
  })
  return router
}

/** The router at the root of an app of its own. */
export function createApp(archive: Archive, options: RouterOptions = {}): RequestListener {
  const app = express()
  app.disable('x-powered-by')
  // Routes read the query themselves, so that a repeated parameter is a list and never an object.
  app.set('query parser', false)
  app.set('trust proxy', options.trustedProxies ?? 0)
  app.use(createRouter(archive, options))
  return app
}

async function answer(
  request: Request,
  response: Response,
  candidates: readonly Route[],
  context: RouteContext & { cache: ResultCache; takeExport: () => () => void },
  options: RouterOptions,
): Promise<void> {
  response.locals.route = candidates[0]?.address
  const method = allowOnly(
    request,
    response,
    candidates.map((candidate) => candidate.method),
  )
  const route = candidates.find((candidate) => candidate.method === method)
  if (route === undefined) return
  // Asked for before the body is read: a stranger cannot make the service take in megabytes.
  if (route.scope) requireScope(tokensOf(options), route.scope, request.get('authorization'))
  const path = Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [name, String(value)]),
  )
  const parameters = readParameters(route, path, readQueryString(request.url))
  const base = baseUrl(request, options)
  const isKept = method === 'GET' && route.scope === undefined && route.isMomentary === undefined
  const key = isKept
    ? [context.archive.version(), today(), route.address, base, JSON.stringify(parameters)].join('\n')
    : undefined
  const kept = key === undefined ? undefined : context.cache.get(key)
  if (key !== undefined) context.metrics.ask(kept ? 'hit' : 'miss')
  if (kept) {
    response.locals.told = kept.told
    return sendReply(request, response, kept)
  }
  const body = route.body === undefined ? new Uint8Array() : await readBody(request, response, route.body)
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const limitMs = options.answerTimeoutMs ?? 30_000
  const respond = (signal: AbortSignal) =>
    route.respond({ ...parameters, headers: request.headers, body, signal, baseUrl: base }, context)
  const release = route.isExport ? context.takeExport() : undefined
  try {
    const reply = await (route.scope ? respond(gone.signal) : within(respond, limitMs, gone))
    if (reply.kind === 'file') return await sendFile(response, reply)
    if (reply.kind === 'stream' || reply.kind === 'bytes') return await sendReply(request, response, reply)
    const sent = toTextReply(reply)
    if (sent.told !== undefined) {
      response.locals.told = sent.told
      context.metrics.observeSearch(sent.told.reading, sent.told.tookMs / 1000)
    }
    if (key !== undefined && (sent.status ?? 200) === 200) context.cache.set(key, sent)
    await sendReply(request, response, sent)
  } finally {
    release?.()
  }
}

/** A file with ranges and dates, which Express knows about. */
function sendFile(
  response: Response,
  { path, type, fileName }: Extract<Reply, { kind: 'file' }>,
): Promise<void> {
  response.set('Content-Type', type)
  response.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`)
  return new Promise((resolve, reject) => {
    response.sendFile(path, { dotfiles: 'allow', maxAge: '1d' }, (fault) => {
      // Who left before the end is nobody's fault.
      if (fault && !response.destroyed) reject(fault)
      else resolve()
    })
  })
}

/** The method, with HEAD as GET. Answers OPTIONS; throws 405 with Allow for a method that is not offered. */
function allowOnly(request: Request, response: Response, offered: readonly Method[]): Method | undefined {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const found = offered.find((candidate) => candidate === method)
  if (found !== undefined) return found
  const allow = [...offered.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])), 'OPTIONS'].join(', ')
  if (request.method === 'OPTIONS') {
    response.set('Allow', allow).status(204).end()
    return undefined
  }
  throw new HttpError(405, `这个地址只接受 ${allow}。`, `This address accepts only ${allow}.`, {
    Allow: allow,
  })
}

async function readBody(
  request: Request,
  response: Response,
  spec: NonNullable<Route['body']>,
): Promise<Uint8Array> {
  const types = Object.keys(spec.types)
  if (!request.is(types))
    throw new HttpError(
      415,
      `正文的类型应为 ${types.join('、')}。`,
      `The body must be one of ${types.join(', ')}.`,
      { Accept: types.join(', ') },
    )
  // An app around this router may have read the body already (express.json() in front of it).
  if (request.body !== undefined) return bytesOf(request.body)
  const parse = express.raw({ type: () => true, limit: spec.limitBytes })
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (fault?: unknown) => (fault === undefined ? resolve() : reject(fault)))
  })
  return Buffer.isBuffer(request.body) ? request.body : new Uint8Array()
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

/** Gives up after `limitMs`, and so does the work: its signal is aborted. */
async function within<T>(
  start: (signal: AbortSignal) => Promise<T>,
  limitMs: number,
  gone: AbortController,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new SearchError('TIMEOUT', '回答花的时间太长，已放弃'))
      gone.abort()
    }, limitMs)
  })
  try {
    return await Promise.race([start(gone.signal), late])
  } finally {
    clearTimeout(timer)
  }
}

/** A person in a browser is told on a page what is wrong; a program gets a problem document. */
function isForPeople(request: Request): boolean {
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (!isReading || request.path.startsWith('/api/')) return false
  return request.accepts(['application/json', 'text/html']) === 'text/html'
}

function baseUrl(request: Request, { publicUrl = '' }: RouterOptions): string {
  return publicUrl.replace(/\/+$/, '') + request.baseUrl
}

function tokensOf({ token, tokens = [] }: RouterOptions): readonly Token[] {
  return token ? [...tokens, { name: 'token', token, scopes: ['admin'] }] : tokens
}

function observe(
  request: Request,
  response: Response,
  context: RouteContext,
  log: RouterOptions['log'],
): void {
  const startedAt = performance.now()
  const { method } = request
  response.once('close', () => {
    const tookMs = performance.now() - startedAt
    const { route = 'other', told } = response.locals as { route?: string; told?: RequestRecord['told'] }
    const status = response.writableFinished ? response.statusCode : 499
    const known = knownMethods.has(method) ? method : 'other'
    context.metrics.observe(known, route, status, tookMs / 1000)
    log?.({ method: known, route, status, tookMs, url: request.originalUrl, ...(told && { told }) })
  })
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH'])
