// What keeps a reader and the archive safe: response headers, the names under which it answers, and tokens.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'
import { HttpError } from './problem.ts'

/** Scripts and styles only from files of our own; nothing may frame the page. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'manifest-src': ["'self'"],
      'base-uri': ["'self'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  frameguard: { action: 'deny' },
  // Whether all of a host speaks HTTPS is known to what stands in front of this service.
  strictTransportSecurity: false,
})

/** Sent with every answer, also with those that never reach the router. */
export const securityHeaders: Readonly<Record<string, string>> = headersOf()

function headersOf(): Record<string, string> {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name] = value
    },
    removeHeader: () => undefined,
  }
  protect({} as IncomingMessage, response as unknown as ServerResponse, () => undefined)
  return { ...headers, 'Permissions-Policy': 'camera=(), geolocation=(), microphone=()' }
}

/** What a token lets its bearer do: look at what is kept from the public, change articles, steer the service. */
export const scopes = ['read', 'write', 'admin'] as const
export type Scope = (typeof scopes)[number]

export interface Token {
  /** What logs call it. */
  name: string
  token: string
  scopes: readonly Scope[]
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Lets a request pass that bears a token with this scope, or throws: 403 when no token is configured or this one may
 * not, 401 when it is missing or wrong. Compares digests in constant time, each with all tokens, so neither a token's
 * length nor a shared beginning can be measured.
 */
export function requireScope(
  tokens: readonly Token[],
  scope: Scope,
  authorization: string | undefined,
): Token {
  if (tokens.length === 0)
    throw new HttpError(
      403,
      '这个服务没有设置写入口令，只能读。',
      'No write token is configured: this service is read-only.',
    )
  const given = digestOf(/^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '')
  let found: Token | undefined
  for (const token of tokens) if (timingSafeEqual(given, digestOf(token.token))) found = token
  if (found === undefined)
    throw new HttpError(
      401,
      '写入需要口令：Authorization: Bearer <口令>。',
      'Writes need "Authorization: Bearer <token>" with the configured token.',
      { 'WWW-Authenticate': 'Bearer realm="xunbao"' },
    )
  if (!found.scopes.includes(scope) && !found.scopes.includes('admin'))
    throw new HttpError(
      403,
      `口令“${found.name}”没有 ${scope} 权限。`,
      `Token "${found.name}" lacks the scope "${scope}".`,
    )
  return found
}

/**
 * Refuses names under which a service on loopback cannot be meant: a page elsewhere that points its own name at this
 * machine (DNS rebinding) would else read what only this machine may.
 */
export function requireHost(allowed: ReadonlySet<string> | undefined, host: string | undefined): void {
  if (host === undefined || host.trim() === '')
    throw new HttpError(400, '请求没有 Host。', 'The request has no Host header.')
  if (allowed === undefined) return
  const name = host.trim().toLowerCase().replace(/:\d+$/, '')
  if (!allowed.has(name))
    throw new HttpError(
      421,
      '这个服务不以这个名字回答；站点在别的名字下时，请在配置里写 publicUrl 或 allowedHosts。',
      'This service does not answer under this name; set publicUrl or allowedHosts in its configuration.',
    )
}

/** The names of this machine, for a service that only this machine reaches; undefined for one that others reach. */
export function loopbackHosts(bound: string, more: readonly string[]): ReadonlySet<string> | undefined {
  const own = ['localhost', '127.0.0.1', '[::1]']
  if (![...own, '::1'].includes(bound) && !/^127\./.test(bound)) return undefined
  return new Set([...own, bound, ...more].map((name) => name.toLowerCase()))
}
