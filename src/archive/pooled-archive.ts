// An archive whose questions are answered by threads: this thread stays free for whoever serves, whatever is asked.
import { availableParallelism } from 'node:os'
import type { SearchRequest } from '../schema/search-request.ts'
import { openArchive } from './open-archive.ts'
import type { Archive, ArchiveOptions } from './port.ts'
import { createThreadPool, type ThreadPool } from './thread-pool.ts'

export interface PooledOptions extends ArchiveOptions {
  /** Threads that search; as many as there are cores unless told. */
  threads?: number
  /** What one question may take, in milliseconds; 10 000 unless told. */
  callMs?: number
  /** How long a question may wait for a thread before new ones are refused with BUSY; 150 ms unless told. */
  queueMs?: number
}

/**
 * Opens the archive in `threads` threads, and one more for changes when the first one comes. Rejects as `openArchive`
 * does. Questions reject with BUSY, and with TIMEOUT when their thread had to be given up; the others go on.
 */
export async function openPooledArchive(options: PooledOptions): Promise<Archive> {
  const { threads = availableParallelism(), callMs = 10_000, queueMs = 150, ...own } = options
  // This one knows the counts and the version, and makes the vocabulary; the threads read what it has made.
  const local = await openArchive(own)
  const readers = createThreadPool({ ...own, followsVocabulary: true }, { threads, callMs, queueMs })
  try {
    await readers.ready
  } catch (error) {
    await Promise.all([readers.close(), local.close()])
    throw error
  }
  // Asked once, so that a missing vocabulary is being made from the beginning.
  if (local.stats().vocabulary !== 'ready') void local.suggest('寻', 1)
  let version = local.version()
  const refresh = () => {
    local.refresh()
    version = local.version()
    readers.refresh()
  }
  let writer: ThreadPool | undefined
  const change = async <T>(name: 'add' | 'addPage' | 'remove', ...args: unknown[]): Promise<T> => {
    writer ??= createThreadPool(
      { ...own, followsVocabulary: true },
      { threads: 1, callMs: 0, queueMs: Number.POSITIVE_INFINITY },
    )
    const done = await writer.call<T>(name, args)
    refresh()
    return done
  }
  const close = async () => {
    await Promise.all([readers.close(), writer?.close(), local.close()])
  }
  const search = (request: SearchRequest) => {
    const { signal, ...asked } = request
    return readers.call('search', [asked], signal)
  }
  return {
    search: search as Archive['search'],
    suggest: (...args) => readers.call('suggest', args),
    article: (...args) => readers.call('article', args),
    similar: (...args) => readers.call('similar', args),
    page: (...args) => readers.call('page', args),
    print: local.print,
    picture: local.picture,
    clip: local.clip,
    pdf: local.pdf,
    issues: (...args) => readers.call('issues', args),
    trends: (...args) => readers.call('trends', args),
    explain: (...args) => readers.call('explain', args),
    analyze: (...args) => readers.call('analyze', args),
    exportHits: (request) => readers.walk(request),
    stats: local.stats,
    condition: local.condition,
    failures: local.failures,
    version() {
      // What is asked after a new version was told is answered by that version.
      if (local.version() !== version) refresh()
      return version
    },
    refresh,
    add: (articles) => change('add', articles),
    addPage: (bytes, hint) => change('addPage', bytes, hint),
    remove: (ids) => change('remove', ids),
    close,
    [Symbol.asyncDispose]: close,
  }
}
