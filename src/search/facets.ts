// Exact counts over all hits: by type, paper, section, author, tag, page and year, by month and by day.
import type { SegmentReader, TextColumn } from '../index/directory/reader.ts'
import { type FacetName, type FacetValue, noValue } from '../model/hit.ts'
import { type FilterColumn, filterColumns, toDateText } from '../schema/columns.ts'
import { countsNone, type FilterFacet, facetLimit, filterFacets } from '../schema/facets.ts'
import type { Matches } from './matches.ts'

export interface FacetCounter {
  /** Counts hits in all facets but those that are counted apart, by month and by day. */
  add(segment: SegmentReader, matches: Matches): void
  /** Counts in one facet alone. */
  addTo(facet: FilterFacet, segment: SegmentReader, matches: Matches): void
  facets(): Record<FacetName, FacetValue[]>
  /** Ascending months that have hits. */
  histogram(): { month: string; count: number }[]
  /** Ascending days that have hits, where they are counted. */
  days(): { day: string; count: number }[]
}

export interface CounterOptions {
  /** Facets that are counted by `addTo`; the others are by `add`. */
  apart?: readonly FilterFacet[]
  /** Whether days are counted, too. */
  countsDays?: boolean
}

export function createFacetCounter({ apart = [], countsDays = false }: CounterOptions = {}): FacetCounter {
  const tallies = new Map(
    filterColumns.map((column) => [column, createTally(ordinalsOf(column), countsNone.has(column))]),
  )
  /** Key: YYYYMM as a number. */
  const byMonth = new Map<number, number>()
  /** Key: YYYYMMDD as a number. */
  const byDay = new Map<number, number>()
  const byPage = new Uint32Array(commonPages)
  const byHighPage = new Map<number, number>()

  const addTo: FacetCounter['addTo'] = (facet, { columns }, matches) => {
    if (facet !== 'pageNo') return tallies.get(facet)!.add(columns.texts(facet), matches)
    const pages = columns.numbers('pageNo')
    for (let i = 0; i < matches.count; i++) {
      const page = pages[matches.documents[i]!]!
      if (page < commonPages) byPage[page]!++
      else byHighPage.set(page, (byHighPage.get(page) ?? 0) + 1)
    }
  }

  return {
    addTo,
    add(segment, matches) {
      const { columns } = segment
      for (const facet of filterFacets) if (!apart.includes(facet)) addTo(facet, segment, matches)
      const dates = columns.numbers('date')
      const months = monthScratch
      const seen: number[] = []
      for (let i = 0; i < matches.count; i++) {
        const date = dates[matches.documents[i]!]!
        if (date === 0) continue
        if (countsDays) byDay.set(date, (byDay.get(date) ?? 0) + 1)
        const slot = monthSlot(date)
        if (months[slot]!++ === 0) seen.push(slot)
      }
      for (const slot of seen) {
        byMonth.set(slot, (byMonth.get(slot) ?? 0) + months[slot]!)
        months[slot] = 0
      }
    },
    facets() {
      const years = new Map<string, number>()
      for (const [slot, count] of byMonth) {
        const year = String(Math.floor(slot / 12)).padStart(4, '0')
        years.set(year, (years.get(year) ?? 0) + count)
      }
      return {
        ...(Object.fromEntries(
          Array.from(tallies, ([column, tally]) => [column, tally.mostFrequent()]),
        ) as Record<FilterColumn, FacetValue[]>),
        year: [...years]
          .map(([value, count]) => ({ value, count }))
          .sort((a, b) => (a.value < b.value ? 1 : -1)),
        pageNo: pagesOf([...byPage.entries(), ...[...byHighPage].sort(([a], [b]) => a - b)]),
      }
    },
    days() {
      return [...byDay].sort(([a], [b]) => a - b).map(([date, count]) => ({ day: toDateText(date), count }))
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

/** Newspapers have fewer pages; what has a higher number is counted more slowly. */
const commonPages = 512

/** The first pages that have hits, by their number. */
function pagesOf(counts: readonly [page: number, count: number][]): FacetValue[] {
  return counts
    .filter(([, count]) => count > 0)
    .slice(0, facetLimit)
    .map(([page, count]) => ({ value: String(page), count }))
}

/** Months of the years 0 to 9999. */
const monthSlots = 10_000 * 12
/** Emptied after each segment by looking at what was counted alone: few hits must not pay for all of history. */
const monthScratch = new Uint32Array(monthSlots)

function monthSlot(date: number): number {
  return Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100) - 1
}

/** Numbers for the values of a column that hold in all segments (Lucene's global ordinals), made when first needed. */
interface Ordinals {
  values: string[]
  byValue: Map<string, number>
  /** For each segment's column, the numbers of its terms. */
  ofTerms: WeakMap<TextColumn, Uint32Array>
}

const ordinals = new Map<FilterColumn, Ordinals>()

function ordinalsOf(column: FilterColumn): Ordinals {
  let found = ordinals.get(column)
  if (!found) {
    found = { values: [], byValue: new Map(), ofTerms: new WeakMap() }
    ordinals.set(column, found)
  }
  return found
}

/** A segment never changes: its terms are numbered once, whatever commits come. */
function numberTerms({ values, byValue, ofTerms }: Ordinals, column: TextColumn): Uint32Array {
  const known = ofTerms.get(column)
  if (known) return known
  const numbers = Uint32Array.from(column.terms, (term) => {
    let number = byValue.get(term)
    if (number === undefined) {
      number = values.length
      values.push(term)
      byValue.set(term, number)
    }
    return number
  })
  ofTerms.set(column, numbers)
  return numbers
}

/** Counts the values of one column over the hits of all segments. */
function createTally(known: Ordinals, isNoneCounted: boolean) {
  let none = 0
  let counts = new Uint32Array(0)
  const counted: number[] = []
  return {
    add(column: TextColumn, { documents, count }: Matches): void {
      const numbers = numberTerms(known, column)
      if (counts.length < known.values.length) {
        const grown = new Uint32Array(known.values.length)
        grown.set(counts)
        counts = grown
      }
      const { codes, starts } = column
      if (isNoneCounted)
        for (let i = 0; i < count; i++) if (starts[documents[i]!] === starts[documents[i]! + 1]) none++
      for (let i = 0; i < count; i++) {
        const document = documents[i]!
        for (let at = starts[document]!; at < starts[document + 1]!; at++) {
          const number = numbers[codes[at]!]!
          if (counts[number]!++ === 0) counted.push(number)
        }
      }
    },
    /** Of equal counts the first in code unit order; a column of tags may have ten thousands of values. */
    mostFrequent(): FacetValue[] {
      const best: FacetValue[] = []
      const offer = (value: string, count: number) => {
        const place = best.findIndex(
          (other) => count > other.count || (count === other.count && value < other.value),
        )
        if (place >= 0) best.splice(place, 0, { value, count })
        else if (best.length < facetLimit) best.push({ value, count })
        if (best.length > facetLimit) best.pop()
      }
      let nameless = none
      for (const number of counted) {
        const count = counts[number]!
        const value = known.values[number]!
        if (value === '') nameless += count
        else if (best.length < facetLimit || count >= best.at(-1)!.count) offer(value, count)
      }
      if (isNoneCounted && nameless > 0) offer(noValue, nameless)
      return best
    },
  }
}
