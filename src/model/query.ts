// What the reader asked: the syntax tree of the query language, and the filters beside it.
import type { Span } from './span.ts'

/**
 * The syntax tree. Every node knows its span in the query as typed.
 * `run`: unquoted text, one run between spaces; may widen to its words.
 * `phrase`: quoted text, exactly these characters.
 * `near`: quoted runs within `distance` characters of each other, in any order.
 * `wildcard`: `?` is one character and `*` any number, inside one run; stands alternating with literal parts.
 * `field`: a condition on a column or on the headline or author text.
 */
export type QueryNode =
  | { kind: 'all'; children: QueryNode[]; span: Span }
  | { kind: 'any'; children: QueryNode[]; span: Span }
  | { kind: 'not'; child: QueryNode; span: Span }
  | { kind: 'run'; text: string; span: Span }
  | { kind: 'phrase'; text: string; span: Span }
  | { kind: 'near'; texts: string[]; distance: number; span: Span }
  | { kind: 'wildcard'; parts: WildcardPart[]; span: Span }
  | { kind: 'field'; field: 'title' | 'author'; child: QueryNode; span: Span }
  | { kind: 'filter'; field: 'page' | 'type' | 'paper' | 'section' | 'tag'; value: string; span: Span }
  | { kind: 'dates'; from: string | null; to: string | null; text: string; span: Span }
  | { kind: 'everything'; span: Span }

export type WildcardPart = { literal: string } | { wild: '?' | '*' }

/** What the parser ignored or repaired, in plain words, with its place in the query as typed. */
export interface QueryProblem {
  message: string
  start: number
  end: number
}

export interface ParsedQuery {
  text: string
  tree: QueryNode
  problems: QueryProblem[]
  /** The same with every ? and * read as a printed sign, and what to say when it answers; only where there are any. */
  asText?: { tree: QueryNode; problem: QueryProblem }
}
