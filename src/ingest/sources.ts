// Turns sources into one ordered stream of articles with unique ids, and names whatever could not become one.

import { SearchError } from '../model/errors.ts'
import type { Page } from '../model/item.ts'
import type { Article } from '../schema/article.ts'
import { type Fault, toFault } from './faults.ts'
import { createIdRegister, type IdRegister } from './id-register.ts'
import { isPage, readPageArticles, toArticles } from './page-articles.ts'
import { type PageFileAnswer, type PageFileRequest, readPageFile } from './page-file.ts'
import { readArticle } from './read-article.ts'
import { readRecords, type SourceRecord, wrappedList } from './records.ts'
import { type FoundSources, findSources, type SourceFile, unreadable } from './source-files.ts'
import type { SourceKind } from './source-kind.ts'

/** What one page file or one stretch of a JSON Lines file gave. */
export interface SourceChunk {
  file: string
  /** To be indexed; ids are unique over all chunks. */
  articles: Article[]
  /** Articles whose file gave them an id that came before: they take the place of the earlier ones. */
  replacements: Article[]
  /** Ids of those articles that were read from printed pages. */
  fromPages: Set<string>
  /** Parts that did not become articles. */
  faults: Fault[]
  /** Things a person should know, though nothing was lost. */
  warnings: Fault[]
  /** Pages read. */
  pages: number
  /** Characters on these pages that no item could claim, spaces left out. */
  unplacedCharacters: number
  /** Of all files together. */
  bytesRead: number
}

export interface SourceOptions {
  /** The newspaper's name, for pages and articles alike; wins over folder and masthead, not over a JSON field. */
  paper?: string
  /** Reads page files elsewhere (a worker thread); this thread by default. */
  readPage?: (request: PageFileRequest) => Promise<PageFileAnswer>
  /** Where ids are registered; one of its own by default. */
  register?: IdRegister
  /** Page files read ahead of the consumer; 1 by default. */
  readAhead?: number
}

/** Reads the files that `findSources` found, in their order, then articles that are given. Never throws for a bad file. */
export async function* readSources(
  found: FoundSources,
  options: SourceOptions = {},
  given: Iterable<unknown> | AsyncIterable<unknown> = [],
): AsyncGenerator<SourceChunk> {
  const register = options.register ?? createIdRegister()
  const pages = createReadAhead(found, options)
  let bytesBefore = 0
  for (const file of found.files) {
    if (file.kind === 'page') {
      const chunk = toPageChunk(file, await pages.next(file), register)
      bytesBefore += file.bytes
      yield { ...chunk, bytesRead: bytesBefore }
    } else {
      for await (const chunk of readArticles({ ...file, kind: file.kind }, options, register))
        yield { ...chunk, bytesRead: bytesBefore + chunk.bytesRead }
      bytesBefore += file.bytes
    }
  }
  let place = 0
  for await (const value of given) {
    const chunk = emptyChunk('articles')
    admitRecord({ line: ++place, value }, 'articles', options, register, chunk)
    yield { ...chunk, bytesRead: bytesBefore }
  }
}

/** All articles of some sources at once, with their faults; for sources that fit into memory. @internal */
export async function collectArticles(
  sources: readonly string[],
  options: SourceOptions = {},
): Promise<{ articles: Article[]; faults: Fault[]; warnings: Fault[]; pages: number }> {
  const found = findSources(sources)
  const articles = new Map<string, Article>()
  const faults = [...found.faults]
  const warnings: Fault[] = []
  let pages = 0
  for await (const chunk of readSources(found, options)) {
    for (const article of [...chunk.articles, ...chunk.replacements]) articles.set(article.id, article)
    faults.push(...chunk.faults)
    warnings.push(...chunk.warnings)
    pages += chunk.pages
  }
  return { articles: [...articles.values()], faults, warnings, pages }
}

/** Starts reading page files before their turn, so that several threads can read while order is kept. */
function createReadAhead(found: FoundSources, options: SourceOptions) {
  const { paper, readPage = readPageFile, readAhead = 1 } = options
  const queue = found.files.filter((file) => file.kind === 'page')
  const started = new Map<string, Promise<PageFileAnswer>>()
  let position = 0
  const start = () => {
    while (started.size < readAhead && position < queue.length) {
      const { path } = queue[position++]!
      const twin = found.twins.get(path)
      const answer = readPage({
        path,
        ...(paper !== undefined && { paper }),
        ...(twin !== undefined && { twin }),
      })
      // A rejection is met when the file's turn comes; until then it must not count as unhandled.
      answer.catch(() => {})
      started.set(path, answer)
    }
  }
  return {
    async next(file: SourceFile): Promise<PageFileAnswer> {
      start()
      try {
        return await started.get(file.path)!
      } finally {
        started.delete(file.path)
        start()
      }
    },
  }
}

type Chunk = Omit<SourceChunk, 'bytesRead'>

function emptyChunk(file: string): Chunk {
  return {
    file,
    articles: [],
    replacements: [],
    fromPages: new Set(),
    faults: [],
    warnings: [],
    pages: 0,
    unplacedCharacters: 0,
  }
}

function toPageChunk(file: SourceFile, answer: PageFileAnswer, register: IdRegister): Chunk {
  const chunk = emptyChunk(file.path)
  chunk.faults.push(...answer.faults)
  chunk.warnings.push(...answer.warnings)
  for (const page of answer.pages) admitPage(page, file, register, chunk)
  return chunk
}

function admitPage(page: Page, file: SourceFile, register: IdRegister, chunk: Chunk): void {
  chunk.pages++
  const articles = toArticles(page)
  for (const article of articles) article.source = file.label
  admitArticles(articles, file.path, register, chunk)
  for (const part of page.unplaced ?? []) chunk.unplacedCharacters += part.text.replace(/\s/g, '').length
}

function admitArticles(
  articles: readonly Article[],
  file: string,
  register: IdRegister,
  chunk: Chunk,
  line?: number,
): void {
  let repeats = 0
  let renamed = 0
  for (const article of articles) {
    const admission = register.admit(article, false)
    if (admission === 'repeat') repeats++
    else {
      chunk.articles.push(article)
      chunk.fromPages.add(article.id)
    }
    if (admission === 'renamed') renamed++
  }
  const at = { file, ...(line !== undefined && { line }), code: 'ARTICLE_INVALID' as const }
  if (renamed > 0)
    chunk.warnings.push({
      ...at,
      message: `同报、同日、同版已有别的文件，内容不同：两份都收录，这一份的 ${renamed} 条另取编号`,
    })
  if (repeats > 0) chunk.warnings.push({ ...at, message: `有 ${repeats} 条与已收录的完全相同，只收一次` })
}

async function* readArticles(
  file: SourceFile & { kind: Exclude<SourceKind, 'page'> },
  options: SourceOptions,
  register: IdRegister,
): AsyncGenerator<SourceChunk> {
  let count = 0
  try {
    for await (const { records, bytesRead } of readRecords(file.path, file.kind, file.bytes)) {
      const chunk = emptyChunk(file.path)
      count += records.length
      for (const record of records) admitRecord(record, file.path, options, register, chunk)
      yield { ...chunk, bytesRead }
    }
    if (count === 0)
      yield {
        ...emptyChunk(file.path),
        faults: [{ file: file.path, code: 'PAGE_EMPTY', message: '文件里没有一篇文章' }],
        bytesRead: file.bytes,
      }
  } catch (error) {
    const fault = error instanceof SearchError ? toFault(error, file.path) : unreadable(file.path, error)
    yield { ...emptyChunk(file.path), faults: [fault], bytesRead: file.bytes }
  }
}

function admitRecord(
  record: SourceRecord,
  file: string,
  options: SourceOptions,
  register: IdRegister,
  chunk: Chunk,
): void {
  const { line } = record
  const at = { file, ...(line !== undefined && { line }), code: 'ARTICLE_INVALID' as const }
  if ('fault' in record) {
    chunk.faults.push({ ...at, message: record.fault })
    return
  }
  const { value } = record
  try {
    if (isPage(value)) {
      admitArticles(readPageArticles(value, line), file, register, chunk, line)
      chunk.pages++
      return
    }
    const defaults = options.paper === undefined ? {} : { paper: options.paper }
    const { article, hasOwnId } = readArticle(value, defaults, line)
    const admission = register.admit(article, hasOwnId)
    if (admission === 'repeat')
      chunk.warnings.push({ ...at, message: `与前面编号为 ${article.id} 的文章完全相同，只收一次` })
    else if (admission === 'replacement') {
      chunk.replacements.push(article)
      chunk.warnings.push({ ...at, message: `编号 ${article.id} 前面已有：以这一篇为准` })
    } else chunk.articles.push(article)
  } catch (error) {
    const fault = toFault(error, file, line)
    const list = fault.field === 'headline' ? wrappedList(value) : undefined
    if (list !== undefined)
      fault.message += `；文章若在“${list}”里，先用 jq -c '.["${list}"][]' 取出，存成 JSON Lines`
    chunk.faults.push(fault)
  }
}
