// Makes segments out of articles in one thread: analyses, collects, and writes a segment whenever enough is held.
import { createAnalyzer, indexingSegmenter, type SegmenterName } from '../analysis/analyzer.ts'
import { createSegmentBuilder, type SegmentBuilder } from '../index/segment/segment-builder.ts'
import type { SegmentInfo } from '../index/segment/segment-writer.ts'
import { builderOptions, createDocumentConverter } from '../schema/index-document.ts'
import { type Fault, toFault } from './faults.ts'
import type { IncomingArticle } from './read-group.ts'

export interface SegmentMaker {
  /**
   * Adds articles and returns those that could not be indexed. `nextName` names the segment that is written
   * if they fill one; it is used up when `segments` has grown.
   */
  add(articles: readonly IncomingArticle[], nextName: string): { faults: Fault[]; segments: SegmentInfo[] }
  /** Who says where words begin and end; both say the same. */
  readonly segmenter: SegmenterName
  /** Writes what is held; nothing when nothing is. */
  flush(name: string): SegmentInfo[]
}

/** Loads the dictionary; `budgetBytes` is what a segment may hold in memory before it is written to `directory`. */
export function createSegmentMaker(directory: string, budgetBytes: number): SegmentMaker {
  const segmenter = indexingSegmenter()
  const analyzer = createAnalyzer({ indexedBy: segmenter })
  const convert = createDocumentConverter(analyzer)
  let builder: SegmentBuilder | null = null

  const flush = (name: string): SegmentInfo[] => {
    if (builder === null || builder.documentCount === 0) return []
    const full = builder
    builder = null
    return [full.write(directory, name)]
  }
  return {
    add(articles, nextName) {
      const faults: Fault[] = []
      for (const { article, ...provenance } of articles) {
        builder ??= createSegmentBuilder(builderOptions(analyzer))
        try {
          builder.add(convert(article, provenance))
        } catch (error) {
          faults.push({ ...toFault(error, article.source ?? article.id), id: article.id })
        }
      }
      const segments = builder !== null && builder.bytes >= budgetBytes ? flush(nextName) : []
      return { faults, segments }
    },
    segmenter,
    flush,
  }
}
