// What the reader may be about to type or may have meant, from what the archive really contains; made when first asked.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/reader.ts'
import type { Suggestion } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { normalize } from '../normalize/normalize.ts'
import type { PlanContext } from '../search/plan.ts'
import { createStringResolver } from '../search/string-resolver.ts'
import type { Corrector } from '../suggest/correction.ts'
import { createCorrector } from '../suggest/corrector.ts'
import { createSuggester } from '../suggest/suggester.ts'
import type { Suggester } from '../suggest/vocabulary.ts'
import { columnEntries, headlineEntries, termsOf } from './vocabulary-of-index.ts'

export interface Guesser {
  suggest(q: string, size: number): Suggestion[]
  /** Queries to offer instead, best first. */
  corrections(snapshot: Snapshot, query: ParsedQuery, context: PlanContext): string[]
  /** Takes up a newer snapshot; what is already known goes on answering until it is next asked. */
  renew(snapshot: Snapshot): void
  close(): void
}

/** Corrections offered at most. */
const correctionLimit = 5
/** Milliseconds of background work between two turns of other events. */
const sliceMs = 8

export function openGuesser(first: Snapshot, analyzer: Analyzer): Guesser {
  let snapshot = first
  let suggester: Suggester | null = null
  let corrector: Corrector | null = null
  let timer: NodeJS.Immediate | null = null

  const completeInBackground = (filling: Suggester) => {
    timer = setImmediate(() => {
      if (filling === suggester && !filling.addSome(sliceMs)) completeInBackground(filling)
    })
    timer.unref()
  }

  return {
    suggest(q, size) {
      if (!suggester) {
        suggester = createSuggester(vocabulary())
        completeInBackground(suggester)
      }
      return suggester.suggest(q, size)
    },
    corrections(current, query, context) {
      corrector ??= createCorrector(termsOf(snapshot, analyzer))
      const resolver = createStringResolver(current, context.analyzer)
      const countOf = (text: string) => {
        const folded = normalize(text).text
        return folded === '' ? 0 : resolver.resolve({ kind: 'string', forms: [folded] }).documentFrequency
      }
      return corrector
        .correct(query.text, { limit: correctionLimit, countOf })
        .map((correction) => correction.text)
    },
    renew(newer) {
      snapshot = newer
      suggester = null
      corrector = null
    },
    close() {
      if (timer) clearImmediate(timer)
      suggester = null
      corrector = null
    },
  }

  function* vocabulary() {
    for (const term of termsOf(snapshot, analyzer)) yield { ...term, kind: 'term' as const }
    yield* columnEntries(snapshot)
    yield* headlineEntries(snapshot)
  }
}
