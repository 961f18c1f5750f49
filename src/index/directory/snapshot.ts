// Opens the index as of its last commit, for reading, and tells readers of new commits.
import { statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { SearchError } from '../../model/errors.ts'
import { readDeletions } from '../segment/deletions.ts'
import type { OpenSegment } from '../segment/segment-reader.ts'
import { openSegment } from '../segment/segment-reader.ts'
import type { Manifest } from './manifest.ts'
import { manifestFile, readManifest } from './manifest.ts'
import { createPageCache } from './page-cache.ts'
import type { Snapshot } from './reader.ts'
import type { Storage } from './storage.ts'
import { isMissing, nodeStorage } from './storage.ts'

export interface SnapshotOptions {
  /** Bytes of postings, positions and stored texts held in memory; 256 MB unless told. */
  cacheBytes?: number
  storage?: Storage
}

/**
 * Throws INDEX_MISSING when there is no index, INDEX_FORMAT for one of another version, INDEX_CORRUPT when
 * the manifest and its copies cannot be read. A segment that cannot be read is named in `faults` instead.
 */
export function openSnapshot(directory: string, options: SnapshotOptions = {}): Snapshot {
  return openSegments(directory, options).snapshot
}

/** As openSnapshot, with the inner doors of the segments. */
function openSegments(
  directory: string,
  options: SnapshotOptions = {},
): { snapshot: Snapshot; segments: OpenSegment[]; manifest: Manifest } {
  const storage = options.storage ?? nodeStorage
  for (let attempt = 0; ; attempt++) {
    const read = readManifest(storage, directory)
    // Generation 0 is an index that was begun and never committed to.
    if (!read || read.manifest.generation === 0) {
      throw new SearchError('INDEX_MISSING', `这里还没有索引：${directory}；请先运行 xunbao build`, {
        file: directory,
      })
    }
    const opened = openAll(storage, directory, read.manifest, options.cacheBytes ?? 256 << 20)
    // A newer commit may have swept files away between reading the manifest and opening them.
    const overtaken =
      opened.missing && attempt < 10 && readManifest(storage, directory)?.identity !== read.identity
    if (overtaken) {
      for (const segment of opened.segments) segment.close()
      continue
    }
    if (read.fault) opened.faults.unshift({ segment: manifestFile, message: read.fault.message })
    return {
      ...opened,
      manifest: read.manifest,
      snapshot: createSnapshot(read.manifest, read.identity, opened),
    }
  }
}

function createSnapshot(
  manifest: Manifest,
  identity: string,
  opened: { segments: OpenSegment[]; faults: { segment: string; message: string }[]; clear(): void },
): Snapshot {
  let documentCount = 0
  for (const segment of opened.segments) documentCount += segment.liveCount
  let closed = false
  return {
    generation: manifest.generation,
    identity,
    segments: opened.segments,
    documentCount,
    faults: opened.faults,
    close() {
      if (closed) return
      closed = true
      for (const segment of opened.segments) segment.close()
      opened.clear()
    },
  }
}

function openAll(storage: Storage, directory: string, manifest: Manifest, cacheBytes: number) {
  const cache = createPageCache(cacheBytes)
  const segments: OpenSegment[] = []
  const faults: { segment: string; message: string }[] = []
  let missing = false
  for (const { name, deletions } of manifest.segments) {
    try {
      segments.push(
        openSegment(storage, directory, name, cache, (documentCount) =>
          deletions === null ? null : readDeletions(storage, directory, deletions, documentCount),
        ),
      )
    } catch (error) {
      if (!(error instanceof SearchError)) throw error
      // Another program's format is not damage: say so instead of serving half an index.
      if (error.code === 'INDEX_FORMAT' && manifest.segments.length === 1) throw error
      missing ||= isMissing(error)
      faults.push({ segment: name, message: error.message })
    }
  }
  return { segments, faults, missing, clear: cache.clear }
}

/** Generation of the last commit, null when there is no index. Throws as openSnapshot does. */
export function currentGeneration(directory: string, storage: Storage = nodeStorage): number | null {
  return readManifest(storage, directory)?.manifest.generation || null
}

/** What tells the last commit from any other, null when there is no index. Throws as openSnapshot does. */
export function currentIdentity(directory: string, storage: Storage = nodeStorage): string | null {
  const read = readManifest(storage, directory)
  return read && read.manifest.generation > 0 ? read.identity : null
}

const pollMilliseconds = 500

/**
 * Calls back after each new commit, from whichever process, within a second of it, also when the whole index was
 * replaced by another; of several at once it may tell only the last. Keeps no process alive.
 */
export function watchCommits(directory: string, onCommit: (generation: number) => void): { close(): void } {
  const path = join(directory, manifestFile)
  let known = identityOrNull(directory)
  let stamp = stampOf(path)

  function look(): void {
    const now = stampOf(path)
    if (now === stamp) return
    const identity = identityOrNull(directory)
    if (identity === null) return
    stamp = now
    if (identity === known) return
    known = identity
    onCommit(Number.parseInt(identity, 10))
  }

  const timer = setInterval(look, pollMilliseconds)
  timer.unref()
  let watcher: ReturnType<typeof watch> | null = null
  try {
    // Quick where the system tells of changes; the timer is for those that do not (network file systems).
    watcher = watch(directory, { persistent: false }, (_event, file) => {
      if (file === manifestFile || file === null) look()
    })
    watcher.on('error', () => watcher?.close())
  } catch {
    watcher = null
  }
  return {
    close() {
      clearInterval(timer)
      watcher?.close()
    },
  }
}

/** As `currentIdentity`; null also for a manifest that cannot be read. */
export function identityOrNull(directory: string, storage: Storage = nodeStorage): string | null {
  try {
    return currentIdentity(directory, storage)
  } catch {
    return null
  }
}

/** Changes whenever the file is replaced. */
function stampOf(path: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(path)
    return `${ino}/${mtimeMs}/${size}`
  } catch {
    return ''
  }
}
