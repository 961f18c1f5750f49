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
        const counts = new Uint32Array(terms.length)
        for (let i = 0; i < matches.count; i++) {
          const document = matches.documents[i]!
          for (let at = starts[document]!; at < starts[document + 1]!; at++) counts[codes[at]!]!++
        }
        addCounts(counted, counts, terms)
      }
      const dates = columns.numbers('date')
      const months = new Uint32Array(monthSlots)
      for (let i = 0; i < matches.count; i++) {
        const date = dates[matches.documents[i]!]!
        if (date > 0) months[monthSlot(date)]!++
      }
      for (let slot = 0; slot < monthSlots; slot++)
        if (months[slot]! > 0) byMonth.set(slot, (byMonth.get(slot) ?? 0) + months[slot]!)
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

function addCounts(into: Map<string, number>, counts: Uint32Array, values: readonly string[]): void {
  for (let code = 0; code < counts.length; code++) {
    const value = values[code]!
    if (counts[code]! > 0 && value !== '') into.set(value, (into.get(value) ?? 0) + counts[code]!)
  }
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
