// What the index on disk weighs: bytes of each section, of each segment and of all.
import { join } from 'node:path'
import { readManifest } from '../src/index/directory/manifest.ts'
import { createPageCache } from '../src/index/directory/page-cache.ts'
import type { Storage } from '../src/index/directory/storage.ts'
import { nodeStorage } from '../src/index/directory/storage.ts'
import type { SectionName } from '../src/index/segment/segment-file.ts'
import { openSegmentFile, sectionNames } from '../src/index/segment/segment-file.ts'
import { SearchError } from '../src/model/errors.ts'

export interface SegmentStats {
  name: string
  documentCount: number
  liveCount: number
  bytes: number
  sections: { section: SectionName; bytes: number }[]
}

export interface IndexStats {
  generation: number
  /** Live documents. */
  documentCount: number
  deletedCount: number
  /** Of segments and deletion sets. */
  bytes: number
  /** Summed over the segments, in the order of the file. */
  sections: { section: SectionName; bytes: number }[]
  segments: SegmentStats[]
}

/** Throws INDEX_MISSING, INDEX_FORMAT or INDEX_CORRUPT; a damaged segment counts with the size of its file alone. */
export function indexStats(directory: string, storage: Storage = nodeStorage): IndexStats {
  const read = readManifest(storage, directory)
  if (!read) throw new SearchError('INDEX_MISSING', `这里还没有索引：${directory}`, { file: directory })
  const { manifest } = read
  const total = new Map<SectionName, number>(sectionNames.map((section) => [section, 0]))
  const stats: IndexStats = {
    generation: manifest.generation,
    documentCount: 0,
    deletedCount: 0,
    bytes: 0,
    sections: [],
    segments: [],
  }
  for (const { name, documentCount, liveCount, bytes, deletions } of manifest.segments) {
    const sections = sectionSizes(storage, directory, name)
    for (const { section, bytes: size } of sections) total.set(section, total.get(section)! + size)
    stats.segments.push({ name, documentCount, liveCount, bytes, sections })
    stats.documentCount += liveCount
    stats.deletedCount += documentCount - liveCount
    stats.bytes += bytes
    if (deletions !== null) stats.bytes += storage.readWhole(join(directory, deletions)).length
  }
  stats.sections = [...total].map(([section, bytes]) => ({ section, bytes }))
  return stats
}

function sectionSizes(storage: Storage, directory: string, name: string): SegmentStats['sections'] {
  try {
    const file = openSegmentFile(storage, directory, name, createPageCache(0))
    try {
      return sectionNames.map((section) => ({ section, bytes: file.length(section) }))
    } finally {
      file.close()
    }
  } catch (error) {
    if (error instanceof SearchError) return []
    throw error
  }
}
