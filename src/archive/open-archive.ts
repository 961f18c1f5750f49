// One object that opens an archive, adds to it, searches it and closes it.

import { createAnalyzer } from '../analysis/analyzer.ts'
import type { Sought } from '../highlight/marks.ts'
import { createMemoryStorage } from '../index/directory/memory-storage.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import { readBuildNote } from '../ingest/build-note.ts'
import { commitChange, type Target } from '../ingest/commit-articles.ts'
import { createPageReader } from '../ingest/page-reader.ts'
import { SearchError } from '../model/errors.ts'
import type { IdsResult, SearchResult } from '../model/hit.ts'
import type { ParsedQuery, QueryNode } from '../model/query.ts'
import { createTimeSlice } from '../model/time-slice.ts'
import { normalize } from '../normalize/normalize.ts'
import { parseQuery } from '../query/parse-query.ts'
import type { Article } from '../schema/article.ts'
import { scoreUnit } from '../schema/bm25f.ts'
import { type CheckedRequest, checkRequest, type SearchRequest } from '../schema/search-request.ts'
import { articlesOfPage, findArticle, storedArticle } from '../schema/stored-articles.ts'
import { explainArticle } from '../search/explain.ts'
import { needlesOf } from '../search/needles.ts'
import { searchSnapshot } from '../search/searcher.ts'
import { findSimilar } from '../search/similar.ts'
import { toAnalysisView } from './analysis-view.ts'
import { headlineOf, marksOf, toArticleView, toHit, toHitId } from './answer.ts'
import { openGuesser } from './guesser.ts'
import { headlineBreaks } from './line-breaks.ts'
import { openLiveSnapshot } from './live-snapshot.ts'
import { createPagePrints } from './page-prints.ts'
import { issuesOf } from './pages-of-index.ts'
import type { Archive, ArchiveOptions, Trend } from './port.ts'
import { printedPages } from './printed-pages.ts'
import { conditionOf, statsOf } from './stats.ts'
import { pointsOf } from './trends.ts'
import { openUserWords } from './user-words.ts'
import { countsIn } from './vocabulary-maker.ts'
import { addInputs, addPageFile } from './writing.ts'

/** With fewer exact hits the corrector is asked whether something else was meant; it leaves terms alone. */
const fewHits = 50
/** Milliseconds of an export after which other requests get their turn. */
const exportSliceMs = 10
/** Longer queries are cut here, and the answer says so. UTF-16 units. */
const longestQuery = 512

/** Opens the archive in `options.index`. Rejects with INDEX_MISSING, INDEX_FORMAT or INDEX_CORRUPT. */
export async function openArchive(options: ArchiveOptions): Promise<Archive> {
  return open(options.index, nodeStorage, options)
}

/**
 * Makes an empty archive in the folder `options.index`, or in memory without one: it is gone then when it is closed.
 * Rejects with REQUEST_INVALID where there is an index already, with INDEX_LOCKED or STORAGE.
 */
export async function createArchive(options: Partial<ArchiveOptions> = {}): Promise<Archive> {
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
  const words = openUserWords(directory, storage, analyzer)
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

  const read = (q: string): ParsedQuery => {
    const parsed = parseQuery(q.slice(0, longestQuery))
    if (q.length > longestQuery)
      parsed.problems.push({
        message: `检索词过长，只用了前 ${longestQuery} 个字符`,
        start: longestQuery,
        end: q.length,
      })
    return { ...parsed, text: q }
  }

  async function run(snapshot: Snapshot, query: ParsedQuery, request: CheckedRequest) {
    const outcome = await searchSnapshot(snapshot, words.context(), query, request)
    const fault = words.fault()
    if (fault !== null) outcome.notices.push(fault)
    return outcome
  }

  /** What a query looks for in a text, under the reading that a search of it chooses. */
  async function soughtBy(snapshot: Snapshot, q: string) {
    return needlesOf((await run(snapshot, read(q), checkRequest({ q, size: 0, view: 'ids' }))).plan)
  }

  /** What an editor would say instead of what was typed: synonyms that are printed more often, most first. */
  function relatedTo(snapshot: Snapshot, query: ParsedQuery) {
    const { text } = query
    const synonyms = isPlainText(query.tree) ? words.synonymsOf(text) : []
    if (synonyms.length === 0) return []
    const countOf = countsIn(snapshot, analyzer, true)
    const typed = countOf(text)
    return synonyms
      .map((text) => ({ text, count: countOf(text) }))
      .filter(({ count }) => count > typed)
      .sort((a, b) => b.count - a.count)
  }

  async function search(request: SearchRequest & { view: 'ids' }): Promise<IdsResult>
  async function search(request: SearchRequest & { view?: 'full' | undefined }): Promise<SearchResult>
  async function search(request: SearchRequest): Promise<SearchResult | IdsResult> {
    const startedAt = performance.now()
    const checked = checkRequest(request)
    return live.with(async (snapshot) => {
      const typed = read(checked.q)
      let query = typed
      let outcome = await run(snapshot, query, checked)
      // Offers are for readers; a program that asks for ids gets them only when they are needed to find anything.
      const wanted =
        checked.view === 'full'
          ? outcome.totals.exact < fewHits
          : outcome.total === 0 && checked.reading === undefined
      const corrections = wanted ? guesser.corrections(snapshot, typed) : []
      if (wanted && guesser.state === 'missing')
        outcome.notices.push('输入提示和纠错还在准备，过一会儿再查会更全')
      let corrected: string | undefined
      if (outcome.total === 0 && checked.reading === undefined && isPlainText(typed.tree)) {
        for (const text of corrections) {
          const other = read(text)
          const found = await run(snapshot, other, checked)
          if (found.total === 0) continue
          query = other
          outcome = found
          corrected = text
          outcome.notices.push(`没有找到“${typed.text}”，改为查找“${text}”`)
          break
        }
      }
      const related = checked.view === 'full' ? relatedTo(snapshot, query) : []
      const head = {
        query: {
          text: typed.text,
          interpretation: outcome.interpretation,
          normalized: normalize(typed.text.slice(0, longestQuery)).text,
          problems: [...typed.problems, ...outcome.problems],
          ...(corrections.length > 0 && { corrections }),
          ...(corrected !== undefined && { corrected }),
          ...(related.length > 0 && { related }),
        },
        total: outcome.total,
        totals: outcome.totals,
        page: checked.page,
        size: checked.size,
        ...(outcome.groups !== null && { groups: outcome.groups }),
        notices: outcome.notices,
      }
      if (checked.view === 'ids')
        return {
          ...head,
          hits: outcome.hits.map(({ hit }) => toHitId(hit)),
          tookMs: performance.now() - startedAt,
        }
      const sought = needlesOf(outcome.plan)
      return {
        ...head,
        hits: outcome.hits.map((hit) => toHit(hit, sought, analyzer, prints.fileOf)),
        facets: outcome.facets!,
        histogram: outcome.histogram!,
        ...(outcome.days && { days: outcome.days }),
        tookMs: performance.now() - startedAt,
      }
    })
  }

  function known(snapshot: Snapshot, id: string) {
    const place = findArticle(snapshot, id)
    if (!place) throw new SearchError('ARTICLE_UNKNOWN', `没有编号为“${id}”的文章`, { id })
    return place
  }

  const printed = printedPages(prints, live.with, known)
  const toView = (snapshot: Snapshot, article: Article, sought: Sought | null) => ({
    ...toArticleView(snapshot, article, sought, analyzer),
    ...(article.boxes && prints.fileOf(article) !== undefined && { picture: true as const }),
  })

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
              score: hit.score / scoreUnit,
              headline: headlineOf(article),
              date: article.date,
            }
          },
        ),
      ),
    page: (paper, date, pageNo, q) =>
      live.with(async (snapshot) => {
        const articles = articlesOfPage(snapshot, { paper, date, pageNo })
        if (articles.length === 0)
          throw new SearchError('ARTICLE_UNKNOWN', `没有这一版：${paper} ${date} 第 ${pageNo} 版`)
        const section = articles.find((article) => article.section)?.section
        const head = { paper, date, pageNo, ...(section && { section }) }
        const sought = q ? await soughtBy(snapshot, q) : null
        const items = articles.map((article) => ({
          ...article,
          breaks: headlineBreaks(article, analyzer),
          ...(sought && { marks: marksOf(article, sought) }),
        }))
        return { ...head, articles: items }
      }),
    ...printed,
    issues: (year, month) =>
      live.with(async (snapshot) =>
        issuesOf(snapshot, year, month, (place) => prints.fileOf(storedArticle(place)) !== undefined),
      ),
    trends: (queries, by, reading) =>
      live.with(async (snapshot) => {
        const everything = await run(snapshot, read(''), checkRequest({ q: '', size: 0 }))
        const trends: Trend[] = []
        for (const query of queries) {
          const outcome = await run(
            snapshot,
            read(query),
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
        const query = read(q)
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
        const outcome = await run(snapshot, read(request.q), { ...all, view: 'ids' })
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
        const { added, replaced, ids } = await addInputs(target, articles)
        return { added, replaced, ids }
      }),
    addPage: (bytes, hint) =>
      change(async () => {
        const { missing: _, ...counts } = await addPageFile(
          target,
          pageReader,
          bytes,
          hint,
          prints.keep(bytes),
        )
        return counts
      }),
    remove: (ids) =>
      change(async () => {
        const { removed, missing } = await commitChange(target, { removeIds: ids })
        return { removed, missing }
      }),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Quotes and operators mean what they say; only plain text may have been meant otherwise. */
function isPlainText(tree: QueryNode): boolean {
  if (tree.kind === 'all') return tree.children.every(isPlainText)
  return tree.kind === 'run' || tree.kind === 'filter' || tree.kind === 'dates'
}
