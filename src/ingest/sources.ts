// Turns sources into one ordered stream of articles with unique ids, and names whatever could not become one.

import { SearchError } from '../model/errors.ts'
import type { Page } from '../model/item.ts'
import type { Article } from '../schema/article.ts'
import { type Fault, toFault } from './faults.ts'
import { createIdRegister, type IdRegister } from './id-register.ts'
import { readLines } from './json-lines.ts'
import { isPage, readPageArticles, toArticles } from './page-articles.ts'
import { type PageFileAnswer, type PageFileRequest, readPageFile } from './page-file.ts'
import { readArticle } from './read-article.ts'
import { type FoundSources, findSources, type SourceFile, unreadable } from './source-files.ts'

/** What one page file or one stretch of a JSON Lines file gave. */
export interface SourceChunk {
  file: string
  /** To be indexed; ids are unique over all chunks. */
  articles: Article[]
  /** Articles whose file gave them an id that came before: they take the place of the earlier ones. */
  replacements: Article[]
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
  /** Page files read ahead of the consumer; 1 by default. */
  readAhead?: number
}

/** Reads the files that `findSources` found, in their order. Never throws for a bad file. */
export async function* readSources(
  found: FoundSources,
  options: SourceOptions = {},
): AsyncGenerator<SourceChunk> {
  const register = createIdRegister()
  const pages = createReadAhead(found, options)
  let bytesBefore = 0
  for (const file of found.files) {
    if (file.kind === 'page') {
      const chunk = toPageChunk(file, await pages.next(file), register)
      bytesBefore += file.bytes
      yield { ...chunk, bytesRead: bytesBefore }
    } else {
      for await (const chunk of readArticleLines(file, options, register))
        yield { ...chunk, bytesRead: bytesBefore + chunk.bytesRead }
      bytesBefore += file.bytes
    }
  }
}

/** All articles of some sources at once, with their faults; for sources that fit into memory. */
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
  return { file, articles: [], replacements: [], faults: [], warnings: [], pages: 0, unplacedCharacters: 0 }
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
  admitArticles(articles, file, register, chunk)
  for (const part of page.unplaced ?? []) chunk.unplacedCharacters += part.text.replace(/\s/g, '').length
}

function admitArticles(
  articles: readonly Article[],
  file: SourceFile,
  register: IdRegister,
  chunk: Chunk,
  line?: number,
): void {
  let repeats = 0
  let renamed = 0
  for (const article of articles) {
    const admission = register.admit(article, false)
    if (admission === 'repeat') repeats++
    else chunk.articles.push(article)
    if (admission === 'renamed') renamed++
  }
  const at = { file: file.path, ...(line !== undefined && { line }), code: 'ARTICLE_INVALID' as const }
  if (renamed > 0)
    chunk.warnings.push({
      ...at,
      message: `同报、同日、同版已有别的文件，内容不同：两份都收录，这一份的 ${renamed} 条另取编号`,
    })
  if (repeats > 0) chunk.warnings.push({ ...at, message: `有 ${repeats} 条与已收录的完全相同，只收一次` })
}

async function* readArticleLines(
  file: SourceFile,
  options: SourceOptions,
  register: IdRegister,
): AsyncGenerator<SourceChunk> {
  let lineCount = 0
  try {
    for await (const { lines, bytesRead } of readLines(file.path)) {
      const chunk = emptyChunk(file.path)
      for (const line of lines) {
        if (line.text.trim() === '') continue
        lineCount++
        if (line.damaged)
          chunk.faults.push(lineFault(file, line.number, '这一行不是 UTF-8 文字，已跳过（请先转成 UTF-8）'))
        else admitLine(line.text, line.number, file, options, register, chunk)
      }
      yield { ...chunk, bytesRead }
    }
    if (lineCount === 0)
      yield {
        ...emptyChunk(file.path),
        faults: [{ file: file.path, code: 'PAGE_EMPTY', message: '文件是空的，没有一篇文章' }],
        bytesRead: file.bytes,
      }
  } catch (error) {
    const fault = error instanceof SearchError ? toFault(error, file.path) : unreadable(file.path, error)
    yield { ...emptyChunk(file.path), faults: [fault], bytesRead: file.bytes }
  }
}

function lineFault(file: SourceFile, line: number, message: string): Fault {
  return { file: file.path, line, code: 'ARTICLE_INVALID', message }
}

function admitLine(
  text: string,
  line: number,
  file: SourceFile,
  options: SourceOptions,
  register: IdRegister,
  chunk: Chunk,
): void {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    chunk.faults.push(lineFault(file, line, `不是完整的 JSON，已跳过：${excerpt(text)}`))
    return
  }
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
      chunk.warnings.push(lineFault(file, line, `与前面编号为 ${article.id} 的文章完全相同，只收一次`))
    else if (admission === 'replacement') {
      chunk.replacements.push(article)
      chunk.warnings.push(lineFault(file, line, `编号 ${article.id} 前面已有：以这一篇为准`))
    } else chunk.articles.push(article)
  } catch (error) {
    chunk.faults.push(toFault(error, file.path, line))
  }
}

function excerpt(text: string): string {
  const head = text.trim().slice(0, 40)
  return head.length < text.trim().length ? `${head}…` : head
}
