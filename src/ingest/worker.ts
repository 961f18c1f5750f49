// One worker thread of a build: reads page files and makes whole segments; the main thread only commits them.
import { parentPort, workerData } from 'node:worker_threads'
import { readPageFile } from './page-file.ts'
import type { SegmentMaker } from './segment-maker.ts'
import type { WorkerAnswer, WorkerSettings, WorkerTask } from './worker-messages.ts'

const { directory, budgetBytes } = workerData as WorkerSettings
const port = parentPort!
let maker: SegmentMaker | null = null

/** The dictionary is loaded by the first articles: a worker that only reads pages needs none. */
async function getMaker(): Promise<SegmentMaker> {
  if (maker === null) {
    const { createSegmentMaker } = await import('./segment-maker.ts')
    maker = createSegmentMaker(directory, budgetBytes)
  }
  return maker
}

async function perform(task: WorkerTask): Promise<WorkerAnswer> {
  if (task.kind === 'read') return { kind: 'read', answer: await readPageFile(task.request) }
  if (task.kind === 'flush') {
    const segments = maker?.flush(task.name) ?? []
    return { kind: 'index', faults: [], segments, segmenter: maker?.segmenter }
  }
  return { kind: 'index', ...(await getMaker()).add(task.articles, task.nextName) }
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
