// Reads pages in a process of their own with a bound on time and memory: a page that never ends is named, not waited for.
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { type ErrorCode, type ErrorDetails, SearchError } from '../model/errors.ts'
import type { Page } from '../model/item.ts'
import {
  type PrintLayout,
  type Rendered,
  type RenderTask,
  readLayout,
  renderPage,
} from '../page/pdf/render-page.ts'
import { type PageHint, readPages } from '../page/read-page.ts'
import type { Fault } from './faults.ts'
import { type PageFileRequest, type ReadPageFile, readPagesHere } from './page-file.ts'

/** What the process is asked for. */
export type PageTask = { milliseconds: number; bytes: number } & (
  | { request: PageFileRequest }
  | { content: Uint8Array; hint: PageHint }
  | { layoutOf: string; sheet: number }
  | { picturesOf: string; render: RenderTask }
)

export type PageAnswer =
  | { pages: Page[]; faults: Fault[] }
  | { layout: PrintLayout }
  | Rendered
  | { error: { message: string; code?: ErrorCode; details?: ErrorDetails } }

export interface PageLimits {
  /** For a small file; a large one has a second more for every 40 kB of PDF or 200 kB of text. 20 unless told. */
  seconds?: number
  /** Resident memory of the process that reads, in MB. 1500 unless told. */
  megabytes?: number
}

export interface PageReader {
  readFile: ReadPageFile
  /** Rejects as `readPages` does, and with LIMIT_EXCEEDED. */
  readBytes(bytes: Uint8Array, hint: PageHint): Promise<Page[]>
  /** Where what stands on a page of a PDF file. Rejects with PAGE_DAMAGED or LIMIT_EXCEEDED. */
  layout(path: string, sheet: number): Promise<PrintLayout>
  /** Pictures of a page of a PDF file. Rejects as `layout`, and with STORAGE where nothing can be drawn. */
  render(path: string, task: RenderTask): Promise<Rendered>
  close(): void
}

/** A text of fewer bytes is read in this process: its lines bound the work. */
const smallText = 256 * 1024
/** How much of a large file is read in a second at the very least. */
const bytesPerSecond = { pdf: 40_000, text: 200_000 }
/** An idle process is kept so long for the next page. */
const idleMilliseconds = 20_000

/** The process is started by the first page that needs it, and reads one page after the other. */
export function createPageReader({ seconds = 20, megabytes = 1500 }: PageLimits = {}): PageReader {
  // Run from its TypeScript source there is no compiled process to start.
  const compiled = import.meta.url.endsWith('.js')
  let child: ChildProcess | null = null
  let idle: NodeJS.Timeout | null = null
  let last: Promise<unknown> = Promise.resolve()

  function start(): ChildProcess {
    if (idle) clearTimeout(idle)
    if (child) return child
    const started = fork(new URL('./page-process.js', import.meta.url), {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${Math.ceil(megabytes * 0.7)}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    started.once('exit', () => {
      if (child === started) child = null
    })
    child = started
    return started
  }

  /** Does not keep this process alive while nothing is read. */
  function rest(process: ChildProcess): void {
    process.unref()
    process.channel?.unref()
    idle = setTimeout(stop, idleMilliseconds)
    idle.unref()
  }

  function stop(): void {
    if (idle) clearTimeout(idle)
    child?.kill('SIGKILL')
    child = null
  }

  function ask<T>(task: PageTask, size: number): Promise<T> {
    const process = start()
    process.ref()
    process.channel?.ref()
    return new Promise((resolve, reject) => {
      const settle = () => {
        process.off('message', onAnswer)
        process.off('exit', onExit)
        process.off('error', onError)
      }
      const onAnswer = (message: unknown) => {
        settle()
        rest(process)
        const answer = message as PageAnswer
        if (!('error' in answer)) return resolve(answer as T)
        const { code, message: why, details } = answer.error
        reject(code === undefined ? new Error(why) : new SearchError(code, why, details))
      }
      const onExit = (_code: number | null, signal: string | null) => {
        settle()
        const why =
          signal === 'SIGTERM'
            ? `读了 ${Math.round(task.milliseconds / 1000)} 秒还没有读完，已放弃`
            : `要用的内存超过 ${megabytes} MB，已放弃`
        reject(new SearchError('LIMIT_EXCEEDED', `${why}（${Math.ceil(size / 1024)} KB 的文件）`))
      }
      const onError = (error: Error) => {
        settle()
        reject(new SearchError('STORAGE', `读版面的进程没有启动：${error.message}`, {}, { cause: error }))
      }
      process.on('message', onAnswer)
      process.on('exit', onExit)
      process.on('error', onError)
      process.send(task)
    })
  }

  /** One after the other: the bounds are those of one page. */
  function inTurn<T>(task: object, size: number, kind: keyof typeof bytesPerSecond): Promise<T> {
    const limits = {
      milliseconds: 1000 * (seconds + size / bytesPerSecond[kind]),
      bytes: megabytes * 2 ** 20,
    }
    const turn = last.then(() => ask<T>({ ...task, ...limits } as PageTask, size))
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    readFile: async (request) => {
      const stats = statSync(request.path)
      const kind = /\.pdf$/i.test(request.path) ? 'pdf' : 'text'
      const isSmall = kind === 'text' && stats.size <= smallText
      if (isSmall || !compiled || !stats.isFile()) return readPagesHere(request)
      return inTurn<{ pages: Page[]; faults: Fault[] }>({ request }, stats.size, kind)
    },
    async readBytes(bytes, hint) {
      const kind = Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-') ? 'pdf' : 'text'
      if ((kind === 'text' && bytes.length <= smallText) || !compiled) return readPages(bytes, hint)
      return (await inTurn<{ pages: Page[] }>({ content: bytes, hint }, bytes.length, kind)).pages
    },
    async layout(path, sheet) {
      if (!compiled) return readLayout(readFileSync(path), sheet)
      const { size } = statSync(path)
      return (await inTurn<{ layout: PrintLayout }>({ layoutOf: path, sheet }, size, 'pdf')).layout
    },
    async render(path, task) {
      if (!compiled) return renderPage(readFileSync(path), task)
      return inTurn({ picturesOf: path, render: task }, statSync(path).size, 'pdf')
    },
    close: stop,
  }
}
