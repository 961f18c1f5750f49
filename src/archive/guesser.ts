// What the reader may be about to type or may have meant, from what the archive really contains; made when first asked.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/directory/reader.ts'
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
  /**
   * Queries to offer instead, best first; none while the vocabulary is still read.
   * @param patient whether an answer may wait for a small vocabulary; otherwise it is read in the background
   */
  corrections(snapshot: Snapshot, query: ParsedQuery, patient: boolean): string[]
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
  /** Of the newest snapshot that was asked about; may still be building. */
  let newest: Suggester | null = null
  /** What answers meanwhile: complete, but of an older snapshot. */
  let serving: Suggester | null = null
  let timer: NodeJS.Timeout | null = null

  const completeInBackground = (filling: Suggester) => {
    // Not setImmediate: one that does not keep the process alive does not run either while the process has nothing to do.
    timer = setTimeout(() => {
      if (filling === newest && !filling.addSome(sliceMs)) completeInBackground(filling)
    }, 0)
    timer.unref()
  }

  const countsIn = (counted: Snapshot) => {
    const resolver = createStringResolver(counted, analyzer)
    return (text: string) => {
      const folded = normalize(text).text
      return folded === '' ? 0 : resolver.resolve({ kind: 'string', forms: [folded] }).documentFrequency
    }
  }

  const current = (patient: boolean): Suggester => {
    if (!newest) {
      const compounds = { analyzer, countOf: countsIn(snapshot) }
      newest = createSuggester(vocabulary(), { compounds })
      // The first question waits for a small archive; a large one goes on being answered from what was known before.
      if (patient) newest.suggest('', 1)
      completeInBackground(newest)
    }
    if (isBuilt(newest)) serving = null
    return serving ?? newest
  }

  return {
    suggest: (q, size) => current(true).suggest(q, size),
    corrections(searched, query, patient) {
      let corrector: Corrector | null = null
      try {
        const suggester = current(patient)
        if (!patient && !isBuilt(suggester)) return []
        corrector = suggester.corrector()
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
      if (newest && isBuilt(newest)) serving = newest
      newest = null
    },
    close() {
      if (timer) clearTimeout(timer)
      newest = null
      serving = null
    },
  }

  function* vocabulary() {
    const read = snapshot
    for (const term of termsOf(read, analyzer)) yield { ...term, kind: 'term' as const }
    yield* columnEntries(read)
    yield* headlineEntries(read)
  }
}

/** Whether its tables are there; those of an archive without articles are complete at once. */
function isBuilt(suggester: Suggester): boolean {
  return suggester.size > 0 || suggester.complete
}
