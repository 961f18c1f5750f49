// Which files the index still needs, and when those it no longer needs are removed.
import { join } from 'node:path'
import { deletionSuffix } from '../segment/deletions.ts'
import { segmentSuffix } from '../segment/segment-file.ts'
import type { Manifest } from './manifest.ts'
import { generationOfCopy, manifestCopy, manifestFile, readManifestCopy } from './manifest.ts'
import type { Storage } from './storage.ts'

export interface DeletionPolicy {
  /** Notes what a new manifest no longer names, and removes what has had its time. */
  replace(before: Manifest, next: Manifest): void
  /** Removes what none of these manifests, nor one before them, names: what a write that failed has left. */
  removeStrays(live: readonly Manifest[]): void
  close(): void
}

/**
 * Readers may be on their way to the files of the two manifests before: those are kept for `keepMilliseconds`.
 * Made when a writer opens: no other writer lives, so what no manifest names is left over from a crash and goes at once.
 */
export function createDeletionPolicy(
  storage: Storage,
  directory: string,
  opened: Manifest,
  keepMilliseconds: number,
): DeletionPolicy {
  /** Files no longer in the manifest, and when and by which commit they left it. */
  const retired = new Map<string, { at: number; generation: number }>()
  let current = opened.generation
  let timer: NodeJS.Timeout | null = null
  let closed = false
  removeStrays([opened])

  function removeStrays(live: readonly Manifest[]): void {
    const needed = new Set(live.flatMap((manifest) => [...filesOf(manifest)]))
    const files = storage.list(directory)
    const wanted = new Set<string>()
    for (const file of files) {
      const generation = generationOfCopy(file)
      if (generation === null || generation < current - 2 || generation >= current) continue
      try {
        for (const kept of filesOf(readManifestCopy(storage, directory, generation))) wanted.add(kept)
      } catch {
        // A damaged copy keeps nothing.
      }
    }
    for (const file of files) {
      if (!isOurs(file) || needed.has(file) || retired.has(file)) continue
      if (wanted.has(file)) retired.set(file, { at: Date.now(), generation: current })
      else storage.remove(join(directory, file))
    }
    planSweep()
  }

  function sweep(): void {
    const now = Date.now()
    for (const [file, { at, generation }] of retired) {
      if (now - at < keepMilliseconds && generation > current - 2) continue
      try {
        storage.remove(join(directory, file))
        retired.delete(file)
      } catch {
        // Tried again at the next commit; an old file harms no one.
      }
    }
    planSweep()
  }

  function planSweep(): void {
    if (timer || retired.size === 0 || closed) return
    timer = setTimeout(() => {
      timer = null
      sweep()
    }, keepMilliseconds + 50)
    timer.unref()
  }

  return {
    removeStrays,
    replace(before, next) {
      const needed = filesOf(next)
      const at = Date.now()
      for (const file of filesOf(before)) {
        if (!needed.has(file)) retired.set(file, { at, generation: next.generation })
      }
      current = next.generation
      sweep()
    },
    close() {
      closed = true
      if (timer) clearTimeout(timer)
    },
  }
}

function filesOf(manifest: Manifest): Set<string> {
  const files = new Set([manifestFile, manifestCopy(manifest.generation)])
  for (const segment of manifest.segments) {
    files.add(segment.name + segmentSuffix)
    if (segment.deletions !== null) files.add(segment.deletions)
  }
  return files
}

/** Other files in the folder, a dictionary of the archive say, are none of the index's business. */
function isOurs(file: string): boolean {
  return (
    file.endsWith(segmentSuffix) ||
    file.endsWith(deletionSuffix) ||
    generationOfCopy(file) !== null ||
    (file.endsWith('.tmp') && /^(segment-|manifest)/.test(file))
  )
}
