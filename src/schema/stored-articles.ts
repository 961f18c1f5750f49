// Finds stored articles in a snapshot: by id, by printed page.
import type { Columns, SegmentReader, Snapshot } from '../index/directory/reader.ts'
import { contains } from '../index/segment/deletions.ts'
import type { Article } from './article.ts'
import { type Provenance, toDateNumber } from './columns.ts'

/** One live document of a snapshot. */
export interface Place {
  segment: SegmentReader
  document: number
}

/** The live documents of an issue whose columns fulfil a condition, in the order in which they were read. */
function documentsOfIssue(
  snapshot: Snapshot,
  { paper, date }: { paper: string; date: string },
  accepts: (columns: Columns, document: number) => boolean,
): Place[] {
  const day = toDateNumber(date)
  const places: Place[] = []
  for (const segment of snapshot.segments) {
    const { columns } = segment
    const papers = columns.texts('paper')
    const code = papers.codeOf(paper)
    if (code < 0) continue
    const dates = columns.numbers('date')
    for (let document = 0; document < segment.documentCount; document++) {
      if (dates[document] !== day || papers.codes[document] !== code) continue
      if (accepts(columns, document) && isLive(segment, document)) places.push({ segment, document })
    }
  }
  return places
}

/** The live documents of a printed page, in the order in which they were read from it. */
export function documentsOfPage(
  snapshot: Snapshot,
  page: { paper: string; date: string; pageNo: number },
): Place[] {
  return documentsOfIssue(
    snapshot,
    page,
    (columns, document) => columns.numbers('pageNo')[document] === page.pageNo,
  )
}

/** Stories of an issue that jump from page to page, whole or waiting for another piece. */
export function jumpingOfIssue(snapshot: Snapshot, issue: { paper: string; date: string }): Place[] {
  return documentsOfIssue(snapshot, issue, (columns, document) => columns.numbers('pieces')[document]! > 0)
}

/** What a page prints, in the order in which it was read: of stories in pieces the piece that stands there. */
export function articlesOfPage(
  snapshot: Snapshot,
  page: { paper: string; date: string; pageNo: number },
): Article[] {
  return piecesOnPage(
    documentsOfPage(snapshot, page).map(storedArticle),
    jumpingOfIssue(snapshot, page).map(storedArticle),
    page.pageNo,
  )
}

/** Of what begins on a page, and of the jumping stories of its issue, what is printed there. */
export function piecesOnPage(
  begunHere: readonly Article[],
  jumping: readonly Article[],
  pageNo: number,
): Article[] {
  return [...begunHere, ...jumping.filter((story) => story.pageNo !== pageNo)]
    .flatMap((article): Article[] => article.pieces ?? [article])
    .filter((piece) => piece.pageNo === pageNo)
}

/** The stored article of a place. */
export function storedArticle({ segment, document }: Place): Article {
  return JSON.parse(segment.stored(document)) as Article
}

/** How the article of a place came into the archive. */
export function provenanceOf({ segment: { columns }, document }: Place): Required<Provenance> {
  return {
    isAdded: columns.numbers('isAdded')[document] === 1,
    isFromPage: columns.numbers('isFromPage')[document] === 1,
  }
}

/** Where an id lives now, its own or that of a later piece of a story; null when there is none. */
export function findArticle(snapshot: Snapshot, id: string): Place | null {
  for (const segment of snapshot.segments) {
    const document = segment.documentOf(id)
    if (document >= 0) return { segment, document }
  }
  for (const segment of snapshot.segments) {
    const { codeOf, codes, starts } = segment.columns.texts('laterPiece')
    const code = codeOf(id)
    if (code < 0) continue
    for (let document = 0; document < segment.documentCount; document++)
      for (let at = starts[document]!; at < starts[document + 1]!; at++)
        if (codes[at] === code && isLive(segment, document)) return { segment, document }
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
