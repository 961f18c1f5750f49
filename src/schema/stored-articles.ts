// Finds stored articles in a snapshot: by id, by printed page.
import type { SegmentReader, Snapshot } from '../index/directory/reader.ts'
import { contains } from '../index/segment/deletions.ts'
import type { Article } from './article.ts'
import { toDateNumber } from './columns.ts'

/** One live document of a snapshot. */
export interface Place {
  segment: SegmentReader
  document: number
}

/** The live documents of a printed page, in the order in which they were read from it. */
export function documentsOfPage(
  snapshot: Snapshot,
  { paper, date, pageNo }: { paper: string; date: string; pageNo: number },
): Place[] {
  const day = toDateNumber(date)
  const places: Place[] = []
  for (const segment of snapshot.segments) {
    const { columns } = segment
    const papers = columns.texts('paper')
    const code = papers.codeOf(paper)
    if (code < 0) continue
    const dates = columns.numbers('date')
    const pages = columns.numbers('pageNo')
    for (let document = 0; document < segment.documentCount; document++) {
      if (dates[document] !== day || pages[document] !== pageNo) continue
      if (papers.codes[document] === code && isLive(segment, document)) places.push({ segment, document })
    }
  }
  return places
}

/** The stored article of a place. */
export function storedArticle({ segment, document }: Place): Article {
  return JSON.parse(segment.stored(document)) as Article
}

/** Where an id lives now, or null. */
export function findArticle(snapshot: Snapshot, id: string): Place | null {
  for (const segment of snapshot.segments) {
    const document = segment.documentOf(id)
    if (document >= 0) return { segment, document }
  }
  return null
}

export function isLive(segment: SegmentReader, document: number): boolean {
  return !contains(segment.deleted, document)
}

/** All live documents, segment by segment. */
export function* livePlaces(snapshot: Snapshot): Generator<Place> {
  for (const segment of snapshot.segments)
    for (let document = 0; document < segment.documentCount; document++)
      if (isLive(segment, document)) yield { segment, document }
}
