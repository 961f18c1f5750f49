// A small archive in the heap that keeps the port's promises by plain scanning: for tests of what stands on an archive.
import type {
  AnalysisView,
  Archive,
  ArchiveStats,
  ArticleView,
  Explanation,
  IssueDay,
  PageView,
  Trend,
} from '../../src/archive/port.ts'
import { readArticle } from '../../src/ingest/read-article.ts'
import { SearchError } from '../../src/model/errors.ts'
import type { FacetName, FacetValue, IdsResult, SearchResult } from '../../src/model/hit.ts'
import type { Marked } from '../../src/model/span.ts'
import type { Article } from '../../src/schema/article.ts'
import { checkRequest, type SearchRequest } from '../../src/schema/search-request.ts'

function printedTexts(article: Article): string[] {
  const { kicker, headline, subtitle, caption, paragraphs } = article
  return [headline, kicker, subtitle, ...paragraphs, caption].filter((text) => text !== undefined)
}

function authorsOf(article: Article): string[] {
  return [...(article.bylines ?? []).flatMap(({ names }) => names), ...(article.credits ?? [])]
}

function spansOf(text: string, needles: readonly string[]): [number, number][] {
  const spans: [number, number][] = []
  for (let at = 0; at < text.length; ) {
    const needle = needles.find((one) => one !== '' && text.startsWith(one, at))
    if (needle !== undefined) spans.push([at, at + needle.length])
    at += needle?.length ?? 1
  }
  return spans
}

function marked(text: string, needles: readonly string[]): Marked {
  return { text, marks: spansOf(text, needles) }
}

function tally(values: Iterable<string>): FacetValue[] {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
}

/** Calls to `Archive`, in order, for tests that ask what reached it. */
export interface MemoryArchive extends Archive {
  readonly calls: string[]
  /** Articles given out by `exportHits`, and how many of its walks were ended. */
  readonly exported: { articles: number; ended: number }
}

export function createMemoryArchive(initial: readonly Article[]): MemoryArchive {
  const articles = new Map(initial.map((article) => [article.id, article]))
  const calls: string[] = []
  const exported = { articles: 0, ended: 0 }
  let generation = 1
  let isClosed = false

  async function close(): Promise<void> {
    isClosed = true
  }
  const find = (id: string): Article => {
    const article = articles.get(id)
    if (article === undefined) throw new SearchError('ARTICLE_UNKNOWN', `没有编号为「${id}」的文章`, { id })
    return article
  }
  const matching = (asked: SearchRequest): Article[] => {
    const request = checkRequest(asked)
    if (isClosed) throw new SearchError('CLOSED', '档案已经关闭')
    const needles = request.q.split(/\s+/).filter((needle) => needle !== '')
    const allows = (list: readonly string[], ...values: string[]) =>
      list.length === 0 || values.some((value) => list.includes(value))
    const found = [...articles.values()].filter(
      (article) =>
        needles.every((needle) => printedTexts(article).some((text) => text.includes(needle))) &&
        allows(request.type, article.type) &&
        allows(request.paper, article.paper) &&
        allows(request.section, article.section ?? '') &&
        allows(request.author, ...authorsOf(article)) &&
        allows(request.tag, ...(article.tags ?? [])) &&
        (request.pageNo.length === 0 || request.pageNo.includes(article.pageNo)) &&
        (request.from === undefined || article.date >= request.from) &&
        (request.to === undefined || (article.date !== '' && article.date <= request.to)),
    )
    const sign = request.sort === 'newest' ? -1 : request.sort === 'oldest' ? 1 : 0
    return found.sort((a, b) => sign * (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  }

  function search(request: SearchRequest & { view: 'ids' }): Promise<IdsResult>
  function search(request: SearchRequest): Promise<SearchResult>
  async function search(request: SearchRequest): Promise<SearchResult | IdsResult> {
    calls.push(`search ${JSON.stringify(request)}`)
    const needles = request.q.split(/\s+/).filter((needle) => needle !== '')
    const all = matching(request)
    const { page = 1, size = 10 } = request
    const shown = all.slice((page - 1) * size, page * size)
    const head = {
      query: { text: request.q, interpretation: 'exact' as const, normalized: request.q, problems: [] },
      total: all.length,
      totals: { exact: all.length },
      tookMs: 0.1,
      page,
      size,
      notices: [],
    }
    if (request.view === 'ids')
      return { ...head, hits: shown.map(({ id }, rank) => ({ id, score: 1 / (rank + 1) })) }
    const facetOf: Record<FacetName, (article: Article) => string[]> = {
      type: ({ type }) => [type],
      paper: ({ paper }) => [paper],
      section: ({ section }) => [section ?? ''],
      author: authorsOf,
      tag: ({ tags = [] }) => tags,
      year: ({ date }) => [date.slice(0, 4)],
      pageNo: ({ pageNo }) => [String(pageNo)],
    }
    const facet = (name: FacetName) => tally(all.flatMap(facetOf[name]))
    return {
      ...head,
      hits: shown.map((article, rank) => ({
        id: article.id,
        score: 1 / (rank + 1),
        type: article.type,
        headline: marked(article.headline ?? '', needles),
        ...(article.kicker === undefined ? {} : { kicker: marked(article.kicker, needles) }),
        ...(article.subtitle === undefined ? {} : { subtitle: marked(article.subtitle, needles) }),
        paper: article.paper,
        date: article.date,
        pageNo: article.pageNo,
        ...(article.section === undefined ? {} : { section: article.section }),
        bylines: article.bylines ?? [],
        snippets: article.paragraphs.slice(0, 2).map((text) => marked(text, needles)),
      })),
      facets: {
        type: facet('type'),
        paper: facet('paper'),
        section: facet('section'),
        author: facet('author'),
        tag: facet('tag'),
        year: facet('year'),
        pageNo: facet('pageNo'),
      },
      histogram: tally(all.map(({ date }) => date.slice(0, 7)))
        .map(({ value, count }) => ({ month: value, count }))
        .sort((a, b) => (a.month < b.month ? -1 : 1)),
    }
  }

  const onPage = (paper: string, date: string, pageNo: number) =>
    [...articles.values()].filter(
      (article) => article.paper === paper && article.date === date && article.pageNo === pageNo,
    )

  return {
    calls,
    exported,
    search,
    async suggest(q, size = 8) {
      calls.push(`suggest ${q}`)
      return [...articles.values()]
        .filter(({ headline }) => headline?.includes(q))
        .slice(0, size)
        .map(({ id, headline }) => ({ text: headline ?? '', kind: 'headline' as const, count: 1, id }))
    },
    async article(id, q): Promise<ArticleView> {
      calls.push(`article ${id} ${q ?? ''}`)
      const article = find(id)
      const siblings = onPage(article.paper, article.date, article.pageNo)
      const at = siblings.indexOf(article)
      const [previous, next] = [siblings[at - 1], siblings[at + 1]]
      const needles = (q ?? '').split(/\s+/)
      return {
        ...article,
        neighbours: {
          ...(previous === undefined
            ? {}
            : { previous: { id: previous.id, headline: previous.headline ?? '' } }),
          ...(next === undefined ? {} : { next: { id: next.id, headline: next.headline ?? '' } }),
        },
        citation: {
          gbt7714: `${article.headline ?? ''}[N]. ${article.paper}, ${article.date}(${article.pageNo}).`,
          bibtex: `@article{x, title={${article.headline ?? ''}}}`,
          ris: `TY  - NEWS\nTI  - ${article.headline ?? ''}\nER  - `,
        },
        ...(q === undefined
          ? {}
          : {
              marks: {
                headline: spansOf(article.headline ?? '', needles),
                paragraphs: article.paragraphs.map((text) => spansOf(text, needles)),
              },
            }),
      }
    },
    async similar(id, size = 8) {
      find(id)
      return [...articles.values()]
        .filter((article) => article.id !== id)
        .slice(0, size)
        .map((article) => ({
          id: article.id,
          score: 0.5,
          headline: article.headline ?? '',
          date: article.date,
        }))
    },
    async page(paper, date, pageNo): Promise<PageView> {
      const found = onPage(paper, date, pageNo)
      if (found.length === 0)
        throw new SearchError('ARTICLE_UNKNOWN', `没有${paper} ${date} 第 ${pageNo} 版`, { field: 'pageNo' })
      const section = found[0]?.section
      return { paper, date, pageNo, ...(section === undefined ? {} : { section }), articles: found }
    },
    async print() {
      return null
    },
    async picture(paper, date, pageNo) {
      throw new SearchError('ARTICLE_UNKNOWN', `没有图：${paper} ${date} 第 ${pageNo} 版`)
    },
    async clip(id) {
      throw new SearchError('ARTICLE_UNKNOWN', `没有图：${find(id).id}`)
    },
    async pdf(paper, date, pageNo) {
      throw new SearchError('ARTICLE_UNKNOWN', `没有 PDF：${paper} ${date} 第 ${pageNo} 版`)
    },
    async issues(year, month): Promise<IssueDay[]> {
      const prefix = [year?.toString().padStart(4, '0'), month?.toString().padStart(2, '0')]
        .filter((part) => part !== undefined)
        .join('-')
      const dated = [...articles.values()].filter(({ date }) => date !== '' && date.startsWith(prefix))
      return [...new Set(dated.map(({ date }) => date))].sort().map((date) => {
        const ofDay = dated.filter((article) => article.date === date)
        return {
          date,
          papers: [...new Set(ofDay.map(({ paper }) => paper))].map((paper) => {
            const ofPaper = ofDay.filter((article) => article.paper === paper)
            const pages = [...new Set(ofPaper.map(({ pageNo }) => pageNo))].filter((one) => one > 0)
            const unpaged = ofPaper.filter(({ pageNo }) => pageNo === 0).length
            return { paper, pages: pages.sort((a, b) => a - b), articles: ofPaper.length, unpaged }
          }),
        }
      })
    },
    async trends(queries, by): Promise<Trend[]> {
      const length = by === 'year' ? 4 : 7
      const whole = new Map(
        tally(matching({ q: '' }).map(({ date }) => date.slice(0, length))).map((one) => [
          one.value,
          one.count,
        ]),
      )
      return queries.map((query) => ({
        query,
        interpretation: 'exact' as const,
        points: tally(matching({ q: query }).map(({ date }) => date.slice(0, length)))
          .map(({ value, count }) => ({ period: value, count, share: count / (whole.get(value) ?? count) }))
          .sort((a, b) => (a.period < b.period ? -1 : 1)),
      }))
    },
    async explain(q, id): Promise<Explanation> {
      find(id)
      const found = matching({ q }).some((article) => article.id === id)
      const score = found ? 1 : 0
      return {
        id,
        found,
        score,
        summary: found ? '字面相同' : '没有这些字',
        parts: [{ text: q, value: score }],
      }
    },
    async analyze(text): Promise<AnalysisView> {
      return { text, normalized: text, words: [{ text, span: [0, text.length], subwords: [] }], notes: [] }
    },
    async *exportHits(request) {
      try {
        for (const article of matching(request)) {
          exported.articles += 1
          yield article
        }
      } finally {
        exported.ended += 1
      }
    },
    failures: () => null,
    condition: () => ({ committedAt: null, freeBytes: null }),
    version: () => String(generation),
    refresh: () => undefined,
    stats(): ArchiveStats {
      const dates = [...articles.values()].map(({ date }) => date).filter((date) => date !== '')
      return {
        articles: articles.size,
        segments: 1,
        segmenter: null,
        generation,
        bytes: 0,
        from: dates.toSorted()[0] ?? '',
        to: dates.toSorted().at(-1) ?? '',
        papers: tally([...articles.values()].map(({ paper }) => paper)),
        types: tally([...articles.values()].map(({ type }) => type)),
        years: tally(dates.map((date) => date.slice(0, 4))).sort((a, b) => (a.value < b.value ? -1 : 1)),
        faults: [],
        vocabulary: 'ready' as const,
      }
    },
    async add(inputs) {
      const added = inputs.map((input, place) => readArticle(input, {}, place + 1).article)
      const ids = added.map(({ id }) => id)
      calls.push(`add ${ids.join(' ')}`)
      const replaced = added.filter(({ id }) => articles.has(id)).length
      for (const article of added) articles.set(article.id, article)
      generation += 1
      return { added: added.length - replaced, replaced, ids }
    },
    async addPage(bytes, hint) {
      calls.push(`addPage ${bytes.length} ${JSON.stringify(hint)}`)
      if (bytes.length === 0) throw new SearchError('PAGE_EMPTY', '版面是空的')
      const id = `page-${bytes.length}`
      const { paper = '', date = '', pageNo = 0 } = hint
      const paragraphs = [new TextDecoder().decode(bytes)]
      articles.set(id, { id, type: 'article', paper, date, pageNo, paragraphs })
      return { added: 1, replaced: 0, removed: 0, ids: [id], unplaced: 0 }
    },
    async remove(ids) {
      const missing = ids.filter((id) => !articles.delete(id))
      generation += 1
      return { removed: ids.length - missing.length, missing }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
