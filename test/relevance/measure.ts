// The figures of a judged set on an archive.
import type { Archive } from '../../src/archive/port.ts'
import { type Figures, judge, mean } from './metrics.ts'
import type { JudgedSet } from './sets.ts'

/** Averages over the queries of one half of a set, or of all, and how many they are. */
export async function measureSet(
  archive: Archive,
  set: JudgedSet,
  half: string,
): Promise<{ figures: Figures; count: number }> {
  const judged: Figures[] = []
  for (const { text, relevant } of set.queries.filter((query) => half === 'all' || query.half === half)) {
    const { hits } = await archive.search({ q: text, size: 100, view: 'ids' })
    judged.push(
      judge(
        hits.map(({ id }) => id),
        relevant,
      ),
    )
  }
  return { figures: mean(judged), count: judged.length }
}
