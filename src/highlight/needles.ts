// The strings of a plan that a reader would want to see marked in a hit.
import { canBeParted, escapePattern, patternAcrossMarks } from '../query/across-marks.ts'
import type { Plan } from '../query/plan.ts'

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
        for (const form of part.forms) {
          if (part.acrossMarks && canBeParted(form)) patterns.push(patternAcrossMarks(form))
          else strings.add(form)
        }
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
        patterns.push(toPattern(part))
        return
      default:
        return
    }
  }
}

/** A wildcard pattern as a regular expression over normalised text; gaps stand for Han characters only. */
function toPattern({ strings, gaps }: Plan & { kind: 'wildcard' }): RegExp {
  const han = '\\p{Script=Han}'
  const source = gaps.map(({ atLeast, isOpen }, g) => {
    const gap = `${han}{${atLeast}${isOpen ? ',' : ''}}${isOpen ? '?' : ''}`
    const forms = strings[g]?.forms.map(escapePattern).join('|')
    return (atLeast > 0 || isOpen ? gap : '') + (forms === undefined ? '' : `(?:${forms})`)
  })
  return new RegExp(source.join(''), 'u')
}
