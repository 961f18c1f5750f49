// Who reads sources and makes segments during a build: this thread alone, or a pool of workers; the same port for both.
import type { SegmenterName } from '../analysis/analyzer.ts'
import type { SegmentInfo } from '../index/segment/segment-writer.ts'
import type { Fault } from './faults.ts'
import { isJumping } from './jumps.ts'
import { createPageReader, type PageLimits } from './page-reader.ts'
import { type GroupSummary, type IncomingArticle, type ReadTask, readGroup } from './read-group.ts'
import { createSegmentMaker, type SegmentMaker } from './segment-maker.ts'
import { applyVerdicts, type Verdict } from './sources.ts'

/** A group whose articles are held by the thread that read it. */
export interface HeldGroup extends GroupSummary {
  token: number
}

/** A crew's law: after `flush` every article given to it is in one of the segments, in `replacements`, in `pieces` or in the faults. */
export interface IndexingCrew {
  /** Tasks it works on at once. */
  readonly concurrency: number
  /** Reads a portion of the sources and holds its articles until they are settled. */
  read(task: ReadTask): Promise<HeldGroup>
  /** Indexes what was read, where it was read, and does not wait for it: the next reading does. */
  settle(group: HeldGroup, verdicts: readonly Verdict[]): void
  /** Resolves when there is room for more, not when the articles are done. Rejects when a thread has died. */
  index(articles: IncomingArticle[]): Promise<void>
  /** Waits for all, writes what is held and gives back what was made since the last flush. */
  flush(): Promise<CrewResult>
  close(): Promise<void>
}

export interface CrewResult {
  segments: SegmentInfo[]
  faults: Fault[]
  /** Articles to be indexed in place of earlier ones, in the order of their settling. */
  replacements: IncomingArticle[]
  /** Pieces of stories that jump from page to page, not indexed: the others may be in other threads' hands. */
  pieces: IncomingArticle[]
  segmenter: SegmenterName | undefined
  /** What members of a kind give back besides; whoever made the crew knows what it is. */
  besides: unknown[]
}

/** Reads, holds and indexes in one thread: what a worker does, and what this thread does alone. */
export interface CrewMember {
  read(task: ReadTask): Promise<HeldGroup>
  /** `nextName` is used up when `segments` has grown. */
  settle(token: number, verdicts: readonly Verdict[], nextName: string): CrewResult | Promise<CrewResult>
  index(articles: readonly IncomingArticle[], nextName: string): CrewResult | Promise<CrewResult>
  flush(name: string): CrewResult | Promise<CrewResult>
  close(): void | Promise<void>
}

/** What members are made of, here or each in a thread of its own. */
export interface CrewKind<Settings> {
  /** The compiled program of a thread, which serves the same member; see `serveMember`. */
  thread: URL
  /** Sent to the threads as they are. */
  settings: Settings
  createMember(settings: Settings): CrewMember
}

/** Members that make segments in a folder. */
export function segmentCrew(settings: CrewSettings): CrewKind<CrewSettings> {
  return { thread: new URL('./worker.js', import.meta.url), settings, createMember: createCrewMember }
}

export interface CrewSettings {
  directory: string
  budgetBytes: number
  pageLimits?: PageLimits
}

/** Reads portions of the sources and holds their articles until it is known what becomes of them. */
export interface GroupHolder {
  read(task: ReadTask): Promise<HeldGroup>
  /** What is indexed now, what takes the place of earlier articles, and pieces of stories that jump from page to page. */
  take(
    token: number,
    verdicts: readonly Verdict[],
  ): { whole: IncomingArticle[]; replacements: IncomingArticle[]; pieces: IncomingArticle[] }
  close(): void
}

export function createGroupHolder(pageLimits?: PageLimits): GroupHolder {
  const held = new Map<number, IncomingArticle[]>()
  const pages = createPageReader(pageLimits)
  let tokens = 0
  const isPiece = ({ article, isFromPage }: IncomingArticle) => isFromPage === true && isJumping(article)
  return {
    async read(task) {
      const { articles, ...summary } = await readGroup(task, pages.readFile)
      const token = ++tokens
      held.set(token, articles)
      return { ...summary, token }
    },
    take(token, verdicts) {
      const { fresh, replacements } = applyVerdicts(held.get(token) ?? [], verdicts)
      held.delete(token)
      return {
        whole: fresh.filter((incoming) => !isPiece(incoming)),
        replacements,
        pieces: fresh.filter(isPiece),
      }
    },
    close: pages.close,
  }
}

/** The dictionary is loaded by the first articles that are indexed: a thread that only reads pages needs none. */
export function createCrewMember(settings: CrewSettings): CrewMember {
  const holder = createGroupHolder(settings.pageLimits)
  let maker: SegmentMaker | null = null
  const index = (articles: readonly IncomingArticle[], nextName: string): CrewResult => {
    maker ??= createSegmentMaker(settings.directory, settings.budgetBytes)
    return { ...emptyResult(), ...maker.add(articles, nextName), segmenter: maker.segmenter }
  }
  return {
    read: holder.read,
    settle(token, verdicts, nextName) {
      const { whole, replacements, pieces } = holder.take(token, verdicts)
      return { ...index(whole, nextName), replacements, pieces }
    },
    index,
    flush: (name) => ({
      ...emptyResult(),
      segments: maker?.flush(name) ?? [],
      segmenter: maker?.segmenter,
    }),
    close: holder.close,
  }
}

export function emptyResult(): CrewResult {
  return { segments: [], faults: [], replacements: [], pieces: [], segmenter: undefined, besides: [] }
}

function addResult(sum: CrewResult, result: CrewResult): void {
  const { segments, faults, replacements, pieces, segmenter, besides } = result
  sum.segments.push(...segments)
  sum.faults.push(...faults)
  sum.replacements.push(...replacements)
  sum.pieces.push(...pieces)
  sum.segmenter = segmenter ?? sum.segmenter
  sum.besides.push(...besides)
}

/** One member in this thread: nothing to start, right for a few thousand articles. */
export function createLocalCrew(member: CrewMember, newName: () => string): IndexingCrew {
  const results = createResults()
  const work = (run: () => CrewResult | Promise<CrewResult>) => results.add((async () => run())())
  const check = () => {
    if (results.failure) throw results.failure
  }
  return {
    concurrency: 1,
    async read(task) {
      check()
      return member.read(task)
    },
    settle({ token }, verdicts) {
      work(() => member.settle(token, verdicts, newName()))
    },
    async index(articles) {
      check()
      await work(() => member.index(articles, newName()))
    },
    async flush() {
      work(() => member.flush(newName()))
      return results.take()
    },
    async close() {
      await member.close()
    },
  }
}

/** What is under way or done since the last flush, in the order in which it was given. */
export interface CrewResults {
  /** The first thing that has gone wrong: nothing more is worth giving. */
  readonly failure: Error | undefined
  fail(error: Error): void
  add(result: Promise<CrewResult>): Promise<CrewResult>
  take(): Promise<CrewResult>
}

export function createResults(): CrewResults {
  let results: Promise<CrewResult>[] = []
  let failure: Error | undefined
  const fail = (error: Error) => {
    failure ??= error
  }
  return {
    get failure() {
      return failure
    },
    fail,
    add(result) {
      result.catch(fail)
      results.push(result)
      return result
    },
    async take() {
      const due = results
      results = []
      const sum = emptyResult()
      for (const result of await Promise.all(due)) addResult(sum, result)
      return sum
    },
  }
}

/** Articles are given to a crew in batches of so many characters: worth posting to a thread, yet shared out evenly. */
const batchCharacters = 200_000

/** Gathers articles that come one by one; `flush` gives the crew what is left. */
export function inBatches({ index }: Pick<IndexingCrew, 'index'>): {
  add(incoming: IncomingArticle, characters: number): Promise<void>
  flush(): Promise<void>
} {
  let batch: IncomingArticle[] = []
  let held = 0
  const flush = async () => {
    const full = batch
    batch = []
    held = 0
    if (full.length > 0) await index(full)
  }
  return {
    async add(incoming, characters) {
      batch.push(incoming)
      held += characters
      if (held >= batchCharacters) await flush()
    },
    flush,
  }
}
