// One object that opens an archive, adds to it, searches it and closes it.

import { createAnalyzer } from '../analysis/analyzer.ts'
import { toAnalysisView } from '../answer/analysis-view.ts'
import { articleUnknown, headlineOf, toArticleView, toHit, toNeighbour, toPageView } from '../answer/hits.ts'
import { answerSearch, moreOften } from '../answer/search-answer.ts'
import { pointsOf } from '../answer/trends.ts'
import type { Sought } from '../highlight/marks.ts'
import { needlesOf } from '../highlight/needles.ts'
import { createMemoryStorage } from '../index/directory/memory-storage.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import { addInputs, addPageFile } from '../ingest/add-inputs.ts'
import { readBuildNote } from '../ingest/build-note.ts'
import { commitChange, type Target } from '../ingest/commit-articles.ts'
import { createPageReader } from '../ingest/page-reader.ts'
import type { Commit } from '../ingest/plan-change.ts'
import { SearchError } from '../model/errors.ts'
import type { IdsResult, SearchResult } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { createTimeSlice } from '../model/time-slice.ts'
import { followEditorWords } from '../query/editor-words.ts'
import { readQuery } from '../query/read-query.ts'
import type { Article } from '../schema/article.ts'
import { scoreUnit } from '../schema/bm25f.ts'
import { type CheckedRequest, checkRequest, type SearchRequest } from '../schema/search-request.ts'
import { articlesOfPage, documentsOfPage, findArticle, storedArticle } from '../schema/stored-articles.ts'
import { explainArticle } from '../search/explain.ts'
import { searchSnapshot } from '../search/searcher.ts'
import { findSimilar } from '../search/similar.ts'
import { openGuesser } from './guesser.ts'
import { openLiveSnapshot } from './live-snapshot.ts'
import { createPagePrints } from './page-prints.ts'
import { issuesOf } from './pages-of-index.ts'
import type { Archive, ArchiveOptions, ClusterOptions, Trend } from './port.ts'
import { printedPages } from './printed-pages.ts'
import { conditionOf, statsOf } from './stats.ts'
import { listsInFolder } from './user-words.ts'
import { countsIn } from './vocabulary-maker.ts'

/** Milliseconds of an export after which other requests get their turn. */
const exportSliceMs = 10
/**
 * Opens the archive in the folder `options.index`, or the one on the cluster `options.cluster`. Rejects with INDEX_MISSING,
 * INDEX_FORMAT or INDEX_CORRUPT, or with STORAGE for a cluster out of reach.
 */
export async function openArchive(options: ArchiveOptions | ClusterOptions): Promise<Archive> {
  if ('cluster' in options) return (await import('../cluster/open.ts')).openClusterArchive(options)
  return open(options.index, nodeStorage, options)
}

/**
 * Makes an empty archive in the folder `options.index`, or in memory without one: it is gone then when it is closed.
 * On a cluster with `options.cluster`. Rejects with REQUEST_INVALID where there is one already, with INDEX_LOCKED or STORAGE.
 */
export async function createArchive(
  options: Partial<ArchiveOptions> | ClusterOptions = {},
): Promise<Archive> {
  if ('cluster' in options) return (await import('../cluster/open.ts')).createClusterArchive(options)
  const storage = options.index === undefined ? createMemoryStorage() : nodeStorage
  const directory = options.index ?? memoryFolder
  const writer = await openIndexWriter(directory, { storage, waitMilliseconds: options.waitMs ?? 0 })
  try {
    if (writer.generation > 0)
      throw new SearchError('REQUEST_INVALID', `${directory} 里已有索引：用 openArchive 打开它`, {
        field: 'index',
      })
    await writer.commit({})
  } finally {
    await writer.close()
  }
  return open(directory, storage, options)
}

/** Names the folder of an archive in memory; no such folder is on any disk. */
const memoryFolder = '\0memory'

function open(directory: string, storage: Storage, options: Omit<ArchiveOptions, 'index'>): Archive {
  const live = openLiveSnapshot(directory, storage, (snapshot) => guesser.renew(snapshot))
  const analyzer = createAnalyzer()
  const words = followEditorWords(listsInFolder(directory, storage), analyzer)
  const guesser = openGuesser(live.current, analyzer, directory, storage, options.followsVocabulary)
  let counted: { of: Snapshot; stats: ReturnType<typeof statsOf> } | undefined

  const pageReader = createPageReader(options.pageLimits)
  const prints = createPagePrints(directory, storage, options.pictureBytes)
  const target: Target = {
    directory,
    analyzer,
    storage,
    waitMilliseconds: options.waitMs ?? 0,
    current() {
      live.refresh()
      return live.current
    },
  }

  const commit: Commit = (wanted) => commitChange(target, wanted)

  let closed = false
  const changes = new Set<Promise<unknown>>()
  /** Runs a change, after which searches see it; `close` waits for those that have begun. */
  async function change<T>(run: () => Promise<T>): Promise<T> {
    if (closed) throw new SearchError('CLOSED', '档案已关闭')
    const running = run()
    changes.add(running)
    try {
      return await running
    } finally {
      changes.delete(running)
      live.refresh()
    }
  }

  async function close(): Promise<void> {
    closed = true
    await Promise.allSettled(changes)
    pageReader.close()
    prints.close()
    guesser.close()
    await live.close()
  }

  async function run(snapshot: Snapshot, query: ParsedQuery, request: CheckedRequest) {
    const outcome = await searchSnapshot(snapshot, words.context(), query, request)
    const fault = words.fault()
    if (fault !== null) outcome.notices.push(fault)
    return outcome
  }

  /** What a query looks for in a text, under the reading that a search of it chooses. */
  async function soughtBy(snapshot: Snapshot, q: string) {
    return needlesOf((await run(snapshot, readQuery(q), checkRequest({ q, size: 0, view: 'ids' }))).plan)
  }

  /** What an editor would say instead of what was typed. */
  function relatedTo(snapshot: Snapshot, text: string) {
    const synonyms = words.synonymsOf(text)
    if (synonyms.length === 0) return []
    const countOf = countsIn(snapshot, analyzer, true)
    return moreOften(
      countOf(text),
      synonyms.map((synonym) => ({ text: synonym, count: countOf(synonym) })),
    )
  }

  async function search(request: SearchRequest & { view: 'ids' }): Promise<IdsResult>
  async function search(request: SearchRequest & { view?: 'full' | undefined }): Promise<SearchResult>
  async function search(request: SearchRequest): Promise<SearchResult | IdsResult> {
    const startedAt = performance.now()
    const checked = checkRequest(request)
    return live.with((snapshot) =>
      answerSearch(
        checked,
        {
          run: (query, wanted) => run(snapshot, query, wanted),
          corrections(query) {
            const found = guesser.corrections(snapshot, query)
            return guesser.state === 'missing' ? null : found
          },
          related: (text) => relatedTo(snapshot, text),
          ids: ({ hits }) =>
            hits.map(({ hit }) => ({ id: hit.segment.idOf(hit.document), score: shown(hit) })),
          hits({ plan, hits }) {
            const sought = needlesOf(plan)
            return hits.map(({ hit, also }) => {
              const article = storedArticle(hit)
              const found = { article, score: shown(hit), also: also.map(storedArticle) }
              return toHit(found, sought, analyzer, prints.fileOf(article) !== undefined)
            })
          },
        },
        startedAt,
      ),
    )
  }

  function known(snapshot: Snapshot, id: string) {
    const place = findArticle(snapshot, id)
    if (!place) throw articleUnknown(id)
    return place
  }

  const printed = printedPages(prints, live.with, known)
  const toView = (snapshot: Snapshot, article: Article, sought: Sought | null) => {
    const isPlaced = article.pageNo > 0 || article.date !== ''
    const page = isPlaced ? documentsOfPage(snapshot, article).map(storedArticle).map(toNeighbour) : []
    return {
      ...toArticleView(article, page, sought, analyzer),
      ...(article.boxes && prints.fileOf(article) !== undefined && { picture: true as const }),
    }
  }

  return {
    search,
    suggest: (q, size = 10) => live.with(async () => guesser.suggest(q, size)),
    article: (id, q) =>
      live.with(async (snapshot) => {
        const article = storedArticle(known(snapshot, id))
        if (q === undefined || q === '') return toView(snapshot, article, null)
        return toView(snapshot, article, await soughtBy(snapshot, q))
      }),
    similar: (id, size = 10) =>
      live.with(async (snapshot) =>
        (await findSimilar(snapshot, words.context(), storedArticle(known(snapshot, id)), size)).map(
          (hit) => {
            const article = storedArticle(hit)
            return {
              id: article.id,
              score: shown(hit),
              headline: headlineOf(article),
              date: article.date,
            }
          },
        ),
      ),
    page: (paper, date, pageNo, q) =>
      live.with(async (snapshot) => {
        const place = { paper, date, pageNo }
        const sought = q ? await soughtBy(snapshot, q) : null
        return toPageView(place, articlesOfPage(snapshot, place), sought, analyzer)
      }),
    ...printed,
    issues: (year, month) =>
      live.with(async (snapshot) =>
        issuesOf(snapshot, year, month, (place) => prints.fileOf(storedArticle(place)) !== undefined),
      ),
    trends: (queries, by, reading) =>
      live.with(async (snapshot) => {
        const everything = await run(snapshot, readQuery(''), checkRequest({ q: '', size: 0 }))
        const trends: Trend[] = []
        for (const query of queries) {
          const outcome = await run(
            snapshot,
            readQuery(query),
            checkRequest({ q: query, size: 0, reading }, 'exact'),
          )
          const { interpretation, histogram } = outcome
          trends.push({ query, interpretation, points: pointsOf(histogram!, everything.histogram!, by) })
        }
        return trends
      }),
    explain: (q, id) =>
      live.with(async (snapshot) => {
        const place = known(snapshot, id)
        const query = readQuery(q)
        const outcome = await run(snapshot, query, checkRequest({ q, size: 0, view: 'ids' }))
        const index = snapshot.segments.indexOf(place.segment)
        return explainArticle(snapshot, words.context(), outcome, index, place.document)
      }),
    async analyze(text) {
      words.context()
      return toAnalysisView(text, analyzer)
    },
    async *exportHits(request) {
      // One snapshot to the last article: commits meanwhile change nothing, and its files stay open.
      const lease = live.lend()
      try {
        const { snapshot } = lease
        const checked = checkRequest({ ...request, size: 0, page: 1 }, 'exact')
        // Each of them, reprints too.
        const all = { ...checked, size: snapshot.documentCount, group: false }
        const outcome = await run(snapshot, readQuery(request.q), { ...all, view: 'ids' })
        const pause = createTimeSlice(exportSliceMs, () => request.signal?.throwIfAborted())
        for (const { hit } of outcome.hits) {
          await pause()
          yield storedArticle(hit)
        }
      } finally {
        lease.release()
      }
    },
    stats() {
      // Counting goes over all articles: once for each commit.
      if (counted?.of !== live.current)
        counted = { of: live.current, stats: statsOf(live.current, directory, storage) }
      const stats = { ...counted.stats, vocabulary: guesser.state }
      const fault = words.fault()
      return fault === null
        ? stats
        : { ...stats, faults: [...stats.faults, { segment: 'dict.txt', message: fault }] }
    },
    condition: () => conditionOf(directory, storage),
    failures: () => readBuildNote(directory, storage).failures,
    version: () => [live.current.identity, words.version(), guesser.state].join(' '),
    refresh() {
      live.refresh()
      words.refresh()
      guesser.refresh()
    },
    add: (articles) =>
      change(async () => {
        const { added, replaced, ids } = await addInputs(commit, articles)
        return { added, replaced, ids }
      }),
    addPage: (bytes, hint) =>
      change(async () => {
        const { missing: _, ...counts } = await addPageFile(
          commit,
          pageReader,
          bytes,
          hint,
          prints.keep(bytes),
        )
        return counts
      }),
    remove: (ids) =>
      change(async () => {
        const { removed, missing } = await commit({ removeIds: ids })
        return { removed, missing }
      }),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A score as it is shown. */
function shown({ score }: { score: number }): number {
  return score / scoreUnit
}
