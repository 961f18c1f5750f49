// Distances and patterns as intervals of the cluster, by the places of single characters and of their kinds.
import type { Plan, Scope } from '../query/plan.ts'
import { kindOf, toCharacters } from './tokens.ts'

type Interval = Record<string, unknown>

const side = { ordered: true, max_gaps: 0 } as const

function literal(forms: readonly string[]): Interval {
  const intervals = forms.map((form): Interval => ({ match: { query: toCharacters(form), ...side } }))
  return intervals.length === 1 ? intervals[0]! : { any_of: { intervals } }
}

function ofKind(kind: string): Interval {
  return { match: { query: kind, use_field: 'kinds', ...side } }
}

/** Where a distance or a pattern holds, by the positions of single characters. */
export function distanceFilter(plan: Plan & { kind: 'near' | 'wildcard' }): Record<string, unknown> {
  const scope = plan.strings[0]?.scope
  const rule =
    plan.kind === 'near'
      ? {
          intervals: plan.strings.map(({ forms }) => literal(forms)),
          ordered: false,
          max_gaps: plan.distance,
          ...inScope(scope),
        }
      : patternRule(plan, scope)
  return { intervals: { characters: { all_of: rule } } }
}

/** Literals in their order; open characters are Han characters, so that no sign stands between. */
function patternRule({ strings, gaps }: Plan & { kind: 'wildcard' }, scope: Scope | undefined): Interval {
  const open = (count: number) => Array.from({ length: count }, () => ofKind(kindOf.han))
  /** What stands side by side, and how many open characters at least there are before it. */
  const parts: { atLeast: number; intervals: Interval[] }[] = [{ atLeast: 0, intervals: [] }]
  for (const [at, { atLeast, isOpen }] of gaps.entries()) {
    // Before and behind all literals any number is as good as none.
    if (isOpen && at > 0 && at < strings.length) parts.push({ atLeast, intervals: [] })
    else parts.at(-1)!.intervals.push(...open(atLeast))
    const string = strings[at]
    if (string) parts.at(-1)!.intervals.push(literal(string.forms))
  }
  const [first, ...others] = parts.map(({ atLeast, intervals }) => ({
    atLeast,
    interval: { all_of: { intervals, ...side } } as Interval,
  }))
  if (others.length === 0) return { intervals: [first!.interval], ...inScope(scope) }
  if (strings.every(({ forms }) => forms.every((form) => /^\p{Script=Han}+$/u.test(form)))) {
    // Of all ways in which they follow one another the closest are looked at: one of them has no sign inside if any has.
    const intervals = [first!.interval, ...others.flatMap((part) => [...open(part.atLeast), part.interval])]
    const closest = { all_of: { intervals, ordered: true, filter: { not_containing: anyBreak } } }
    return { intervals: [closest], ...inScope(scope) }
  }
  // Signs are part of what is looked for and cannot be ruled out (5G*建设): each number of open characters is asked for,
  // up to more than stand in a row in print.
  const mostOpen = Math.max(4, Math.floor(25 / others.length ** 2))
  let whole = first!.interval
  for (const { atLeast, interval } of others) {
    const intervals = Array.from(
      { length: mostOpen },
      (_, more): Interval => ({
        all_of: { intervals: [whole, ...open(atLeast + more), interval], ...side },
      }),
    )
    whole = { any_of: { intervals } }
  }
  return { intervals: [whole], ...inScope(scope) }
}

const anyBreak: Interval = {
  any_of: { intervals: [kindOf.other, kindOf.titleEnd, kindOf.authorStart, kindOf.both].map(ofKind) },
}

/** Before the end of the headlines, or behind the beginning of the authors. */
function inScope(scope: Scope | undefined): Interval {
  if (!scope) return {}
  const border = scope === 'title' ? kindOf.titleEnd : kindOf.authorStart
  const place: Interval = { any_of: { intervals: [border, kindOf.both].map(ofKind) } }
  return { filter: { [scope === 'title' ? 'before' : 'after']: place } }
}
