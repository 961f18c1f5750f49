// Random documents and an obvious in-memory oracle for what an index must give back of them.

import fc from 'fast-check'
import { expect } from 'vitest'
import type {
  PositionBlock,
  PostingList,
  SegmentReader,
  Snapshot,
} from '../../../src/index/directory/reader.ts'
import type { IndexDocument } from '../../../src/index/segment/document.ts'
import { barrier } from '../../../src/index/segment/document.ts'
import { boundaryCount, documentOf } from './random-documents.ts'

const units = ['社', '区', '国', '人', '民', 'a', '0', barrier, '\ud83d', '\ude00', '\u0000', '\uffff']
const textArbitrary = fc.array(fc.constantFrom(...units), { maxLength: 60 }).map((parts) => parts.join(''))

export const corpusArbitrary = fc
  .array(fc.tuple(textArbitrary, fc.nat(1000)), { maxLength: 30 })
  .map((all) => all.map(([text, seed], i) => documentOf(`文-${i}`, text, seed)))

interface Posting {
  id: string
  impact: number
  positions: number[]
}

/** For every key, what each document that contains it must show. */
function oracle(documents: IndexDocument[]): Map<string, Posting[]> {
  const lists = new Map<string, Posting[]>()
  for (const { id, text, terms, impacts } of documents) {
    const found = new Map<string, Posting>()
    const of = (key: string) => {
      let posting = found.get(key)
      if (!posting) {
        posting = { id, impact: 0, positions: [] }
        found.set(key, posting)
      }
      return posting
    }
    for (let i = 0; i < text.length; i++) {
      if (text[i] === barrier) continue
      of(text[i]!)
      if (i + 1 < text.length && text[i + 1] !== barrier) of(text.slice(i, i + 2)).positions.push(i)
    }
    terms.forEach((term, t) => {
      of(term).impact = impacts[t]!
    })
    for (const [key, posting] of found) {
      const list = lists.get(key)
      if (list) list.push(posting)
      else lists.set(key, [posting])
    }
  }
  return lists
}

/** Reads a list in every way it can be read and says what it holds. */
export function readList(segment: SegmentReader, list: PostingList): Posting[] {
  const all = new Uint32Array(list.documentCount)
  expect(list.decodeAllDocuments(all)).toBe(list.documentCount)
  const allImpacts = new Uint8Array(list.documentCount)
  expect(list.decodeAllImpacts(allImpacts)).toBe(list.documentCount)
  const documents = new Uint32Array(128)
  const impacts = new Uint8Array(128)
  const places: PositionBlock = { starts: new Uint32Array(129), positions: new Uint32Array(1) }
  const postings: Posting[] = []
  let most = 0
  for (let block = 0; block < list.blockCount; block++) {
    const count = list.decodeDocuments(block, documents)
    expect(list.decodeImpacts(block, impacts)).toBe(count)
    if (list.hasPositions) list.decodePositions(block, places)
    expect(list.lastDocument(block)).toBe(documents[count - 1])
    expect(list.blockMaxImpact(block)).toBe(Math.max(...impacts.subarray(0, count)))
    for (let i = 0; i < count; i++) {
      expect(all[postings.length]).toBe(documents[i])
      expect(allImpacts[postings.length]).toBe(impacts[i])
      most = Math.max(most, impacts[i]!)
      postings.push({
        id: segment.idOf(documents[i]!),
        impact: impacts[i]!,
        positions: list.hasPositions
          ? Array.from(places.positions.subarray(places.starts[i]!, places.starts[i + 1]!))
          : [],
      })
    }
  }
  expect(list.maxImpact).toBe(most)
  expect(postings.length).toBe(list.documentCount)
  return postings
}

function isDeleted(segment: SegmentReader, document: number): boolean {
  return segment.deleted !== null && ((segment.deleted.words[document >>> 5]! >>> (document & 31)) & 1) === 1
}

/** Holds a whole snapshot against the documents it must hold, whatever segments they are in. */
export function expectSnapshot(snapshot: Snapshot, documents: IndexDocument[]): void {
  expect(snapshot.faults).toEqual([])
  expect(snapshot.documentCount).toBe(documents.length)
  const live = new Map<string, { segment: SegmentReader; document: number }>()
  for (const segment of snapshot.segments) {
    let count = 0
    for (let document = 0; document < segment.documentCount; document++) {
      if (isDeleted(segment, document)) continue
      const id = segment.idOf(document)
      expect(live.has(id)).toBe(false)
      expect(segment.documentOf(id)).toBe(document)
      live.set(id, { segment, document })
      count++
    }
    expect(segment.liveCount).toBe(count)
  }
  expect([...live.keys()].sort()).toEqual(documents.map(({ id }) => id).sort())
  for (const document of documents) {
    const place = live.get(document.id)!
    const { columns } = place.segment
    const d = place.document
    expect(place.segment.stored(d)).toBe(document.stored)
    expect(columns.textLength[d]).toBe(document.text.length)
    expect(columns.boundaryCount).toBe(boundaryCount)
    expect(Array.from(columns.boundaries.subarray(d * boundaryCount, (d + 1) * boundaryCount))).toEqual(
      document.boundaries,
    )
    const values = columns.specs.map(({ name, kind }) => {
      if (kind === 'number') return [name, columns.numbers(name)[d]]
      const { terms, codes, starts } = columns.texts(name)
      const texts = Array.from(codes.subarray(starts[d]!, starts[d + 1]!), (code) => terms[code])
      return [name, kind === 'keyword' ? texts[0] : texts]
    })
    expect(Object.fromEntries(values)).toEqual(document.columns)
  }
  const expected = oracle(documents)
  const actual = new Map<string, Posting[]>()
  for (const segment of snapshot.segments) {
    let before: string | null = null
    for (const { key, documentCount, maxImpact } of segment.keys('', '\uffff'.repeat(64))) {
      if (before !== null) expect(key > before).toBe(true)
      before = key
      const list = segment.postings(key)
      expect(list).not.toBeNull()
      expect(list!.documentCount).toBe(documentCount)
      expect(list!.maxImpact).toBe(maxImpact)
      const all = new Uint32Array(list!.documentCount)
      list!.decodeAllDocuments(all)
      const live = readList(segment, list!).filter((_, i) => !isDeleted(segment, all[i]!))
      if (live.length > 0) actual.set(key, [...(actual.get(key) ?? []), ...live])
    }
    expect(segment.postings('没有这个词')).toBeNull()
  }
  expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort())
  const byId = (a: Posting, b: Posting) => (a.id < b.id ? -1 : 1)
  for (const [key, list] of expected) {
    expect([key, ...actual.get(key)!.sort(byId)]).toEqual([key, ...list.sort(byId)])
  }
}
