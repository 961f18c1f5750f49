// Analyses a query once: its runs, their words and the equal forms of each, from which every reading is planned.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { QueryNode } from '../model/query.ts'
import { normalize } from '../normalize/normalize.ts'

/** What the analysis needs to know about words and equal forms. */
export interface QueryContext {
  analyzer: Analyzer
  /** Normalised forms equal to a normalised text, itself first; `exactly` for quoted text. */
  formsOf(text: string, exactly?: boolean): string[]
}

/** Equal forms of one text, normalised, as typed first (2019 and 二〇一九); none when nothing of it can be searched. */
export type Forms = readonly string[]

type Kept = Exclude<QueryNode['kind'], 'all' | 'any' | 'not' | 'field' | 'run' | 'phrase' | 'near'>

/** The syntax tree with every text analysed; nodes without text stay as they are. */
export type AnalyzedNode =
  | { kind: 'all' | 'any'; children: AnalyzedNode[] }
  | { kind: 'not'; child: AnalyzedNode }
  | { kind: 'field'; field: 'title' | 'author'; child: AnalyzedNode }
  /** Unquoted text: whole, and its words, each once. */
  | { kind: 'run'; forms: Forms; words: Forms[] }
  | { kind: 'phrase'; forms: Forms }
  | { kind: 'near'; texts: Forms[]; distance: number }
  | Extract<QueryNode, { kind: Kept }>

export interface AnalyzedQuery {
  root: AnalyzedNode
  /**
   * Whether a wider reading could find more: only unquoted runs directly under the root widen, beside phrases and
   * filters; any other operator means that the reader was explicit.
   */
  canWiden: boolean
}

const widenable = new Set<AnalyzedNode['kind']>(['run', 'phrase', 'filter', 'dates', 'everything'])

export function analyzeQuery(tree: QueryNode, context: QueryContext): AnalyzedQuery {
  const root = analyzeNode(tree, context)
  const parts = partsOf(root)
  const runs = parts.filter((part) => part.kind === 'run')
  return {
    root,
    canWiden:
      parts.every((part) => widenable.has(part.kind)) &&
      (runs.length > 1 || runs.some(({ words }) => words.length > 1)),
  }
}

/** What stands directly under the root of a query. */
export function partsOf(root: AnalyzedNode): AnalyzedNode[] {
  return root.kind === 'all' ? root.children : [root]
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
    default:
      return node
  }
}

/** The words of a run, punctuation left out; a run without words is one itself. */
function analyzeRun(printed: string, context: QueryContext): { forms: Forms; words: Forms[] } {
  const { text } = normalize(printed)
  const words = new Map<string, Forms>()
  for (const cut of context.analyzer.cut(text)) {
    const word = cut.text.trim()
    if (/[\p{L}\p{N}]/u.test(word)) words.set(word, context.formsOf(word))
  }
  if (words.size === 0 && text.length > 0) words.set(text, [text])
  return { forms: formsOf(text, context), words: [...words.values()] }
}

function formsOf(text: string, context: QueryContext, exactly = false): Forms {
  return text.length === 0 ? [] : context.formsOf(text, exactly)
}
