// What the reader may be about to type or may have meant, from what the archive really contains.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import type { Suggestion } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { hasQuotes } from '../query/read-query.ts'
import type { Suggester } from '../suggest/vocabulary.ts'
import { openVocabulary, readVocabulary, stampOf, type Vocabulary } from './vocabulary-file.ts'
import { countsIn, fewArticles, makeVocabulary, suggesterOf } from './vocabulary-maker.ts'

/** ready: of the articles of now; stale: of those before the last changes; missing: being made. */
export type VocabularyState = 'ready' | 'stale' | 'missing'

export interface Guesser {
  readonly state: VocabularyState
  suggest(q: string, size: number): Suggestion[]
  /** Queries to offer instead, best first; none while the vocabulary is missing. */
  corrections(snapshot: Snapshot, query: ParsedQuery): string[]
  /** Takes up a newer snapshot; what is known goes on answering until its vocabulary is made. */
  renew(snapshot: Snapshot): void
  /** Takes up a vocabulary that another opener of the folder has made by now. */
  refresh(): void
  close(): void
}

/** Corrections offered at most: the likeliest, and one more. */
const correctionLimit = 2
/** Milliseconds of background work between two turns of other events. */
const sliceMs = 8
/** And the length of these turns: searches go on meanwhile. */
const pauseMs = 12
/** Milliseconds after a change before its vocabulary is made: more changes often follow. */
const calmMs = 2000
/** Milliseconds between two looks for a vocabulary that another makes. */
const lookMs = 1000

export function openGuesser(
  first: Snapshot,
  analyzer: Analyzer,
  directory: string,
  storage: Storage,
  follows = false,
): Guesser {
  let snapshot = first
  let vocabulary: Vocabulary | null | undefined
  let stamp: string | undefined
  let making: AbortController | null = null
  let timer: NodeJS.Timeout | null = null
  let filling: NodeJS.Timeout | null = null
  let isClosed = false
  /** Who only tells the state of the vocabulary need not fill it. */
  let isAsked = false
  /** What no vocabulary could be made of: not tried again before the archive changes. */
  let failedStamp: string | undefined

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
    }, pauseMs)
    filling.unref()
  }

  function take(next: Vocabulary | null): void {
    vocabulary = next
    if (next && isAsked) fill(next.suggester)
  }

  /** The vocabulary as far as there is one; starts making what is missing. */
  function current(): Vocabulary | null {
    if (!isAsked && vocabulary) fill(vocabulary.suggester)
    isAsked = true
    if (vocabulary === undefined) take(readVocabulary(directory, storage))
    if (vocabulary?.stamp === currentStamp()) return vocabulary
    if (isSmall()) {
      const suggester = suggesterOf(snapshot, analyzer)
      take({ suggester, stamp: currentStamp() })
      // The first question waits for the tables; what cannot be read is thrown here and at each later one.
      suggester.suggest('', 1)
    } else makeSoon()
    return vocabulary ?? null
  }

  /** Looks whether whoever makes the vocabulary has done so. */
  function lookSoon(): void {
    if (timer || isClosed) return
    timer = setTimeout(() => {
      timer = null
      look()
      if (vocabulary?.stamp !== currentStamp()) lookSoon()
    }, lookMs)
    timer.unref()
  }

  function look(): void {
    const made = readVocabulary(directory, storage)
    if (made && made.stamp !== vocabulary?.stamp) take(made)
  }

  function makeSoon(): void {
    if (follows) {
      lookSoon()
      return
    }
    if (timer || making || isClosed || failedStamp === currentStamp()) return
    timer = setTimeout(
      () => {
        timer = null
        making = new AbortController()
        const of = currentStamp()
        makeVocabulary(directory, making.signal)
          .then(
            (bytes) => {
              if (!isClosed) take(openVocabulary(bytes))
            },
            () => {
              failedStamp = of
            },
          )
          .finally(() => {
            making = null
            if (vocabulary && vocabulary.stamp !== currentStamp()) makeSoon()
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
        .correct(query.text, { limit: correctionLimit, countOf: countsIn(searched, analyzer, true) })
        .map((correction) => correction.text)
    },
    renew(newer) {
      snapshot = newer
      stamp = undefined
      // A question decides whether it is worth making now; a large archive begins by itself.
      if (vocabulary && snapshot.documentCount > fewArticles) makeSoon()
    },
    refresh() {
      if (follows && vocabulary !== undefined && !isSmall() && vocabulary?.stamp !== currentStamp()) look()
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
