// Reads, analyses and sends for a cluster, in one thread: its segments are the cluster's own.
import { createAnalyzer } from '../analysis/analyzer.ts'
import type { Fault } from '../ingest/faults.ts'
import { type CrewMember, type CrewResult, createGroupHolder, emptyResult } from '../ingest/indexing-crew.ts'
import type { PageLimits } from '../ingest/page-reader.ts'
import type { IncomingArticle } from '../ingest/read-group.ts'
import { type BulkOperation, writeBulk } from './bulk.ts'
import { createConnection } from './connection.ts'
import { createClusterConverter } from './document.ts'
import { type NewIndexOptions, newIndices } from './new-indices.ts'
import { createVocabularyCounter } from './vocabulary.ts'

/** What a member needs to know; can be sent to a thread. */
export interface ClusterCrewSettings {
  /** Addresses of nodes. */
  cluster: string
  /** The new indices; see `newIndices`. */
  stem: string
  options: NewIndexOptions
  segmenter: 'nodejieba' | 'segmenter'
  /** Whether what may be suggested is counted: `besides` of what `flush` gives back holds the counts. */
  isCounting: boolean
  pageLimits?: PageLimits
}

/** Articles that were given before, under the same id, are not counted again. */
export type ClusterIncoming = IncomingArticle & { isAgain?: boolean }

/** Characters of documents that are gathered before they are sent. */
const charactersTogether = 3_000_000
/** Requests on their way at once: the cluster works while this thread reads. */
const requestsAtOnce = 3

/** The dictionary is loaded by the first article. */
export function createClusterMember(settings: ClusterCrewSettings): CrewMember {
  const { segmenter } = settings
  const holder = createGroupHolder(settings.pageLimits)
  const connection = createConnection(settings.cluster)
  const made = newIndices(connection, settings.stem, settings.options)
  let tools: ReturnType<typeof makeTools> | undefined
  const sending = new Set<Promise<void>>()
  let faults: Fault[] = []
  let waiting: { article: IncomingArticle['article']; operation: Omit<BulkOperation, 'index'> }[] = []
  let characters = 0
  let failure: unknown

  function makeTools() {
    const analyzer = createAnalyzer({ indexedBy: segmenter })
    return { convert: createClusterConverter(analyzer), counter: createVocabularyCounter(analyzer) }
  }

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
      const article = portion.find(({ operation }) => operation.id === id)?.article
      faults.push({
        file: article?.source ?? id,
        code: 'ARTICLE_INVALID',
        message: `集群没有收下：${reason}`,
        id: article?.id ?? id,
      })
    }
  }

  const room = async () => {
    while (sending.size >= requestsAtOnce) await Promise.race(sending)
    if (failure !== undefined) throw failure
  }

  const index = async (articles: readonly ClusterIncoming[]): Promise<CrewResult> => {
    await room()
    if (articles.length === 0) return emptyResult()
    tools ??= makeTools()
    for (const { article, isAgain, ...provenance } of articles) {
      const { keys, ...operation } = tools.convert(article, provenance)
      if (settings.isCounting && !isAgain) tools.counter.add(article, keys)
      waiting.push({ article, operation })
      characters += article.paragraphs.reduce((sum, { length }) => sum + length, 0) * 12
      if (characters >= charactersTogether) send()
    }
    return { ...emptyResult(), segmenter }
  }

  return {
    async read(task) {
      await room()
      return holder.read(task)
    },
    async settle(token, verdicts) {
      const { whole, replacements, pieces } = holder.take(token, verdicts)
      return { ...(await index(whole)), replacements, pieces }
    },
    index,
    async flush() {
      send()
      await Promise.all(sending)
      await room()
      const result = {
        ...emptyResult(),
        faults,
        besides: tools && settings.isCounting ? [tools.counter.take()] : [],
      }
      faults = []
      return result
    },
    async close() {
      await Promise.allSettled(sending)
      holder.close()
      await connection.close()
    },
  }
}
