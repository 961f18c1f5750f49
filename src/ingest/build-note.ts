// What a rebuild leaves beside the index for those who ask later: which segmenter cut.
import { join } from 'node:path'
import type { SegmenterName } from '../analysis/analyzer.ts'
import { nodeStorage, replaceFile, type Storage } from '../index/directory/storage.ts'

const noteFile = 'build.json'

/** A note that cannot be written is no reason to call a rebuild failed. */
export function writeBuildNote(directory: string, segmenter: SegmenterName): void {
  try {
    replaceFile(nodeStorage, directory, noteFile, Buffer.from(`${JSON.stringify({ segmenter })}\n`))
  } catch {
    // The index is committed; `stats` does not know who cut it then.
  }
}

/** null when no rebuild left a note that can be read. */
export function readBuildNote(directory: string, storage: Storage): SegmenterName | null {
  try {
    const { segmenter } = JSON.parse(
      Buffer.from(storage.readWhole(join(directory, noteFile))).toString('utf8'),
    ) as {
      segmenter?: unknown
    }
    return segmenter === 'nodejieba' || segmenter === 'segmenter' ? segmenter : null
  } catch {
    return null
  }
}
