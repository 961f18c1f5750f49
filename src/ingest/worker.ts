// One worker thread of a build: reads sources and makes whole segments of them; the main thread only keeps the ids.
import { parentPort, workerData } from 'node:worker_threads'
import { type CrewSettings, createCrewMember } from './indexing-crew.ts'
import type { WorkerAnswer, WorkerTask } from './worker-messages.ts'

const port = parentPort!
const member = createCrewMember(workerData as CrewSettings)

async function perform(task: WorkerTask): Promise<WorkerAnswer> {
  switch (task.kind) {
    case 'read':
      return { kind: 'read', group: await member.read(task.task) }
    case 'settle':
      return { kind: 'done', result: member.settle(task.token, task.verdicts, task.nextName) }
    case 'index':
      return { kind: 'done', result: member.index(task.articles, task.nextName) }
    case 'flush':
      return { kind: 'done', result: member.flush(task.name) }
  }
}

// Tasks are answered one after the other, in the order in which they came.
let last: Promise<void> = Promise.resolve()
port.on('message', (task: WorkerTask) => {
  last = last.then(async () => {
    try {
      port.postMessage(await perform(task))
    } catch (error) {
      port.postMessage({
        kind: 'failed',
        message: error instanceof Error ? error.message : String(error),
      } satisfies WorkerAnswer)
    }
  })
})
