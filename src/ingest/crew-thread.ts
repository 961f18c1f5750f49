// What a thread of a crew does: tasks one after another, each answered.
import { parentPort } from 'node:worker_threads'
import { SearchError } from '../model/errors.ts'
import type { CrewMember } from './indexing-crew.ts'
import type { WorkerAnswer, WorkerTask } from './worker-messages.ts'

/** Serves a member to the thread that has started this one. */
export function serveMember(member: CrewMember): void {
  const port = parentPort!

  async function perform(task: WorkerTask): Promise<WorkerAnswer> {
    switch (task.kind) {
      case 'read':
        return { kind: 'read', group: await member.read(task.task) }
      case 'settle':
        return { kind: 'done', result: await member.settle(task.token, task.verdicts, task.nextName) }
      case 'index':
        return { kind: 'done', result: await member.index(task.articles, task.nextName) }
      case 'flush':
        return { kind: 'done', result: await member.flush(task.name) }
    }
  }

  // Answered in the order in which they came.
  let last: Promise<void> = Promise.resolve()
  port.on('message', (task: WorkerTask) => {
    last = last.then(async () => {
      try {
        port.postMessage(await perform(task))
      } catch (error) {
        port.postMessage({
          kind: 'failed',
          code: error instanceof SearchError ? error.code : 'STORAGE',
          message: error instanceof Error ? error.message : String(error),
        } satisfies WorkerAnswer)
      }
    })
  })
}
