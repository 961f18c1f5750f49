// What an archive on a cluster holds, asked article by article.
import type { Holdings, StoredArticle } from '../ingest/plan-change.ts'
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import { piecesOnPage } from '../schema/stored-articles.ts'
import { readStored } from './search.ts'
import { type Asking, askShards, type ClusterHit } from './shards.ts'
import type { Query } from './translate.ts'

/** A stored article and the index it lies in. */
export interface ClusterStored extends StoredArticle {
  document: string
  index: string
}

/** Ids asked for in one request. */
const idsTogether = 1000
/** More than any page or issue prints. */
const mostOfIssue = 10_000

export interface ClusterHoldings extends Holdings {
  find(ids: readonly string[]): Promise<Map<string, ClusterStored>>
}

/**
 * Rejects with STORAGE where an article that is asked for may lie on a shard that does not answer; with `whole`, whenever
 * one does not: a change must know of all that it replaces.
 */
export function holdingsOn(asking: () => Asking, { whole = false } = {}): ClusterHoldings {
  async function stored(filter: readonly Query[], asked = asking()): Promise<ClusterStored[]> {
    const answer = await askShards(asked, {
      size: mostOfIssue,
      track_total_hits: false,
      query: { bool: { filter } },
      sort: [{ sequence: 'asc' }],
    })
    if (whole) refuseMissing(asked)
    return answer.hits.hits.map(toStored)
  }
  return {
    async find(ids) {
      const found = new Map<string, ClusterStored>()
      for (let from = 0; from < ids.length; from += idsTogether) {
        const some = ids.slice(from, from + idsTogether)
        const asked = asking()
        const named = { bool: { should: [{ terms: { id: some } }, { terms: { laterPiece: some } }] } }
        const wanted = new Set(some)
        for (const one of await stored([named], asked)) {
          const names = [one.article.id, ...(one.article.pieces ?? []).map(({ id }) => id)]
          for (const name of names) if (wanted.has(name) && !found.has(name)) found.set(name, one)
        }
        if (some.some((id) => !found.has(id))) refuseMissing(asked)
      }
      return found
    },
    ofPage: (page) => stored([...issueFilter(page), { term: { pageNo: page.pageNo } }]),
    jumpingOf: (issue) => stored([...issueFilter(issue), { range: { pieces: { gt: 0 } } }]),
  }
}

function refuseMissing({ missing: { failed, total } }: Asking): void {
  if (failed > 0)
    throw new SearchError('STORAGE', `集群的 ${total} 个分片里有 ${failed} 个没有回答：稍后再试`)
}

function issueFilter({ paper, date }: { paper: string; date: string }): Query[] {
  const of = (field: string, value: string): Query =>
    value === '' ? { bool: { must_not: [{ exists: { field } }] } } : { term: { [field]: value } }
  return [of('paper', paper), of('date', date)]
}

function toStored({ _id, _index, _source }: ClusterHit): ClusterStored {
  let article: Article | undefined
  return {
    document: _id,
    index: _index,
    isFromPage: _source.isFromPage ?? false,
    get article() {
      article ??= readStored(_source)
      return article
    },
  }
}

/** What a page prints, in the order in which it was read. */
export async function articlesOfPage(
  holdings: Holdings,
  page: { paper: string; date: string; pageNo: number },
): Promise<Article[]> {
  const [begunHere, jumping] = await Promise.all([holdings.ofPage(page), holdings.jumpingOf(page)])
  const articles = (list: readonly StoredArticle[]) => list.map(({ article }) => article)
  return piecesOnPage(articles(begunHere), articles(jumping), page.pageNo)
}
