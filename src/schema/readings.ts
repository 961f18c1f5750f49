// Which of the three readings of a query answers, and what is said about it.
import type { Interpretation } from '../model/hit.ts'
import { rankingParameters } from './ranking-parameters.ts'
import type { CheckedRequest } from './search-request.ts'

/** A reading that was tried, and what it finds. */
export interface TriedReading {
  interpretation: Interpretation
  total: number
}

/** What is said where a wider reading answers than was typed. */
export const readingNotice: Record<Exclude<Interpretation, 'exact'>, string> = {
  allWords: '照原样查找的结果不多，已放宽为含有全部词语的文章',
  anyWords: '含有全部词语的文章不多，已放宽：只要求含有其中一部分词语',
}

/**
 * Runs the readings of a query that may answer it, from the strictest on; without a reading asked for it widens as it must.
 * @param exact where it was run already
 * @param run by the share of the words' weight that the widest reading asks for
 */
export async function tryReadings<Reading extends TriedReading>({
  request,
  analyzed,
  exact,
  run,
}: {
  request: CheckedRequest
  analyzed: { canWiden: boolean; isOneWordEach: boolean }
  exact: Reading | null
  run: (reading: Interpretation, share?: number) => Promise<Reading>
}): Promise<{ readings: Reading[]; chosenIndex: number }> {
  const { reading: asked, view } = request
  const { enoughHits, someWordsShare } = rankingParameters
  const readings = [exact ?? (await run('exact'))]
  if (asked !== 'exact' && analyzed.canWiden) {
    for (const wider of ['allWords', 'anyWords'] as const) {
      const last = readings.at(-1)!
      const isEnough =
        asked === undefined ? view === 'ids' && last.total >= enoughHits : last.interpretation === asked
      if (isEnough) break
      // Single words by themselves: every word of them is what was asked for already.
      if (wider === 'allWords' && analyzed.isOneWordEach && asked === undefined) continue
      readings.push(await run(wider))
    }
    if (asked === undefined && readings.at(-1)!.total < enoughHits)
      readings[readings.length - 1] = await run('anyWords', someWordsShare)
  }
  return { readings, chosenIndex: asked === undefined ? chooseReading(readings) : readings.length - 1 }
}

/** Place of the strictest reading with enough hits, else of the widest one that finds more than those before it. */
function chooseReading(readings: readonly TriedReading[]): number {
  const enough = readings.findIndex(({ total }) => total >= rankingParameters.enoughHits)
  if (enough >= 0) return enough
  let chosen = 0
  for (let i = 1; i < readings.length; i++) if (readings[i]!.total > readings[chosen]!.total) chosen = i
  return chosen
}

/** What each reading finds; the first one is exact. */
export function totalsOf(readings: readonly TriedReading[]) {
  const totals: { exact: number; allWords?: number; anyWords?: number } = { exact: readings[0]!.total }
  for (const { interpretation, total } of readings) totals[interpretation] = total
  return totals
}

/** Two months have at most so many. */
const fewDays = 62

/** Whether a search asks for so few days that each of them is counted. */
export function asksForFewDays({
  from,
  to,
}: {
  from?: string | undefined
  to?: string | undefined
}): boolean {
  return from !== undefined && to !== undefined && (Date.parse(to) - Date.parse(from)) / 86_400_000 < fewDays
}
