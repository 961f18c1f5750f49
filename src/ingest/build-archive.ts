// Rebuilds an index from its sources: all new segments first, then one commit, while readers keep the old one.
import { availableParallelism } from 'node:os'
import { openIndexWriter } from '../index/directory/writer.ts'
import type { SegmentInfo } from '../index/segment/segment-writer.ts'
import type { Article } from '../schema/article.ts'
import { createLocalCrew, type IndexingCrew } from './indexing-crew.ts'
import { type BuildReport, createReportKeeper, printedLength } from './report.ts'
import { type FoundSources, findSources } from './source-files.ts'
import { readSources } from './sources.ts'
import { createWorkerPool } from './worker-pool.ts'

export interface BuildProgress {
  phase: 'reading' | 'merging'
  file: string
  bytesRead: number
  bytesTotal: number
  articles: number
  pages: number
}

export interface BuildOptions {
  /** Page files, folders of them, JSON Lines files. */
  sources: readonly string[]
  /** Folder of the index; made when it is not there. */
  index: string
  /** The newspaper's name; wins over folder and masthead. */
  paper?: string
  onProgress?: (progress: BuildProgress) => void
  /** Threads that analyse; 0 works in this thread. By default as many as pay for loading their dictionaries. */
  workers?: number
  /** Memory that one thread holds before it writes a segment. */
  budgetBytes?: number
}

/** One batch is this many characters: large enough to be worth posting, small enough to share out evenly. */
const batchCharacters = 200_000
/** Articles that replace earlier ones are held back until the earlier ones are in a segment. */
const heldReplacements = 20_000
/** A thread loads for about two seconds; below this many bytes of text one thread is done sooner. */
const bytesForWorkers = 12_000_000

/**
 * Rebuilds the index from scratch and swaps it in with one commit. What cannot be read is named in the report and
 * never stops the others; when nothing at all can be indexed, nothing is committed. Rejects with INDEX_LOCKED, or
 * STORAGE when the disk or a thread fails; the old index is untouched then.
 */
export async function buildArchive(options: BuildOptions): Promise<BuildReport> {
  const startMs = performance.now()
  const keeper = createReportKeeper()
  const { report } = keeper
  const found = findSources(options.sources)
  keeper.addFaults(found.faults)
  report.files = found.files.length
  report.ignored = found.ignored
  const bytesTotal = found.files.reduce((sum, file) => sum + file.bytes, 0)
  if (found.files.length === 0) return keeper.finish(startMs)

  const writer = await openIndexWriter(options.index)
  const crew = createCrew(options, found, () => writer.newSegmentName())
  try {
    const segments: SegmentInfo[] = []
    const replacements = new Map<string, Article>()
    const settle = async () => {
      const { segments: made, faults } = await crew.flush()
      segments.push(...made)
      keeper.addFaults(faults)
    }
    const settleReplacements = async () => {
      if (replacements.size === 0) return
      // Later segments win over earlier ones: first the articles to be replaced must be in one.
      await settle()
      await crew.index([...replacements.values()])
      await settle()
      replacements.clear()
    }

    let batch: Article[] = []
    let held = 0
    for await (const chunk of readSources(found, {
      ...(options.paper !== undefined && { paper: options.paper }),
      readPage: (request) => crew.read(request),
      readAhead: crew.concurrency * 2,
    })) {
      keeper.addFaults(chunk.faults)
      keeper.addWarnings(chunk.warnings)
      keeper.countArticles(chunk.articles)
      report.pages += chunk.pages
      report.unplacedCharacters += chunk.unplacedCharacters
      for (const article of chunk.articles) {
        batch.push(article)
        held += printedLength(article)
        if (held < batchCharacters) continue
        await crew.index(batch)
        batch = []
        held = 0
      }
      for (const article of chunk.replacements) replacements.set(article.id, article)
      if (replacements.size > heldReplacements) {
        await crew.index(batch)
        batch = []
        held = 0
        await settleReplacements()
      }
      options.onProgress?.({
        phase: 'reading',
        file: chunk.file,
        bytesRead: chunk.bytesRead,
        bytesTotal,
        articles: report.articles,
        pages: report.pages,
      })
    }
    if (batch.length > 0) await crew.index(batch)
    await settle()
    await settleReplacements()
    await crew.close()
    if (segments.length > 0) {
      options.onProgress?.({
        phase: 'merging',
        file: '',
        bytesRead: bytesTotal,
        bytesTotal,
        articles: report.articles,
        pages: report.pages,
      })
      report.generation = await writer.commit({ add: segments, replaceAll: true })
      report.committed = true
      report.segments = segments.length
      await writer.merge()
    }
    return keeper.finish(startMs)
  } finally {
    await crew.close()
    await writer.close()
  }
}

function createCrew(options: BuildOptions, found: FoundSources, newName: () => string): IndexingCrew {
  const workers = options.workers ?? usefulWorkers(found)
  const settings = { directory: options.index, budgetBytes: options.budgetBytes ?? 640 << 20 }
  // Run from its TypeScript source there is no compiled worker to start.
  const compiled = import.meta.url.endsWith('.js')
  return workers > 0 && compiled
    ? createWorkerPool(workers, settings, newName)
    : createLocalCrew(settings, newName)
}

/** Threads that pay for themselves. A PDF costs about as much as a megabyte of text. */
function usefulWorkers(found: FoundSources): number {
  const work = found.files.reduce((sum, { path, kind, bytes }) => {
    if (/\.gz$/i.test(path)) return sum + bytes * 3
    return sum + (kind === 'page' && /\.pdf$/i.test(path) ? 1_000_000 : bytes)
  }, 0)
  return work < bytesForWorkers ? 0 : Math.max(1, Math.min(8, availableParallelism()))
}
