// What the reader may be about to type or may have meant, from what the archive really contains.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import type { Suggestion } from '../model/hit.ts'
import type { ParsedQuery, QueryNode } from '../model/query.ts'
import { normalize } from '../normalize/normalize.ts'
import { createStringResolver } from '../search/string-resolver.ts'
import type { Suggester } from '../suggest/vocabulary.ts'
import { openVocabulary, readVocabulary, stampOf, type Vocabulary } from './vocabulary-file.ts'
import { makeVocabulary, suggesterOf } from './vocabulary-maker.ts'

/** ready: of the articles of now; stale: of those before the last changes; missing: being made. */
export type VocabularyState = 'ready' | 'stale' | 'missing'

export interface Guesser {
  readonly state: VocabularyState
  suggest(q: string, size: number): Suggestion[]
  /** Queries to offer instead, best first; none while the vocabulary is missing. */
  corrections(snapshot: Snapshot, query: ParsedQuery): string[]
  /** Takes up a newer snapshot; what is known goes on answering until its vocabulary is made. */
  renew(snapshot: Snapshot): void
  close(): void
}

/** Corrections offered at most: the likeliest, and one more. */
const correctionLimit = 2
/** Milliseconds of background work between two turns of other events. */
const sliceMs = 8
/** An archive of so few articles is read by the first question itself, without a file. */
const fewArticles = 3000
/** Milliseconds after a change before its vocabulary is made: more changes often follow. */
const calmMs = 2000

export function openGuesser(
  first: Snapshot,
  analyzer: Analyzer,
  directory: string,
  storage: Storage,
): Guesser {
  let snapshot = first
  let vocabulary: Vocabulary | null | undefined
  let stamp: string | undefined
  let making: AbortController | null = null
  let timer: NodeJS.Timeout | null = null
  let filling: NodeJS.Timeout | null = null
  let isClosed = false

  const currentStamp = () => {
    stamp ??= stampOf(snapshot)
    return stamp
  }

  const isSmall = () => snapshot.documentCount <= fewArticles || storage !== nodeStorage

  /** Goes on with what a suggester does aside, a slice at a time. */
  function fill(suggester: Suggester): void {
    // Not setImmediate: one that does not keep the process alive does not run either while the process has nothing to do.
    filling = setTimeout(() => {
      if (!isClosed && vocabulary?.suggester === suggester && !suggester.addSome(sliceMs)) fill(suggester)
    }, 0)
    filling.unref()
  }

  function take(next: Vocabulary | null): void {
    vocabulary = next
    if (next) fill(next.suggester)
  }

  /** The vocabulary as far as there is one; starts making what is missing. */
  function current(): Vocabulary | null {
    if (vocabulary === undefined) take(readVocabulary(directory, storage))
    if (vocabulary?.stamp === currentStamp()) return vocabulary
    if (isSmall()) {
      const suggester = suggesterOf(snapshot, analyzer)
      // The first question waits for the tables.
      suggester.suggest('', 1)
      take({ suggester, stamp: currentStamp() })
    } else makeSoon()
    return vocabulary ?? null
  }

  function makeSoon(): void {
    if (timer || making || isClosed) return
    timer = setTimeout(
      () => {
        timer = null
        making = new AbortController()
        makeVocabulary(directory, making.signal)
          .then(
            (bytes) => take(openVocabulary(bytes)),
            () => undefined,
          )
          .finally(() => {
            making = null
            if (!isClosed && vocabulary && vocabulary.stamp !== currentStamp()) makeSoon()
          })
      },
      vocabulary ? calmMs : 0,
    )
    timer.unref()
  }

  return {
    get state() {
      if (isSmall()) return 'ready'
      if (vocabulary === undefined) take(readVocabulary(directory, storage))
      return !vocabulary ? 'missing' : vocabulary.stamp === currentStamp() ? 'ready' : 'stale'
    },
    suggest: (q, size) => current()?.suggester.suggest(q, size) ?? [],
    corrections(searched, query) {
      let corrector: ReturnType<Suggester['corrector']> = null
      try {
        corrector = current()?.suggester.corrector() ?? null
      } catch {
        // A headline that cannot be read is named by `suggest` and by `check`; searching goes on without corrections.
      }
      // What stands in quotation marks is meant as it stands.
      if (!corrector || hasQuotes(query.tree)) return []
      return corrector
        .correct(query.text, { limit: correctionLimit, countOf: printedIn(searched, analyzer) })
        .map((correction) => correction.text)
    },
    renew(newer) {
      snapshot = newer
      stamp = undefined
      // A question decides whether it is worth making now; a large archive begins by itself.
      if (vocabulary && snapshot.documentCount > fewArticles) makeSoon()
    },
    close() {
      isClosed = true
      making?.abort()
      if (timer) clearTimeout(timer)
      if (filling) clearTimeout(filling)
      vocabulary = null
    },
  }
}

/** In how many articles a string is printed, with marks inside it or without. */
function printedIn(snapshot: Snapshot, analyzer: Analyzer): (text: string) => number {
  const resolver = createStringResolver(snapshot, analyzer)
  return (text) => {
    const { text: folded } = normalize(text)
    if (folded === '') return 0
    return resolver.resolve({ kind: 'string', forms: [folded], acrossMarks: true }).documentFrequency
  }
}

function hasQuotes(node: QueryNode): boolean {
  if (node.kind === 'all' || node.kind === 'any') return node.children.some(hasQuotes)
  if (node.kind === 'not' || node.kind === 'field') return hasQuotes(node.child)
  return node.kind === 'phrase' || node.kind === 'near'
}
