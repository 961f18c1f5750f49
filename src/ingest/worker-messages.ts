// What the build says to its worker threads and what they answer.
import type { SegmenterName } from '../analysis/analyzer.ts'
import type { SegmentInfo } from '../index/segment/segment-writer.ts'
import type { Fault } from './faults.ts'
import type { PageFileAnswer, PageFileRequest } from './page-file.ts'
import type { IncomingArticle } from './segment-maker.ts'

export interface WorkerSettings {
  directory: string
  budgetBytes: number
}

export type WorkerTask =
  | { kind: 'read'; request: PageFileRequest }
  | { kind: 'index'; articles: IncomingArticle[]; nextName: string }
  | { kind: 'flush'; name: string }

export type WorkerAnswer =
  | { kind: 'read'; answer: PageFileAnswer }
  | { kind: 'index'; faults: Fault[]; segments: SegmentInfo[]; segmenter?: SegmenterName | undefined }
  | { kind: 'failed'; message: string }
