// A thread that holds an archive open and answers the calls that are sent to it, several at a time.
import { parentPort, workerData } from 'node:worker_threads'
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import type { SearchRequest } from '../schema/search-request.ts'
import { openArchive } from './open-archive.ts'
import type { Archive, ArchiveOptions } from './port.ts'

/** Methods of an archive that a thread can answer: what goes in and comes out can be sent. */
export type CallName =
  | 'search'
  | 'suggest'
  | 'article'
  | 'similar'
  | 'page'
  | 'issues'
  | 'trends'
  | 'explain'
  | 'analyze'
  | 'add'
  | 'addPage'
  | 'remove'

export type ThreadTask =
  | { id: number; call: CallName; args: readonly unknown[] }
  /** Opens a walk over all hits of a request. */
  | { id: number; walk: SearchRequest }
  /** Asks for the next articles of a walk. */
  | { id: number; next: true }
  /** Ends a call or a walk that nobody waits for any more. */
  | { id: number; abort: true }
  | { refresh: true }

export interface SentError {
  name: string
  message: string
  code?: SearchError['code']
  details?: SearchError['details']
}

export type ThreadAnswer = { id: number } & (
  | { value: unknown }
  | { articles: Article[]; done: boolean }
  | { error: SentError }
)

/** Articles of a walk that are sent together. */
const articlesTogether = 50

export function toSentError(error: unknown): SentError {
  const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>
  return error instanceof SearchError
    ? { name, message, code: error.code, details: error.details }
    : { name, message }
}

async function run(archive: Archive): Promise<void> {
  const port = parentPort!
  const running = new Map<number, AbortController>()
  const walks = new Map<number, AsyncIterator<Article>>()
  const answer = (message: ThreadAnswer) => port.postMessage(message)

  async function next(id: number): Promise<void> {
    const walk = walks.get(id)
    if (walk === undefined) return
    try {
      const articles: Article[] = []
      let done = false
      while (articles.length < articlesTogether && !done) {
        const one = await walk.next()
        if (one.done === true) done = true
        else articles.push(one.value)
      }
      if (done) end(id)
      answer({ id, articles, done })
    } catch (error) {
      end(id)
      answer({ id, error: toSentError(error) })
    }
  }

  function end(id: number): void {
    void walks.get(id)?.return?.()
    walks.delete(id)
    running.get(id)?.abort()
    running.delete(id)
  }

  async function perform(id: number, call: CallName, args: readonly unknown[]): Promise<void> {
    const controller = new AbortController()
    running.set(id, controller)
    try {
      const given = call === 'search' ? [{ ...(args[0] as SearchRequest), signal: controller.signal }] : args
      const method = archive[call] as (...args: readonly unknown[]) => Promise<unknown>
      answer({ id, value: await method(...given) })
    } catch (error) {
      answer({ id, error: toSentError(error) })
    } finally {
      running.delete(id)
    }
  }

  port.on('message', (task: ThreadTask) => {
    if ('refresh' in task) archive.refresh()
    else if ('call' in task) void perform(task.id, task.call, task.args)
    else if ('walk' in task) {
      const controller = new AbortController()
      running.set(task.id, controller)
      const walk = archive.exportHits({ ...task.walk, signal: controller.signal })
      walks.set(task.id, walk[Symbol.asyncIterator]())
      void next(task.id)
    } else if ('next' in task) void next(task.id)
    else end(task.id)
  })
  answer({ id: 0, value: 'ready' })
}

if (parentPort)
  openArchive(workerData as ArchiveOptions).then(run, (error: unknown) =>
    parentPort!.postMessage({ id: 0, error: toSentError(error) } satisfies ThreadAnswer),
  )
