// Patterns that leave one character open become the strings that the archive really holds: 社?建设 is 社会建设, 社区建设 …
import type { Snapshot } from '../index/directory/reader.ts'
import type { Gap } from '../query/analyze-query.ts'
import type { Plan, StringPlan } from '../query/plan.ts'

/** More strings than these cost more than holding positions against each other; at the end they are mere grams. */
const mostStrings = { between: 500, atEnd: 3000 }

const oneHan = /^\p{Script=Han}$/u

/**
 * The pattern with every gap of exactly one character, between two literals or at the end, filled by the grams of the
 * snapshot. What is left open (several characters, any number) stays a pattern.
 */
export function expandWildcard(plan: Plan & { kind: 'wildcard' }, snapshot: Snapshot): Plan {
  const following = createFollowing(snapshot)
  const [first, ...others] = plan.strings
  if (!first) return { kind: 'nothing' }
  const strings = [first]
  const gaps: Gap[] = [plan.gaps[0]!]
  for (const [i, string] of [...others, null].entries()) {
    const gap = plan.gaps[i + 1]!
    const filled = gap.atLeast === 1 && !gap.isOpen ? fill(strings.at(-1)!, string) : null
    if (filled) strings[strings.length - 1] = filled
    else {
      gaps.push(gap)
      if (string) strings.push(string)
    }
    if (filled && !string) gaps.push({ atLeast: 0, isOpen: false })
  }
  const [only] = strings
  if (strings.length === 1 && gaps.every(({ atLeast, isOpen }) => atLeast === 0 && !isOpen))
    return { kind: 'any', children: only!.forms.map((form) => ({ ...only!, forms: [form] })) }
  return { kind: 'wildcard', strings, gaps }

  /** The string, one character, and the string behind it; null when they are too many. */
  function fill(string: StringPlan, behind: StringPlan | null): StringPlan | null {
    const forms: string[] = []
    for (const form of string.forms)
      for (const character of following(form.at(-1)!)) {
        for (const end of behind?.forms ?? ['']) {
          if (end !== '' && !snapshot.segments.some((segment) => segment.postings(character + end[0]!)))
            continue
          if (forms.length === (behind ? mostStrings.between : mostStrings.atEnd)) return null
          forms.push(form + character + end)
        }
      }
    return { ...string, forms }
  }
}

/** The Han characters that stand behind a unit somewhere. */
function createFollowing(snapshot: Snapshot): (unit: string) => readonly string[] {
  const known = new Map<string, string[]>()
  return (unit) => {
    let characters = known.get(unit)
    if (characters === undefined) {
      const next = String.fromCharCode(unit.charCodeAt(0) + 1)
      const found = new Set<string>()
      for (const segment of snapshot.segments)
        for (const { key } of segment.keys(unit, next))
          if (key.length === 2 && oneHan.test(key[1]!)) found.add(key[1]!)
      characters = [...found]
      known.set(unit, characters)
    }
    return characters
  }
}
