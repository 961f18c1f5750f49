// Adds what sources hold to an index, with a commit every few thousand articles; makes the index where there is none.
import { createAnalyzer } from '../analysis/analyzer.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { currentIdentity, openSnapshot } from '../index/directory/snapshot.ts'
import { nodeStorage } from '../index/directory/storage.ts'
import type { Article } from '../schema/article.ts'
import { noteSources } from './build-note.ts'
import { commitChange, type Target } from './commit-articles.ts'
import type { Fault } from './faults.ts'
import type { ChangeCounts, Commit } from './plan-change.ts'
import { type FoundSources, findSources } from './source-files.ts'
import { readArticles } from './sources.ts'

export interface AddOptions {
  /** Page files, folders of them, files of articles. */
  sources: readonly string[]
  /** Folder of the index. */
  index: string
  /** The newspaper's name, as for `buildArchive`. */
  paper?: string
  /** How long to wait for another writer, in milliseconds; 0 unless told. */
  waitMs?: number
  /** Takes the lock of a process on another host, which may be no more. */
  force?: boolean
}

export interface AddReport extends Omit<ChangeCounts, 'missing'> {
  faults: Fault[]
  warnings: Fault[]
}

/** Articles added with one commit: few enough to hold, many enough that a commit costs little. */
const articlesPerCommit = 5000

/**
 * Adds articles and pages; a page takes the place of what was read from it before. What cannot be read is named in
 * the report. Rejects with INDEX_LOCKED, INDEX_CORRUPT, INDEX_FORMAT or STORAGE; what was committed before stays.
 */
export async function addSources(options: AddOptions): Promise<AddReport> {
  const { index, paper, waitMs = 0, force = false } = options
  const snapshots = createSnapshots(index)
  const target: Target = {
    directory: index,
    storage: nodeStorage,
    analyzer: createAnalyzer(),
    waitMilliseconds: waitMs,
    force,
    current: snapshots.current,
  }
  try {
    const found = findSources(options.sources)
    const report = await addFound(found, paper, (change) => commitChange(target, change))
    noteSources(index, found.files)
    return report
  } finally {
    snapshots.close()
  }
}

/** Commits what sources hold a few thousand articles at a time. Rejects with what `commit` rejects with. */
export async function addFound(
  found: FoundSources,
  paper: string | undefined,
  commit: Commit,
): Promise<AddReport> {
  const report: AddReport = { added: 0, replaced: 0, removed: 0, faults: [...found.faults], warnings: [] }
  let articles = new Map<string, Article>()
  let fromPages = new Set<string>()
  const commitHeld = async () => {
    if (articles.size === 0) return
    const counts = await commit({ articles: [...articles.values()], fromPages })
    report.added += counts.added
    report.replaced += counts.replaced
    report.removed += counts.removed
    articles = new Map()
    fromPages = new Set()
  }
  for await (const chunk of readArticles(found, paper === undefined ? {} : { paper })) {
    for (const { article, isFromPage } of chunk.articles) {
      articles.set(article.id, article)
      if (isFromPage) fromPages.add(article.id)
    }
    report.faults.push(...chunk.faults)
    report.warnings.push(...chunk.warnings)
    if (articles.size >= articlesPerCommit) await commitHeld()
  }
  await commitHeld()
  return report
}

/** The newest commit, opened anew only when there is a newer one. */
function createSnapshots(directory: string): { current(): Snapshot | null; close(): void } {
  let open: Snapshot | null = null
  return {
    current() {
      const identity = currentIdentity(directory)
      if (open?.identity === identity) return open
      open?.close()
      open = identity === null ? null : openSnapshot(directory)
      return open
    },
    close: () => open?.close(),
  }
}
