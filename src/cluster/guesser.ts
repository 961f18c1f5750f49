// What the reader may be about to type or may have meant, from the vocabulary of an archive on a cluster.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Suggestion } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { createTimeSlice } from '../model/time-slice.ts'
import { fold } from '../normalize/normalize.ts'
import { hasQuotes } from '../query/read-query.ts'
import { createTermCounter, toIndexedText } from '../schema/index-document.ts'
import type { Suggester } from '../suggest/vocabulary.ts'
import type { Connection } from './connection.ts'
import type { ArchiveNames } from './names.ts'
import { scan } from './scan.ts'
import { readStored } from './search.ts'
import {
  articlesOf,
  createVocabularyCounter,
  readVocabulary,
  readVocabularyStamp,
  stampOf,
  writeVocabulary,
} from './vocabulary.ts'

export interface ClusterGuesser {
  /** ready: of the articles of now; stale: of those before the last changes; missing: being made. */
  readonly state: 'ready' | 'stale' | 'missing'
  suggest(q: string, size: number): Promise<Suggestion[]>
  /** Queries to offer instead, best first; null while that is not known yet. */
  corrections(query: ParsedQuery): Promise<string[] | null>
  close(): Promise<void>
}

/** An archive of so few articles is read by its first question. */
const fewArticles = 3000
const correctionLimit = 2
/** An archive of so many articles is read again after every change, a larger one when it has changed by such a share. */
const manyArticles = 100_000
const shareWorthReading = 0.01
/** Milliseconds of reading after which other questions have their turn. */
const sliceMs = 10
/** Milliseconds after a change before a large vocabulary is made anew: more changes often follow. */
const calmMs = 30_000

export function openClusterGuesser(
  connection: Connection,
  names: ArchiveNames,
  analyzer: Analyzer,
  state: () => { articles: number; sequence: number },
  countOf: (texts: readonly string[]) => Promise<Map<string, number>>,
): ClusterGuesser {
  let known: { suggester: Suggester; stamp: string } | null = null
  let making: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  const ending = new AbortController()

  const stamp = () => stampOf(state())

  /** Reads all articles, and leaves what comes of it to others. */
  async function make(): Promise<void> {
    const of = stamp()
    const counter = createVocabularyCounter(analyzer)
    const count = createTermCounter(analyzer)
    const pause = createTimeSlice(sliceMs, () => ending.signal.throwIfAborted())
    const all = { connection, target: names.alias, query: { match_all: {} }, signal: ending.signal }
    for await (const { _source } of scan(all)) {
      await pause()
      const article = readStored(_source)
      counter.add(article, count(toIndexedText(article)).keys)
    }
    const suggester = counter.suggester()
    while (!suggester.addSome(sliceMs)) await pause()
    known = { suggester, stamp: of }
    await writeVocabulary(connection, names, of, suggester.toBytes()).catch(() => undefined)
  }

  function makeOnce(): Promise<void> {
    making ??= make().finally(() => {
      making = null
    })
    return making
  }

  function makeSoon(): void {
    if (timer || making || ending.signal.aborted) return
    timer = setTimeout(
      () => {
        timer = null
        makeOnce().catch(() => undefined)
      },
      known ? calmMs : 0,
    )
    timer.unref()
  }

  async function current(): Promise<Suggester | null> {
    if (known?.stamp === stamp()) return known.suggester
    // Another may have made it by now.
    const kept = await readVocabularyStamp(connection, names).catch(() => null)
    if (kept !== null && kept !== known?.stamp) {
      known = (await readVocabulary(connection, names)) ?? known
      while (known && !known.suggester.complete && !known.suggester.addSome(sliceMs)) await undefined
    }
    if (known?.stamp === stamp()) return known.suggester
    const { articles } = state()
    if (articles <= fewArticles) await makeOnce()
    else if (
      !known ||
      articles <= manyArticles ||
      Math.abs(articles - articlesOf(known.stamp)) > articles * shareWorthReading
    )
      makeSoon()
    return known?.suggester ?? null
  }

  return {
    get state() {
      if (state().articles <= fewArticles) return 'ready'
      return known === null ? 'missing' : known.stamp === stamp() ? 'ready' : 'stale'
    },
    async suggest(q, size) {
      const found = (await current())?.suggest(q, size) ?? []
      if (found.length === 0 || known?.stamp === stamp()) return found
      // Of the articles of before: what has no hits any more is not suggested.
      const isPrinted = ({ kind }: Suggestion) => kind !== 'paper' && kind !== 'section'
      const counts = await countOf(found.filter(isPrinted).map(({ text }) => text))
      return found.filter((one) => !isPrinted(one) || counts.get(one.text)! > 0)
    },
    async corrections(query) {
      const corrector = (await current())?.corrector() ?? null
      if (!corrector) return null
      // What stands in quotation marks is meant as it stands.
      if (hasQuotes(query.tree)) return []
      // The corrector asks for counts as it goes; what it asked is counted on the cluster, and it is asked again.
      const counts = new Map<string, number>()
      for (;;) {
        const unknown = new Set<string>()
        const offered = corrector.correct(query.text, {
          limit: correctionLimit,
          countOf(text) {
            const count = counts.get(fold(text))
            if (count === undefined) unknown.add(fold(text))
            return count ?? 0
          },
        })
        if (unknown.size === 0) return offered.map(({ text }) => text)
        for (const [text, count] of await countOf([...unknown])) counts.set(text, count)
      }
    },
    async close() {
      ending.abort()
      if (timer) clearTimeout(timer)
      await making?.catch(() => undefined)
      known = null
    },
  }
}
