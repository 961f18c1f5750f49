// Turns the reader's syntax tree into what has to be matched, for each of the three readings of unquoted text.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Interpretation } from '../model/hit.ts'
import type { QueryNode, WildcardPart } from '../model/query.ts'
import { normalize } from '../normalize/normalize.ts'
import { rankingParameters } from '../schema/ranking-parameters.ts'

/** Where a string must stand; absent: anywhere in the article. */
export type Scope = 'title' | 'author'

/** A string to be contained, in any of its equal forms (2019 and 二〇一九). */
export interface StringPlan {
  kind: 'string'
  /** Normalised, the form as typed first. */
  forms: string[]
  scope?: Scope
}

export type Plan =
  | StringPlan
  | { kind: 'all'; children: Plan[] }
  | { kind: 'any'; children: Plan[] }
  | { kind: 'not'; child: Plan }
  /** Words of whose weight a share must be contained; grams that bridge two words only add to the score. */
  | { kind: 'most'; words: StringPlan[]; bridges: StringPlan[]; share: number }
  | { kind: 'near'; strings: StringPlan[]; distance: number }
  | { kind: 'wildcard'; parts: WildcardPart[]; scope?: Scope }
  | { kind: 'filter'; field: 'page' | 'type' | 'paper' | 'section' | 'tag'; value: string }
  | { kind: 'dates'; from: string | null; to: string | null }
  | { kind: 'everything' }
  | { kind: 'nothing' }

/** What planning needs to know about words and equal forms. */
export interface PlanContext {
  analyzer: Analyzer
  /** Normalised forms equal to a normalised text, itself first; `exactly` for quoted text. */
  formsOf(text: string, exactly?: boolean): string[]
}

/**
 * Makes the plan of a tree for one reading of its unquoted runs.
 * @param share of the words' weight that the widest reading asks for
 */
export function planQuery(
  tree: QueryNode,
  reading: Interpretation,
  context: PlanContext,
  share: number = rankingParameters.mostWordsShare,
): Plan {
  if (reading === 'anyWords') return planMost(tree, context, share)
  return plan(tree, reading, context)
}

/**
 * Whether a wider reading could find more: only unquoted runs directly under the query's root widen,
 * beside phrases and filters; any other operator means that the reader was explicit.
 */
export function canWiden(tree: QueryNode, context: PlanContext): boolean {
  const parts = tree.kind === 'all' ? tree.children : [tree]
  if (!parts.every((part) => widenable.has(part.kind))) return false
  const runs = parts.filter((part) => part.kind === 'run')
  if (runs.length === 0) return false
  return runs.length > 1 || runs.some((run) => wordsOf(run.text, context).length > 1)
}

const widenable = new Set<QueryNode['kind']>(['run', 'phrase', 'filter', 'dates', 'everything'])

function plan(node: QueryNode, reading: Interpretation, context: PlanContext, scope?: Scope): Plan {
  switch (node.kind) {
    case 'all':
      return { kind: 'all', children: node.children.map((child) => plan(child, reading, context, scope)) }
    case 'any':
      return { kind: 'any', children: node.children.map((child) => plan(child, reading, context, scope)) }
    case 'not':
      return { kind: 'not', child: plan(node.child, reading, context, scope) }
    case 'run':
      if (reading === 'exact') return planString(node.text, context, scope)
      return { kind: 'all', children: wordsOf(node.text, context).map((word) => scoped(word, scope)) }
    case 'phrase':
      return planString(node.text, context, scope, true)
    case 'near':
      return {
        kind: 'near',
        strings: node.texts
          .map((text) => planString(text, context, scope))
          .filter((string) => string.kind === 'string'),
        distance: node.distance,
      }
    case 'wildcard':
      return { kind: 'wildcard', parts: node.parts, ...(scope && { scope }) }
    case 'field':
      return plan(node.child, reading, context, node.field)
    case 'filter':
      return { kind: 'filter', field: node.field, value: node.value }
    case 'dates':
      return { kind: 'dates', from: node.from, to: node.to }
    case 'everything':
      return { kind: 'everything' }
  }
}

/** All runs of the root melt into one bag of words; phrases and filters beside them still have to hold. */
function planMost(tree: QueryNode, context: PlanContext, share: number): Plan {
  const parts = tree.kind === 'all' ? tree.children : [tree]
  const words = new Map<string, StringPlan>()
  const bridges = new Map<string, StringPlan>()
  for (const part of parts) {
    if (part.kind !== 'run') continue
    const cut = wordsOf(part.text, context)
    for (const word of cut) words.set(word.forms[0]!, word)
    for (let i = 1; i < cut.length; i++) {
      const gram = cut[i - 1]!.forms[0]!.slice(-1) + cut[i]!.forms[0]!.slice(0, 1)
      bridges.set(gram, { kind: 'string', forms: [gram] })
    }
  }
  for (const word of words.keys()) bridges.delete(word)
  const others = parts.filter((part) => part.kind !== 'run').map((part) => plan(part, 'exact', context))
  const most: Plan = {
    kind: 'most',
    words: [...words.values()],
    bridges: [...bridges.values()],
    share,
  }
  return others.length === 0 ? most : { kind: 'all', children: [most, ...others] }
}

function planString(printed: string, context: PlanContext, scope?: Scope, exactly = false): Plan {
  const { text } = normalize(printed)
  if (text.length === 0) return { kind: 'nothing' }
  return scoped({ kind: 'string', forms: context.formsOf(text, exactly) }, scope)
}

function scoped(string: StringPlan, scope: Scope | undefined): StringPlan {
  return scope ? { ...string, scope } : string
}

/** The words of a run, each once, punctuation left out. */
function wordsOf(printed: string, context: PlanContext): StringPlan[] {
  const normalized = normalize(printed)
  const words = new Map<string, StringPlan>()
  for (const { text } of context.analyzer.cut(normalized.text)) {
    const word = text.trim()
    if (word.length > 0 && /[\p{L}\p{N}]/u.test(word))
      words.set(word, { kind: 'string', forms: context.formsOf(word) })
  }
  if (words.size === 0 && normalized.text.length > 0)
    words.set(normalized.text, { kind: 'string', forms: [normalized.text] })
  return [...words.values()]
}
