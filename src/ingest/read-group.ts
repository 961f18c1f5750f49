// Reads one portion of the sources, a page file or some records, into articles; in a worker thread or in this one.
import type { ItemType } from '../model/item.ts'
import type { Article } from '../schema/article.ts'
import type { Provenance } from '../schema/columns.ts'
import { type Fault, toFault } from './faults.ts'
import { contentOf } from './id-register.ts'
import { isPage, readPageArticles, toArticles } from './page-articles.ts'
import { type PageFileRequest, type ReadPageFile, readPageFile } from './page-file.ts'
import { readArticle } from './read-article.ts'
import { parseRecords, type RawRecords, type SourceRecord, wrappedList } from './records.ts'
import { printedLength } from './report.ts'

export type ReadTask =
  | { kind: 'page'; file: string; label: string; request: PageFileRequest }
  | { kind: 'records'; file: string; paper?: string; records: RawRecords }

/** What must be known of an article to decide whether it is indexed, and to count it. */
export interface Candidate {
  id: string
  hasOwnId: boolean
  /** Digest of what is printed, in hex digits. */
  content: string
  /** Paper, date and page of an item of a printed page. */
  page?: string
  type: ItemType
  paper: string
  /** UTF-16 units of its printed texts. */
  characters: number
}

/** A record or a page: what its warnings speak of. */
export interface ReadUnit {
  line?: number
  isPage: boolean
  candidates: Candidate[]
}

/** What a portion gave, without the articles: small enough to cross from thread to thread. */
export interface GroupSummary {
  units: ReadUnit[]
  /** Records and pages found, readable or not. */
  records: number
  /** Parts that did not become articles. */
  faults: Fault[]
  /** Things a person should know, though nothing was lost. */
  warnings: Fault[]
  pages: number
  /** Characters on these pages that no item could claim, spaces left out. */
  unplacedCharacters: number
}

/** An article and how it came. */
export interface IncomingArticle extends Provenance {
  article: Article
}

export interface ReadGroup extends GroupSummary {
  /** In the order of the candidates. */
  articles: IncomingArticle[]
}

/** Never rejects for what stands in a source: that is in `faults`. Page files are read by `readFile`, here unless told. */
export async function readGroup(task: ReadTask, readFile?: ReadPageFile): Promise<ReadGroup> {
  const group: ReadGroup = {
    units: [],
    records: 0,
    faults: [],
    warnings: [],
    pages: 0,
    unplacedCharacters: 0,
    articles: [],
  }
  if (task.kind === 'page') await readPageGroup(task, group, readFile)
  else for (const record of parseRecords(task.records)) readRecord(record, task, group)
  return group
}

async function readPageGroup(
  task: ReadTask & { kind: 'page' },
  group: ReadGroup,
  readFile?: ReadPageFile,
): Promise<void> {
  const { pages, faults, warnings } = await readPageFile(task.request, readFile)
  group.faults.push(...faults)
  group.warnings.push(...warnings)
  group.records = pages.length
  for (const page of pages) {
    const articles = toArticles(page)
    for (const article of articles) article.source = task.label
    addPage(articles, group)
    for (const part of page.unplaced ?? []) group.unplacedCharacters += part.text.replace(/\s/g, '').length
  }
}

function readRecord(record: SourceRecord, task: ReadTask & { kind: 'records' }, group: ReadGroup): void {
  const { file, paper } = task
  const { line } = record
  group.records++
  if ('fault' in record) {
    group.faults.push({
      file,
      ...(line !== undefined && { line }),
      code: 'ARTICLE_INVALID',
      message: record.fault,
    })
    return
  }
  const { value } = record
  try {
    if (isPage(value)) {
      addPage(readPageArticles(value, line), group, line)
      return
    }
    const { article, hasOwnId } = readArticle(value, paper === undefined ? {} : { paper }, line)
    group.articles.push({ article })
    const candidates = [toCandidate(article, hasOwnId)]
    group.units.push({ ...(line !== undefined && { line }), isPage: false, candidates })
  } catch (error) {
    const fault = toFault(error, file, line)
    const list = fault.field === 'headline' ? wrappedList(value) : undefined
    if (list !== undefined)
      fault.message += `；文章若在“${list}”里，先用 jq -c '.["${list}"][]' 取出，存成 JSON Lines`
    group.faults.push(fault)
  }
}

function addPage(articles: readonly Article[], group: ReadGroup, line?: number): void {
  group.pages++
  for (const article of articles) group.articles.push({ article, isFromPage: true })
  const candidates = articles.map((article) => ({ ...toCandidate(article, false), page: pageKey(article) }))
  group.units.push({ ...(line !== undefined && { line }), isPage: true, candidates })
}

function toCandidate(article: Article, hasOwnId: boolean): Candidate {
  const { id, type, paper } = article
  return { id, hasOwnId, content: contentOf(article), type, paper, characters: printedLength(article) }
}

/** Names a printed page among all. */
export function pageKey({ paper, date, pageNo }: Pick<Article, 'paper' | 'date' | 'pageNo'>): string {
  return `${paper}\0${date}\0${pageNo}`
}
