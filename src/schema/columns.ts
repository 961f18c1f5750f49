// The columns of an article in the index: what can be filtered, counted and sorted without opening it.
import type { ColumnSpec, DocumentColumns } from '../index/segment/document.ts'
import type { Article } from './article.ts'

/** How an article came into the archive. */
export interface Provenance {
  /** By `add` or a POST, not from the sources of a rebuild: a rebuild keeps it. */
  isAdded?: boolean
  /** Read from a printed page: another reading of that page replaces it. */
  isFromPage?: boolean
}

export const articleColumns = [
  { name: 'date', kind: 'number' },
  { name: 'pageNo', kind: 'number' },
  { name: 'type', kind: 'keyword' },
  { name: 'paper', kind: 'keyword' },
  { name: 'section', kind: 'keyword' },
  { name: 'author', kind: 'keywords' },
  { name: 'tag', kind: 'keywords' },
  { name: 'isAdded', kind: 'number' },
  { name: 'isFromPage', kind: 'number' },
  { name: 'pieces', kind: 'number' },
  { name: 'laterPiece', kind: 'keywords' },
] as const satisfies readonly ColumnSpec[]

/** Columns of texts that a search can be filtered by. */
export const filterColumns = ['type', 'paper', 'section', 'author', 'tag'] as const
export type FilterColumn = (typeof filterColumns)[number]

export function toColumns(article: Article, { isAdded, isFromPage }: Provenance = {}): DocumentColumns {
  return {
    date: toDateNumber(article.date),
    pageNo: article.pageNo,
    type: article.type,
    paper: article.paper,
    section: article.section ?? '',
    author: authorsOf(article),
    tag: article.tags ?? [],
    isAdded: isAdded ? 1 : 0,
    isFromPage: isFromPage ? 1 : 0,
    // 1 where a story waits for another piece.
    pieces: article.pieces?.length ?? (article.continues === undefined ? 0 : 1),
    laterPiece: article.pieces?.slice(1).map((piece) => piece.id) ?? [],
  } satisfies Record<(typeof articleColumns)[number]['name'], unknown>
}

/** Everyone an article names as its maker: bylines, signature and credits, each once. */
function authorsOf(article: Article): string[] {
  const names = (article.bylines ?? []).flatMap((byline) => byline.names)
  return [
    ...new Set([...names, ...(article.signature ? [article.signature] : []), ...(article.credits ?? [])]),
  ].filter((name) => name.length > 0)
}

/** YYYY-MM-DD as the number YYYYMMDD; 0 when unknown. */
export function toDateNumber(date: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? Number(date.replaceAll('-', '')) : 0
}

/** YYYYMMDD as YYYY-MM-DD; empty for 0. */
export function toDateText(date: number): string {
  if (date === 0) return ''
  const text = String(date).padStart(8, '0')
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}
