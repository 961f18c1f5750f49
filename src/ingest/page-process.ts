// The process that reads pages nobody vouches for: it ends itself when a page takes too long or too much memory.
import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { SearchError } from '../model/errors.ts'
import { readLayout, renderPage } from '../page/pdf/render-page.ts'
import { readPages } from '../page/read-page.ts'
import { readPagesHere } from './page-file.ts'
import type { PageAnswer, PageTask } from './page-reader.ts'

/**
 * Runs beside the reading, which may never give its thread back. SIGTERM says too long, SIGKILL too much memory, or that
 * whoever asked has gone.
 */
const watchdog = new Worker(
  `const { parentPort, workerData } = require('node:worker_threads')
   let task = null
   parentPort.on('message', (next) => { task = next })
   setInterval(() => {
     if (process.ppid !== workerData.parent) process.kill(process.pid, 'SIGKILL')
     if (task === null) return
     if (process.memoryUsage.rss() > task.bytes) process.kill(process.pid, 'SIGKILL')
     if (Date.now() > task.until) process.kill(process.pid, 'SIGTERM')
   }, 50)`,
  { eval: true, workerData: { parent: process.ppid } },
)
watchdog.unref()

process.on('disconnect', () => process.exit())
process.on('message', async (task: PageTask) => {
  watchdog.postMessage({ until: Date.now() + task.milliseconds, bytes: task.bytes })
  const answer = await read(task).catch((error: unknown): PageAnswer => {
    if (!(error instanceof SearchError))
      return { error: { message: String((error as Error)?.message ?? error) } }
    const { code, message, details } = error
    return { error: { code, message, details } }
  })
  watchdog.postMessage(null)
  process.send?.(answer)
})

async function read(task: PageTask): Promise<PageAnswer> {
  if ('request' in task) return readPagesHere(task.request)
  if ('layoutOf' in task) return { layout: await readLayout(await readFile(task.layoutOf), task.sheet) }
  if ('picturesOf' in task) return renderPage(await readFile(task.picturesOf), task.render)
  return { pages: await readPages(task.content, task.hint), faults: [] }
}
