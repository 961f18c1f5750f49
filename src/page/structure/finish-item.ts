// The last step of both readers: what the paragraphs of an item say about itself leaves them or is read off them.
import type { Byline, Item, Subheading } from '../../model/item.ts'
import { parseBylineLine, parseDateline, parseRoles } from './byline.ts'
import { takeJumps } from './jump-lines.ts'
import { isNoticeHeadline } from './notice.ts'
import { type Signed, splitSignature } from './signature.ts'

/** Longer texts are no briefs and no notices, in UTF-16 units. */
const longestBrief = 900
const longestNotice = 600

/** An item as its lines were joined; empty parts count as absent. */
export interface ItemParts {
  kicker?: string | undefined
  headline?: string | undefined
  subtitle?: string | undefined
  /** Names printed in lines of their own. */
  bylines?: readonly Byline[]
  paragraphs: readonly string[]
  subheadings?: readonly Subheading[]
}

/**
 * Takes cross references, lines of names and the closing signature out of the paragraphs, reads the dateline and tells
 * the type. `sign` splits the signature off the last paragraph where the print allows one.
 */
export function finishItem(
  parts: ItemParts,
  sign: (last: string, bylines: readonly Byline[]) => Signed | null = splitSignature,
): Omit<Item, 'id'> {
  const paragraphs = [...parts.paragraphs]
  const subheadings = (parts.subheadings ?? []).map((each) => ({ ...each }))
  const bylines: Byline[] = [...(parts.bylines ?? [])]
  const continues: NonNullable<Item['continues']> = {}
  const drop = (at: number): void => {
    paragraphs.splice(at, 1)
    for (const each of subheadings) if (each.beforeParagraph > at) each.beforeParagraph--
  }
  for (let at = paragraphs.length - 1; at >= 0; at--) {
    const { text, to, from } = takeJumps(paragraphs[at]!)
    if (to !== undefined) continues.to = to
    if (from !== undefined) continues.from = from
    if (text === '' && paragraphs.length > 1) drop(at)
    else paragraphs[at] = text
  }
  for (const place of ['first', 'last']) {
    const at = place === 'first' ? 0 : paragraphs.length - 1
    const found = paragraphs.length < 2 ? null : parseBylineLine(paragraphs[at]!)
    if (found === null) continue
    bylines.push(...found)
    // A closing line in brackets is printed as part of the text and stays there.
    if (!/^[（(]/u.test(paragraphs[at]!)) drop(at)
  }
  const item: Omit<Item, 'id'> = { type: 'article', paragraphs }
  const dateline = parseDateline(paragraphs[0] ?? '')
  if (dateline) bylines.push(...dateline.bylines)
  const last = paragraphs.at(-1) ?? ''
  const signed = sign(last, bylines)
  if (signed && signed.text !== '') {
    paragraphs[paragraphs.length - 1] = signed.text
    item.signature = signed.signature
    bylines.push(...(parseRoles(/[（(]([^（）()]*)[）)]\s*$/u.exec(last)?.[1]?.trim() ?? '') ?? []))
  }
  if (parts.kicker) item.kicker = parts.kicker
  if (parts.headline) item.headline = parts.headline
  if (parts.subtitle) item.subtitle = parts.subtitle
  const length = paragraphs.join('').length
  if (parts.headline && isNoticeHeadline(parts.headline) && length < longestNotice && !dateline)
    item.type = 'notice'
  else if (item.signature !== undefined && bylines.length === 0 && length < longestBrief) item.type = 'brief'
  if (bylines.length > 0) item.bylines = bylines
  if (subheadings.length > 0)
    item.subheadings = subheadings.sort((a, b) => a.beforeParagraph - b.beforeParagraph)
  if (continues.to !== undefined || continues.from !== undefined) item.continues = continues
  return item
}

/** Items with their ids: a letter for the type and a number in the order given (a1, a2, b1). */
export function numberItems(items: readonly Omit<Item, 'id'>[]): Item[] {
  const counts = new Map<string, number>()
  return items.map((item) => {
    const letter = { article: 'a', brief: 'b', photo: 'p', notice: 'n' }[item.type]
    const number = (counts.get(letter) ?? 0) + 1
    counts.set(letter, number)
    return { id: `${letter}${number}`, ...item }
  })
}
