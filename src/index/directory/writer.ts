// The one who changes the index: takes the lock, commits segments and deletions, merges, sweeps old files.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { SearchError } from '../../model/errors.ts'
import {
  contains,
  createDocumentSet,
  deletionSuffix,
  ordinalsOf,
  readDeletions,
  writeDeletions,
} from '../segment/deletions.ts'
import { mergeSegments } from '../segment/merge.ts'
import { segmentSuffix } from '../segment/segment-file.ts'
import type { OpenSegment } from '../segment/segment-reader.ts'
import { openSegment } from '../segment/segment-reader.ts'
import type { SegmentInfo } from '../segment/segment-writer.ts'
import { createDeletionPolicy } from './deletion-policy.ts'
import { takeWriteLock, type WriteLock } from './lock.ts'
import type { Manifest, ManifestSegment } from './manifest.ts'
import { manifestCopy, readManifest, writeManifest } from './manifest.ts'
import type { MergePolicy } from './merge-policy.ts'
import { chooseMerge, defaultMergePolicy } from './merge-policy.ts'
import { createPageCache } from './page-cache.ts'
import type { DocumentSet } from './reader.ts'
import type { Storage } from './storage.ts'
import { nodeStorage } from './storage.ts'

export interface IndexWriterOptions {
  storage?: Storage
  /** How long files that the previous two commits needed are kept for readers on their way; 60 s unless told. */
  keepMilliseconds?: number
  /** How long to wait for a writer of another process, or another one of this; 0 unless told. */
  waitMilliseconds?: number
  /** Takes the lock of a process on another host, which may be no more. */
  force?: boolean
}

export interface CommitChange {
  /** Segments written into the folder; a later one replaces documents of an earlier one that have the same id. */
  add?: SegmentInfo[]
  removeIds?: string[]
  /** The added segments become the whole index. */
  replaceAll?: boolean
}

export interface IndexWriter {
  readonly generation: number
  /** A name no other segment has, in this process, its workers or another. */
  newSegmentName(): string
  /**
   * Returns the new generation when the change is on the disk; until then, and when it throws, the index is as before.
   * Throws INDEX_CORRUPT when an added segment, or one that must be searched for ids, cannot be read.
   */
  commit(change: CommitChange): Promise<number>
  /**
   * After a write that failed: gives its space back at once, removing every file that no commit names, whole or not.
   * No segment may be on its way meanwhile. Never throws: where the disk refuses, the next writer tries again.
   */
  discard(): void
  /** Merges as the policy asks until it asks no more; searching and committing go on meanwhile. Returns how many segments went in. */
  merge(policy?: Partial<MergePolicy>): Promise<number>
  close(): Promise<void>
}

/** A name no other segment has, in this process, its workers or another. @internal */
export function newSegmentName(): string {
  return `segment-${Date.now().toString(36)}-${randomBytes(6).toString('hex')}`
}

/** Creates the folder when it is missing. Throws INDEX_LOCKED, INDEX_FORMAT, INDEX_CORRUPT or STORAGE. */
export async function openIndexWriter(
  directory: string,
  options: IndexWriterOptions = {},
): Promise<IndexWriter> {
  const storage = options.storage ?? nodeStorage
  storage.makeDirectory(directory)
  const lock = await waitForLock(storage, directory, options)
  try {
    return createIndexWriter(storage, directory, options.keepMilliseconds ?? 60_000, lock.release)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** A segment as the manifest names it when nothing of it is deleted yet. */
function toEntry({ name, documentCount, bytes, signature, boundaryCount }: SegmentInfo): ManifestSegment {
  return { name, documentCount, liveCount: documentCount, bytes, deletions: null, signature, boundaryCount }
}

async function waitForLock(
  storage: Storage,
  directory: string,
  { waitMilliseconds = 0, force = false }: IndexWriterOptions,
): Promise<WriteLock> {
  const until = Date.now() + waitMilliseconds
  for (;;) {
    try {
      return takeWriteLock(storage, directory, force)
    } catch (error) {
      if (!(error instanceof SearchError) || error.code !== 'INDEX_LOCKED' || Date.now() >= until) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function createIndexWriter(
  storage: Storage,
  directory: string,
  keepMilliseconds: number,
  release: () => void,
): IndexWriter {
  const read = readManifest(storage, directory)
  let manifest: Manifest = read?.manifest ?? { generation: 0, segments: [] }
  let closed = false
  let queue: Promise<unknown> = Promise.resolve()
  const cache = createPageCache(32 << 20)
  const open = new Map<string, OpenSegment>()
  const deletions = new Map<string, DocumentSet | null>()
  // Before anything else is written: segments without a manifest are then never those of a build that was killed.
  if (!read || read.fault) writeManifest(storage, directory, manifest)
  const retention = createDeletionPolicy(storage, directory, manifest, keepMilliseconds)

  function segmentOf(entry: ManifestSegment): OpenSegment {
    let segment = open.get(entry.name)
    if (!segment) {
      segment = openSegment(storage, directory, entry.name, cache, () => null)
      open.set(entry.name, segment)
    }
    return segment
  }

  function deletedOf(entry: ManifestSegment): DocumentSet | null {
    let set = deletions.get(entry.name)
    if (set === undefined) {
      set =
        entry.deletions === null
          ? null
          : readDeletions(storage, directory, entry.deletions, entry.documentCount)
      deletions.set(entry.name, set)
    }
    return set
  }

  /** Swaps in new segments with what is newly deleted in each, and forgets the old ones. */
  function swap(segments: ManifestSegment[], gone: Map<string, Set<number>>): number {
    const generation = manifest.generation + 1
    const sets = new Map<string, DocumentSet>()
    const next: Manifest = { generation, segments: [] }
    const written: string[] = []
    try {
      for (const entry of segments) {
        const more = gone.get(entry.name)
        if (!more || more.size === 0) {
          next.segments.push(entry)
          continue
        }
        const before = deletedOf(entry)
        const set = createDocumentSet(entry.documentCount, [...ordinalsOf(before), ...more])
        const file = `${entry.name}-${generation}${deletionSuffix}`
        written.push(file)
        writeDeletions(storage, directory, file, set)
        sets.set(entry.name, set)
        next.segments.push({ ...entry, deletions: file, liveCount: entry.documentCount - set.count })
      }
      // New segment files and deletion sets must last before a manifest names them.
      storage.syncDirectory(directory)
      writeManifest(storage, directory, next)
    } catch (error) {
      settle(next, written)
      throw error
    }
    finish(next, sets)
    return generation
  }

  /** After a failed swap: which manifest is in place? Files of the one that is not are removed. */
  function settle(next: Manifest, written: string[]): void {
    try {
      const current = readManifest(storage, directory)
      if ((current?.manifest.generation ?? 0) >= next.generation) {
        // Renamed but perhaps not lasting: put the old one back, for the caller is told that nothing changed.
        writeManifest(storage, directory, manifest)
      }
      for (const file of written) storage.remove(join(directory, file))
      storage.remove(join(directory, manifestCopy(next.generation)))
    } catch {
      // The disk refuses everything: the next writer's opening cleans up.
    }
  }

  function finish(next: Manifest, sets: Map<string, DocumentSet>): void {
    for (const [name, set] of sets) deletions.set(name, set)
    const names = new Set(next.segments.map((segment) => segment.name))
    for (const [name, segment] of open) {
      if (names.has(name)) continue
      segment.close()
      open.delete(name)
      deletions.delete(name)
    }
    const before = manifest
    manifest = next
    retention.replace(before, next)
  }

  function note(gone: Map<string, Set<number>>, name: string, document: number): void {
    let set = gone.get(name)
    if (!set) {
      set = new Set()
      gone.set(name, set)
    }
    set.add(document)
  }

  function commitNow({ add = [], removeIds = [], replaceAll = false }: CommitChange): number {
    const gone = new Map<string, Set<number>>()
    const before = replaceAll ? [] : manifest.segments
    const added = add.map(toEntry)
    try {
      for (const entry of before) {
        const segment = removeIds.length > 0 ? segmentOf(entry) : null
        if (!segment) continue
        for (const id of removeIds) {
          for (const document of segment.ids.documentsOf(id)) {
            if (!contains(deletedOf(entry), document)) note(gone, entry.name, document)
          }
        }
      }
      for (const info of add) for (const document of info.replaced) note(gone, info.name, document)
      const all = [...before, ...added]
      for (let later = before.length; later < all.length; later++) {
        for (let earlier = 0; earlier < later; earlier++) replaceOlder(all[earlier]!, all[later]!, gone)
      }
      return swap(
        all.filter((entry) => entry.liveCount > (gone.get(entry.name)?.size ?? 0)),
        gone,
      )
    } catch (error) {
      for (const entry of added) {
        open.get(entry.name)?.close()
        open.delete(entry.name)
        deletions.delete(entry.name)
      }
      throw error
    }
  }

  /** Notes the documents of `earlier` whose ids `later` holds as well. */
  function replaceOlder(
    earlier: ManifestSegment,
    later: ManifestSegment,
    gone: Map<string, Set<number>>,
  ): void {
    const older = segmentOf(earlier)
    const newer = segmentOf(later)
    const set = deletedOf(earlier)
    const born = gone.get(later.name)
    const mark = (id: string) => {
      for (const document of older.ids.documentsOf(id)) {
        if (!contains(set, document)) note(gone, earlier.name, document)
      }
    }
    const a = older.ids.hashes()
    const b = newer.ids.hashes()
    if (b.hashes.length * 16 < a.hashes.length) {
      for (let d = 0; d < newer.documentCount; d++) if (!born?.has(d)) mark(newer.idOf(d))
      return
    }
    // Both ascending: one walk finds the few hashes they share.
    let i = 0
    for (let j = 0; j < b.hashes.length; j++) {
      const hash = b.hashes[j]!
      while (i < a.hashes.length && a.hashes[i]! < hash) i++
      if (i < a.hashes.length && a.hashes[i] === hash && !born?.has(b.documents[j]!)) {
        mark(newer.idOf(b.documents[j]!))
      }
    }
  }

  async function mergeOnce(policy: MergePolicy): Promise<number> {
    const inputs = chooseMerge(manifest.segments, policy)
    if (inputs.length === 0) return 0
    const before = inputs.map((entry) => ({ entry, deleted: deletedOf(entry) }))
    // Segments of its own: a commit meanwhile may close the writer's.
    const own = createPageCache(64 << 20)
    const sources: OpenSegment[] = []
    const name = newSegmentName()
    let merged: Awaited<ReturnType<typeof mergeSegments>>
    try {
      for (const { entry, deleted } of before) {
        sources.push(openSegment(storage, directory, entry.name, own, () => deleted))
      }
      merged = await mergeSegments(storage, directory, name, sources)
    } catch (error) {
      storage.remove(join(directory, name + segmentSuffix))
      throw error
    } finally {
      for (const source of sources) source.close()
    }
    return enqueue(() => {
      const current = new Map(manifest.segments.map((entry) => [entry.name, entry]))
      if (before.some(({ entry }) => !current.has(entry.name))) {
        // Replaced meanwhile: the work is void.
        storage.remove(join(directory, name + segmentSuffix))
        return 0
      }
      const gone = new Map<string, Set<number>>()
      before.forEach(({ entry, deleted }, i) => {
        for (const document of ordinalsOf(deletedOf(current.get(entry.name)!))) {
          if (!contains(deleted, document)) note(gone, name, merged.ordinals[i]![document]!)
        }
      })
      const { info } = merged
      const entry = toEntry(info)
      const names = new Set(inputs.map((input) => input.name))
      const next: ManifestSegment[] = []
      let placed = info.documentCount === (gone.get(name)?.size ?? 0)
      for (const segment of manifest.segments) {
        if (!names.has(segment.name)) next.push(segment)
        else if (!placed) {
          next.push(entry)
          placed = true
        }
      }
      swap(next, gone)
      return inputs.length
    })
  }

  function enqueue<T>(run: () => T): Promise<T> {
    const result = queue.then(() => {
      if (closed) throw new SearchError('CLOSED', '索引已经关闭，不能再写入')
      return run()
    })
    queue = result.catch(() => undefined)
    return result
  }

  let merging: Promise<unknown> = Promise.resolve()

  return {
    get generation() {
      return manifest.generation
    },
    newSegmentName,
    commit: (change) => enqueue(() => commitNow(change)),
    discard() {
      try {
        // A commit that failed at its very end may stand on the disk all the same.
        const onDisk = readManifest(storage, directory)
        retention.removeStrays(onDisk === null ? [manifest] : [manifest, onDisk.manifest])
      } catch {
        // What cannot be read cannot be told from what is needed.
      }
    },
    merge(policy) {
      const run = merging.then(async () => {
        let total = 0
        for (;;) {
          if (closed) return total
          const count = await mergeOnce({ ...defaultMergePolicy, ...policy })
          if (count === 0) return total
          total += count
        }
      })
      merging = run.catch(() => undefined)
      return run
    },
    async close() {
      await merging
      await queue
      if (closed) return
      closed = true
      retention.close()
      for (const segment of open.values()) segment.close()
      open.clear()
      release()
    },
  }
}
