// Reads and analyses for a cluster: what the crew of a rebuild does, its segments being the cluster's own.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Fault } from '../ingest/faults.ts'
import { createGroupHolder, emptyResult, type IndexingCrew } from '../ingest/indexing-crew.ts'
import type { PageLimits } from '../ingest/page-reader.ts'
import type { IncomingArticle } from '../ingest/read-group.ts'
import { type BulkOperation, writeBulk } from './bulk.ts'
import type { Connection } from './connection.ts'
import { createClusterConverter } from './document.ts'
import type { NewIndices } from './new-indices.ts'
import type { VocabularyCounter } from './vocabulary.ts'

export interface ClusterCrew extends IndexingCrew {
  /** Articles that the new indices hold. */
  readonly written: number
}

/** Characters of documents that are gathered before they are sent. */
const charactersTogether = 3_000_000
/** Requests on their way at once: the cluster works while this process reads. */
const requestsAtOnce = 3

/** Reads and analyses in this thread, and sends what comes of it while it goes on reading. */
export function createClusterCrew({
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
  /** Counts what is new, where all of it comes through here. */
  counter?: VocabularyCounter
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
      if (!ids.has(operation.id)) counter?.add(article, keys)
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
