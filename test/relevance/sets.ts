// The query sets that ranking is measured on; private data beside the repository, absent elsewhere.
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Article } from '../../src/schema/article.ts'
import { articleOf } from '../support/articles.ts'
import type { Judgements } from './metrics.ts'

export interface JudgedQuery {
  text: string
  relevant: Judgements
  /** tune: parameters may be learned on it; test: they may not. */
  half: 'tune' | 'test'
  kind?: string
}

export interface JudgedSet {
  name: string
  /** Which articles are searched. */
  corpus: 'news' | 'newsBodies' | 'hotSearch' | 'newspaperBodies'
  queries: JudgedQuery[]
}

/** Where the data lie; null when they are not here. */
export function sharedFolder(): URL | null {
  const folder = new URL('../../../shared/', import.meta.url)
  return existsSync(new URL('data/news.jsonl.gz', folder)) ? folder : null
}

function lines(file: URL): string[] {
  const bytes = readFileSync(file)
  return (file.pathname.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.length > 0)
}

/** Even lines tune, odd lines test: fixed for ever, no seed needed. */
const halfOf = (index: number) => (index % 2 === 0 ? 'tune' : 'test')

export function readSets(shared: URL): JudgedSet[] {
  const pairs = (file: string): JudgedQuery[] =>
    lines(new URL(file, shared)).map((line, i) => {
      const [text, id] = line.split('\t') as [string, string]
      return { text, relevant: new Map([[id, 1]]), half: halfOf(i) }
    })
  const judged = (folder: string): JudgedQuery[] => {
    const relevant = new Map<string, Map<string, number>>()
    for (const line of lines(new URL(`judged/${folder}/qrels.tsv`, shared)).slice(1)) {
      const [query, id, grade] = line.split('\t') as [string, string, string]
      relevant.set(query, (relevant.get(query) ?? new Map()).set(id, Number(grade)))
    }
    return lines(new URL(`judged/${folder}/queries.jsonl`, shared)).flatMap((line, i) => {
      const query = JSON.parse(line) as { id: string; text: string; kind?: string }
      const found = relevant.get(query.id)
      return found
        ? [{ text: query.text, relevant: found, half: halfOf(i), ...(query.kind && { kind: query.kind }) }]
        : []
    })
  }
  const hot = judged('hot-search')
  return [
    { name: 'known item, bodies alone', corpus: 'newsBodies', queries: pairs('data/known-item.tsv') },
    { name: 'keywords, whole articles', corpus: 'news', queries: pairs('data/keywords.tsv') },
    {
      name: 'trending, reworded',
      corpus: 'hotSearch',
      queries: hot.filter((query) => query.kind === 'reworded'),
    },
    {
      name: 'trending, verbatim',
      corpus: 'hotSearch',
      queries: hot.filter((query) => query.kind === 'verbatim'),
    },
    { name: 'headline to body', corpus: 'newspaperBodies', queries: judged('headline-to-body') },
  ]
}

interface Source {
  id: string
  title?: string
  body?: string
  text?: string
  date?: string
  paper?: string
  tags?: string[]
}

export function readCorpus(shared: URL, corpus: JudgedSet['corpus']): Article[] {
  const file = {
    news: 'data/news.jsonl.gz',
    newsBodies: 'data/news.jsonl.gz',
    hotSearch: 'judged/hot-search/corpus.jsonl.gz',
    newspaperBodies: 'judged/headline-to-body/corpus.jsonl.gz',
  }[corpus]
  const bodiesOnly = corpus === 'newsBodies' || corpus === 'newspaperBodies'
  return lines(new URL(file, shared)).map((line) => {
    const source = JSON.parse(line) as Source
    const paragraphs = (source.body ?? source.text ?? '').split('\n').filter((p) => p.trim().length > 0)
    const headline = bodiesOnly ? '' : (source.title ?? '')
    return articleOf(source.id, headline, paragraphs, {
      date: source.date ?? '',
      paper: source.paper ?? '',
      ...(source.tags && { tags: source.tags }),
    })
  })
}
