// What did the reader mean? Turns any text into a syntax tree and says what it ignored; never throws.
import { typeLabels, typeOfName } from '../model/labels.ts'
import type { ParsedQuery, QueryNode, QueryProblem, WildcardPart } from '../model/query.ts'
import type { Span } from '../model/span.ts'
import { valueOfNumeral } from '../normalize/numerals.ts'
import { parseDates } from './date-words.ts'
import { lexQuery, type RunPart, type Token } from './lex-query.ts'
import { toVisible } from './reading-signs.ts'

export interface ParseOptions {
  /** YYYY-MM-DD: what 上周 and 今年 count from; the day of the local clock when left out. */
  today?: string
}

/** Parentheses deeper than this are ignored: nobody means them. */
const greatestDepth = 40

/** More than these nobody reads. */
const mostProblems = 20

/**
 * Reads a query. Precedence, tightest first: -x and NOT x; x AND y; x OR y, x|y, x 或 y; words side by side.
 * The tree is flat: no `all` directly in an `all`, no `any` in an `any`; a blank query is `everything`.
 */
export function parseQuery(text: string, options: ParseOptions = {}): ParsedQuery {
  const today = options.today ?? localToday()
  const { tokens, problems } = lexQuery(text)
  const tree = new Parser(text, tokens, problems, today).parse()
  problems.sort((a, b) => a.start - b.start || a.end - b.end)
  const query = { text, tree, problems: problems.slice(0, mostProblems) }
  const pattern = tokens.find((token) => token.kind === 'run' && token.parts.some((part) => 'wild' in part))
  if (pattern === undefined) return query
  const printed = lexQuery(text, { wildcards: false })
  const { start, end } = pattern
  const message = `“${text.slice(start, end)}”里的“?”“*”按通配符找不到更多，已当作标点查找。`
  return {
    ...query,
    asText: { tree: new Parser(text, printed.tokens, [], today).parse(), problem: { message, start, end } },
  }
}

/** The day of the local clock, YYYY-MM-DD. */
function localToday(): string {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

class Parser {
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #problems: QueryProblem[]
  readonly #today: string
  #at = 0
  #depth = 0

  constructor(text: string, tokens: readonly Token[], problems: QueryProblem[], today: string) {
    this.#text = text
    this.#tokens = tokens
    this.#problems = problems
    this.#today = today
  }

  parse(): QueryNode {
    const parts: QueryNode[] = []
    while (this.#at < this.#tokens.length) {
      const node = this.#sequence()
      if (node) parts.push(node)
      const stray = this.#tokens[this.#at]
      if (stray) {
        this.#ignore(stray, '没有对应的左括号，已忽略。')
        this.#at++
      }
    }
    const whole: Span = [0, this.#text.length]
    const tree = joinAll(parts, whole)
    if (tree === null) return this.#nothing(whole)
    return withoutMinusAlone(tree)
  }

  /** No part was left: a blank query is everything, words are words again, signs are looked for as they stand. */
  #nothing(span: Span): QueryNode {
    const { text: visible, places } = toVisible(this.#text)
    const text = visible.trim()
    if (text === '') return { kind: 'everything', span }
    const runs: QueryNode[] = []
    for (const match of visible.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const end = places[match.index + match[0].length - 1]! + 1
      runs.push({ kind: 'run', text: match[0], span: [places[match.index]!, end] })
    }
    const words = joinAll(runs, span)
    const message = words
      ? '没有读得懂的条件，已当作普通文字查找。'
      : '没有可以检索的字词，已按原样查找这些符号。'
    this.#problem(message, 0, this.#text.length)
    return words ?? { kind: 'phrase', text, span }
  }

  /** Parts side by side, up to a closing parenthesis or the end. */
  #sequence(): QueryNode | null {
    const parts: QueryNode[] = []
    const start = this.#tokens[this.#at]?.start ?? this.#text.length
    while (this.#at < this.#tokens.length && this.#tokens[this.#at]!.kind !== 'close') {
      const node = this.#alternatives()
      if (node) parts.push(node)
    }
    return joinAll(parts, [start, parts.at(-1)?.span[1] ?? start])
  }

  #alternatives(): QueryNode | null {
    return this.#operands('or', () => this.#operands('and', () => this.#unary()))
  }

  /** One or more operands with an operator between them; one that lacks an operand is named and left out. */
  #operands(operator: 'and' | 'or', operand: () => QueryNode | null): QueryNode | null {
    const parts: QueryNode[] = []
    while (this.#tokens[this.#at]?.kind === operator) {
      this.#ignore(this.#tokens[this.#at]!, '前面没有内容，已忽略。')
      this.#at++
    }
    const first = operand()
    if (first) parts.push(first)
    while (this.#tokens[this.#at]?.kind === operator) {
      const token = this.#tokens[this.#at++]!
      while (this.#tokens[this.#at]?.kind === operator) {
        this.#ignore(this.#tokens[this.#at]!, '重复了，已忽略。')
        this.#at++
      }
      const next = this.#tokens[this.#at]
      const node = next === undefined || next.kind === 'close' || next.kind === 'or' ? null : operand()
      if (node) parts.push(node)
      else this.#ignore(token, '后面没有内容，已忽略。')
    }
    if (parts.length < 2) return parts[0] ?? null
    const span: Span = [parts[0]!.span[0], parts.at(-1)!.span[1]]
    return operator === 'and' ? joinAll(parts, span) : joinAny(parts, span)
  }

  #unary(): QueryNode | null {
    const token = this.#tokens[this.#at]
    if (token === undefined || token.kind === 'close') return null
    this.#at++
    switch (token.kind) {
      case 'minus':
      case 'not':
        return this.#not(token)
      case 'open':
        return this.#group(token)
      case 'field':
        return this.#field(token)
      case 'quoted':
        return this.#quoted(token)
      case 'run':
        return this.#run(token)
      case 'value':
        return null
      case 'and':
      case 'or':
        this.#ignore(token, '前面没有内容，已忽略。')
        return null
    }
  }

  #not(token: Token): QueryNode | null {
    while (this.#tokens[this.#at]?.kind === 'minus' || this.#tokens[this.#at]?.kind === 'not') this.#at++
    const next = this.#tokens[this.#at]
    const dangling = next === undefined || next.kind === 'close' || next.kind === 'and' || next.kind === 'or'
    const child = dangling ? null : this.#unary()
    if (child?.kind === 'not') return { ...child.child, span: [token.start, child.span[1]] }
    if (child) return { kind: 'not', child, span: [token.start, child.span[1]] }
    this.#ignore(token, '后面没有要排除的内容，已忽略。')
    return null
  }

  #group(open: Token): QueryNode | null {
    if (this.#depth >= greatestDepth) {
      this.#ignore(open, `括号最多 ${greatestDepth} 层，已忽略这一层。`)
      return null
    }
    this.#depth++
    const inside = this.#sequence()
    this.#depth--
    const close = this.#tokens[this.#at]
    if (close?.kind === 'close') this.#at++
    else this.#ignore(open, inside ? '没有对应的右括号，已补在末尾。' : '后面没有内容，已忽略。')
    if (inside === null) {
      if (close) this.#problem('括号里没有内容，已忽略。', open.start, close.end)
      return null
    }
    return { ...inside, span: [open.start, close?.end ?? inside.span[1]] }
  }

  #quoted(token: Token & { kind: 'quoted' }): QueryNode | null {
    const span: Span = [token.start, token.end]
    const text = token.text.trim()
    if (text === '') {
      this.#problem('引号里没有内容，已忽略。', token.start, token.end)
      return null
    }
    if (token.distance === null) return { kind: 'phrase', text, span }
    const texts = text.split(/\s+/)
    if (texts.length > 1) return { kind: 'near', texts, distance: token.distance, span }
    this.#problem('只有一个词，没有相距可言，已忽略“~”。', token.start, token.end)
    return { kind: 'phrase', text, span }
  }

  #run(token: Token & { kind: 'run' }): QueryNode | null {
    const span: Span = [token.start, token.end]
    const parts = tidyWildcards(token.parts)
    if (parts.length === 0) return { kind: 'everything', span }
    const certain = parts.some((part) => 'literal' in part && part.literal.trim() !== '')
    if (!certain) {
      this.#ignore(token, '没有一个确定的字，已忽略。')
      return null
    }
    const [only] = parts
    if (parts.length === 1 && only && 'literal' in only) return { kind: 'run', text: only.literal, span }
    return { kind: 'wildcard', parts, span }
  }

  #field(token: Token & { kind: 'field' }): QueryNode | null {
    if (token.field === 'title' || token.field === 'author') {
      const next = this.#tokens[this.#at]
      const takes = next?.kind === 'run' || next?.kind === 'quoted' || next?.kind === 'open'
      const child = takes ? this.#unary() : null
      if (child) return { kind: 'field', field: token.field, child, span: [token.start, child.span[1]] }
      return this.#emptyField(token)
    }
    const value = this.#tokens[this.#at]
    if (value?.kind !== 'value') return this.#emptyField(token)
    this.#at++
    const span: Span = [token.start, value.end]
    if (token.field === 'date') return this.#dates(value, span)
    const choices = (value.quoted ? [value.text] : value.text.split(/[|｜、]/)).filter(
      (choice) => choice.trim() !== '',
    )
    const nodes: QueryNode[] = []
    for (const choice of choices) {
      const known = filterValue(token.field, choice.trim())
      if (known === null) {
        const wanted =
          token.field === 'page' ? '版次应是数字，如 版:3' : `类型有：${Object.values(typeLabels).join('、')}`
        this.#problem(`不认识“${choice}”，${wanted}；已忽略。`, value.start, value.end)
      } else nodes.push({ kind: 'filter', field: token.field, value: known, span })
    }
    if (choices.length === 0) return this.#emptyField(token)
    return joinAny(nodes, span)
  }

  #dates(value: Token & { kind: 'value' }, span: Span): QueryNode | null {
    const range = parseDates(value.text, this.#today)
    if ('problem' in range) {
      this.#problem(range.problem, value.start, value.end)
      return null
    }
    if (range.note !== undefined) this.#problem(range.note, value.start, value.end)
    return { kind: 'dates', from: range.from, to: range.to, text: value.text, span }
  }

  #emptyField(token: Token): null {
    this.#ignore(token, '后面没有内容，已忽略。')
    return null
  }

  #ignore(token: Token, what: string): void {
    this.#problem(`“${this.#text.slice(token.start, token.end)}”${what}`, token.start, token.end)
  }

  #problem(message: string, start: number, end: number): void {
    this.#problems.push({ message, start, end })
  }
}

/** A type by its Chinese or English name, a page by its number; other values as typed. */
function filterValue(field: 'page' | 'type' | 'paper' | 'section' | 'tag', typed: string): string | null {
  if (field === 'type') return typeOfName(typed) ?? null
  if (field !== 'page') return typed
  const match = /^第?\s*([0-9]{1,4}|[〇零一二两三四五六七八九十百]+)\s*版?$/.exec(typed.normalize('NFKC'))
  const page = match ? (valueOfNumeral(match[1]!) ?? null) : null
  return page === null || page === 0 ? null : String(page)
}

/** Any number of characters at either end says nothing; several such signs in a row are one. */
function tidyWildcards(parts: readonly RunPart[]): WildcardPart[] {
  const tidy: WildcardPart[] = []
  for (const part of parts) {
    const last = tidy.at(-1)
    if ('wild' in part && part.wild === '*' && (last === undefined || ('wild' in last && last.wild === '*')))
      continue
    tidy.push(part)
  }
  const last = tidy.at(-1)
  if (last && 'wild' in last && last.wild === '*') tidy.pop()
  return tidy
}

function joinAll(parts: QueryNode[], span: Span): QueryNode | null {
  const flat = parts.flatMap((part) => (part.kind === 'all' ? part.children : [part]))
  return flat.length < 2 ? (flat[0] ?? null) : { kind: 'all', children: flat, span }
}

function joinAny(parts: QueryNode[], span: Span): QueryNode | null {
  const flat = parts.flatMap((part) => (part.kind === 'any' ? part.children : [part]))
  return flat.length < 2 ? (flat[0] ?? null) : { kind: 'any', children: flat, span }
}

/** What is only excluded is excluded from everything. */
function withoutMinusAlone(tree: QueryNode): QueryNode {
  const children = tree.kind === 'all' ? tree.children : [tree]
  if (!children.every((child) => child.kind === 'not')) return tree
  const everything: QueryNode = { kind: 'everything', span: [tree.span[0], tree.span[0]] }
  return { kind: 'all', children: [everything, ...children], span: tree.span }
}
