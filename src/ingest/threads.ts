// How many threads pay for themselves: each loads for about two seconds before it is of use.
import { availableParallelism } from 'node:os'
import type { FoundSources } from './source-files.ts'

/** Below this many bytes of text one thread is done sooner. */
const bytesForThreads = 12_000_000
/** The same of articles that are copied. */
const articlesForThreads = 20_000

/** More threads than cores are of no use, and more than a few wait for the one that reads. */
function mostThreads(): number {
  return Math.max(1, Math.min(8, availableParallelism()))
}

/** For a rebuild. A PDF costs about as much as a megabyte of text. */
export function threadsForSources(found: FoundSources): number {
  const work = found.files.reduce((sum, { path, kind, bytes }) => {
    if (/\.gz$/i.test(path)) return sum + bytes * 3
    return sum + (kind === 'page' && /\.pdf$/i.test(path) ? 1_000_000 : bytes)
  }, 0)
  return work < bytesForThreads ? 0 : mostThreads()
}

/** For a copy. */
export function threadsForCopy({ articles }: { articles: number }): number {
  return articles < articlesForThreads ? 0 : mostThreads()
}
