// The number of a page: 第11版, A03, 4版 · 民生, 第三版, 版次：2. Texts are in plain script.
import { fromHanNumeral } from './dates.ts'

const han = '[一二三四五六七八九十廿]{1,3}'
const inLine = new RegExp(
  `(?:第\\s*([A-D])?\\s*0*(\\d{1,3})\\s*[版页](?!权|本|式|面|图|块|税)` +
    `|第\\s*(${han})\\s*[版页](?!权|本|式|面|图|块)` +
    `|(?<![\\d.A-Za-z])([A-D])0*(\\d{1,2})(?:\\s*版)?(?![\\d.A-Za-z])` +
    `|(?<![\\d.第A-Za-z])0*(\\d{1,3})\\s*版(?!权|本|式|面|图|块|税)` +
    `|版次\\s*[:：]?\\s*[A-D]?0*(\\d{1,3})` +
    `|(?:Page|PAGE|page|P)\\s*\\.?\\s*0*(\\d{1,3})(?!\\d)` +
    `|(?<!\\p{Script=Han})(${han})\\s*版(?!权|本|式|面|图|块))`,
  'u',
)
const alone =
  /^(?:第\s*)?[A-D]?\s*0*(\d{1,3})\s*版?$|^第?\s*([一二三四五六七八九十]{1,3})\s*版$|^[PpA-D]\s*0*(\d{1,2})$/u
const highest = 200

export interface FoundPageNumber {
  value: number
  /** Half-open span in the text. */
  start: number
  end: number
}

/** A page number that says that it is one; null when there is none. */
export function findPageNumber(text: string): FoundPageNumber | null {
  const match = inLine.exec(text)
  if (match === null) return null
  const [, , a, hanA, , b, c, d, e, hanB] = match
  const digits = a ?? b ?? c ?? d ?? e
  const value = digits !== undefined ? Number(digits) : fromHanNumeral(hanA ?? hanB ?? '')
  if (!(value >= 1 && value <= highest)) return null
  return { value, start: match.index, end: match.index + match[0].length }
}

/** The number of a text that is nothing else: `3`, `03版`, `A03`, `三版`; null when it is none, `plain` when it is digits alone. */
export function wholePageNumber(text: string): { value: number; plain: boolean } | null {
  const match = alone.exec(text)
  if (match === null) return null
  const digits = match[1] ?? match[3]
  const value = digits !== undefined ? Number(digits) : fromHanNumeral(match[2]!)
  return value >= 1 && value <= highest ? { value, plain: /^\d+$/u.test(text) } : null
}
