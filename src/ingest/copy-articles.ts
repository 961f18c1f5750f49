// Copies an archive from one place to another, article by article, and counts and compares both at the end.
import { createHash } from 'node:crypto'
import type { SegmentInfo } from '../index/segment/segment-writer.ts'
import { SearchError } from '../model/errors.ts'
import type { BuildFailure } from '../schema/answers.ts'
import { type IndexingCrew, inBatches } from './indexing-crew.ts'
import type { IncomingArticle } from './read-group.ts'
import { printedLength } from './report.ts'

/** What belongs to an archive besides its articles. */
export interface CopiedNotes {
  /** The editor's lists by their names, those that are not empty. */
  lists: ReadonlyMap<string, string>
  /** The sources that the last rebuild could not read; null where that is not known. */
  failures: BuildFailure[] | null
}

/** An archive as it is at one moment, whatever happens to it meanwhile. */
export interface CopySource {
  /** Another text whenever its articles are others. */
  readonly state: string
  readonly articles: number
  /** Its articles in their order, each with the place behind it, from which a later reading of the same state goes on. */
  read(after: string | null): AsyncIterable<PlacedArticle> | Iterable<PlacedArticle>
  notes(): Promise<CopiedNotes>
  close(): Promise<void>
}

export interface PlacedArticle {
  incoming: IncomingArticle
  place: string
}

/** How far a copy has come. */
export interface CopyProgress {
  /** `state` of the source it was made from. */
  source: string
  /** Where reading goes on; null at the beginning. */
  place: string | null
  articles: number
  /** Of the articles that are in, each added to those before. */
  checksum: string
}

/** Where a copy is made, out of sight until it is whole. */
export interface CopyTarget {
  readonly crew: IndexingCrew
  /** How far an interrupted copy of the same source had come. */
  readonly progress: CopyProgress
  /** Makes what the crew has given back lasting, and then how far the copy is. */
  keep(made: readonly SegmentInfo[], progress: CopyProgress): Promise<void>
  /** Everything that is in. */
  read(): AsyncIterable<IncomingArticle> | Iterable<IncomingArticle>
  /** Puts the copy in its place. */
  finish(notes: CopiedNotes): Promise<void>
  /** Leaves what is kept for a later try, unless it was finished. */
  close(): Promise<void>
}

export interface CopySteps {
  onProgress?: (progress: { articles: number; total: number }) => void
  /** After so many articles what has come is made lasting; 20,000 unless told. */
  articlesPerStep?: number
}

export interface CopyReport {
  articles: number
  /** Of all articles with what is known of their origin, in any order; in 32 hexadecimal digits. */
  checksum: string
  /** Articles that an interrupted copy had brought before. */
  resumed: number
  /** Editor's lists that came along. */
  lists: string[]
  seconds: number
}

/** The state that the first step of a copy begins with. */
export function noProgress(source: string): CopyProgress {
  return { source, place: null, articles: 0, checksum: toChecksum(0n) }
}

/**
 * Rejects with STORAGE where the source has fewer articles than it said or the copy is not the same in the end, with
 * the fault of an article that the target cannot take, and with what either side rejects with; then the target is not
 * put in place, and where it may be resumed it is.
 */
export async function copyArticles(
  source: CopySource,
  target: CopyTarget,
  { onProgress, articlesPerStep = 20_000 }: CopySteps = {},
): Promise<CopyReport> {
  if (source.articles === 0)
    throw new SearchError('REQUEST_INVALID', '来源里一篇文章也没有', { field: 'from' })
  const startMs = performance.now()
  const begun = target.progress
  let { place, articles } = begun
  let sum = BigInt(`0x${begun.checksum}`)
  const batches = inBatches(target.crew)
  const keep = async () => {
    await batches.flush()
    const { segments, faults } = await target.crew.flush()
    const [fault] = faults
    if (fault) throw new SearchError(fault.code, `${fault.id ?? fault.file}：${fault.message}`)
    await target.keep(segments, { source: begun.source, place, articles, checksum: toChecksum(sum) })
  }
  for await (const { incoming, place: behind } of source.read(begun.place)) {
    sum = add(sum, incoming)
    place = behind
    articles++
    await batches.add(incoming, printedLength(incoming.article))
    if (articles % articlesPerStep === 0) await keep()
    onProgress?.({ articles, total: source.articles })
  }
  await keep()
  const checksum = toChecksum(sum)
  await compare(source, target, { articles, checksum })
  const notes = await source.notes()
  await target.finish(notes)
  return {
    articles,
    checksum,
    resumed: begun.articles,
    lists: [...notes.lists.keys()],
    seconds: (performance.now() - startMs) / 1000,
  }
}

async function compare(
  source: CopySource,
  target: CopyTarget,
  { articles, checksum }: Pick<CopyProgress, 'articles' | 'checksum'>,
): Promise<void> {
  if (articles !== source.articles)
    throw new SearchError('STORAGE', `来源应有 ${source.articles} 篇，只读到 ${articles} 篇：没有换上`)
  let sum = 0n
  let count = 0
  for await (const incoming of target.read()) {
    sum = add(sum, incoming)
    count++
  }
  if (count !== articles || toChecksum(sum) !== checksum)
    throw new SearchError(
      'STORAGE',
      `副本与来源不符：来源 ${articles} 篇（${checksum}），副本 ${count} 篇（${toChecksum(sum)}）：没有换上`,
    )
}

const checksumBits = 128

/** Adds an article to the sum of those before: the same for any order. */
function add(sum: bigint, { article, isAdded = false, isFromPage = false }: IncomingArticle): bigint {
  const digest = createHash('sha256')
    .update(`${isAdded} ${isFromPage} ${JSON.stringify(article)}`)
    .digest()
  return BigInt.asUintN(checksumBits, sum + digest.readBigUInt64LE(0) + (digest.readBigUInt64LE(8) << 64n))
}

function toChecksum(sum: bigint): string {
  return sum.toString(16).padStart(checksumBits / 4, '0')
}
