// Finds the places of a term that quotation marks, title marks or brackets part: 三农问题 in “三农”问题.
import type { PostingList, SegmentReader } from '../index/directory/reader.ts'
import { canBeParted, innerMarks, markBoundaries } from '../query/across-marks.ts'
import { GramCursor, intersectDocuments, type StringPositions } from './string-positions.ts'

/** The two grams by which a mark parts two neighbouring characters. */
interface Parting {
  before: PostingList
  after: PostingList
}

/** From one character of the term to the next: side by side, or parted by one of some marks. */
interface Step {
  together: PostingList | null
  partings: Parting[]
}

/** Documents and starts of the places where at least one mark stands inside the term; null where there are none. */
export function findAcrossMarks(segment: SegmentReader, text: string): StringPositions | null {
  if (!canBeParted(text)) return null
  const boundaries = new Set(markBoundaries(text))
  const steps: Step[] = []
  for (let at = 1; at < text.length; at++) {
    const partings: Parting[] = []
    for (const mark of boundaries.has(at) ? innerMarks : []) {
      const before = segment.postings(text[at - 1]! + mark)
      const after = before && segment.postings(mark + text[at]!)
      if (before && after) partings.push({ before, after })
    }
    const together = segment.postings(text.slice(at - 1, at + 1))
    if (together === null && partings.length === 0) return null
    steps.push({ together, partings })
  }
  const documents = candidatesOf(steps)
  return documents.length === 0 ? null : collectPlaces(documents, steps)
}

/** Documents with a mark between two characters of the term, and with all of its grams that no mark can part. */
function candidatesOf(steps: readonly Step[]): Uint32Array {
  const parted = new Set<number>()
  for (const { partings } of steps)
    for (const { before, after } of partings) {
      const [rarer, other] = before.documentCount < after.documentCount ? [before, after] : [after, before]
      const documents = new Uint32Array(rarer.documentCount)
      const count = rarer.decodeAllDocuments(documents)
      for (const document of intersectDocuments(documents.subarray(0, count), other)) parted.add(document)
    }
  let documents: Uint32Array = Uint32Array.from(parted).sort()
  const whole = steps.flatMap(({ together, partings }) => (partings.length === 0 ? [together!] : []))
  for (const list of whole.sort((a, b) => a.documentCount - b.documentCount))
    documents = intersectDocuments(documents, list)
  return documents
}

/** A place reached: where the last character stands, where the term began, whether a mark was passed. */
interface Reached {
  at: number
  start: number
  isParted: boolean
}

function collectPlaces(candidates: Uint32Array, steps: readonly Step[]): StringPositions | null {
  const cursorOf = (list: PostingList) => new GramCursor().begin(list, 0)
  const walks = steps.map(({ together, partings }) => ({
    together: together && cursorOf(together),
    partings: partings.map(({ before, after }) => ({ before: cursorOf(before), after: cursorOf(after) })),
  }))
  const documents: number[] = []
  const starts: number[] = [0]
  const positions: number[] = []
  for (const document of candidates) {
    let reached: Reached[] | null = null
    for (const { together, partings } of walks) {
      const next: Reached[] = []
      const add = (from: number, to: number, isParted: boolean) => {
        if (reached === null) next.push({ at: to, start: from, isParted })
        else
          for (const place of reached)
            if (place.at === from) next.push({ ...place, at: to, isParted: place.isParted || isParted })
      }
      if (together?.seek(document)) for (const at of placesOf(together)) add(at, at + 1, false)
      for (const { before, after } of partings) {
        if (!before.seek(document) || !after.seek(document)) continue
        const behind = new Set(placesOf(after))
        for (const at of placesOf(before)) if (behind.has(at + 1)) add(at, at + 2, true)
      }
      reached = next
      if (next.length === 0) break
    }
    const found = new Set((reached ?? []).flatMap(({ start, isParted }) => (isParted ? [start] : [])))
    if (found.size === 0) continue
    documents.push(document)
    positions.push(...[...found].sort((a, b) => a - b))
    starts.push(positions.length)
  }
  if (documents.length === 0) return null
  return {
    documents: Uint32Array.from(documents),
    starts: Uint32Array.from(starts),
    positions: Uint32Array.from(positions),
  }
}

function placesOf({ block, from, to }: GramCursor): Uint32Array {
  return block.positions.subarray(from, to)
}
