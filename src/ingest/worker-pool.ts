// A few worker threads with a short queue each: whoever gives them work waits when they are behind.
import { Worker } from 'node:worker_threads'
import type { SegmenterName } from '../analysis/analyzer.ts'
import type { SegmentInfo } from '../index/segment/segment-writer.ts'
import { SearchError } from '../model/errors.ts'
import type { Fault } from './faults.ts'
import type { IndexingCrew } from './indexing-crew.ts'
import type { PageFileAnswer, PageFileRequest } from './page-file.ts'
import type { IncomingArticle } from './segment-maker.ts'
import type { WorkerAnswer, WorkerSettings, WorkerTask } from './worker-messages.ts'

interface Waiting {
  /** What the task was about, for the error when the thread dies on it. */
  subject: string
  resolve(answer: WorkerAnswer): void
  reject(error: Error): void
}

interface Member {
  worker: Worker
  waiting: Waiting[]
}

/** Tasks that a thread may have before it, the running one included: one to do while the next is on its way. */
const queueLength = 2

/** Starts `count` threads from the compiled worker beside this file. */
export function createWorkerPool(
  count: number,
  settings: WorkerSettings,
  newName: () => string,
): IndexingCrew {
  const members: Member[] = []
  const freed: (() => void)[] = []
  const faults: Fault[] = []
  const segments: SegmentInfo[] = []
  const running = new Set<Promise<void>>()
  let failure: Error | null = null

  const fail = (member: Member, error: Error) => {
    failure ??= error
    for (const waiting of member.waiting.splice(0)) waiting.reject(failure)
    for (const wake of freed.splice(0)) wake()
  }
  for (let i = 0; i < count; i++) {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: settings })
    const member: Member = { worker, waiting: [] }
    const crashed = (why: string) => {
      const subject = member.waiting[0]?.subject ?? '启动'
      fail(member, new SearchError('STORAGE', `建索引的线程在处理${subject}时中断：${why}`))
    }
    worker.on('error', (error) => crashed(error.message))
    worker.on('exit', (code) => {
      if (member.waiting.length > 0) crashed(`线程退出（${code}）`)
    })
    worker.on('message', (answer: WorkerAnswer) => {
      const waiting = member.waiting.shift()
      if (answer.kind === 'failed')
        waiting?.reject(new SearchError('STORAGE', `处理${waiting.subject}时出错：${answer.message}`))
      else waiting?.resolve(answer)
      freed.shift()?.()
    })
    members.push(member)
  }

  const give = (member: Member, task: WorkerTask, subject: string) =>
    new Promise<WorkerAnswer>((resolve, reject) => {
      if (failure) {
        reject(failure)
        return
      }
      member.waiting.push({ subject, resolve, reject })
      member.worker.postMessage(task)
    })
  const leastBusy = () =>
    members.reduce((best, member) => (member.waiting.length < best.waiting.length ? member : best))

  return {
    concurrency: count,
    async read(request: PageFileRequest): Promise<PageFileAnswer> {
      const answer = await give(leastBusy(), { kind: 'read', request }, ` ${request.path} `)
      if (answer.kind !== 'read') throw new SearchError('STORAGE', `读 ${request.path} 没有得到回答`)
      return answer.answer
    },
    async index(articles: IncomingArticle[]): Promise<void> {
      while (!failure && leastBusy().waiting.length >= queueLength)
        await new Promise<void>((resolve) => freed.push(resolve))
      if (failure) throw failure
      const first = articles[0]?.article
      const subject = ` ${first?.source ?? first?.id ?? ''} 起的 ${articles.length} 篇`
      const done = give(leastBusy(), { kind: 'index', articles, nextName: newName() }, subject).then(
        (answer) => {
          if (answer.kind !== 'index') return
          faults.push(...answer.faults)
          segments.push(...answer.segments)
        },
        (error: Error) => {
          failure ??= error
        },
      )
      running.add(done)
      done.finally(() => running.delete(done))
    },
    async flush() {
      await Promise.all(running)
      if (failure) throw failure
      const answers = await Promise.all(
        members.map((member) => give(member, { kind: 'flush', name: newName() }, '最后一批文章')),
      )
      let segmenter: SegmenterName | undefined
      for (const answer of answers) {
        if (answer.kind !== 'index') continue
        segments.push(...answer.segments)
        segmenter = answer.segmenter ?? segmenter
      }
      return { segments: segments.splice(0), faults: faults.splice(0), segmenter }
    },
    async close() {
      await Promise.all(members.map(({ worker }) => worker.terminate()))
    },
  }
}
