// What the build says to its worker threads and what they answer.
import type { ErrorCode } from '../model/errors.ts'
import type { CrewResult, HeldGroup } from './indexing-crew.ts'
import type { IncomingArticle, ReadTask } from './read-group.ts'
import type { Verdict } from './sources.ts'

export type WorkerTask =
  | { kind: 'read'; task: ReadTask }
  | { kind: 'settle'; token: number; verdicts: readonly Verdict[]; nextName: string }
  | { kind: 'index'; articles: IncomingArticle[]; nextName: string }
  | { kind: 'flush'; name: string }

export type WorkerAnswer =
  | { kind: 'read'; group: HeldGroup }
  | { kind: 'done'; result: CrewResult }
  | { kind: 'failed'; code: ErrorCode; message: string }
