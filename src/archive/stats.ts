// What an archive holds, in numbers.
import { statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Snapshot } from '../index/directory/reader.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import { readBuildNote } from '../ingest/build-note.ts'
import { toDateText } from '../schema/columns.ts'
import { isLive } from '../schema/stored-articles.ts'
import { createFacetCounter } from '../search/facets.ts'
import type { Matches } from '../search/matches.ts'
import type { Archive, ArchiveStats } from './port.ts'

export function statsOf(
  snapshot: Snapshot,
  directory: string,
  storage: Storage,
): Omit<ArchiveStats, 'vocabulary'> {
  const counter = createFacetCounter()
  let first = 0
  let last = 0
  for (const segment of snapshot.segments) {
    const live: Matches = {
      count: 0,
      documents: new Uint32Array(segment.documentCount),
      scores: new Uint32Array(0),
    }
    const dates = segment.columns.numbers('date')
    for (let document = 0; document < segment.documentCount; document++) {
      if (!isLive(segment, document)) continue
      live.documents[live.count++] = document
      const date = dates[document]!
      if (date === 0) continue
      if (first === 0 || date < first) first = date
      if (date > last) last = date
    }
    counter.add(segment, live)
  }
  const { paper, type, year } = counter.facets()
  return {
    articles: snapshot.documentCount,
    segments: snapshot.segments.length,
    segmenter: readBuildNote(directory, storage).segmenter,
    generation: snapshot.generation,
    bytes: folderBytes(directory, storage),
    from: toDateText(first),
    to: toDateText(last),
    papers: paper,
    types: type,
    years: year.toReversed(),
    faults: [...snapshot.faults],
  }
}

function folderBytes(directory: string, storage: Storage): number {
  let bytes = 0
  for (const name of storage.list(directory)) {
    try {
      const file = storage.openRead(join(directory, name))
      bytes += file.size
      file.close()
    } catch {
      // Swept away meanwhile, or a folder.
    }
  }
  return bytes
}

/** What the archive's port calls its condition; null where that cannot be asked. */
export function conditionOf(directory: string, storage: Storage): ReturnType<Archive['condition']> {
  if (storage !== nodeStorage) return { committedAt: null, freeBytes: null }
  const ask = <T>(of: () => T): T | null => {
    try {
      return of()
    } catch {
      return null
    }
  }
  return {
    committedAt: ask(() => statSync(join(directory, 'manifest.json')).mtime.toISOString()),
    freeBytes: ask(() => {
      const { bavail, bsize } = statfsSync(directory)
      return bavail * bsize
    }),
  }
}
