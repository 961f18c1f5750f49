// Who reads pages and makes segments during a build: this thread alone, or a pool of workers; the same port for both.
import type { SegmenterName } from '../analysis/analyzer.ts'
import type { SegmentInfo } from '../index/segment/segment-writer.ts'
import type { Fault } from './faults.ts'
import { type PageFileAnswer, type PageFileRequest, readPageFile } from './page-file.ts'
import { createSegmentMaker, type IncomingArticle, type SegmentMaker } from './segment-maker.ts'

/** A crew's law: after `flush` every article given to `index` is in one of the segments, or in the faults. */
export interface IndexingCrew {
  /** Tasks it works on at once. */
  readonly concurrency: number
  read(request: PageFileRequest): Promise<PageFileAnswer>
  /** Resolves when there is room for more, not when the articles are done. Rejects when a thread has died. */
  index(articles: IncomingArticle[]): Promise<void>
  /** Waits for all, writes what is held and gives back what was made since the last flush. */
  flush(): Promise<{ segments: SegmentInfo[]; faults: Fault[]; segmenter: SegmenterName | undefined }>
  close(): Promise<void>
}

/** Works in this thread: nothing to start, right for a few thousand articles. */
export function createLocalCrew(
  settings: { directory: string; budgetBytes: number },
  newName: () => string,
): IndexingCrew {
  let maker: SegmentMaker | null = null
  const faults: Fault[] = []
  const segments: SegmentInfo[] = []
  return {
    concurrency: 1,
    read: readPageFile,
    async index(articles) {
      maker ??= createSegmentMaker(settings.directory, settings.budgetBytes)
      const made = maker.add(articles, newName())
      faults.push(...made.faults)
      segments.push(...made.segments)
    },
    async flush() {
      segments.push(...(maker?.flush(newName()) ?? []))
      return { segments: segments.splice(0), faults: faults.splice(0), segmenter: maker?.segmenter }
    },
    async close() {},
  }
}
