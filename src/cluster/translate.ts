// Turns plans into queries of the cluster: which articles, and what each string counts.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { noValue } from '../model/hit.ts'
import { isLatinUnit } from '../normalize/normalize.ts'
import { canBeParted } from '../query/across-marks.ts'
import type { Plan, Scope, StringPlan } from '../query/plan.ts'
import type { FilterColumn } from '../schema/columns.ts'
import { rankingParameters } from '../schema/ranking-parameters.ts'
import type { ClusterImpacts } from './document.ts'
import { distanceFilter } from './intervals.ts'
import { wordBoost } from './mapping.ts'
import { holdsMark, pairsWithin, toCharacters } from './tokens.ts'

/** A query in the cluster's own language. */
export type Query = Record<string, unknown>

/** How many articles there are, and how many hold a string; by `keyOfString`. */
export interface Frequencies {
  articles: number
  of(key: string): number
}

const nothing: Query = { match_none: {} }
const everything: Query = { match_all: {} }

/** Columns by the names of the mapping: the pairs of authors have the name of that column. */
export const columnNames: Record<FilterColumn, string> = {
  type: 'type',
  paper: 'paper',
  section: 'section',
  author: 'writer',
  tag: 'tag',
}

/** Names a string among all: equal ones find the same articles. */
export function keyOfString({ forms, scope, acrossMarks }: StringPlan): string {
  return `${scope ?? ''}${acrossMarks ? '"' : ''}\n${forms.join('\n')}`
}

/** The strings of a plan that count for its score. */
export function stringsOf(plan: Plan): StringPlan[] {
  switch (plan.kind) {
    case 'string':
      return [plan]
    case 'all':
    case 'any':
      return plan.children.flatMap(stringsOf)
    case 'most':
      return [...plan.words, ...plan.bridges]
    case 'near':
    case 'wildcard':
      return plan.strings
    default:
      return []
  }
}

/** ln(1 + (N - n + 0.5) / (n + 0.5)), as the cluster reckons it for words (Robertson and Spärck Jones, never negative). */
export function weightOf(string: StringPlan, { articles, of }: Frequencies): number {
  const frequency = Math.min(articles, of(keyOfString(string)))
  return Math.log(1 + (articles - frequency + 0.5) / (frequency + 0.5))
}

/** Articles that contain a string in one of its forms; counts nothing. */
export function stringFilter({ forms, scope, acrossMarks }: StringPlan, analyzer: Analyzer): Query {
  return anyOf(forms.map((form) => formFilter(form, scope, acrossMarks === true, analyzer)))
}

function formFilter(form: string, scope: Scope | undefined, acrossMarks: boolean, analyzer: Analyzer): Query {
  if (form === '') return nothing
  const isParted = acrossMarks && canBeParted(form) && !holdsMark(form)
  const pairs = pairsWithin(form)
  if (pairs.length === 0) {
    const character = toCharacters(form)
    // Every text ends with a sign of its own, so that each of its characters begins a pair.
    return scope ? { prefix: { [scope]: { value: character } } } : { term: { characters: character } }
  }
  if (scope) return phrase(isParted ? (scope === 'title' ? 'plainTitle' : 'plainAuthor') : scope, pairs)
  if (isParted) return phrase('plain', pairs)
  return analyzer.isComplete(form) ? { term: { words: form } } : phrase('pairs', pairs)
}

function phrase(field: string, pairs: readonly string[]): Query {
  return pairs.length === 1 ? { term: { [field]: pairs[0] } } : { match_phrase: { [field]: pairs.join(' ') } }
}

/** Articles that a plan finds; counts nothing. */
export function planFilter(plan: Plan, analyzer: Analyzer, frequencies: Frequencies): Query {
  const filter = (part: Plan): Query => planFilter(part, analyzer, frequencies)
  switch (plan.kind) {
    case 'string':
      return stringFilter(plan, analyzer)
    case 'all':
      return { bool: { filter: plan.children.map(filter) } }
    case 'any':
      return anyOf(plan.children.map(filter))
    case 'not':
      return { bool: { must_not: [filter(plan.child)] } }
    case 'most':
      return mostFilter(plan, analyzer, frequencies)
    case 'near':
    case 'wildcard':
      if (plan.strings.length === 0) return nothing
      return {
        bool: {
          // The strings are found fast; places are held against each other only where all of them are.
          filter: [...plan.strings.map((string) => stringFilter(string, analyzer)), distanceFilter(plan)],
        },
      }
    case 'filter':
      if (plan.field === 'page') return { term: { pageNo: Number(plan.value) } }
      return valueFilter(plan.field, [plan.value])
    case 'dates':
      return dateFilter(plan.from, plan.to)
    case 'everything':
      return everything
    case 'nothing':
      return nothing
  }
}

function anyOf(queries: readonly Query[]): Query {
  if (queries.length <= 1) return queries[0] ?? nothing
  return { bool: { should: queries, minimum_should_match: 1 } }
}

/** Articles in which the words found weigh a share of all. */
function mostFilter(
  { words, share }: Plan & { kind: 'most' },
  analyzer: Analyzer,
  frequencies: Frequencies,
): Query {
  // Integers, so that sums are exact in the cluster's 32 bits.
  const masses = words.map((word) => Math.max(1, Math.round(32 * weightOf(word, frequencies))))
  const threshold = Math.max(1, Math.ceil(masses.reduce((sum, mass) => sum + mass, 0) * share))
  const should = words.map((word, at) => ({
    constant_score: { filter: stringFilter(word, analyzer), boost: masses[at]! },
  }))
  if (should.length === 0) return nothing
  return {
    function_score: {
      query: { bool: { should, minimum_should_match: 1 } },
      functions: [],
      min_score: threshold,
    },
  }
}

export function dateFilter(from: string | null, to: string | null): Query {
  if (from === null && to === null) return { exists: { field: 'date' } }
  return { range: { date: { ...(from !== null && { gte: from }), ...(to !== null && { lte: to }) } } }
}

/** Articles with one of some values in a column; `-` is given for having none. */
export function valueFilter(column: FilterColumn, values: readonly string[]): Query {
  const field = columnNames[column]
  const named: Query = { terms: { [field]: values } }
  if (!values.includes(noValue)) return named
  return anyOf([named, { bool: { must_not: [{ exists: { field } }] } }])
}

/** Articles that a plan finds, with their scores. `name` names what counts, for an explanation. */
export function planQueryOf(
  plan: Plan,
  analyzer: Analyzer,
  frequencies: Frequencies,
  name: (string: StringPlan, isBridge: boolean) => string | undefined = () => undefined,
): Query {
  const scored = (string: StringPlan, factor = 1) =>
    scoredString(string, analyzer, weightOf(string, frequencies) * factor, factor, name(string, factor < 1))
  const query = (part: Plan): Query => {
    switch (part.kind) {
      case 'string':
        return scored(part)
      case 'all': {
        const isScored = (child: Plan) => stringsOf(child).length > 0 && child.kind !== 'not'
        return {
          bool: {
            must: part.children.filter(isScored).map(query),
            filter: part.children.filter((child) => !isScored(child)).map(filter),
          },
        }
      }
      case 'any':
        return anyOf(part.children.map(query))
      case 'most':
        return {
          bool: {
            filter: [filter(part)],
            should: [
              ...part.words.map((word) => scored(word)),
              ...part.bridges.map((bridge) => scored(bridge, rankingParameters.bridgeGram)),
            ],
          },
        }
      case 'near':
      case 'wildcard':
        return { bool: { filter: [filter(part)], must: part.strings.map((string) => scored(string)) } }
      default:
        return { bool: { filter: [filter(part)] } }
    }
  }
  const filter = (part: Plan) => planFilter(part, analyzer, frequencies)
  return query(plan)
}

/** What a string counts: words by the weights in the index, other strings by how rare they are and what one occurrence counts in the article. */
function scoredString(
  string: StringPlan,
  analyzer: Analyzer,
  weight: number,
  factor: number,
  _name: string | undefined,
): Query {
  const queries: Query[] = []
  for (const form of string.forms) {
    const isKey = !string.scope && analyzer.isComplete(form)
    // Whole Latin words are keys, too, but others hold their letters: those count little (IT, BITS).
    const isLatin = [...form].every((unit) => isLatinUnit(unit.charCodeAt(0)))
    if (isKey || (isLatin && !string.scope))
      queries.push({ term: { words: { value: form, boost: wordBoost * factor } } })
    if (isKey && !(string.acrossMarks && canBeParted(form))) continue
    const one: StringPlan = { ...string, forms: [form] }
    const most = weight * (isLatin ? rankingParameters.insideLatinWord : 1)
    const counts = (scope: Scope | undefined, impact: keyof ClusterImpacts): Query => ({
      function_score: {
        query: { bool: { filter: [stringFilter({ ...one, ...(scope && { scope }) }, analyzer)] } },
        field_value_factor: { field: impact, factor: most },
        boost_mode: 'replace',
      },
    })
    queries.push(counts(string.scope, string.scope === 'title' ? 'titleImpact' : 'textImpact'))
    if (!string.scope) queries.push(counts('title', 'titleImpact'))
  }
  if (queries.length === 0) return nothing
  return { dis_max: { queries, ...(_name && { _name }) } }
}

/** No score of a plan is above it. */
export function scoreBound(plan: Plan, frequencies: Frequencies): number {
  return Math.max(
    1,
    Math.ceil(stringsOf(plan).reduce((sum, string) => sum + weightOf(string, frequencies), 0)),
  )
}
