// Archive threads behind one queue: whoever cannot be served soon is told at once, and a thread that hangs is replaced.
import { Worker } from 'node:worker_threads'
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import type { SearchRequest } from '../schema/search-request.ts'
import type { CallName, SentError, ThreadAnswer, ThreadTask } from './archive-thread.ts'
import type { ArchiveOptions } from './port.ts'

export interface PoolOptions {
  threads: number
  /** What a call may take, in milliseconds: then its thread is given up and a new one started. Without end for 0. */
  callMs: number
  /** How long a call may wait for a thread; who would wait longer is refused with BUSY. */
  queueMs: number
}

export interface ThreadPool {
  /** Resolves once every thread has opened the archive; rejects as `openArchive` does. */
  readonly ready: Promise<void>
  call<T>(name: CallName, args: readonly unknown[], signal?: AbortSignal): Promise<T>
  walk(request: SearchRequest): AsyncIterableIterator<Article>
  /** Lets every thread take up the newest commit before the calls that follow. */
  refresh(): void
  close(): Promise<void>
}

interface Call {
  task: { call: CallName; args: readonly unknown[] }
  resolve(value: never): void
  reject(error: Error): void
  /** When it was asked for. */
  since: number
  /** When a thread was given it. */
  startedAt: number
  /** A call whose thread died under another's weight is tried once more. */
  isRetried: boolean
}

interface Walk {
  /** What the reader waits for. */
  waiting: {
    resolve(answer: { articles: Article[]; done: boolean }): void
    reject(error: Error): void
  } | null
}

interface Member {
  worker: Worker
  isReady: boolean
  calls: Map<number, Call>
  walks: Map<number, Walk>
}

/** Calls that a thread works on at once: a long one gives way to short ones every few milliseconds. */
const callsAtOnce = 3
const lookMs = 250
const meanWeight = 0.05

export function createThreadPool(archive: ArchiveOptions, options: PoolOptions): ThreadPool {
  const members: Member[] = []
  /** What a call takes of a thread, in milliseconds: a moving mean. */
  let meanMs = 5
  const queue: Call[] = []
  let ids = 0
  let isClosed = false
  let opened: { resolve(): void; reject(error: Error): void }
  const ready = new Promise<void>((resolve, reject) => {
    opened = { resolve, reject }
  })
  ready.catch(() => undefined)

  function start(): void {
    const worker = new Worker(new URL('./archive-thread.js', import.meta.url), { workerData: archive })
    const member: Member = { worker, isReady: false, calls: new Map(), walks: new Map() }
    members.push(member)
    worker.on('message', (answer: ThreadAnswer) => take(member, answer))
    worker.on('error', (error) => lose(member, error))
    worker.on('exit', () => lose(member, new Error('the thread has ended')))
  }

  function take(member: Member, answer: ThreadAnswer): void {
    if (answer.id === 0) {
      if ('error' in answer) {
        opened.reject(toError(answer.error))
        return
      }
      member.isReady = true
      if (members.every(({ isReady }) => isReady)) opened.resolve()
      serve()
      return
    }
    const call = member.calls.get(answer.id)
    if (call) {
      // Calls that run together share their time.
      const tookMs = (performance.now() - call.startedAt) / member.calls.size
      meanMs += meanWeight * (tookMs - meanMs)
      member.calls.delete(answer.id)
      if ('error' in answer) call.reject(toError(answer.error))
      else if ('value' in answer) call.resolve(answer.value as never)
      serve()
      return
    }
    const walk = member.walks.get(answer.id)
    if (walk === undefined) return
    const { waiting } = walk
    walk.waiting = null
    if ('error' in answer) {
      member.walks.delete(answer.id)
      waiting?.reject(toError(answer.error))
    } else if ('articles' in answer) {
      if (answer.done) member.walks.delete(answer.id)
      waiting?.resolve(answer)
    }
  }

  /** Another thread takes the place of one that died or was given up; its calls are tried once more there. */
  function lose(member: Member, error: Error): void {
    const place = members.indexOf(member)
    if (place < 0) return
    members.splice(place, 1)
    for (const call of member.calls.values()) {
      if (isClosed) call.reject(new SearchError('CLOSED', '档案已关闭'))
      else if (call.isRetried)
        call.reject(new SearchError('TIMEOUT', '检索的线程中断了', {}, { cause: error }))
      else {
        call.isRetried = true
        queue.unshift(call)
      }
    }
    for (const { waiting } of member.walks.values())
      waiting?.reject(new SearchError('TIMEOUT', '导出的线程中断了', {}, { cause: error }))
    if (isClosed) return
    // One that cannot even open the archive is not tried again at once.
    if (member.isReady) start()
    else setTimeout(() => !isClosed && start(), 1000).unref()
    serve()
  }

  function giveUp(member: Member): void {
    const now = performance.now()
    for (const [id, call] of member.calls) {
      if (now - call.startedAt <= options.callMs) continue
      member.calls.delete(id)
      call.reject(new SearchError('TIMEOUT', `检索超过 ${Math.round(options.callMs / 1000)} 秒，已放弃`))
      void member.worker.terminate()
      lose(member, new Error('a call took too long'))
      return
    }
  }

  /** How long who comes now would wait, in milliseconds: by who waits before, or by how long the first has waited. */
  function expectedWait(): number {
    const soFar = queue.length === 0 ? 0 : performance.now() - queue[0]!.since
    return Math.max(soFar, (queue.length * meanMs) / options.threads)
  }

  function serve(): void {
    while (queue.length > 0) {
      const free = members.filter(({ isReady, calls }) => isReady && calls.size < callsAtOnce)
      if (free.length === 0) return
      const member = free.reduce((best, one) => (one.calls.size < best.calls.size ? one : best))
      const call = queue.shift()!
      const id = ++ids
      try {
        send(member, { id, ...call.task })
        call.startedAt = performance.now()
        member.calls.set(id, call)
      } catch (error) {
        call.reject(error as Error)
      }
    }
  }

  function send(member: Member, task: ThreadTask): void {
    member.worker.postMessage(task)
  }

  const watch = options.callMs === 0 ? null : setInterval(() => [...members].forEach(giveUp), lookMs)
  watch?.unref()
  for (let i = 0; i < options.threads; i++) start()

  return {
    ready,
    call(name, args, signal) {
      return new Promise((resolve, reject) => {
        if (isClosed) return reject(new SearchError('CLOSED', '档案已关闭'))
        if (signal?.aborted) return reject(signal.reason as Error)
        if (queue.length > 0 && expectedWait() > options.queueMs)
          return reject(new SearchError('BUSY', '此刻要查的人太多，请稍后再试'))
        const drop = () => {
          const at = queue.indexOf(call)
          if (at >= 0) queue.splice(at, 1)
          else
            for (const member of members)
              for (const [id, running] of member.calls)
                if (running === call) send(member, { id, abort: true })
          call.reject(signal!.reason as Error)
        }
        const call: Call = {
          task: { call: name, args },
          resolve(value) {
            signal?.removeEventListener('abort', drop)
            resolve(value)
          },
          reject(error) {
            signal?.removeEventListener('abort', drop)
            reject(error)
          },
          since: performance.now(),
          startedAt: 0,
          isRetried: false,
        }
        signal?.addEventListener('abort', drop, { once: true })
        queue.push(call)
        serve()
      })
    },
    walk(request) {
      const ready = members.filter(({ isReady }) => isReady)
      const member = ready.reduce<Member | undefined>(
        (best, one) => (best === undefined || one.walks.size < best.walks.size ? one : best),
        undefined,
      )
      return walkIn(member, request)
    },
    refresh() {
      for (const member of members) send(member, { refresh: true })
    },
    async close() {
      isClosed = true
      if (watch) clearInterval(watch)
      const closed = new SearchError('CLOSED', '档案已关闭')
      for (const call of queue.splice(0)) call.reject(closed)
      await Promise.all([...members].map(({ worker }) => worker.terminate()))
    },
  }

  async function* walkIn(member: Member | undefined, request: SearchRequest): AsyncIterableIterator<Article> {
    if (member === undefined || isClosed) throw new SearchError('CLOSED', '档案已关闭')
    const { signal, ...asked } = request
    const id = ++ids
    const walk: Walk = { waiting: null }
    member.walks.set(id, walk)
    const ask = (task: ThreadTask) =>
      new Promise<{ articles: Article[]; done: boolean }>((resolve, reject) => {
        walk.waiting = { resolve, reject }
        send(member, task)
      })
    try {
      for (let answer = await ask({ id, walk: asked }); ; answer = await ask({ id, next: true })) {
        for (const article of answer.articles) {
          signal?.throwIfAborted()
          yield article
        }
        if (answer.done) return
        if (!members.includes(member)) throw new SearchError('TIMEOUT', '导出的线程中断了')
      }
    } finally {
      if (member.walks.delete(id) && members.includes(member)) send(member, { id, abort: true })
    }
  }
}

function toError({ name, message, code, details }: SentError): Error {
  if (code !== undefined) return new SearchError(code, message, details)
  const error = new Error(message)
  error.name = name
  return error
}
