// What the reader may be about to type or may have meant, from what the archive really contains; made when first asked.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/reader.ts'
import type { Suggestion } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { normalize } from '../normalize/normalize.ts'
import { createStringResolver } from '../search/string-resolver.ts'
import type { Corrector } from '../suggest/correction.ts'
import { createSuggester } from '../suggest/suggester.ts'
import type { Suggester } from '../suggest/vocabulary.ts'
import { columnEntries, headlineEntries, termsOf } from './vocabulary-of-index.ts'

export interface Guesser {
  suggest(q: string, size: number): Suggestion[]
  /** Queries to offer instead, best first; none while the vocabulary is still read. */
  corrections(snapshot: Snapshot, query: ParsedQuery): string[]
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
  let timer: NodeJS.Immediate | null = null

  const completeInBackground = (filling: Suggester) => {
    timer = setImmediate(() => {
      if (filling === suggester && !filling.addSome(sliceMs)) completeInBackground(filling)
    })
    timer.unref()
  }

  const countsIn = (counted: Snapshot) => {
    const resolver = createStringResolver(counted, analyzer)
    return (text: string) => {
      const folded = normalize(text).text
      return folded === '' ? 0 : resolver.resolve({ kind: 'string', forms: [folded] }).documentFrequency
    }
  }

  const current = (): Suggester => {
    if (!suggester) {
      const compounds = { analyzer, countOf: countsIn(snapshot) }
      suggester = createSuggester(vocabulary(), { compounds })
      completeInBackground(suggester)
    }
    return suggester
  }

  return {
    suggest: (q, size) => current().suggest(q, size),
    corrections(searched, query) {
      let corrector: Corrector | null = null
      try {
        corrector = current().corrector()
      } catch {
        // A headline that cannot be read is named by `suggest` and by `check`; searching goes on without corrections.
      }
      if (!corrector) return []
      return corrector
        .correct(query.text, { limit: correctionLimit, countOf: countsIn(searched) })
        .map((correction) => correction.text)
    },
    renew(newer) {
      snapshot = newer
      suggester = null
    },
    close() {
      if (timer) clearImmediate(timer)
      suggester = null
    },
  }

  function* vocabulary() {
    for (const term of termsOf(snapshot, analyzer)) yield { ...term, kind: 'term' as const }
    yield* columnEntries(snapshot)
    yield* headlineEntries(snapshot)
  }
}
