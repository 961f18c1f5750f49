// Rebuilds an index from its sources: all new segments first, then one commit, while readers keep the old one.
import type { Snapshot } from '../index/directory/reader.ts'
import { openSnapshot } from '../index/directory/snapshot.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import type { SegmentInfo } from '../index/segment/segment-writer.ts'
import { SearchError } from '../model/errors.ts'
import type { Article, ArticleInput } from '../schema/article.ts'
import { writeBuildNote } from './build-note.ts'
import { createIdRegister } from './id-register.ts'
import { type IndexingCrew, segmentCrew } from './indexing-crew.ts'
import { joinPieces, splitPieces } from './jumps.ts'
import { type HeldBefore, heldBy, keepAdded } from './keep-added.ts'
import type { PageLimits } from './page-reader.ts'
import type { IncomingArticle } from './read-group.ts'
import { type BuildReport, createReportKeeper, type ReportKeeper } from './report.ts'
import { type FoundSources, findSources, type SourceFile } from './source-files.ts'
import { readSources } from './sources.ts'
import { threadsForSources } from './threads.ts'
import { createCrewOf } from './worker-pool.ts'

export interface BuildProgress {
  phase: 'reading' | 'merging'
  file: string
  bytesRead: number
  bytesTotal: number
  articles: number
  pages: number
}

export interface BuildOptions {
  /** Page files, folders of them, files of articles (JSON Lines, JSON, CSV, HTML): one or many. */
  sources?: string | readonly string[]
  /** Articles in any of their forms, besides the sources or instead of them; read once, in order. */
  articles?: Iterable<ArticleInput> | AsyncIterable<ArticleInput>
  /** Folder of the index; made when it is not there. */
  index: string
  /** The newspaper's name; wins over folder and masthead. */
  paper?: string
  onProgress?: (progress: BuildProgress) => void
  /** Threads that analyse; 0 works in this thread. By default as many as pay for loading their dictionaries. */
  workers?: number
  /** Memory that one thread holds before it writes a segment. */
  budgetBytes?: number
  /**
   * Also when the new index has less than half of the old one's articles, when sources vanished meanwhile, or when a
   * process of another host, which may be no more, holds the lock.
   */
  force?: boolean
  /** How long to wait for another writer, in milliseconds; 0 unless told. */
  waitMs?: number
  /** What reading one page file may cost; a file that costs more is named in the report. */
  pageLimits?: PageLimits
}

const knownOptions: Record<keyof BuildOptions, true> = {
  sources: true,
  articles: true,
  index: true,
  paper: true,
  onProgress: true,
  workers: true,
  budgetBytes: true,
  force: true,
  waitMs: true,
  pageLimits: true,
}

/** Articles that replace earlier ones are held back until the earlier ones are in a segment. */
const heldReplacements = 20_000

/** Where a rebuild puts what it makes, and what lies there before. */
export interface BuildTarget {
  /** Named in errors. */
  readonly place: string
  readonly crew: IndexingCrew
  /** What is replaced; null where there is nothing. */
  readonly before: HeldBefore | null
  /** Puts what the crew has made in place of what was there before; resolves with its generation, null for nothing. */
  commit(
    made: readonly SegmentInfo[],
    report: BuildReport,
    files: readonly SourceFile[],
  ): Promise<number | null>
}

/**
 * Rebuilds the index from its sources and swaps it in with one commit. Articles that only `add` or a POST brought are
 * kept, unless their page or their id is in the sources. What cannot be read is named in the report and never stops
 * the others; when nothing at all can be indexed, nothing is committed. The old index is untouched when this rejects:
 * with INDEX_LOCKED; with INDEX_SHRINKS when less than half would be left, or SOURCE_MISSING when files that were
 * there at the beginning are gone at the end (`force` builds all the same); with STORAGE when the disk or a thread
 * fails; with REQUEST_INVALID for an option that is not known.
 * `afterCommit` runs beside the merge of what was committed.
 */
export async function buildIndex(
  options: BuildOptions,
  afterCommit?: (report: BuildReport) => Promise<void>,
): Promise<BuildReport> {
  for (const name of Object.keys(options))
    if (!(name in knownOptions)) throw new SearchError('REQUEST_INVALID', `没有选项 ${name}`, { field: name })
  return buildFrom(options, async (found, build) => {
    // A reader of this moment holds its files open: those of the index before need not wait for it.
    const writer = await openIndexWriter(options.index, {
      keepMilliseconds: 0,
      waitMilliseconds: options.waitMs ?? 0,
      force: options.force ?? false,
    })
    const settings = {
      directory: options.index,
      budgetBytes: options.budgetBytes ?? 160 << 20,
      ...(options.pageLimits && { pageLimits: options.pageLimits }),
    }
    const threads = options.workers ?? threadsForSources(found)
    const crew = createCrewOf(threads, segmentCrew(settings), () => writer.newSegmentName())
    let report: BuildReport | undefined
    try {
      const old = openOld(options.index)
      try {
        report = await build({
          place: options.index,
          crew,
          before: old && heldBy(old),
          async commit(segments, { segmenter, faults }, files) {
            if (segments.length === 0) return null
            const generation = await writer.commit({ add: [...segments], replaceAll: true })
            writeBuildNote(options.index, segmenter, files, faults)
            return generation
          },
        })
      } finally {
        old?.close()
      }
      // Committed is committed: a merge that fails is tried again by the next writer.
      if (report.committed)
        await Promise.all([writer.merge().catch(() => writer.discard()), afterCommit?.(report)])
    } finally {
      await crew.close()
      if (!report?.committed) writer.discard()
      await writer.close()
    }
  })
}

/** What a rebuild is told, wherever its index lies. */
export type SourceOptions = Omit<BuildOptions, 'index' | 'workers' | 'budgetBytes' | 'waitMs' | 'pageLimits'>

/** Reads the sources and has `into` build what they hold into a target; rejects as `buildIndex`, and with what `into` does. */
export async function buildFrom(
  options: SourceOptions,
  into: (found: FoundSources, build: (target: BuildTarget) => Promise<BuildReport>) => Promise<void>,
): Promise<BuildReport> {
  const startMs = performance.now()
  const keeper = createReportKeeper()
  const { report } = keeper
  const found = findSources([options.sources ?? []].flat())
  keeper.addFaults(found.faults)
  report.files = found.files.length
  report.ignored = found.ignored
  if (found.files.length > 0 || options.articles !== undefined)
    await into(found, async (target) => {
      const segments: SegmentInfo[] = []
      await indexSources(options, found, target, keeper, segments)
      await target.crew.close()
      if (report.articles > 0 && !options.force) refuseLoss(report, found, target)
      const generation = await target.commit(segments, report, found.files)
      if (generation !== null) {
        report.generation = generation
        report.committed = true
        report.segments = segments.length
      }
      return report
    })
  return keeper.finish(startMs)
}

/** The index before; null when there is none, or none that can be read. */
function openOld(index: string): Snapshot | null {
  try {
    return openSnapshot(index)
  } catch {
    return null
  }
}

/** Indexes all sources, and of the old index what is to be kept, into segments that are added to `segments`. */
async function indexSources(
  options: SourceOptions,
  found: FoundSources,
  { crew, before }: BuildTarget,
  keeper: ReportKeeper,
  segments: SegmentInfo[],
): Promise<void> {
  const { report } = keeper
  const bytesTotal = found.files.reduce((sum, file) => sum + file.bytes, 0)
  const register = createIdRegister()
  const pages = new Set<string>()
  const replacements = new Map<string, IncomingArticle>()
  let replacing = 0
  const pieces: IncomingArticle[] = []
  const settle = async () => {
    const result = await crew.flush()
    report.segmenter = result.segmenter ?? report.segmenter
    segments.push(...result.segments)
    keeper.addFaults(result.faults)
    for (const incoming of result.replacements) replacements.set(incoming.article.id, incoming)
    pieces.push(...result.pieces)
  }
  const settleReplacements = async () => {
    // Later segments win over earlier ones: first the articles to be replaced must be in one.
    await settle()
    replacing = 0
    if (replacements.size === 0) return
    await crew.index([...replacements.values()])
    replacements.clear()
    await settle()
  }
  const progress = (phase: BuildProgress['phase'], file: string, bytesRead: number) =>
    options.onProgress?.({
      phase,
      file,
      bytesRead,
      bytesTotal,
      articles: report.articles,
      pages: report.pages,
    })

  const readOptions = {
    ...(options.paper !== undefined && { paper: options.paper }),
    register,
    read: crew.read,
    readAhead: crew.concurrency > 1 ? crew.concurrency * 2 : 0,
  }
  for await (const { file, bytesRead, group, verdicts } of readSources(
    found,
    readOptions,
    options.articles,
  )) {
    keeper.addFaults(group.faults)
    keeper.addWarnings(group.warnings)
    report.pages += group.pages
    report.unplacedCharacters += group.unplacedCharacters
    group.units
      .flatMap(({ candidates }) => candidates)
      .forEach((candidate, place) => {
        const { fate } = verdicts[place]!
        if (candidate.page !== undefined && fate !== 'drop') pages.add(candidate.page)
        if (fate === 'index') keeper.countArticle(candidate)
        if (fate === 'replace') replacing++
      })
    if ('token' in group) crew.settle(group, verdicts)
    if (replacing > heldReplacements) await settleReplacements()
    progress('reading', file, bytesRead)
  }
  if (register.size > 0 && before !== null)
    pieces.push(...(await keepAdded(before, { crew, keeper, register, pages })))
  await settleReplacements()
  if (pieces.length > 0) {
    await crew.index(toStories(pieces, keeper))
    await settle()
  }
  if (report.articles > 0) progress('merging', '', bytesTotal)
}

/** Joins the pieces of stories that all sources have; a story with a piece that was added counts as added. */
function toStories(pieces: readonly IncomingArticle[], keeper: ReportKeeper): IncomingArticle[] {
  const printed = pieces.map(({ article }) => article)
  const stories = joinPieces(printed)
  const begins = new Set(stories.map(({ id }) => id))
  for (const piece of printed) if (!begins.has(piece.id)) keeper.countJoined(piece)
  const added = new Set(pieces.filter(({ isAdded }) => isAdded).map(({ article }) => article.id))
  const hasAdded = (story: Article) => splitPieces(story).some(({ id }) => added.has(id))
  return stories.map((article) => ({ article, isFromPage: true, isAdded: hasAdded(article) }))
}

/** Throws where a rebuild would lose articles that nobody asked to lose. */
function refuseLoss(report: BuildReport, found: FoundSources, { before, place }: BuildTarget): void {
  const paths = new Set(found.files.map(({ path }) => path))
  const vanished = report.faults.filter(({ code, file }) => code === 'SOURCE_MISSING' && paths.has(file))
  if (vanished.length > 0)
    throw new SearchError(
      'SOURCE_MISSING',
      `重建时有 ${vanished.length} 个来源文件消失了（如 ${vanished[0]!.file}）：旧索引没有动；确要照现在的来源重建，请加 --force`,
      { file: vanished[0]!.file },
    )
  if (before !== null && report.articles * 2 < before.count)
    throw new SearchError(
      'INDEX_SHRINKS',
      `新索引只有 ${report.articles} 条，旧索引有 ${before.count} 条：旧索引没有动；确要这样重建，请加 --force`,
      { file: place },
    )
}
