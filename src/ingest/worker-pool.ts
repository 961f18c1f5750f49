// A few worker threads with a short queue each: whoever gives them work waits when they are behind.
import { Worker } from 'node:worker_threads'
import { SearchError } from '../model/errors.ts'
import {
  type CrewKind,
  type CrewResult,
  createLocalCrew,
  createResults,
  type HeldGroup,
  type IndexingCrew,
} from './indexing-crew.ts'
import type { ReadTask } from './read-group.ts'
import type { WorkerAnswer, WorkerTask } from './worker-messages.ts'

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

/** As many threads as told; with none, or run from TypeScript source, where there is no compiled worker to start, this thread works alone. */
export function createCrewOf<Settings>(
  count: number,
  kind: CrewKind<Settings>,
  newName: () => string,
): IndexingCrew {
  return count > 0 && import.meta.url.endsWith('.js')
    ? createWorkerPool(count, kind, newName)
    : createLocalCrew(kind.createMember(kind.settings), newName)
}

function createWorkerPool<Settings>(
  count: number,
  { thread, settings }: CrewKind<Settings>,
  newName: () => string,
): IndexingCrew {
  const members: Member[] = []
  const freed: (() => void)[] = []
  /** Who holds the articles of a group that was read. */
  const holders = new WeakMap<HeldGroup, Member>()
  const results = createResults()

  const fail = (member: Member, error: Error) => {
    results.fail(error)
    for (const waiting of member.waiting.splice(0)) waiting.reject(results.failure!)
    for (const wake of freed.splice(0)) wake()
  }
  for (let i = 0; i < count; i++) {
    const worker = new Worker(thread, { workerData: settings })
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
        waiting?.reject(new SearchError(answer.code, `处理${waiting.subject}时出错：${answer.message}`))
      else waiting?.resolve(answer)
      freed.shift()?.()
    })
    members.push(member)
  }

  const give = (member: Member, task: WorkerTask, subject: string, moved: ArrayBuffer[] = []) =>
    new Promise<WorkerAnswer>((resolve, reject) => {
      if (results.failure) {
        reject(results.failure)
        return
      }
      // First, for it throws where the task cannot be sent: nothing is waited for then.
      member.worker.postMessage(task, moved)
      member.waiting.push({ subject, resolve, reject })
    })
  const leastBusy = () =>
    members.reduce((best, member) => (member.waiting.length < best.waiting.length ? member : best))

  /** Gives indexing work, the outcome of which is met at the next flush. */
  const work = (member: Member, task: WorkerTask, subject: string) => {
    results.add(give(member, task, subject).then(resultOf))
  }

  return {
    concurrency: count,
    async read(task: ReadTask): Promise<HeldGroup> {
      const member = leastBusy()
      const read = (sent: ReadTask, moved?: ArrayBuffer[]) =>
        give(member, { kind: 'read', task: sent }, ` ${task.file} `, moved)
      const answer = await read(...withOwnBytes(task)).catch((error: Error) => {
        if (error.name !== 'DataCloneError') throw error
        return read(withoutFunctions(task))
      })
      if (answer.kind !== 'read') throw new SearchError('STORAGE', `读 ${task.file} 没有得到回答`)
      holders.set(answer.group, member)
      return answer.group
    },
    settle(group, verdicts) {
      const task = { kind: 'settle', token: group.token, verdicts, nextName: newName() } as const
      work(holders.get(group)!, task, ` ${verdicts[0]?.id ?? ''} 起的 ${verdicts.length} 篇`)
    },
    async index(articles) {
      while (!results.failure && leastBusy().waiting.length >= queueLength)
        await new Promise<void>((resolve) => freed.push(resolve))
      if (results.failure) throw results.failure
      const first = articles[0]?.article
      const subject = ` ${first?.source ?? first?.id ?? ''} 起的 ${articles.length} 篇`
      work(leastBusy(), { kind: 'index', articles, nextName: newName() }, subject)
    },
    async flush() {
      for (const member of members) work(member, { kind: 'flush', name: newName() }, '最后一批文章')
      return results.take()
    },
    async close() {
      await Promise.all(members.map(({ worker }) => worker.terminate()))
    },
  }
}

function resultOf(answer: WorkerAnswer): CrewResult {
  if (answer.kind !== 'done') throw new SearchError('STORAGE', '建索引的线程没有回答')
  return answer.result
}

/** A view would take the whole buffer behind it along: its bytes are copied once, and the copy is handed over. */
function withOwnBytes(task: ReadTask): [task: ReadTask, moved?: ArrayBuffer[]] {
  if (task.kind !== 'records' || !('bytes' in task.records)) return [task]
  const bytes = new Uint8Array(task.records.bytes)
  return [{ ...task, records: { ...task.records, bytes } }, [bytes.buffer]]
}

/** Values of the caller may hold what no thread can be sent: what is stored of them is sent, as without threads. */
function withoutFunctions(task: ReadTask): ReadTask {
  if (task.kind !== 'records' || 'bytes' in task.records) return task
  return {
    ...task,
    records: task.records.map((record) => {
      if (!('value' in record)) return record
      const { value, ...at } = record
      try {
        return { ...at, value: JSON.parse(JSON.stringify(value)) }
      } catch (error) {
        return { ...at, fault: `存不下：${(error as Error).message.split('\n')[0]}` }
      }
    }),
  }
}
