// Turns an analysed query into what has to be matched, for each of the three readings of unquoted text.
import type { Interpretation } from '../model/hit.ts'
import { type AnalyzedNode, type AnalyzedQuery, type Forms, type Gap, partsOf } from './analyze-query.ts'

/** Where a string must stand; absent: anywhere in the article. */
export type Scope = 'title' | 'author'

/** A string to be contained, in any of its equal forms (2019 and 二〇一九). */
export interface StringPlan {
  kind: 'string'
  /** Normalised, the form as typed first. */
  forms: Forms
  scope?: Scope
  /** Quotation marks, title marks and brackets that are printed inside do not part it (“三农”问题). */
  acrossMarks?: true
}

export type Plan =
  | StringPlan
  | { kind: 'all'; children: Plan[] }
  | { kind: 'any'; children: Plan[] }
  | { kind: 'not'; child: Plan }
  /** Words of whose weight a share must be contained; grams that bridge two words only add to the score. */
  | { kind: 'most'; words: StringPlan[]; bridges: StringPlan[]; share: number }
  | { kind: 'near'; strings: StringPlan[]; distance: number }
  | { kind: 'wildcard'; strings: StringPlan[]; gaps: Gap[] }
  | { kind: 'filter'; field: 'page' | 'type' | 'paper' | 'section' | 'tag'; value: string }
  | { kind: 'dates'; from: string | null; to: string | null }
  | { kind: 'everything' }
  | { kind: 'nothing' }

/**
 * Makes the plan of an analysed query for one reading of its unquoted runs.
 * @param share of the words' weight that the widest reading asks for
 */
export function planQuery({ root }: AnalyzedQuery, reading: Interpretation, share: number): Plan {
  return reading === 'anyWords' ? planMost(root, share) : plan(root, reading)
}

function plan(node: AnalyzedNode, reading: Interpretation, scope?: Scope): Plan {
  switch (node.kind) {
    case 'all':
    case 'any':
      return { kind: node.kind, children: node.children.map((child) => plan(child, reading, scope)) }
    case 'not':
      return { kind: 'not', child: plan(node.child, reading, scope) }
    case 'field':
      return plan(node.child, reading, node.field)
    case 'run':
      if (reading === 'exact') return acrossMarks(planString(node.forms, scope))
      return { kind: 'all', children: node.words.map((word) => planString(word, scope)) }
    case 'phrase':
      return planString(node.forms, scope)
    case 'near':
      return {
        kind: 'near',
        strings: node.texts
          .map((forms) => planString(forms, scope))
          .filter((string) => string.kind === 'string'),
        distance: node.distance,
      }
    case 'wildcard':
      return {
        kind: 'wildcard',
        strings: node.texts.map((forms): StringPlan => ({ kind: 'string', forms, ...(scope && { scope }) })),
        gaps: node.gaps,
      }
    case 'filter':
      return { kind: 'filter', field: node.field, value: node.value }
    case 'dates':
      return { kind: 'dates', from: node.from, to: node.to }
    case 'everything':
      return { kind: 'everything' }
  }
}

/** All runs of the root melt into one bag of words; phrases and filters beside them still have to hold. */
function planMost(root: AnalyzedNode, share: number): Plan {
  const words = new Map<string, StringPlan>()
  const bridges = new Map<string, StringPlan>()
  const others: Plan[] = []
  for (const part of partsOf(root)) {
    if (part.kind !== 'run') {
      others.push(plan(part, 'exact'))
      continue
    }
    for (const forms of part.words) words.set(forms[0]!, { kind: 'string', forms })
    for (let i = 1; i < part.words.length; i++) {
      const gram = part.words[i - 1]![0]!.slice(-1) + part.words[i]![0]!.slice(0, 1)
      bridges.set(gram, { kind: 'string', forms: [gram] })
    }
  }
  for (const word of words.keys()) bridges.delete(word)
  const most: Plan = { kind: 'most', words: [...words.values()], bridges: [...bridges.values()], share }
  return others.length === 0 ? most : { kind: 'all', children: [most, ...others] }
}

function acrossMarks(plan: Plan): Plan {
  return plan.kind === 'string' ? { ...plan, acrossMarks: true } : plan
}

function planString(forms: Forms, scope: Scope | undefined): StringPlan | { kind: 'nothing' } {
  return forms.length === 0 ? { kind: 'nothing' } : { kind: 'string', forms, ...(scope && { scope }) }
}
