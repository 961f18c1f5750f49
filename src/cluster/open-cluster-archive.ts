// The same archive on an OpenSearch cluster: every door of the port, answered by the cluster's shards.
import { createAnalyzer } from '../analysis/analyzer.ts'
import { toAnalysisView } from '../answer/analysis-view.ts'
import { articleUnknown, headlineOf, toArticleView, toHit, toNeighbour, toPageView } from '../answer/hits.ts'
import { answerSearch, moreOften } from '../answer/search-answer.ts'
import { pointsOf } from '../answer/trends.ts'
import type { Archive, Trend } from '../archive/port.ts'
import { needlesOf } from '../highlight/needles.ts'
import { addInputs, addPageFile } from '../ingest/add-inputs.ts'
import { createPageReader, type PageLimits } from '../ingest/page-reader.ts'
import { SearchError } from '../model/errors.ts'
import type { IdsResult, SearchResult } from '../model/hit.ts'
import type { ParsedQuery } from '../model/query.ts'
import { fold } from '../normalize/normalize.ts'
import { followEditorWords } from '../query/editor-words.ts'
import type { StringPlan } from '../query/plan.ts'
import { readQuery } from '../query/read-query.ts'
import type { Article } from '../schema/article.ts'
import { type CheckedRequest, checkRequest, type SearchRequest } from '../schema/search-request.ts'
import { createClusterCommit } from './commit.ts'
import type { Connection } from './connection.ts'
import { listsOf } from './editor-lists.ts'
import { explainOnCluster } from './explain.ts'
import { allFilters } from './facets.ts'
import { openClusterGuesser } from './guesser.ts'
import { articlesOfPage, holdingsOn } from './holdings.ts'
import { openArticleIndices } from './indices.ts'
import { issuesOnCluster } from './issues.ts'
import { openLiveState } from './live-state.ts'
import { mappingSignature } from './mapping.ts'
import type { ArchiveNames } from './names.ts'
import { scan } from './scan.ts'
import { liftedQuery, readStored, searchCluster, sortOf } from './search.ts'
import type { Asking } from './shards.ts'
import { findSimilarOnCluster } from './similar.ts'
import { createStringCounts } from './string-counts.ts'
import { keyOfString, stringsOf } from './translate.ts'

export interface ClusterArchiveOptions {
  connection: Connection
  names: ArchiveNames
  /** What reading one page may cost `addPage`. */
  pageLimits?: PageLimits
}

/** Takes the connection over: closing the archive closes it. Rejects with INDEX_MISSING, INDEX_FORMAT or STORAGE. */
export async function openOnCluster({
  connection,
  names,
  pageLimits,
}: ClusterArchiveOptions): Promise<Archive> {
  const analyzer = createAnalyzer()
  const indices = await openArticleIndices(connection, names, mappingSignature(analyzer))
  const live = await openLiveState(connection, names)
  const words = followEditorWords(
    listsOf(() => live.current.lists),
    analyzer,
  )
  const pageReader = createPageReader(pageLimits)
  const counts = createStringCounts(() => ({ articles: live.current.articles, version: live.version() }))
  const guesser = openClusterGuesser(connection, names, analyzer, () => live.current, countTexts)
  const holdings = holdingsOn(() => asking())
  const commit = createClusterCommit(
    connection,
    indices,
    holdingsOn(() => asking(), { whole: true }),
    analyzer,
  )
  /** Part of the version, so that nobody keeps an answer in which shards are missing. */
  let partialAnswers = 0
  let closed = false
  const busy = new Set<Promise<unknown>>()

  function asking(
    limits: { signal?: AbortSignal | undefined; deadlineMs?: number | undefined } = {},
  ): Asking {
    live.follow()
    const { signal, deadlineMs } = limits
    return {
      connection,
      target: names.alias,
      indices: live.current.indices,
      signal,
      ...(deadlineMs !== undefined && { deadline: performance.now() + deadlineMs }),
      missing: { failed: 0, total: 0 },
    }
  }

  /** Runs for as long as the archive is open; `close` waits for it. */
  async function work<T>(run: () => Promise<T>): Promise<T> {
    if (closed) throw new SearchError('CLOSED', '档案已关闭')
    const running = run()
    busy.add(running)
    try {
      return await running
    } finally {
      busy.delete(running)
    }
  }

  /** As `work`; asked again where a rebuild has put other indices in place of those that were known. */
  function read<T>(run: () => Promise<T>): Promise<T> {
    return work(async () => {
      const before = live.current.indices.join()
      try {
        return await run()
      } catch (error) {
        if (!(error instanceof SearchError) || !['INDEX_MISSING', 'STORAGE'].includes(error.code)) throw error
        await live.look().catch(() => undefined)
        if (live.current.indices.join() === before) throw error
        return run()
      }
    })
  }

  async function run(query: ParsedQuery, request: CheckedRequest) {
    const asked = asking(request)
    const outcome = await searchCluster(asked, counts, words.context(), query, request)
    if (asked.missing.failed > 0) partialAnswers++
    const fault = words.fault()
    if (fault !== null) outcome.notices.push(fault)
    return outcome
  }

  /** What a query looks for in a text, under the reading that a search of it chooses. */
  async function soughtBy(q: string) {
    return needlesOf((await run(readQuery(q), checkRequest({ q, size: 0, view: 'ids' }))).plan)
  }

  /** In how many articles texts are printed, also with marks inside. */
  async function countTexts(texts: readonly string[]): Promise<Map<string, number>> {
    const strings = texts.map(
      (text): StringPlan => ({ kind: 'string', forms: [fold(text)], acrossMarks: true }),
    )
    const frequencies = await counts.learn(asking(), strings, analyzer)
    return new Map(texts.map((text, at) => [text, frequencies.of(keyOfString(strings[at]!))]))
  }

  async function search(request: SearchRequest & { view: 'ids' }): Promise<IdsResult>
  async function search(request: SearchRequest & { view?: 'full' | undefined }): Promise<SearchResult>
  async function search(request: SearchRequest): Promise<SearchResult | IdsResult> {
    const startedAt = performance.now()
    const checked = checkRequest(request)
    return read(() =>
      answerSearch(
        checked,
        {
          run,
          corrections: (query) => guesser.corrections(query),
          async related(text) {
            const synonyms = words.synonymsOf(text)
            if (synonyms.length === 0) return []
            const counted = await countTexts([text, ...synonyms])
            return moreOften(
              counted.get(text)!,
              synonyms.map((synonym) => ({ text: synonym, count: counted.get(synonym)! })),
            )
          },
          ids: ({ hits }) => hits.map(({ hit: { id, score } }) => ({ id, score })),
          hits({ plan, hits }) {
            const sought = needlesOf(plan)
            return hits.map(({ hit: { article, score }, also }) =>
              toHit({ article, score, also: also.map((one) => one.article) }, sought, analyzer, false),
            )
          },
        },
        startedAt,
      ),
    )
  }

  async function known(id: string): Promise<Article> {
    const found = (await holdings.find([id])).get(id)
    if (!found) throw articleUnknown(id)
    return found.article
  }

  async function change<T>(apply: () => Promise<T>): Promise<T> {
    return work(async () => {
      try {
        return await apply()
      } finally {
        await live.look().catch(() => undefined)
      }
    })
  }

  async function close(): Promise<void> {
    if (closed) return
    closed = true
    await Promise.allSettled(busy)
    pageReader.close()
    await guesser.close()
    await connection.close()
  }

  const noPicture = async () => {
    throw new SearchError('ARTICLE_UNKNOWN', '集群上的档案没有版面的 PDF')
  }

  return {
    search,
    suggest: (q, size = 10) => read(() => guesser.suggest(q, size)),
    article: (id, q) =>
      read(async () => {
        const article = await known(id)
        const isPlaced = article.pageNo > 0 || article.date !== ''
        const [page, sought] = await Promise.all([
          isPlaced ? holdings.ofPage(article) : [],
          q ? soughtBy(q) : null,
        ])
        return toArticleView(
          article,
          page.map((one) => toNeighbour(one.article)),
          sought,
          analyzer,
        )
      }),
    similar: (id, size = 10) =>
      read(async () => {
        const hits = await findSimilarOnCluster(asking(), counts, words.context(), await known(id), size)
        return hits.map(({ id: other, score, article }) => ({
          id: other,
          score,
          headline: headlineOf(article),
          date: article.date,
        }))
      }),
    page: (paper, date, pageNo, q) =>
      read(async () => {
        const place = { paper, date, pageNo }
        const [articles, sought] = await Promise.all([
          articlesOfPage(holdings, place),
          q ? soughtBy(q) : null,
        ])
        return toPageView(place, articles, sought, analyzer)
      }),
    print: async () => null,
    picture: noPicture,
    clip: noPicture,
    pdf: noPicture,
    issues: (year, month) => read(() => issuesOnCluster(asking(), year, month)),
    trends: (queries, by, reading) =>
      read(async () => {
        const histogramOf = async (q: string) =>
          run(readQuery(q), checkRequest({ q, size: 0, reading }, 'exact'))
        const everything = await histogramOf('')
        const trends: Trend[] = []
        for (const query of queries) {
          const { interpretation, histogram } = await histogramOf(query)
          trends.push({ query, interpretation, points: pointsOf(histogram!, everything.histogram!, by) })
        }
        return trends
      }),
    explain: (q, id) =>
      read(async () => {
        const article = await known(id)
        const outcome = await run(readQuery(q), checkRequest({ q, size: 0, view: 'ids' }))
        return explainOnCluster(asking(), counts, words.context(), outcome, article)
      }),
    async analyze(text) {
      words.context()
      return toAnalysisView(text, analyzer)
    },
    async *exportHits(request) {
      const checked = checkRequest({ ...request, size: 0, page: 1, view: 'ids' }, 'exact')
      const { plan, stricter, frequencies } = await read(async () => {
        const outcome = await run(readQuery(request.q), { ...checked, group: false })
        return { ...outcome, frequencies: await counts.learn(asking(), stringsOf(outcome.plan), analyzer) }
      })
      const query = {
        bool: { must: [liftedQuery(plan, stricter, frequencies, analyzer)], filter: allFilters(checked) },
      }
      const { signal } = request
      const sort = sortOf(checked.sort)
      for await (const { _source } of scan({ connection, target: names.alias, query, sort, signal }))
        yield readStored(_source)
    },
    stats() {
      live.follow()
      const { articles, sequence, from, to, papers, types, years, build, missing } = live.current
      const faults = [words.fault()].flatMap((message) =>
        message === null ? [] : [{ segment: 'dict.txt', message }],
      )
      if (missing.failed > 0)
        faults.push({
          segment: names.alias,
          message: `集群的 ${missing.total} 个分片里有 ${missing.failed} 个没有回答`,
        })
      return {
        articles,
        segments: indices.size.segments,
        segmenter: build?.segmenter ?? null,
        generation: sequence,
        bytes: indices.size.bytes,
        from,
        to,
        papers: papers.slice(0, 50),
        types,
        years,
        faults,
        vocabulary: guesser.state,
      }
    },
    condition: () => ({
      committedAt: live.current.sequence > 0 ? new Date(live.current.sequence / 1000).toISOString() : null,
      freeBytes: null,
    }),
    failures: () => live.current.build?.failures ?? null,
    version() {
      live.follow()
      return [live.version(), words.version(), guesser.state, partialAnswers].join(' ')
    },
    refresh() {
      words.refresh()
      live.follow()
    },
    add: (articles) =>
      change(async () => {
        const { added, replaced, ids } = await addInputs(commit, articles)
        return { added, replaced, ids }
      }),
    addPage: (bytes, hint) =>
      change(async () => {
        const { missing: _, ...counted } = await addPageFile(commit, pageReader, bytes, hint)
        return counted
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
