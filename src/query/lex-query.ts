// Cuts a query into tokens: words, quoted text, operators and parentheses, each with its place as typed.
import type { QueryProblem } from '../model/query.ts'
import { isPattern, toVisible } from './reading-signs.ts'
import {
  anyWild,
  closeParens,
  codeConnector,
  codeEnding,
  colons,
  type FieldKey,
  fieldNamesInQueries,
  isDigit,
  isLatin,
  isParen,
  isSpace,
  isWordPart,
  minusSigns,
  nestingQuotes,
  oneWild,
  openParens,
  operatorWords,
  orSigns,
  plusSigns,
  quotePairs,
  tildes,
} from './signs.ts'

/** A piece of an unquoted run: characters, or a wildcard. */
export type RunPart = { literal: string } | { wild: '?' | '*' }

export type Token = { start: number; end: number } & (
  | { kind: 'run'; parts: RunPart[] }
  | { kind: 'quoted'; text: string; distance: number | null }
  | { kind: 'field'; field: FieldKey; name: string }
  /** What follows a field that takes a plain value. */
  | { kind: 'value'; text: string; quoted: boolean }
  | { kind: 'and' | 'or' | 'not' | 'minus' | 'open' | 'close' }
)

export interface LexedQuery {
  tokens: Token[]
  problems: QueryProblem[]
}

/** Words farther apart than this are not near in any sense. */
const greatestDistance = 1000

/**
 * Never throws; linear in the length of the text but for quotes that nest. What nobody sees means nothing.
 * `wildcards: false` reads every ? and * as a printed sign.
 */
export function lexQuery(typed: string, { wildcards = true } = {}): LexedQuery {
  const { text, places } = toVisible(typed)
  const lexer = new Lexer(text, wildcards)
  lexer.run()
  const asTyped = <Place extends { start: number; end: number }>(place: Place): Place => ({
    ...place,
    start: places[place.start]!,
    end: place.end === 0 ? 0 : places[place.end - 1]! + 1,
  })
  return { tokens: lexer.tokens.map(asTyped), problems: lexer.problems.map(asTyped) }
}

class Lexer {
  readonly tokens: Token[] = []
  readonly problems: QueryProblem[] = []
  readonly #text: string
  #at = 0
  /** Where the last sign of a kind that closes stands: nothing is sought beyond. */
  readonly #lastClosers = new Map<string, number>()

  readonly #wildcards: boolean
  /** Up to where it is known whether ? and * are wildcards, and whether they are. */
  #stretchEnd = 0
  #isPattern = false

  constructor(text: string, wildcards: boolean) {
    this.#text = text
    this.#wildcards = wildcards
  }

  run(): void {
    while (this.#at < this.#text.length) this.#next()
  }

  #next(): void {
    const start = this.#at
    const sign = this.#text[start]!
    if (isSpace(sign)) {
      this.#at++
    } else if (openParens.includes(sign)) {
      this.#push({ kind: 'open', start, end: start + 1 })
    } else if (closeParens.includes(sign)) {
      this.#push({ kind: 'close', start, end: start + 1 })
    } else if (orSigns.includes(sign)) {
      let end = start
      while (end < this.#text.length && orSigns.includes(this.#text[end]!)) end++
      this.#push({ kind: 'or', start, end })
    } else if (minusSigns.includes(sign) || plusSigns.includes(sign)) {
      this.#prefix(start, sign)
    } else if (!this.#operatorWord(start) && !this.#field(start) && !this.#quoted(start, sign)) {
      this.#run(start)
    }
  }

  #push(token: Token): void {
    this.tokens.push(token)
    this.#at = token.end
  }

  /** A minus excludes only where a word may begin and something follows; a plus there means nothing. */
  #prefix(start: number, sign: string): void {
    const before = this.#text[start - 1]
    const atWordStart =
      before === undefined || isSpace(before) || `${openParens}${orSigns}${minusSigns}`.includes(before)
    let end = start + 1
    while (end < this.#text.length && minusSigns.includes(this.#text[end]!)) end++
    const after = this.#text[end]
    const something = after !== undefined && !isSpace(after) && !closeParens.includes(after)
    if (minusSigns.includes(sign) && atWordStart && something) this.#push({ kind: 'minus', start, end })
    else this.#at = end
  }

  #operatorWord(start: number): boolean {
    let end = start
    while (end < this.#text.length && this.#isInsideWord(end)) {
      end++
      if (end - start > 3) return false
    }
    const kind = operatorWords.get(this.#text.slice(start, end))
    if (kind === undefined) return false
    this.#push({ kind, start, end })
    return true
  }

  #isInsideWord(at: number): boolean {
    const sign = this.#text[at]!
    return !isSpace(sign) && !isParen(sign) && !quotePairs.has(sign)
  }

  /** A known field name with its colon; what is no field is read as text. */
  #field(start: number): boolean {
    const before = this.#text[start - 1]
    if (before !== undefined && isWordPart(before)) return false
    let end = start
    while (end < this.#text.length && end - start <= 8 && isWordPart(this.#text[end]!)) end++
    const colon = this.#text[end]
    if (colon === undefined || !colons.includes(colon)) return false
    const name = this.#text.slice(start, end)
    const field = fieldNamesInQueries.get(name.normalize('NFKC').toLowerCase())
    if (field === undefined) return false
    this.#push({ kind: 'field', field, name, start, end: end + 1 })
    if (field !== 'title' && field !== 'author') this.#value()
    return true
  }

  /** The value of a filter: quoted text, or everything up to a space or parenthesis. */
  #value(): void {
    while (this.#at < this.#text.length && isSpace(this.#text[this.#at]!)) {
      // "日期: 2018" is meant as one condition; an operator after the space is not.
      this.#at++
    }
    const start = this.#at
    const sign = this.#text[start]
    if (sign === undefined || isParen(sign)) return
    if (quotePairs.has(sign)) {
      const closed = this.#findClose(start, sign)
      if (closed >= 0) {
        const text = withoutBackslashes(this.#text.slice(start + 1, closed))
        this.#push({ kind: 'value', text, quoted: true, start, end: closed + 1 })
        return
      }
    }
    let end = start
    while (end < this.#text.length && !isSpace(this.#text[end]!) && !isParen(this.#text[end]!)) end++
    this.#push({ kind: 'value', text: this.#text.slice(start, end), quoted: false, start, end })
  }

  #quoted(start: number, sign: string): boolean {
    if (!quotePairs.has(sign)) return false
    if (sign === '‘' && isLatin(this.#text[start - 1])) return false
    const close = this.#findClose(start, sign)
    if (close < 0) {
      // Closing signs that close nothing, and apostrophes, are punctuation.
      if (sign === '”' || sign === '‘') return false
      this.problems.push({
        message: `“${sign}”没有对应的后引号，已把后面的文字全部当作一个短语。`,
        start,
        end: start + 1,
      })
      const text = withoutBackslashes(this.#text.slice(start + 1))
      this.#push({ kind: 'quoted', text, distance: null, start, end: this.#text.length })
      return true
    }
    const text = withoutBackslashes(this.#text.slice(start + 1, close))
    const { distance, end } = this.#distance(close + 1)
    this.#push({ kind: 'quoted', text, distance, start, end })
    return true
  }

  /** The place of the sign that closes a quote: of the best kind that there is, or -1. */
  #findClose(open: number, sign: string): number {
    const nests = nestingQuotes.includes(sign)
    for (const closers of quotePairs.get(sign)!) {
      if (this.#lastCloser(closers) <= open) continue
      let depth = 0
      for (let i = open + 1; i < this.#text.length; i++) {
        const unit = this.#text[i]!
        if (unit === '\\') i++
        else if (nests && unit === sign && !closers.includes(sign)) depth++
        else if (closers.includes(unit) && depth-- === 0) return i
      }
      // A quote inside that is never closed must not swallow the one outside.
      if (depth > 0) {
        for (let i = open + 1; i < this.#text.length; i++) {
          if (this.#text[i] === '\\') i++
          else if (closers.includes(this.#text[i]!)) return i
        }
      }
    }
    return -1
  }

  #lastCloser(closers: string): number {
    let last = this.#lastClosers.get(closers)
    if (last === undefined) {
      last = Math.max(...[...closers].map((closer) => this.#text.lastIndexOf(closer)))
      this.#lastClosers.set(closers, last)
    }
    return last
  }

  /** "…"~10 */
  #distance(at: number): { distance: number | null; end: number } {
    if (!tildes.includes(this.#text[at] ?? ' ')) return { distance: null, end: at }
    let end = at + 1
    let digits = ''
    while (end < this.#text.length && /[0-9０-９]/.test(this.#text[end]!))
      digits += this.#text[end++]!.normalize('NFKC')
    if (digits === '') {
      this.problems.push({ message: '“~”后面应有字数，如 "社区 养老"~10；已忽略。', start: at, end })
      return { distance: null, end }
    }
    const distance = Number(digits)
    if (distance <= greatestDistance) return { distance, end }
    this.problems.push({
      message: `相距最多 ${greatestDistance} 字，已按 ${greatestDistance} 字查找。`,
      start: at,
      end,
    })
    return { distance: greatestDistance, end }
  }

  /** Unquoted text up to a space or a sign with a meaning; punctuation ends it too and is left out. */
  #run(start: number): void {
    const parts: RunPart[] = []
    let literal = ''
    const flush = () => {
      if (literal !== '') parts.push({ literal })
      literal = ''
    }
    let end = start
    while (end < this.#text.length) {
      const sign = this.#text[end]!
      if (sign === '\\' && end + 1 < this.#text.length) {
        literal += this.#text[end + 1]!
        end += 2
        continue
      }
      if (isSpace(sign) || isParen(sign) || orSigns.includes(sign)) break
      const isWild = oneWild.includes(sign) || anyWild.includes(sign)
      if (isWild && this.#inPattern(end)) {
        if (this.#wildcards) {
          flush()
          parts.push({ wild: oneWild.includes(sign) ? '?' : '*' })
        } else literal += sign
      } else if (this.#belongs(end)) literal += sign
      else break
      end++
    }
    flush()
    if (parts.length > 0) this.tokens.push({ kind: 'run', parts, start, end })
    // Punctuation parts runs, and is left out without a word.
    this.#at = end === start ? end + 1 : end
  }

  /** Whether the sign at `at` stands in a stretch whose ? and * leave characters open. */
  #inPattern(at: number): boolean {
    if (at < this.#stretchEnd) return this.#isPattern
    const ends = (place: number) => {
      const sign = this.#text[place]
      return sign === undefined || isSpace(sign) || isParen(sign) || orSigns.includes(sign)
    }
    let start = at
    while (!ends(start - 1) && !colons.includes(this.#text[start - 1]!)) start--
    let end = at
    while (!ends(end)) end++
    this.#stretchEnd = end
    this.#isPattern = isPattern(this.#text.slice(start, end).replace(/^[-－−﹣+＋]/, ''))
    return this.#isPattern
  }

  /** Whether a comma between digits parts thousands: three digits behind it, and no fourth. */
  #isThousand(at: number): boolean {
    return /^[,，][0-9０-９]{3}(?![0-9０-９])/.test(this.#text.slice(at, at + 5))
  }

  /** Whether a sign is part of a word: letters, digits, and signs between or after Latin letters and digits. */
  #belongs(at: number): boolean {
    const sign = this.#text[at]!
    if (isWordPart(sign)) return true
    const before = this.#text[at - 1]
    const after = this.#text[at + 1]
    if (/[·•‧・･∙⋅]/.test(sign))
      return before !== undefined && after !== undefined && isWordPart(before) && isWordPart(after)
    if (/[,，]/.test(sign)) return isDigit(before) && isDigit(after) && this.#isThousand(at)
    if (codeConnector.test(sign)) {
      // One or more between Latin letters and digits: COVID-19, 5.12, http://a.cn/b?c=d.
      let from = at
      while (codeConnector.test(this.#text[from - 1] ?? '')) from--
      let to = at
      while (codeConnector.test(this.#text[to + 1] ?? '')) to++
      if (isLatin(this.#text[from - 1]) && isLatin(this.#text[to + 1])) return true
    }
    if (codeEnding.test(sign)) return before !== undefined && (isLatin(before) || /[+＋#＃]/.test(before))
    return false
  }
}

/** A backslash takes the meaning from the sign after it. */
function withoutBackslashes(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1')
}
