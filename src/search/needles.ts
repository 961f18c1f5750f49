// The strings of a plan that a reader would want to see marked in a hit.
import type { Plan } from './plan.ts'
import { toPattern } from './wildcard.ts'

/** What to mark: normalised strings, and patterns over normalised text. */
export interface Needles {
  strings: string[]
  patterns: RegExp[]
}

/** Everything the plan asks to be contained; what it excludes and what only filters columns is left out. */
export function needlesOf(plan: Plan): Needles {
  const strings = new Set<string>()
  const patterns: RegExp[] = []
  collect(plan)
  return { strings: [...strings], patterns }

  function collect(part: Plan): void {
    switch (part.kind) {
      case 'string':
        for (const form of part.forms) strings.add(form)
        return
      case 'all':
      case 'any':
        part.children.forEach(collect)
        return
      case 'most':
        part.words.forEach(collect)
        return
      case 'near':
        part.strings.forEach(collect)
        return
      case 'wildcard':
        patterns.push(toPattern(part.parts))
        return
      default:
        return
    }
  }
}
