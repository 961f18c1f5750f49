// Finds terms by any part of them while the reader types. The one file that imports flexsearch.
import { Index } from 'flexsearch'
import type { Strings } from './sorted-strings.ts'

/** Terms by the characters they hold; filled in slices, since FlexSearch takes a second for 200,000 terms. */
export interface TermMiddles {
  readonly complete: boolean
  /** Adds terms for about `budgetMs` milliseconds; true when all are in. */
  addSome(budgetMs: number): boolean
  /** Numbers of at most `limit` terms whose key contains `key`: those that hold it further in front come first. */
  containing(key: string, limit: number): number[]
}

/** Terms added between two looks at the clock. */
const batch = 64
/** FlexSearch finds the terms that hold all grams; not all of them hold the grams side by side. */
const overfetch = 8

/**
 * FlexSearch is used for what it does best: ids in order. It ranks by the place of the first occurrence and then by the
 * order of adding, so keys are given by rank, the best first. What it finds is checked against the key itself, for
 * it knows grams and not their neighbourhood.
 */
export function createTermMiddles(keys: Strings): TermMiddles {
  const index = new Index({ tokenize: 'strict', encode: gramsOf, resolution: 9, cache: false })
  let added = 0
  return {
    get complete() {
      return added === keys.length
    },
    addSome(budgetMs) {
      const end = performance.now() + budgetMs
      while (added < keys.length && performance.now() < end) {
        const stop = Math.min(keys.length, added + batch)
        for (; added < stop; added++) index.add(added, keys.at(added)!)
      }
      return added === keys.length
    },
    containing(key, limit) {
      if (key === '') return []
      const ids = index.search(soughtGrams(key).join('\n'), {
        limit: key.length <= 2 ? limit : limit * overfetch,
      }) as number[]
      return ids.filter((id) => keys.at(id)!.includes(key)).slice(0, limit)
    },
  }
}

/** Single units and pairs of neighbours; a query comes with its grams already parted by line breaks. */
function gramsOf(text: string): string[] {
  if (text.includes('\n')) return text.split('\n')
  const grams: string[] = []
  for (let i = 0; i < text.length; i++) {
    grams.push(text[i]!)
    if (i + 1 < text.length) grams.push(text.slice(i, i + 2))
  }
  return grams
}

function soughtGrams(key: string): string[] {
  if (key.length <= 2) return [key]
  const grams: string[] = []
  for (let i = 0; i + 1 < key.length; i++) grams.push(key.slice(i, i + 2))
  return grams
}
