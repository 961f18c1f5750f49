// In how many articles strings stand, asked of the cluster once for each version of the archive.
import { LRUCache } from 'lru-cache'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { StringPlan } from '../query/plan.ts'
import { type Asking, countAll } from './shards.ts'
import { type Frequencies, keyOfString, stringFilter } from './translate.ts'

export interface StringCounts {
  /** Counts what is not known yet, in one round trip. */
  learn(asking: Asking, strings: readonly StringPlan[], analyzer: Analyzer): Promise<Frequencies>
}

const mostKept = 50_000

/** @param state what the archive holds now: how many articles, and another text whenever a count may be another */
export function createStringCounts(state: () => { articles: number; version: string }): StringCounts {
  const kept = new LRUCache<string, number>({ max: mostKept })
  return {
    async learn(asking, strings, analyzer) {
      const { articles, version } = state()
      const place = (key: string) => `${version}\n${asking.target}\n${key}`
      const known = new Map<string, number>()
      const unknown = new Map<string, StringPlan>()
      for (const string of strings) {
        const key = keyOfString(string)
        const count = kept.get(place(key))
        if (count === undefined) unknown.set(key, string)
        else known.set(key, count)
      }
      const counted = await countAll(
        asking,
        [...unknown.values()].map((string) => stringFilter(string, analyzer)),
      )
      for (const [at, key] of [...unknown.keys()].entries()) {
        known.set(key, counted[at]!)
        kept.set(place(key), counted[at]!)
      }
      return { articles, of: (key) => known.get(key) ?? 0 }
    },
  }
}
