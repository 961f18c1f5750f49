// Rebuilds an archive on a cluster from its sources: into new indices, put behind the name at once when all is in and counted.

import { createAnalyzer } from '../analysis/analyzer.ts'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { hasJieba } from '../analysis/jieba.ts'
import type { ClusterOptions } from '../archive/port.ts'
import { type BuildOptions, buildFrom } from '../ingest/build-index.ts'
import type { Fault } from '../ingest/faults.ts'
import { createGroupHolder, emptyResult, type IndexingCrew } from '../ingest/indexing-crew.ts'
import type { HeldBefore } from '../ingest/keep-added.ts'
import type { PageLimits } from '../ingest/page-reader.ts'
import type { IncomingArticle } from '../ingest/read-group.ts'
import type { BuildReport } from '../ingest/report.ts'
import { SearchError } from '../model/errors.ts'
import { type BulkOperation, writeBulk } from './bulk.ts'
import type { Connection } from './connection.ts'
import { createClusterConverter } from './document.ts'
import { stampOf } from './guesser.ts'
import {
  indicesBehind,
  makeNewIndices,
  makeNotes,
  moveAlias,
  type NewIndices,
  removeAbandoned,
} from './indices.ts'
import { type BuildNote, buildNote, openLiveState } from './live-state.ts'
import { mappingSignature } from './mapping.ts'
import type { ArchiveNames } from './names.ts'
import { withCluster } from './open.ts'
import { scan } from './scan.ts'
import { readStored } from './search.ts'
import { createVocabularyCounter, type VocabularyCounter, writeVocabulary } from './vocabulary.ts'

/**
 * As `buildIndex`, on a cluster. What was there before goes on answering until the new indices hold every article that was
 * read; they are left out, and removed, when it comes to nothing. Articles that the cluster cannot take are in the report.
 */
export function buildOnCluster(
  options: Omit<BuildOptions, 'index' | 'workers' | 'budgetBytes' | 'waitMs'> & ClusterOptions,
): Promise<BuildReport> {
  const { cluster, name, pageLimits, shards = 1, replicas = 1, split = 'none', ...sources } = options
  return withCluster(cluster, name, async (connection, names) => {
    const segmenter = hasJieba() ? 'nodejieba' : 'segmenter'
    const analyzer = createAnalyzer({ indexedBy: segmenter })
    const signature = mappingSignature(analyzer)
    try {
      return await buildFrom(sources, async (_found, build) => {
        await makeNotes(connection, names, replicas)
        await removeAbandoned(connection, names)
        const old = await indicesBehind(connection, names)
        const made = makeNewIndices(connection, names, signature, { shards, replicas }, split)
        const counter = createVocabularyCounter(analyzer)
        const crew = createClusterCrew({
          connection,
          analyzer,
          made,
          counter,
          segmenter,
          ...(pageLimits && { pageLimits }),
        })
        let isInPlace = false
        try {
          await build({
            place: names.alias,
            crew,
            before: old.length === 0 ? null : await heldOnCluster(connection, names),
            async commit(_made, report, _files) {
              if (crew.written === 0) return null
              await made.finish(crew.written)
              await moveAlias(connection, names, { add: made.names, remove: old })
              isInPlace = true
              await writeBuildNote(connection, names, report)
              return Date.now()
            },
          })
          if (isInPlace) await leaveVocabulary(connection, names, analyzer, counter)
        } finally {
          await crew.close()
          if (!isInPlace) await made.discard()
        }
      })
    } finally {
      await connection.close()
    }
  })
}

interface ClusterCrew extends IndexingCrew {
  /** Articles that the new indices hold. */
  readonly written: number
}

/** Characters of documents that are gathered before they are sent. */
const charactersTogether = 3_000_000
/** Requests on their way at once: the cluster works while this process reads. */
const requestsAtOnce = 3

/** Reads and analyses in this thread, and sends what comes of it while it goes on reading. */
function createClusterCrew({
  connection,
  analyzer,
  made,
  counter,
  segmenter,
  pageLimits,
}: {
  connection: Connection
  analyzer: Analyzer
  made: NewIndices
  counter: VocabularyCounter
  segmenter: 'nodejieba' | 'segmenter'
  pageLimits?: PageLimits
}): ClusterCrew {
  const holder = createGroupHolder(pageLimits)
  const convert = createClusterConverter(analyzer)
  const ids = new Set<string>()
  const sending = new Set<Promise<void>>()
  let result = emptyResult()
  let waiting: { article: IncomingArticle['article']; operation: Omit<BulkOperation, 'index'> }[] = []
  let characters = 0
  let failure: unknown

  const send = () => {
    const portion = waiting
    waiting = []
    characters = 0
    if (portion.length === 0) return
    const request = sendPortion(portion).catch((error: unknown) => {
      failure ??= error
    })
    sending.add(request)
    request.finally(() => sending.delete(request))
  }

  async function sendPortion(portion: typeof waiting): Promise<void> {
    const home = await made.homeOf(portion.map(({ article }) => article))
    const operations = portion.map(({ article, operation }) => ({ ...operation, index: home(article) }))
    for (const { id, reason } of await writeBulk(connection, operations)) {
      ids.delete(id)
      const place = portion.find(({ operation }) => operation.id === id)
      const fault: Fault = {
        file: place?.article.source ?? id,
        code: 'ARTICLE_INVALID',
        message: `集群没有收下：${reason}`,
        id: place?.article.id ?? id,
      }
      result.faults.push(fault)
    }
  }

  const add = (articles: readonly IncomingArticle[]) => {
    for (const { article, ...provenance } of articles) {
      const { keys, ...operation } = convert(article, provenance)
      if (!ids.has(operation.id)) counter.add(article, keys)
      ids.add(operation.id)
      waiting.push({ article, operation })
      characters += article.paragraphs.reduce((sum, { length }) => sum + length, 0) * 12
      if (characters >= charactersTogether) send()
    }
    result.segmenter = segmenter
  }

  const room = async () => {
    while (sending.size >= requestsAtOnce) await Promise.race(sending)
    if (failure !== undefined) throw failure
  }

  return {
    concurrency: 1,
    get written() {
      return ids.size
    },
    async read(task) {
      await room()
      return holder.read(task)
    },
    settle({ token }, verdicts) {
      const { whole, replacements, pieces } = holder.take(token, verdicts)
      result.replacements.push(...replacements)
      result.pieces.push(...pieces)
      add(whole)
    },
    async index(articles) {
      await room()
      add(articles)
    },
    async flush() {
      send()
      await Promise.all(sending)
      await room()
      const all = result
      result = emptyResult()
      return all
    },
    async close() {
      await Promise.allSettled(sending)
      holder.close()
    },
  }
}

/** Added articles with their texts, then the others by their ids alone. */
async function heldOnCluster(connection: Connection, names: ArchiveNames): Promise<HeldBefore> {
  const { current } = await openLiveState(connection, names)
  const target = names.alias
  const isAdded = { term: { isAdded: true } }
  return {
    count: current.articles,
    async *all() {
      for await (const { _source } of scan({ connection, target, query: isAdded }))
        yield {
          id: _source.id,
          isAdded: true,
          isFromPage: _source.isFromPage ?? false,
          article: () => readStored(_source),
        }
      const others = { bool: { must_not: [isAdded] } }
      const fields = ['id', 'isFromPage']
      for await (const { _source } of scan({ connection, target, query: others, size: 5000, fields }))
        yield {
          id: _source.id,
          isAdded: false,
          isFromPage: _source.isFromPage ?? false,
          article(): never {
            throw new Error('Only added articles are taken over.')
          },
        }
    },
  }
}

async function writeBuildNote(
  connection: Connection,
  { notes }: ArchiveNames,
  { segmenter, faults }: BuildReport,
): Promise<void> {
  const note: BuildNote = {
    segmenter,
    failures: faults.map(({ file, message }) => ({ file, reason: message })),
  }
  await connection
    .ask({ method: 'PUT', path: `/${notes}/_doc/${buildNote}`, query: { refresh: true }, body: { ...note } })
    .catch(() => undefined)
}

/** Suggestions can wait for those who first miss them: a rebuild that is in place has not failed. */
async function leaveVocabulary(
  connection: Connection,
  names: ArchiveNames,
  analyzer: Analyzer,
  counter: VocabularyCounter,
): Promise<void> {
  try {
    const { current } = await openLiveState(connection, names)
    await writeVocabulary(connection, names, stampOf(current), counter.suggester(analyzer).toBytes())
  } catch (error) {
    if (!(error instanceof SearchError)) throw error
  }
}
