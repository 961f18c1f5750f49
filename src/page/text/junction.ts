// How well does one unit of print read on into another? The evidence at a break between two lines.

import { toPlainScript } from '../../normalize/normalize.ts'
import { parseDateline } from '../structure/byline.ts'
import { endsInsideWord, endsSentence } from '../structure/chars.ts'
import { jumpsAway, jumpsHere } from '../structure/jump-lines.ts'
import { splitSignature } from '../structure/signature.ts'
import type { Unit } from './print-lines.ts'
import { type JointSide, leftSide, PageGrams, rightSide, wordGain } from './word-joints.ts'

/** What is known about a unit's two ends. Probabilities are of a paragraph beginning or ending there. */
export interface Ends {
  begins: number
  ends: number
  /** A dateline opens it, or 上接: the item begins here. */
  dateline: boolean
  /** A name in brackets closes it, or 下转: the item ends here. */
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
function readEnds(unit: Unit): Ends {
  const { text, width, measure } = unit
  const signed =
    splitSignature(text) !== null ||
    jumpsAway(text) ||
    /^[（(]\s*\p{Script=Han}{2,4}\s*[）)]$|^\p{Script=Han}{1,3}\s*[）)]$/u.test(text)
  const dateline = parseDateline(text) !== null || jumpsHere(text)
  const sentence = endsSentence(text)
  // Punctuation is squeezed in print: a line may hold a little more than the measure says, and a little less.
  const short = measure - width
  const full = short <= 0.8 || unit.stretched
  let begins: number
  if (dateline || unit.indented) begins = 0.98
  else if (unit.stretched) begins = short > 1.2 && short < 2.8 ? 0.6 : 0.1
  else if (short <= 0.8) begins = 0.06
  else if (short <= 1.2) begins = sentence ? 0.3 : 0.4
  else if (short <= 2.7) begins = sentence ? 0.5 : 0.85
  else begins = sentence ? 0.12 : 0.2
  let ends: number
  if (signed) ends = 0.99
  else if (sentence) ends = full ? 0.3 : short <= 2.7 ? 0.8 : 0.97
  else if (/[：:]$/u.test(text)) ends = full ? 0.15 : 0.75
  else if (/[，、；,;]$/u.test(text) || endsInsideWord(text)) ends = 0.02
  else ends = full ? 0.03 : short <= 2.7 ? 0.05 : 0.2
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

/** Share of line breaks that end a paragraph. */
const breakRate = 0.13

const afterDigit =
  /^[\d.%％‰℃年月日号时分秒点万亿千百十多余个名人次项家户元吨米公平岁届位件条所辆架座层度倍级种类点批年—–-]/u

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
  /** In plain script: both scripts are judged alike. */
  private readonly texts: readonly string[]
  private readonly grams: PageGrams
  private readonly known: Float32Array
  private readonly lefts: (JointSide | undefined)[] = []
  private readonly rights: (JointSide | undefined)[] = []
  private readonly tails: (EdgeKind | undefined)[] = []
  private readonly heads: (EdgeKind | undefined)[] = []

  constructor(units: readonly Unit[]) {
    this.units = units
    this.texts = units.map((unit) => toPlainScript(unit.text))
    this.grams = new PageGrams(this.texts)
    this.known = new Float32Array(units.length * units.length).fill(Number.NaN)
    this.ends = units.map(readEnds)
  }

  /**
   * Log evidence that unit `b` is what is printed right after unit `a` in the same text: paragraph ends fit paragraph
   * beginnings, cut words and phrases fit together, brackets close. Distance on the page is not in it.
   */
  score(a: number, b: number): number {
    const key = a * this.units.length + b
    const known = this.known[key]!
    if (!Number.isNaN(known)) return known
    const value = this.judge(a, b)
    this.known[key] = value
    return value
  }

  private judge(a: number, b: number): number {
    const from = this.ends[a]!
    const to = this.ends[b]!
    if (from.signed) return -9
    if (to.dateline) return -7
    // Against a unit taken at random: what the end says about a paragraph break has to fit what the beginning says.
    const broken = (from.ends * to.begins) / breakRate
    const running = ((1 - from.ends) * (1 - to.begins)) / (1 - breakRate)
    const read = running < 0.02 ? 0 : this.reading(a, b)
    return Math.log(broken + running * Math.exp(read) + 0.002)
  }

  /**
   * How well the characters on both sides of the break read on: log odds, with the weights of a logistic regression on
   * 8,000 true and 98,000 false breaks; the constant is what saying nothing says.
   */
  reading(a: number, b: number): number {
    const tail = this.texts[a]!
    const head = this.texts[b]!
    this.tails[a] ??= tailKind(tail)
    this.heads[b] ??= headKind(head)
    const left = this.tails[a]!
    const right = this.heads[b]!
    let odds = -0.8
    if (left === 'number') odds += right === 'unit' || right === 'number' || right === 'percent' ? 1.5 : -1
    else if (right === 'percent') odds -= 3
    if (left === 'latin') odds += right === 'latin' ? 2 : -0.5
    // A word that a hyphen breaks goes on in letters.
    if (left === 'hyphen') odds += right === 'latin' ? 7 : right === 'number' ? 5 : -3
    if (right === 'closing') odds -= 2
    this.lefts[a] ??= leftSide(tail)
    this.rights[b] ??= rightSide(head)
    const gain = Math.min(9, wordGain(this.lefts[a]!, this.rights[b]!))
    if (gain > 0) odds += 0.4 + 0.5 * gain
    return odds + this.grams.joint(tail, head)
  }
}

type EdgeKind = 'hyphen' | 'number' | 'percent' | 'unit' | 'latin' | 'closing' | 'other'

function tailKind(text: string): EdgeKind {
  if (endsInsideWord(text)) return 'hyphen'
  return /[\d.]$/u.test(text) ? 'number' : /[A-Za-z]$/u.test(text) ? 'latin' : 'other'
}

function headKind(text: string): EdgeKind {
  if (/^[%％.]/u.test(text)) return 'percent'
  if (/^\d/u.test(text)) return 'number'
  if (/^[A-Za-z]/u.test(text)) return 'latin'
  if (/^[，。、；：！？”’）》」』]/u.test(text)) return 'closing'
  return afterDigit.test(text) ? 'unit' : 'other'
}
