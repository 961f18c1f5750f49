// What the reader is about to type: the closest terms and headlines that the archive really contains.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Suggestion } from '../model/hit.ts'
import { fold } from '../normalize/normalize.ts'
import { compoundsInSteps } from './compounds.ts'
import type { Corrector } from './correction.ts'
import { correctorOver } from './corrector.ts'
import {
  headlinesBeginningWith,
  headlinesContaining,
  headlinesSounding,
  headlinesWithInitials,
} from './headline-search.ts'
import { headlineCountsInSteps } from './headline-share.ts'
import {
  type HeadlineTable,
  headlineId,
  headlineKey,
  headlineTableInSteps,
  shownHeadline,
  soundWidth,
} from './headline-table.ts'
import { nearPairsInSteps } from './near-terms.ts'
import { fromBytes, type SuggestTables, toBytes } from './packed-tables.ts'
import { runFor, type Steps } from './steps.ts'
import { parseTyped, type TypedToken } from './syllables.ts'
import { createTermMiddles } from './term-middles.ts'
import { closeness, termsBeginningWith, termsTyped } from './term-search.ts'
import { type TermTable, termKinds, termTableInSteps } from './term-table.ts'
import type { Suggester, VocabularyEntry } from './vocabulary.ts'

/** Longer queries are not the beginning of anything that is suggested. */
const longestQuery = 64
/** Initials of headlines are offered from so many letters on: two fit a headline in twenty. */
const shortestHeadlineInitials = 3

/** Headlines that compounds are mined from. */
const minedHeadlines = 150_000
/** Compounds kept, those of most headlines. */
const mostCompounds = 30_000

export interface SuggesterOptions {
  /** Learns words that the vocabulary lacks from its headlines, each with what `countOf` says of it. */
  compounds?: {
    analyzer: Analyzer
    /** Articles that contain a string exactly; without it those count whose headline does. */
    countOf?: (text: string) => number
  }
}

/**
 * How long questions may wait for the tables, in milliseconds: the first one, each later one, and all together. A hundred
 * thousand entries take longer and are built aside.
 */
const waits = { first: 1500, later: 100, total: 3000 } as const

/**
 * A suggester over a vocabulary, which is read once, while the tables are built: by `addSome`, and for some time
 * by the first questions. Until the tables are there the answers are empty. What `entries` throws, `suggest`
 * throws.
 */
export function createSuggester(
  entries: Iterable<VocabularyEntry>,
  options: SuggesterOptions = {},
): Suggester {
  const steps = tablesInSteps(entries, options)
  let ready: Suggester | null = null
  let fault: unknown
  let waitedMs = 0

  function buildForQuestion(): void {
    if (ready === null && fault === undefined && waitedMs < waits.total) {
      const waitMs = waitedMs === 0 ? waits.first : waits.later
      waitedMs += waitMs
      build(waitMs)
    }
    if (fault !== undefined) throw fault
  }

  function build(budgetMs: number): void {
    try {
      const built = runFor(steps, budgetMs)
      if (built) ready = suggesterOver(built.result)
    } catch (error) {
      fault = error
    }
  }

  function addSome(budgetMs: number): boolean {
    const end = performance.now() + budgetMs
    if (ready === null && fault === undefined) build(budgetMs)
    // A fault ends the work: there is nothing left to add, and `suggest` names it.
    return fault !== undefined || (ready?.addSome(end - performance.now()) ?? false)
  }

  function suggestSoon(q: string, size: number): Suggestion[] {
    buildForQuestion()
    return ready?.suggest(q, size) ?? []
  }

  return {
    get size() {
      return ready?.size ?? 0
    },
    get complete() {
      return fault !== undefined || (ready?.complete ?? false)
    },
    addSome,
    suggest: suggestSoon,
    corrector() {
      buildForQuestion()
      return ready?.corrector() ?? null
    },
    toBytes() {
      if (ready === null && fault === undefined) build(Number.POSITIVE_INFINITY)
      if (ready === null) throw fault
      return ready.toBytes()
    },
  }
}

function* tablesInSteps(
  entries: Iterable<VocabularyEntry>,
  { compounds }: SuggesterOptions,
): Steps<SuggestTables> {
  const terms: VocabularyEntry[] = []
  const headlines: VocabularyEntry[] = []
  let read = 0
  for (const entry of entries) {
    ;(entry.kind === 'headline' ? headlines : terms).push(entry)
    if (++read % 32 === 0) yield
  }
  const texts = headlines.map(({ text }) => text)
  let headlinesWith: (text: string) => number
  if (compounds) {
    // Of more headlines an even sample: what papers keep together shows in it, and the work stays bounded.
    const step = Math.max(1, texts.length / minedHeadlines)
    const sample = Array.from(
      { length: Math.floor(texts.length / step) },
      (_, i) => texts[Math.floor(i * step)]!,
    )
    const mined = yield* compoundsInSteps(sample, compounds.analyzer)
    headlinesWith = (text) => mined.headlinesWith(text) * step
    for (const { text } of mined.compounds.slice(0, mostCompounds)) {
      terms.push({ text, kind: 'term', count: (compounds.countOf ?? headlinesWith)(text) })
      yield
    }
  } else headlinesWith = yield* headlinesWithInSteps(terms, texts)
  const table = yield* termTableInSteps(terms, headlinesWith)
  return {
    terms: table,
    headlines: yield* headlineTableInSteps(headlines),
    nearPairs: yield* nearPairsInSteps(table.keys),
  }
}

/**
 * A suggester over the packed form of another one, which stays in use and must not be changed: a tenth of the time of
 * `createSuggester`. Throws INDEX_FORMAT or INDEX_CORRUPT naming `file`.
 */
export function openSuggester(packed: Uint8Array, file = ''): Suggester {
  return suggesterOver(fromBytes(packed, file))
}

function suggesterOver(tables: SuggestTables): Suggester {
  const { terms, headlines, nearPairs } = tables
  let corrector: Corrector | undefined
  const middles = createTermMiddles(terms.keys)

  function suggest(q: string, size: number): Suggestion[] {
    const limit = Math.max(0, Math.min(100, Math.floor(size)))
    if (!(limit > 0) || q.length > longestQuery) return []
    const key = fold(q)
    if (key === '') return []
    const answer = createAnswer(terms, headlines, limit)

    for (const { term, closeness } of termsBeginningWith(terms, key, limit)) answer.addTerm(term, closeness)
    for (const headline of headlinesBeginningWith(headlines, key, limit)) {
      const isWhole = headlineKey(headlines, headline) === key
      answer.addHeadline(headline, isWhole ? closeness.whole : closeness.beginning)
    }
    const tokens = parseTyped(q).map(foldedToken).filter(isNotEmpty)
    if (tokens.some((token) => token.kind === 'letters')) suggestTyped(tokens, limit, answer)
    if (!answer.isFullAt(closeness.middle)) {
      for (const term of middles.containing(key, middleCandidates)) answer.addTerm(term, closeness.middle)
      for (const headline of headlinesContaining(headlines, key, limit * 2)) {
        answer.addHeadline(headline, closeness.middle)
      }
    }
    return answer.best()
  }

  function suggestTyped(tokens: readonly TypedToken[], limit: number, answer: Answer): void {
    for (const { term, closeness } of termsTyped(terms, tokens, limit)) answer.addTerm(term, closeness)
    const [first] = tokens
    if (first?.kind !== 'letters' || tokens.length > 1) return
    const { letters, breaks } = first
    const mustFit = letters.length > soundWidth || breaks.includes(true, 1)
    for (const headline of headlinesSounding(headlines, letters, mustFit ? tokens : null, limit)) {
      answer.addHeadline(headline, closeness.soundBeginning)
    }
    if (letters.length < shortestHeadlineInitials || breaks.includes(true, 1)) return
    for (const headline of headlinesWithInitials(headlines, letters, limit)) {
      answer.addHeadline(headline, closeness.initialsBeginning)
    }
  }

  return {
    size: terms.texts.length + headlines.size,
    get complete() {
      return middles.complete
    },
    addSome: (budgetMs) => middles.addSome(budgetMs),
    suggest,
    corrector() {
      corrector ??= correctorOver(terms, nearPairs)
      return corrector
    },
    toBytes: () => toBytes(tables),
  }
}

function foldedToken(token: TypedToken): TypedToken {
  return token.kind === 'text' ? { kind: 'text', text: fold(token.text) } : token
}

function isNotEmpty(token: TypedToken): boolean {
  return token.kind === 'letters' || token.text !== ''
}

function* headlinesWithInSteps(
  terms: readonly VocabularyEntry[],
  headlines: readonly string[],
): Steps<(text: string) => number> {
  const keys = terms.map(({ text }) => fold(text))
  const counts = yield* headlineCountsInSteps(keys, headlines.map(fold))
  const byKey = new Map(keys.map((key, i) => [key, counts[i]!]))
  return (text) => byKey.get(fold(text)) ?? 0
}

/** As many whatever the number asked for, so that fewer suggestions are the first of more. */
const middleCandidates = 200

interface Answer {
  addTerm(term: number, closeness: number): void
  addHeadline(headline: number, closeness: number): void
  /** Whether nothing as far as `closeness` can still get in. */
  isFullAt(closeness: number): boolean
  best(): Suggestion[]
}

/** Collects candidates: a text keeps its closest fit, and only the few that are given back are made into objects. */
function createAnswer(terms: TermTable, headlines: HeadlineTable, limit: number): Answer {
  const termCloseness = new Map<number, number>()
  const headlineCloseness = new Map<number, number>()
  const add = (to: Map<number, number>, number: number, closeness: number) => {
    const known = to.get(number)
    if (known === undefined || closeness < known) to.set(number, closeness)
  }
  return {
    addTerm: (term, closeness) => add(termCloseness, term, closeness),
    addHeadline: (headline, closeness) => add(headlineCloseness, headline, closeness),
    isFullAt(closeness) {
      let closer = 0
      for (const found of [termCloseness, headlineCloseness]) {
        for (const each of found.values()) if (each < closeness) closer++
      }
      // Twice as many as asked for, since a headline may repeat a term.
      return closer >= limit * 2
    },
    best() {
      const ranked = [
        ...Array.from(termCloseness, ([number, closeness]) => ({ isHeadline: false, number, closeness })),
        ...Array.from(headlineCloseness, ([number, closeness]) => ({ isHeadline: true, number, closeness })),
      ].sort(
        (a, b) =>
          a.closeness - b.closeness || Number(a.isHeadline) - Number(b.isHeadline) || a.number - b.number,
      )
      const best: Suggestion[] = []
      const seen = new Set<string>()
      for (const { isHeadline, number } of ranked) {
        if (best.length === limit) break
        const text = isHeadline ? shownHeadline(headlines, number) : terms.texts.at(number)!
        if (seen.has(text)) continue
        seen.add(text)
        best.push(isHeadline ? headlineSuggestion(number, text) : termSuggestion(number, text))
      }
      return best
    },
  }

  function termSuggestion(term: number, text: string): Suggestion {
    return { text, kind: termKinds[terms.kinds[term]!]!, count: terms.counts[term]! }
  }

  function headlineSuggestion(headline: number, text: string): Suggestion {
    const id = headlineId(headlines, headline)
    const suggestion: Suggestion = { text, kind: 'headline', count: headlines.counts[headline]! }
    return id === '' ? suggestion : { ...suggestion, id }
  }
}
