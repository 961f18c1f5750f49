// What an archive on a cluster holds now: looked at again and again, so that what others write is noticed.
import { SearchError } from '../model/errors.ts'
import { dictionaryList, synonymList } from '../query/editor-words.ts'
import type { BuildFailure } from '../schema/answers.ts'
import type { Connection } from './connection.ts'
import { byCalendar, readCalendar } from './facets.ts'
import type { ArchiveNames } from './names.ts'
import { writeNote } from './notes.ts'
import { missingShards, type SearchAnswer } from './shards.ts'

export interface ClusterState {
  /** Indices behind the alias. */
  indices: string[]
  articles: number
  /** The highest one; grows with every article that is written. */
  sequence: number
  from: string
  to: string
  papers: { value: string; count: number }[]
  types: { value: string; count: number }[]
  years: { value: string; count: number }[]
  /** The editor's lists by name, each with a text that is another whenever the list is. */
  lists: Map<string, { content: string; state: string }>
  build: BuildNote | null
  /** Shards that did not answer. */
  missing: { failed: number; total: number }
}

/** What a rebuild leaves for those who ask later. */
export interface BuildNote {
  segmenter: 'nodejieba' | 'segmenter' | null
  failures: BuildFailure[] | null
}

export interface LiveState {
  readonly current: ClusterState
  /** Another text whenever an answer may be another. */
  version(): string
  /** Looks now. */
  look(): Promise<void>
  /** Looks soon, without waiting, where the last look is some time ago. */
  follow(): void
}

/** Milliseconds after which what is known is looked at again. */
const followMs = 1000
/** Papers that are told of; more than any archive has. */
const mostPapers = 10_000
const buildNote = 'build'

/** Rejects with INDEX_MISSING where there is no such archive. */
export async function openLiveState(connection: Connection, names: ArchiveNames): Promise<LiveState> {
  let current = await lookAt(connection, names)
  let lookedAt = performance.now()
  let looking: Promise<void> | null = null
  const look = async () => {
    current = await lookAt(connection, names)
    lookedAt = performance.now()
  }
  return {
    get current() {
      return current
    },
    version: () =>
      [articlesVersion(current), ...Array.from(current.lists.values(), ({ state }) => state)].join(' '),
    look,
    follow() {
      if (looking || performance.now() - lookedAt < followMs) return
      // A cluster out of reach is told by the next question; what was known stays.
      looking = look()
        .catch(() => undefined)
        .finally(() => {
          lookedAt = performance.now()
          looking = null
        })
    },
  }
}

/** Another text whenever the articles are others. */
export function articlesVersion({ indices, articles, sequence }: ClusterState): string {
  return `${indices.join()} ${articles} ${sequence}`
}

/** A note that cannot be written is no reason to call what was built failed. */
export async function writeBuildNote(
  connection: Connection,
  { notes }: ArchiveNames,
  note: BuildNote,
): Promise<void> {
  await writeNote(connection, notes, buildNote, note).catch(() => undefined)
}

interface Buckets {
  buckets: { key: string; doc_count: number; key_as_string?: string }[]
}

interface StateAnswer {
  indices: Buckets
  papers: Buckets
  types: Buckets
  months: Buckets
  sequence: { value: number | null }
  first: { value_as_string?: string }
  last: { value_as_string?: string }
}

async function lookAt(connection: Connection, names: ArchiveNames): Promise<ClusterState> {
  const answered = connection.ask<SearchAnswer>({
    method: 'POST',
    path: `/${names.alias}/_search`,
    body: {
      size: 0,
      track_total_hits: true,
      query: { match_all: {} },
      aggs: {
        indices: { terms: { field: '_index', size: 10_000 } },
        papers: { terms: { field: 'paper', size: mostPapers, order: [{ _count: 'desc' }, { _key: 'asc' }] } },
        types: { terms: { field: 'type', order: [{ _count: 'desc' }, { _key: 'asc' }] } },
        months: byCalendar('month', 'uuuu-MM'),
        sequence: { max: { field: 'sequence' } },
        first: { min: { field: 'date' } },
        last: { max: { field: 'date' } },
      },
    },
  })
  const noted = connection.ask<{ docs: NoteDocument[] }>({
    method: 'POST',
    path: `/${names.notes}/_mget`,
    body: { ids: [dictionaryList, synonymList, buildNote] },
  })
  const [answer, notes] = await Promise.all([answered, noted.catch(orNone)])
  const counts = answer.aggregations as unknown as StateAnswer
  const valuesOf = ({ buckets }: Buckets) =>
    buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }))
  const years = new Map<string, number>()
  for (const { value, count } of readCalendar(counts.months))
    years.set(value.slice(0, 4), (years.get(value.slice(0, 4)) ?? 0) + count)
  const found = new Map(notes.docs.filter(({ found }) => found).map((note) => [note._id, note]))
  const lists = new Map<string, { content: string; state: string }>()
  for (const name of [dictionaryList, synonymList]) {
    const note = found.get(name)
    if (note) lists.set(name, { content: String(note._source['content'] ?? ''), state: String(note._seq_no) })
  }
  return {
    indices: valuesOf(counts.indices).map(({ value }) => value),
    articles: answer.hits.total!.value,
    sequence: counts.sequence.value ?? 0,
    from: counts.first.value_as_string ?? '',
    to: counts.last.value_as_string ?? '',
    papers: valuesOf(counts.papers),
    types: valuesOf(counts.types),
    years: [...years].map(([value, count]) => ({ value, count })),
    lists,
    build: (found.get(buildNote)?._source as unknown as BuildNote | undefined) ?? null,
    missing: missingShards(answer),
  }
}

interface NoteDocument {
  _id: string
  found: boolean
  _seq_no: number
  _source: Record<string, unknown>
}

/** An archive without notes has none yet. */
function orNone(error: unknown): { docs: NoteDocument[] } {
  if (error instanceof SearchError && error.code === 'INDEX_MISSING') return { docs: [] }
  throw error
}
