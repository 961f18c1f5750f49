// Analyses a query once: its runs, their words and the equal forms of each, from which every reading is planned.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { QueryNode, WildcardPart } from '../model/query.ts'
import { isLatinUnit, normalize } from '../normalize/normalize.ts'
import { foldedCodeConnector, foldedCodeEnding } from './signs.ts'

/** What the analysis needs to know about words and equal forms. */
export interface QueryContext {
  analyzer: Analyzer
  /** Normalised forms equal to a normalised text, itself first; `exactly` for quoted text. */
  formsOf(text: string, exactly?: boolean): string[]
}

/** Equal forms of one text, normalised, as typed first (2019 and 二〇一九); none when nothing of it can be searched. */
export type Forms = readonly string[]

type Kept = Exclude<
  QueryNode['kind'],
  'all' | 'any' | 'not' | 'field' | 'run' | 'phrase' | 'near' | 'wildcard'
>

/** Characters left open in a pattern: `atLeast` so many, more only where it `isOpen`. */
export interface Gap {
  atLeast: number
  isOpen: boolean
}

/** The syntax tree with every text analysed; nodes without text stay as they are. */
export type AnalyzedNode =
  | { kind: 'all' | 'any'; children: AnalyzedNode[] }
  | { kind: 'not'; child: AnalyzedNode }
  | { kind: 'field'; field: 'title' | 'author'; child: AnalyzedNode }
  /** Unquoted text: whole, and its words, each once. */
  | { kind: 'run'; forms: Forms; words: Forms[] }
  | { kind: 'phrase'; forms: Forms }
  | { kind: 'near'; texts: Forms[]; distance: number }
  /** Literal parts, with one gap more: before, between and behind them. */
  | { kind: 'wildcard'; texts: Forms[]; gaps: Gap[] }
  | Extract<QueryNode, { kind: Kept }>

export interface AnalyzedQuery {
  root: AnalyzedNode
  /**
   * Whether a wider reading could find more: only unquoted runs directly under the root widen, beside phrases and
   * filters; any other operator means that the reader was explicit.
   */
  canWiden: boolean
  /** Whether every run is one word as it stands, so that its words ask for nothing else. */
  isOneWordEach: boolean
}

const widenable = new Set<AnalyzedNode['kind']>(['run', 'phrase', 'filter', 'dates', 'everything'])

export function analyzeQuery(tree: QueryNode, context: QueryContext): AnalyzedQuery {
  const root = analyzeNode(tree, context)
  const parts = partsOf(root)
  const runs = parts.filter((part) => part.kind === 'run')
  const words = runs.flatMap((run) => run.words)
  return {
    root,
    canWiden:
      parts.every((part) => widenable.has(part.kind)) &&
      (words.length > 1 || runs.some((run) => run.forms[0] !== run.words[0]?.[0])) &&
      // Scraps of Latin letters are no answer: pinyin with blanks is better corrected.
      words.some(([word]) => !isLatinUnit(word!.charCodeAt(0))),
    isOneWordEach: runs.every((run) => run.words.length === 1 && run.words[0]?.[0] === run.forms[0]),
  }
}

/** What stands directly under the root of a query. */
export function partsOf(root: AnalyzedNode): AnalyzedNode[] {
  return root.kind === 'all' ? root.children : [root]
}

/** Whether anything asks how close strings stand. */
export function hasDistance(node: AnalyzedNode): boolean {
  if (node.kind === 'near') return true
  if (node.kind === 'all' || node.kind === 'any') return node.children.some(hasDistance)
  return (node.kind === 'not' || node.kind === 'field') && hasDistance(node.child)
}

/** The same, with strings that should stand close together only asked to be there. */
export function withoutDistance(node: AnalyzedNode): AnalyzedNode {
  switch (node.kind) {
    case 'near':
      return { kind: 'all', children: node.texts.map((forms) => ({ kind: 'phrase', forms })) }
    case 'all':
    case 'any':
      return { ...node, children: node.children.map(withoutDistance) }
    case 'not':
    case 'field':
      return { ...node, child: withoutDistance(node.child) }
    default:
      return node
  }
}

function analyzeNode(node: QueryNode, context: QueryContext): AnalyzedNode {
  switch (node.kind) {
    case 'all':
    case 'any':
      return { kind: node.kind, children: node.children.map((child) => analyzeNode(child, context)) }
    case 'not':
      return { kind: 'not', child: analyzeNode(node.child, context) }
    case 'field':
      return { kind: 'field', field: node.field, child: analyzeNode(node.child, context) }
    case 'run':
      return { kind: 'run', ...analyzeRun(node.text, context) }
    case 'phrase':
      return { kind: 'phrase', forms: formsOf(normalize(node.text).text, context, true) }
    case 'near':
      return {
        kind: 'near',
        texts: node.texts.map((text) => formsOf(normalize(text).text, context)),
        distance: node.distance,
      }
    case 'wildcard':
      return { kind: 'wildcard', ...analyzeWildcard(node.parts, context) }
    default:
      return node
  }
}

function analyzeWildcard(parts: readonly WildcardPart[], context: QueryContext) {
  const texts: Forms[] = []
  const gaps: Gap[] = [{ atLeast: 0, isOpen: false }]
  for (const part of parts) {
    const gap = gaps.at(-1)!
    if ('wild' in part) {
      if (part.wild === '?') gap.atLeast++
      else gap.isOpen = true
      continue
    }
    const { text } = normalize(part.literal)
    if (text === '') continue
    texts.push(context.formsOf(text))
    gaps.push({ atLeast: 0, isOpen: false })
  }
  return { texts, gaps }
}

/** The words of a run, punctuation left out; a run without words is one itself. */
function analyzeRun(printed: string, context: QueryContext): { forms: Forms; words: Forms[] } {
  const { text } = normalize(printed)
  const cut = wordsOf(text, context.analyzer)
  const words = cut.length === 1 && cut[0] === text ? partsOfWord(text, context.analyzer) : cut
  return {
    forms: formsOf(text, context),
    words: [...new Set(words)].map((word) => context.formsOf(word)),
  }
}

/** Letters and digits with the signs that tie them (COVID-19, 5·12, PM2.5, AT&T, C++, 25%) are one word. */
function wordsOf(text: string, analyzer: Analyzer): string[] {
  const words: string[] = []
  let codeEnd = 0
  for (const { text: word, start, end } of analyzer.cut(text)) {
    if (start < codeEnd || !/[\p{L}\p{N}]/u.test(word)) continue
    if (isLatinUnit(word.charCodeAt(0))) {
      codeEnd = start
      while (codeEnd < text.length && isCodeUnit(text, codeEnd, start)) codeEnd++
      words.push(text.slice(start, codeEnd))
    } else {
      codeEnd = end
      words.push(word)
    }
  }
  return words.length === 0 && text.length > 0 ? [text] : words
}

/** Whether a unit goes on a code that began at `start`: a letter or digit, a sign before one, or a sign that ends it (C#, 25%). */
function isCodeUnit(text: string, at: number, start: number): boolean {
  if (isLatinUnit(text.charCodeAt(at))) return true
  if (at > start && foldedCodeEnding.test(text[at]!)) return true
  let next = at
  while (next < text.length && foldedCodeConnector.test(text[next]!)) next++
  return next > at && next < text.length && isLatinUnit(text.charCodeAt(next))
}

/**
 * What a run that is one word widens to: the longer words inside it (三农问题: 三农 and 问题) where they cover it, else
 * its pairs of characters. A word of one or two characters, or of Latin letters, is the least that can be meant.
 */
function partsOfWord(text: string, analyzer: Analyzer): string[] {
  if (text.length < 3 || isLatinUnit(text.charCodeAt(0))) return [text]
  const parts: string[] = []
  const subwords = analyzer.cut(text)[0]!.subwords
  for (let at = 0; at < text.length; ) {
    const longest = subwords.filter(({ start }) => start === at).at(-1)
    if (longest === undefined) return Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2))
    parts.push(longest.text)
    at = longest.end
  }
  return parts
}

function formsOf(text: string, context: QueryContext, exactly = false): Forms {
  return text.length === 0 ? [] : context.formsOf(text, exactly)
}
