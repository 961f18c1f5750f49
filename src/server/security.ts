// What keeps a reader and the archive safe: response headers, and the token that writes need.
import { createHash, timingSafeEqual } from 'node:crypto'
import { HttpError } from './problem.ts'

/** Sent with every answer. Scripts and styles only from files of our own; nothing may frame the page. */
export const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
} as const

/**
 * Lets a write pass or throws: 403 when no token is configured, 401 when it is missing or wrong.
 * Compares digests in constant time, so neither the token's length nor a shared beginning can be measured.
 */
export function requireToken(token: string | undefined, authorization: string | undefined): void {
  if (token === undefined || token === '')
    throw new HttpError(
      403,
      '这个服务没有设置写入口令，只能读。',
      'No write token is configured: this service is read-only.',
    )
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  const digest = (text: string) => createHash('sha256').update(text).digest()
  if (given === undefined || !timingSafeEqual(digest(given), digest(token)))
    throw new HttpError(
      401,
      '写入需要口令：Authorization: Bearer <口令>。',
      'Writes need "Authorization: Bearer <token>" with the configured token.',
      { 'WWW-Authenticate': 'Bearer realm="xunbao"' },
    )
}
