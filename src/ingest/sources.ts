// Turns sources into one ordered stream of articles with unique ids, and names whatever could not become one.
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import { type Fault, toFault } from './faults.ts'
import { createIdRegister, type IdRegister } from './id-register.ts'
import { createPageReader } from './page-reader.ts'
import { type GroupSummary, type IncomingArticle, type ReadTask, readGroup } from './read-group.ts'
import { readRecords, recordsTogether, type SourceRecord } from './records.ts'
import { type FoundSources, findSources, type SourceFile, unreadable } from './source-files.ts'

/** What becomes of a candidate, in the order of the candidates of its group. */
export interface Verdict {
  /** The id it is to have. */
  id: string
  /** `replace`: in place of an earlier article with this id. */
  fate: 'index' | 'replace' | 'drop'
}

/** What one page file or one portion of a file of articles gave. */
export interface SourceChunk<Group extends GroupSummary> {
  file: string
  group: Group
  verdicts: Verdict[]
  /** Of all files together. */
  bytesRead: number
}

export interface SourceOptions<Group extends GroupSummary> {
  /** The newspaper's name, for pages and articles alike; wins over folder and masthead, not over a JSON field. */
  paper?: string
  /** Reads a portion, here or in another thread. */
  read: (task: ReadTask) => Promise<Group>
  /** Where ids are registered; one of its own by default. */
  register?: IdRegister
  /** Portions read ahead of the consumer, for threads to read at once while order is kept; 0 by default. */
  readAhead?: number
}

/** With so many faults and no article a file is no source: it may be of any length. */
const mostVainFaults = 1000

/** What is to be read next of a file, what went wrong with the file, or that it has ended. */
type Step = { file: string; bytesRead: number } & ({ task: ReadTask } | { fault: Fault } | { ended: true })

/** Reads the files that `findSources` found, in their order, then articles that are given. Never throws for a bad file. */
export async function* readSources<Group extends GroupSummary>(
  found: FoundSources,
  options: SourceOptions<Group>,
  given: Iterable<unknown> | AsyncIterable<unknown> = [],
): AsyncGenerator<SourceChunk<Group | GroupSummary>> {
  const { read, register = createIdRegister(), readAhead = 0 } = options
  const steps: { step: Step; reading?: Promise<Group> }[] = []
  /** Records of the file at hand, which is faulty when it holds none. */
  let records = 0
  /** Faults of the file at hand before its first article. */
  let vainFaults = 0
  const givenUp = new Set<string>()
  const admitNext = async (): Promise<SourceChunk<Group | GroupSummary>> => {
    const { step, reading } = steps.shift()!
    const { file, bytesRead } = step
    if ('ended' in step) {
      const isEmpty = records === 0
      records = 0
      vainFaults = 0
      const fault = { file, code: 'PAGE_EMPTY' as const, message: '文件里没有一篇文章' }
      return { file, bytesRead, group: emptyGroup(isEmpty ? [fault] : []), verdicts: [] }
    }
    if ('fault' in step) {
      records = 0
      vainFaults = 0
      return { file, bytesRead, group: emptyGroup([step.fault]), verdicts: [] }
    }
    const group = await reading!
    if (step.task.kind === 'records') {
      records += group.records
      vainFaults = group.units.length > 0 ? Number.NEGATIVE_INFINITY : vainFaults + group.faults.length
      if (vainFaults >= mostVainFaults && !givenUp.has(file)) {
        givenUp.add(file)
        const message = `前 ${vainFaults.toLocaleString('zh-CN')} 条没有一条读得懂：这不是文章的文件，没有再读下去`
        group.faults = [
          { file, code: 'SOURCE_UNREADABLE', message },
          ...group.faults.slice(0, mostVainFaults),
        ]
      }
    }
    return { file, bytesRead, group, verdicts: admitGroup(group, file, register) }
  }
  for await (const step of toSteps(found, options.paper, given, givenUp)) {
    const reading = 'task' in step ? read(step.task) : undefined
    // A rejection is met when the portion's turn comes; until then it must not count as unhandled.
    reading?.catch(() => {})
    steps.push({ step, ...(reading !== undefined && { reading }) })
    while (steps.length > readAhead) yield await admitNext()
  }
  while (steps.length > 0) yield await admitNext()
}

async function* toSteps(
  found: FoundSources,
  paper: string | undefined,
  given: Iterable<unknown> | AsyncIterable<unknown>,
  givenUp: ReadonlySet<string>,
): AsyncGenerator<Step> {
  const named = paper === undefined ? {} : { paper }
  let bytesBefore = 0
  for (const file of found.files) {
    if (file.kind === 'page') {
      const twin = found.twins.get(file.path)
      const request = { path: file.path, ...named, ...(twin !== undefined && { twin }) }
      const task: ReadTask = { kind: 'page', file: file.path, label: file.label, request }
      yield { file: file.path, task, bytesRead: bytesBefore + file.bytes }
    } else
      for await (const step of recordSteps({ ...file, kind: file.kind }, named, givenUp))
        yield { ...step, bytesRead: bytesBefore + step.bytesRead }
    bytesBefore += file.bytes
  }
  let place = 0
  let records: SourceRecord[] = []
  const toTask = (): Step => {
    const task: ReadTask = { kind: 'records', file: 'articles', ...named, records }
    records = []
    return { file: 'articles', task, bytesRead: bytesBefore }
  }
  for await (const value of given) {
    records.push({ line: ++place, value })
    if (records.length === recordsTogether) yield toTask()
  }
  if (records.length > 0) yield toTask()
}

async function* recordSteps(
  file: SourceFile & { kind: Exclude<SourceFile['kind'], 'page'> },
  named: { paper?: string },
  givenUp: ReadonlySet<string>,
): AsyncGenerator<Step> {
  const { path } = file
  try {
    for await (const { records, bytesRead } of readRecords(path, file.kind, file.bytes)) {
      if (givenUp.has(path)) break
      yield { file: path, bytesRead, task: { kind: 'records', file: path, ...named, records } }
    }
    yield { file: path, bytesRead: file.bytes, ended: true }
  } catch (error) {
    const fault = error instanceof SearchError ? toFault(error, path) : unreadable(path, error)
    yield { file: path, bytesRead: file.bytes, fault }
  }
}

function emptyGroup(faults: Fault[]): GroupSummary {
  return { units: [], records: 0, faults, warnings: [], pages: 0, unplacedCharacters: 0 }
}

/** Registers the ids of a group, adding to its warnings what a person should know about them. */
function admitGroup(group: GroupSummary, file: string, register: IdRegister): Verdict[] {
  const verdicts: Verdict[] = []
  for (const { line, isPage, candidates } of group.units) {
    const counts = { new: 0, repeat: 0, replacement: 0, renamed: 0 }
    let last = ''
    for (const candidate of candidates) {
      const { fate, id } = register.admit(candidate)
      counts[fate]++
      last = id
      verdicts.push({ id, fate: fate === 'repeat' ? 'drop' : fate === 'replacement' ? 'replace' : 'index' })
    }
    const warn = (message: string) =>
      group.warnings.push({ file, ...(line !== undefined && { line }), code: 'ARTICLE_INVALID', message })
    if (isPage && counts.renamed > 0)
      warn(`同报、同日、同版已有别的文件，内容不同：两份都收录，这一份的 ${counts.renamed} 条另取编号`)
    if (isPage && counts.repeat > 0) warn(`有 ${counts.repeat} 条与已收录的完全相同，只收一次`)
    if (!isPage && counts.repeat > 0) warn(`与前面编号为 ${last} 的文章完全相同，只收一次`)
    if (!isPage && counts.replacement > 0) warn(`编号 ${last} 前面已有：以这一篇为准`)
  }
  return verdicts
}

/** The articles of a group as the verdicts will have them. */
export function applyVerdicts(
  articles: readonly IncomingArticle[],
  verdicts: readonly Verdict[],
): { fresh: IncomingArticle[]; replacements: IncomingArticle[] } {
  const fresh: IncomingArticle[] = []
  const replacements: IncomingArticle[] = []
  verdicts.forEach(({ id, fate }, place) => {
    const incoming = articles[place]!
    incoming.article.id = id
    if (fate === 'index') fresh.push(incoming)
    else if (fate === 'replace') replacements.push(incoming)
  })
  return { fresh, replacements }
}

/** What a portion of the sources gave, for those who take the articles in this thread. */
export interface AdmittedArticles {
  /** With distinct ids, but for replacements of earlier ones, which stand behind them. */
  articles: IncomingArticle[]
  faults: Fault[]
  warnings: Fault[]
  pages: number
}

/** Reads sources in this thread. */
export async function* readArticles(
  found: FoundSources,
  options: { paper?: string } = {},
): AsyncGenerator<AdmittedArticles> {
  const pageReader = createPageReader()
  const read = (task: ReadTask) => readGroup(task, pageReader.readFile)
  try {
    for await (const { group, verdicts } of readSources(found, { ...options, read })) {
      const { faults, warnings, pages } = group
      const { fresh, replacements } = applyVerdicts('articles' in group ? group.articles : [], verdicts)
      yield { articles: [...fresh, ...replacements], faults, warnings, pages }
    }
  } finally {
    pageReader.close()
  }
}

/** All articles of some sources at once, with their faults; for sources that fit into memory. @internal */
export async function collectArticles(
  sources: readonly string[],
  options: { paper?: string } = {},
): Promise<{ articles: Article[]; faults: Fault[]; warnings: Fault[]; pages: number }> {
  const found = findSources(sources)
  const articles = new Map<string, Article>()
  const all = { faults: [...found.faults], warnings: [] as Fault[], pages: 0 }
  for await (const chunk of readArticles(found, options)) {
    for (const { article } of chunk.articles) articles.set(article.id, article)
    all.faults.push(...chunk.faults)
    all.warnings.push(...chunk.warnings)
    all.pages += chunk.pages
  }
  return { articles: [...articles.values()], ...all }
}
