// The query of an address as people and programs really send it: UTF-8, or GBK from old pages and old browsers.
import { HttpError } from './problem.ts'

/** Values of each parameter, in the order in which they came. */
export type QueryValues = ReadonlyMap<string, readonly string[]>

/**
 * Reads what stands behind the question mark of a request's address. A lone percent sign is one. Throws HttpError 400
 * for bytes that are neither UTF-8 nor GBK.
 */
export function readQueryString(url: string): QueryValues {
  const values = new Map<string, string[]>()
  for (const pair of (/\?(.*)$/s.exec(url)?.[1] ?? '').split('&')) {
    if (pair === '') continue
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair)!
    const key = decode(name)
    const list = values.get(key) ?? []
    values.set(key, list)
    list.push(decode(value))
  }
  return values
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const gbk = new TextDecoder('gb18030', { fatal: true })
/** What Chinese text in GBK may hold besides letters and digits. */
const chinese = /^[\u0020-\u007e\u00b7\u2010-\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*$/u

function decode(part: string): string {
  const spaced = part.replaceAll('+', ' ')
  if (!spaced.includes('%')) return spaced
  const bytes = Buffer.from(
    spaced.replace(/%([0-9a-fA-F]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  )
  try {
    return utf8.decode(bytes)
  } catch {
    return decodeGbk(bytes)
  }
}

function decodeGbk(bytes: Uint8Array): string {
  try {
    const text = gbk.decode(bytes)
    if (chinese.test(text) && !isCutUtf8(bytes)) return text
  } catch {
    // Neither: said below.
  }
  throw new HttpError(
    400,
    '地址里的百分号编码既不是 UTF-8 也不是 GBK：请按 UTF-8 编码。',
    'The percent-encoding of the address is neither UTF-8 nor GBK.',
  )
}

/** UTF-8 that was cut inside its last character also looks like GBK. */
function isCutUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
