// Exact counts over all hits: by type, paper, section, author and year, and by month.
import type { SegmentReader } from '../index/directory/reader.ts'
import type { FacetName, FacetValue } from '../model/hit.ts'
import { type FilterColumn, filterColumns } from '../schema/columns.ts'
import type { Matches } from './matches.ts'

/** Facets with very many values answer with the most frequent ones. */
const facetLimit = 50

export interface FacetCounter {
  add(segment: SegmentReader, matches: Matches): void
  facets(): Record<FacetName, FacetValue[]>
  /** Ascending months that have hits. */
  histogram(): { month: string; count: number }[]
}

export function createFacetCounter(): FacetCounter {
  const byValue = new Map(filterColumns.map((column) => [column, new Map<string, number>()]))
  /** Key: YYYYMM as a number. */
  const byMonth = new Map<number, number>()

  return {
    add(segment, matches) {
      const { columns } = segment
      for (const [column, counted] of byValue) {
        const { terms, codes, starts } = columns.texts(column)
        const tally = tallyOf(terms.length)
        for (let i = 0; i < matches.count; i++) {
          const document = matches.documents[i]!
          for (let at = starts[document]!; at < starts[document + 1]!; at++) tally.count(codes[at]!)
        }
        tally.drain((code, count) => {
          const value = terms[code]!
          if (value !== '') counted.set(value, (counted.get(value) ?? 0) + count)
        })
      }
      const dates = columns.numbers('date')
      const tally = tallyOf(monthSlots)
      for (let i = 0; i < matches.count; i++) {
        const date = dates[matches.documents[i]!]!
        if (date > 0) tally.count(monthSlot(date))
      }
      tally.drain((slot, count) => byMonth.set(slot, (byMonth.get(slot) ?? 0) + count))
    },
    facets() {
      const years = new Map<string, number>()
      for (const [slot, count] of byMonth) {
        const year = String(Math.floor(slot / 12)).padStart(4, '0')
        years.set(year, (years.get(year) ?? 0) + count)
      }
      return {
        ...(Object.fromEntries(
          Array.from(byValue, ([column, counted]) => [column, mostFrequent(counted)]),
        ) as Record<FilterColumn, FacetValue[]>),
        year: [...years]
          .map(([value, count]) => ({ value, count }))
          .sort((a, b) => (a.value < b.value ? 1 : -1)),
      }
    },
    histogram() {
      return [...byMonth]
        .sort(([a], [b]) => a - b)
        .map(([slot, count]) => ({
          month: `${String(Math.floor(slot / 12)).padStart(4, '0')}-${String((slot % 12) + 1).padStart(2, '0')}`,
          count,
        }))
    },
  }
}

/** Months of the years 0 to 9999. */
const monthSlots = 10_000 * 12

function monthSlot(date: number): number {
  return Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100) - 1
}

/**
 * Counts by small numbers, in memory that all counting shares: it is emptied by looking at what was counted alone, for
 * a few hits must not pay for all the values of a column or all the months of history.
 */
let counts = new Uint32Array(1 << 10)
let counted = new Uint32Array(1 << 10)
let countedLength = 0

function tallyOf(size: number) {
  if (counts.length < size) {
    counts = new Uint32Array(2 * size)
    counted = new Uint32Array(2 * size)
  }
  return { count, drain }
}

function count(code: number): void {
  if (counts[code]!++ === 0) counted[countedLength++] = code
}

/** Hands out what was counted, in the order in which it came first, and forgets it. */
function drain(take: (code: number, count: number) => void): void {
  for (let i = 0; i < countedLength; i++) {
    const code = counted[i]!
    take(code, counts[code]!)
    counts[code] = 0
  }
  countedLength = 0
}

/** The most frequent values, of equal ones the first in code unit order; a column of tags may have ten thousands. */
function mostFrequent(counts: ReadonlyMap<string, number>): FacetValue[] {
  const best: FacetValue[] = []
  for (const [value, count] of counts) {
    if (best.length === facetLimit && count < best.at(-1)!.count) continue
    const place = best.findIndex(
      (other) => count > other.count || (count === other.count && value < other.value),
    )
    if (place >= 0) best.splice(place, 0, { value, count })
    else if (best.length < facetLimit) best.push({ value, count })
    if (best.length > facetLimit) best.pop()
  }
  return best
}
