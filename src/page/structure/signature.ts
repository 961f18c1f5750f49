// The name in brackets that closes a brief: …… （伟源）

import { looksLikeNames, splitNames } from '../../normalize/names.ts'
import { toPlainScript } from '../../normalize/normalize.ts'
import { parseRoles } from './byline.ts'

const closing = /\s*[（(]\s*([^（）()]{2,30}?)\s*[）)]\s*$/u
const notNames =
  /^(?:完|待续|未完|未完待续|续完|下转.*|上接.*|转.*版|略|注|图|表|资料|资料图片|节选|摘要|全文|一|二|三|四|五|六|七|八|九|十|[上中下])$/u

export interface Signed {
  /** The text before the signature, without trailing white space. */
  text: string
  /** Names as printed inside the brackets, letter-spacing removed. */
  signature: string
}

/** Splits a closing signature off a text that ended its sentence before it; null when there is none. */
export function splitSignature(text: string): Signed | null {
  const match = closing.exec(text)
  if (match === null) return null
  const before = text.slice(0, match.index).trimEnd()
  if (!/[。！？!?…”’」』）)》]$/u.test(before)) return null
  const inner = match[1]!.trim()
  if (notNames.test(toPlainScript(inner.replace(/\s/gu, '')))) return null
  const roles = parseRoles(inner)
  if (roles !== null) return { text: before, signature: roles.flatMap((each) => each.names).join(' ') }
  if (!looksLikeNames(inner)) return null
  return { text: before, signature: splitNames(inner).join(' ') }
}
