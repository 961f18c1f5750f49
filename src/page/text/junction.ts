// How well does one unit of print read on into another? The evidence at a break between two lines.

import { parseDateline } from '../structure/byline.ts'
import { endsSentence } from '../structure/chars.ts'
import { splitSignature } from '../structure/signature.ts'
import type { Unit } from './print-lines.ts'
import { type PageGrams, wordGain } from './word-joints.ts'

/** What is known about a unit's two ends. Probabilities are of a paragraph beginning or ending there. */
export interface Ends {
  begins: number
  ends: number
  dateline: boolean
  /** A name in brackets closes it: the item ends here. */
  signed: boolean
  /** Brackets and quotes that it closes without having opened them, and opens without closing them. */
  closers: string
  openers: string
}

const pairs: Record<string, string> = {
  '“': '”',
  '‘': '’',
  '（': '）',
  '《': '》',
  '〈': '〉',
  '「': '」',
  '『': '』',
  '【': '】',
  '(': ')',
}
const closes = new Map(Object.entries(pairs).map(([open, close]) => [close, open]))

/** Reads the two ends of a unit against the measure at its place. */
export function readEnds(unit: Unit): Ends {
  const { text, width, measure } = unit
  const signed = splitSignature(text) !== null || /^[（(]\s*\p{Script=Han}{2,4}\s*[）)]$/u.test(text)
  const dateline = parseDateline(text) !== null
  const sentence = endsSentence(text)
  const full = width >= measure - 0.8 || unit.stretched
  const likeFirst = Math.abs(width - (measure - 2)) <= 0.8
  let begins: number
  if (dateline || unit.indented) begins = 0.98
  else if (likeFirst) begins = sentence ? 0.55 : unit.stretched ? 0.85 : 0.9
  else if (full) begins = 0.06
  else begins = sentence ? 0.3 : 0.35
  let ends: number
  if (signed) ends = 0.99
  else if (sentence) ends = full ? 0.3 : likeFirst ? 0.75 : 0.97
  else if (/[：:]$/u.test(text)) ends = full ? 0.15 : 0.75
  else if (/[，、；,;]$/u.test(text)) ends = 0.02
  else ends = full ? 0.03 : likeFirst ? 0.05 : 0.2
  const { closers, openers } = balance(text)
  return { begins, ends, dateline, signed, closers, openers }
}

function balance(text: string): { closers: string; openers: string } {
  const open: string[] = []
  let closers = ''
  for (const char of text) {
    if (pairs[char] !== undefined) open.push(char)
    else {
      const opener = closes.get(char)
      if (opener === undefined) continue
      const at = open.lastIndexOf(opener)
      if (at >= 0) open.length = at
      else closers += opener
    }
  }
  return { closers, openers: open.join('') }
}

const afterDigit =
  /^[\d.%％‰℃年月日号时分秒点万亿千百十多余个名人次项家户元吨米公平岁届位件条所辆架座层度倍级种类点批年—–-]/u

/** Evidence that text with these open brackets reads on into a unit: what it closes should be open. */
export function bracketScore(open: string, to: Ends): number {
  if (to.closers === '') return 0
  return open.endsWith(to.closers[0]!) ? 2.5 : open.includes(to.closers[0]!) ? 1 : -2
}

/** The brackets open after a unit has been read on. */
export function openAfter(open: string, ends: Ends): string {
  let rest = open
  for (const closer of ends.closers) {
    const at = rest.lastIndexOf(closer)
    if (at >= 0) rest = rest.slice(0, at)
  }
  // A quote that is never closed must not haunt the rest of the page.
  return (rest + ends.openers).slice(-4)
}

/** Judges breaks between units of one page; results are remembered. */
export class Junctions {
  readonly ends: readonly Ends[]
  private readonly units: readonly Unit[]
  private readonly grams: PageGrams
  private readonly known = new Map<number, number>()

  constructor(units: readonly Unit[], grams: PageGrams) {
    this.units = units
    this.grams = grams
    this.ends = units.map(readEnds)
  }

  /**
   * Log evidence that unit `b` is what is printed right after unit `a` in the same text: paragraph ends fit paragraph
   * beginnings, cut words and phrases fit together, brackets close. Distance on the page is not in it.
   */
  score(a: number, b: number): number {
    const key = a * this.units.length + b
    const known = this.known.get(key)
    if (known !== undefined) return known
    const value = this.judge(a, b)
    this.known.set(key, value)
    return value
  }

  private judge(a: number, b: number): number {
    const from = this.ends[a]!
    const to = this.ends[b]!
    if (from.signed) return -9
    if (to.dateline && !(a === b - 1)) return -6
    const broken = from.ends * to.begins
    const running = (1 - from.ends) * (1 - to.begins)
    let score = Math.log(broken + running + 0.004)
    const share = running / (broken + running + 1e-6)
    score += share * this.reading(this.units[a]!.text, this.units[b]!.text)
    return score
  }

  /** How well the characters on both sides of the break read on. */
  private reading(tail: string, head: string): number {
    let score = 0
    if (/[\d.]$/u.test(tail)) score += afterDigit.test(head) ? 2 : -1
    else if (/^[\d.%％]/u.test(head)) score += /^[%％.]/u.test(head) ? -3 : 0
    if (/^[A-Za-z]/u.test(head) && /[A-Za-z]$/u.test(tail)) score += 2
    if (/^[，。、；：！？”’）》」』]/u.test(head)) score -= 2
    const gain = wordGain(tail, head)
    score += 0.5 * Math.min(gain, 9)
    score += 0.8 * this.grams.joint(tail, head)
    return score
  }
}
