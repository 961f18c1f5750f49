// What suggestions and corrections of an archive on a cluster are read from: made by whoever rebuilds it or first misses
// it, kept in an index of its own, in pieces.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { headlineOf } from '../answer/hits.ts'
import { SearchError } from '../model/errors.ts'
import { normalize } from '../normalize/normalize.ts'
import type { Article } from '../schema/article.ts'
import { toColumns } from '../schema/columns.ts'
import { codeEntry, isCode, isTerm, mostHeadlines } from '../suggest/entries.ts'
import { spellingOf } from '../suggest/spelling.ts'
import { createSuggester, openSuggester } from '../suggest/suggester.ts'
import type { Suggester, VocabularyEntry } from '../suggest/vocabulary.ts'
import type { Connection } from './connection.ts'
import { openLiveState } from './live-state.ts'
import type { ArchiveNames } from './names.ts'
import { readNote, removeNote, writeNote } from './notes.ts'

/** Counts what may be suggested while articles go by. */
export interface VocabularyCounter {
  add(article: Article, keys: readonly string[]): void
  /** Gives back what was counted since, and begins anew. */
  take(): VocabularyCounts
  /** Adds what another one has counted. */
  addAll(counts: VocabularyCounts): void
  suggester(): Suggester
}

/** How often each is printed; can be sent from thread to thread. */
export interface VocabularyCounts {
  terms: Map<string, number>
  codes: Map<string, { count: number; printed: string }>
  author: Map<string, number>
  paper: Map<string, number>
  section: Map<string, number>
  headlines: { text: string; id: string; date: string }[]
}

function noCounts(): VocabularyCounts {
  const none = () => new Map<string, number>()
  return { terms: none(), codes: new Map(), author: none(), paper: none(), section: none(), headlines: [] }
}

export function createVocabularyCounter(analyzer: Analyzer): VocabularyCounter {
  let all = noCounts()
  const raise = (counts: Map<string, number>, text: string, by = 1) =>
    counts.set(text, (counts.get(text) ?? 0) + by)
  const raiseCode = (key: string, by: number, printed: () => string) => {
    const code = all.codes.get(key)
    if (code) code.count += by
    else all.codes.set(key, { count: by, printed: printed() })
  }
  /** The newest ones. */
  const prune = () => {
    all.headlines.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
    all.headlines.length = Math.min(all.headlines.length, mostHeadlines)
  }

  function* entries(): Generator<VocabularyEntry> {
    for (const [key, count] of all.terms) yield { text: spellingOf(key), kind: 'term', count }
    for (const [key, { count, printed }] of all.codes) {
      const entry = codeEntry(key, count, () => printed)
      if (entry) yield { ...entry, kind: 'term' }
    }
    for (const [column, kind] of [
      ['author', 'person'],
      ['paper', 'paper'],
      ['section', 'section'],
    ] as const)
      for (const [text, count] of all[column]) yield { text, kind, count }
    prune()
    for (const { text, id } of all.headlines) yield { text, kind: 'headline', count: 1, id }
  }

  return {
    add(article, keys) {
      for (const key of keys) {
        if (isTerm(key, analyzer)) raise(all.terms, key)
        else if (isCode(key)) raiseCode(key, 1, () => printedCode(article, key))
      }
      const { author, paper, section } = toColumns(article) as Record<string, string | string[]>
      for (const name of new Set([author].flat())) if (name) raise(all.author, name)
      if (paper) raise(all.paper, paper as string)
      if (section) raise(all.section, section as string)
      if (article.headline)
        all.headlines.push({ text: headlineOf(article), id: article.id, date: article.date })
      if (all.headlines.length > 2 * mostHeadlines) prune()
    },
    take() {
      const counted = all
      all = noCounts()
      return counted
    },
    addAll(counts) {
      for (const kind of ['terms', 'author', 'paper', 'section'] as const)
        for (const [text, count] of counts[kind]) raise(all[kind], text, count)
      for (const [key, { count, printed }] of counts.codes) raiseCode(key, count, () => printed)
      for (const headline of counts.headlines) all.headlines.push(headline)
      if (all.headlines.length > 2 * mostHeadlines) prune()
    },
    suggester: () => createSuggester(entries(), { compounds: { analyzer } }),
  }
}

/** The spelling in which an article prints a code. */
function printedCode(article: Article, key: string): string {
  const { printed, text, starts, ends } = normalize(
    [article.headline ?? '', ...article.paragraphs].join('\n'),
  )
  const place = new RegExp(`(?<![a-z0-9])${key}(?![a-z0-9])`).exec(text)
  return place ? printed.slice(starts[place.index]!, ends[place.index + key.length - 1]!) : key
}

/** Says what articles an archive holds. */
export function stampOf({ articles, sequence }: { articles: number; sequence: number }): string {
  return `${articles} ${sequence}`
}

export function articlesOf(stamp: string): number {
  return Number(stamp.split(' ')[0])
}

/** Leaves what was counted while all articles went by. It can wait for those who first miss it: what is in place has not failed. */
export async function leaveVocabulary(
  connection: Connection,
  names: ArchiveNames,
  counter: VocabularyCounter,
): Promise<void> {
  try {
    const { current } = await openLiveState(connection, names)
    await writeVocabulary(connection, names, stampOf(current), counter.suggester().toBytes())
  } catch (error) {
    if (!(error instanceof SearchError)) throw error
  }
}

/** Bytes of a piece, before they are written as text. */
const pieceBytes = 3 << 20
const headName = 'head'

interface Head {
  /** What it was made of. */
  stamp: string
  /** Tells the pieces of this vocabulary from those of another. */
  edition: string
  pieces: number
}

/** Puts a vocabulary in place of the one before; those who read meanwhile have either. */
export async function writeVocabulary(
  connection: Connection,
  { vocabulary }: ArchiveNames,
  stamp: string,
  bytes: Uint8Array,
): Promise<void> {
  const before = await readHead(connection, vocabulary)
  const edition = Date.now().toString(36)
  const pieces = Math.ceil(bytes.length / pieceBytes)
  for (let at = 0; at < pieces; at++) {
    const piece = Buffer.from(bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes))
    await writeNote(connection, vocabulary, `${edition}-${at}`, { bytes: piece.toString('base64') })
  }
  await writeNote(connection, vocabulary, headName, { stamp, edition, pieces } satisfies Head)
  if (before)
    for (let at = 0; at < before.pieces; at++)
      await removeNote(connection, vocabulary, `${before.edition}-${at}`)
}

/** What a kept vocabulary was made of; null where there is none. */
export async function readVocabularyStamp(
  connection: Connection,
  { vocabulary }: ArchiveNames,
): Promise<string | null> {
  return (await readHead(connection, vocabulary))?.stamp ?? null
}

/** null where there is none, or none that can be read: it is made anew then. */
export async function readVocabulary(
  connection: Connection,
  { vocabulary }: ArchiveNames,
): Promise<{ suggester: Suggester; stamp: string } | null> {
  const head = await readHead(connection, vocabulary)
  if (!head) return null
  const pieces: Buffer[] = []
  for (let at = 0; at < head.pieces; at++) {
    const piece = await get<{ bytes: string }>(connection, vocabulary, `${head.edition}-${at}`)
    if (!piece) return null
    pieces.push(Buffer.from(piece.bytes, 'base64'))
  }
  try {
    return { suggester: openSuggester(new Uint8Array(Buffer.concat(pieces)), vocabulary), stamp: head.stamp }
  } catch {
    return null
  }
}

function readHead(connection: Connection, index: string): Promise<Head | null> {
  return get<Head>(connection, index, headName)
}

async function get<T>(connection: Connection, index: string, name: string): Promise<T | null> {
  try {
    return await readNote<T>(connection, index, name)
  } catch (error) {
    if (error instanceof SearchError && error.code === 'INDEX_MISSING') return null
    throw error
  }
}
