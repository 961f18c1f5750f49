// Cross references between pages: （下转第2版） and （上接第1版）.
import { toPlainScript } from '../../normalize/normalize.ts'
import { fromHanNumeral } from './dates.ts'

export interface Jump {
  /** Page that the text goes on to. */
  to?: number
  /** Page that the text comes from. */
  from?: number
  /** Half-open span of the reference in the text, brackets included. */
  start: number
  end: number
}

const jump =
  /[（(【〔[]?\s*(?:紧\s*)?(下\s*[转接]|上\s*接|转\s*自|转\s*入|转)\s*(?:本\s*报\s*)?第?\s*([A-Za-z]?\s*\d{1,3}|[一二三四五六七八九十]{1,3})\s*[版页]\s*(?:[^）)】〕\]\s]{0,8})?\s*[）)】〕\]]/gu

/** Cross references in a text, in printed order. Only bracketed ones count: a sentence may speak of 第二版. */
function findJumps(text: string): Jump[] {
  const found: Jump[] = []
  for (const match of toPlainScript(text).matchAll(jump)) {
    const open = match[0][0]!
    if (!/[（(【〔[]/u.test(open)) continue
    const digits = match[2]!.replace(/[A-Za-z\s]/gu, '')
    const page = /^\d+$/u.test(digits) ? Number(digits) : fromHanNumeral(digits)
    if (!(page >= 1)) continue
    const start = match.index
    const end = start + match[0].length
    const backward = /上|自/u.test(match[1]!)
    found.push(backward ? { from: page, start, end } : { to: page, start, end })
  }
  return found
}

/** The text without its cross references, and where they point. */
export function takeJumps(text: string): { text: string; to?: number; from?: number } {
  const jumps = findJumps(text)
  if (jumps.length === 0) return { text }
  let rest = ''
  let at = 0
  const result: { text: string; to?: number; from?: number } = { text: '' }
  for (const each of jumps) {
    rest += text.slice(at, each.start)
    at = each.end
    if (each.to !== undefined) result.to = each.to
    if (each.from !== undefined) result.from = each.from
  }
  result.text = (rest + text.slice(at)).trim()
  return result
}

/** Whether a text closes with 下转: what is printed below is another story. */
export function jumpsAway(text: string): boolean {
  return findJumps(text).some(({ to, end }) => to !== undefined && text.slice(end).trim() === '')
}

/** Whether a text opens with 上接: no story of this page runs on into it. */
export function jumpsHere(text: string): boolean {
  const [first] = findJumps(text)
  return first?.from !== undefined && text.slice(0, first.start).trim() === ''
}
