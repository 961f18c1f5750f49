// Where a string stands in the documents of one segment: answered from the grams alone, so any string can be found.
import type { PositionBlock, PostingList, SegmentReader } from '../index/directory/reader.ts'
import { blockSize, PostingCursor } from './posting-cursor.ts'

/** Documents ascending; the string starts in the i-th one at positions[starts[i]] to positions[starts[i + 1]]. */
export interface StringPositions {
  documents: Uint32Array
  starts: Uint32Array
  positions: Uint32Array
}

const none: StringPositions = {
  documents: new Uint32Array(0),
  starts: new Uint32Array(1),
  positions: new Uint32Array(0),
}

/**
 * All places of a normalised string.
 * @param containedWords posting lists of words inside the string: they narrow the candidates, nothing else
 */
export function findString(
  segment: SegmentReader,
  text: string,
  containedWords: readonly PostingList[] = [],
): StringPositions {
  if (text.length === 0) return none
  if (text.length === 1) return findCharacter(segment, text)
  const grams: PostingList[] = []
  for (let i = 0; i + 2 <= text.length; i++) {
    const list = segment.postings(text.slice(i, i + 2))
    if (!list) return none
    grams.push(list)
  }
  const rarest = grams.reduce((a, b) => (b.documentCount < a.documentCount ? b : a))
  if (grams.length === 1) return collect(allDocuments(rarest), [cursorAt(0, rarest, 0)])
  const cover: GramCursor[] = []
  for (let i = 0; i < grams.length; i += 2) cover.push(cursorAt(cover.length, grams[i]!, i))
  if (grams.length % 2 === 0) cover.push(cursorAt(cover.length, grams.at(-1)!, grams.length - 1))
  return collect(candidates(grams, containedWords), cover)
}

/** Every bigram that begins with the character gives its places: texts end with a mark, so none is missed. */
function findCharacter(segment: SegmentReader, character: string): StringPositions {
  const next = String.fromCharCode(character.charCodeAt(0) + 1)
  const counts = new Uint32Array(segment.documentCount + 1)
  const parts: { documents: Uint32Array; block: PositionBlock; size: number }[] = []
  for (const { key } of segment.keys(character, next)) {
    const list = key.length === 2 ? segment.postings(key) : null
    if (!list) continue
    for (let b = 0; b < list.blockCount; b++) {
      const documents = new Uint32Array(blockSize)
      const block = createPositionBlock()
      const size = list.decodeDocuments(b, documents)
      list.decodePositions(b, block)
      for (let i = 0; i < size; i++) counts[documents[i]!]! += block.starts[i + 1]! - block.starts[i]!
      parts.push({ documents, block, size })
    }
  }
  let documentCount = 0
  let total = 0
  for (let d = 0; d < segment.documentCount; d++) if (counts[d]! > 0) documentCount++
  const documents = new Uint32Array(documentCount)
  const starts = new Uint32Array(documentCount + 1)
  const place = counts
  let next0 = 0
  for (let d = 0; d < segment.documentCount; d++) {
    const count = counts[d]!
    if (count === 0) continue
    documents[next0] = d
    starts[next0++] = total
    place[d] = total
    total += count
  }
  starts[documentCount] = total
  const positions = new Uint32Array(total)
  for (const part of parts)
    for (let i = 0; i < part.size; i++)
      for (let p = part.block.starts[i]!; p < part.block.starts[i + 1]!; p++)
        positions[place[part.documents[i]!]!++] = part.block.positions[p]!
  for (let i = 0; i < documentCount; i++) positions.subarray(starts[i]!, starts[i + 1]!).sort()
  return { documents, starts, positions }
}

/** Documents that hold all grams of a string, rarest lists first; long lists that can't narrow further are skipped. */
function candidates(grams: readonly PostingList[], containedWords: readonly PostingList[]): Uint32Array {
  const lists = [...new Set([...grams, ...containedWords])].sort((a, b) => a.documentCount - b.documentCount)
  let documents = allDocuments(lists[0]!)
  for (const list of lists.slice(1)) {
    if (documents.length === 0) break
    // Checking positions of so few candidates is cheaper than reading on in a list this long.
    if (documents.length < 8 || list.documentCount > 64 * documents.length) break
    documents = intersectDocuments(documents, list)
  }
  return documents
}

function allDocuments(list: PostingList): Uint32Array {
  const documents = new Uint32Array(list.documentCount)
  return documents.subarray(0, list.decodeAllDocuments(documents))
}

const narrowing = new PostingCursor()

function intersectDocuments(documents: Uint32Array, list: PostingList): Uint32Array {
  narrowing.begin(list)
  let count = 0
  const out = new Uint32Array(documents.length)
  for (const document of documents) if (narrowing.seek(document)) out[count++] = document
  return out.subarray(0, count)
}

function createPositionBlock(): PositionBlock {
  return { starts: new Uint32Array(blockSize + 1), positions: new Uint32Array(1024) }
}

/** Walks one gram's list forward, giving the gram's positions in the document sought. */
class GramCursor {
  list!: PostingList
  offset = 0
  readonly block = createPositionBlock()
  /** Positions of the document sought: block.positions[from] to block.positions[to]. */
  from = 0
  to = 0
  private readonly cursor = new PostingCursor()
  private blockRead = -1

  begin(list: PostingList, offset: number): this {
    this.list = list
    this.offset = offset
    this.blockRead = -1
    this.cursor.begin(list)
    return this
  }

  /** Documents must be sought in ascending order. */
  seek(document: number): boolean {
    const { cursor, block } = this
    if (!cursor.seek(document)) return false
    if (this.blockRead !== cursor.block) {
      this.blockRead = cursor.block
      this.list.decodePositions(cursor.block, block)
    }
    this.from = block.starts[cursor.place]!
    this.to = block.starts[cursor.place + 1]!
    return true
  }
}

/** A string is looked for without pause from beginning to end, so its cursors can serve the next one. */
const cursors: GramCursor[] = []

function cursorAt(place: number, list: PostingList, offset: number): GramCursor {
  cursors[place] ??= new GramCursor()
  return cursors[place].begin(list, offset)
}

/** Holds the grams of a string against each other in every candidate. */
function collect(documents: Uint32Array, cover: GramCursor[]): StringPositions {
  cover.sort((a, b) => a.list.documentCount - b.list.documentCount)
  const out = { documents: new Uint32Array(documents.length), starts: new Uint32Array(documents.length + 1) }
  let positions = new Uint32Array(Math.max(16, documents.length * 2))
  let count = 0
  let total = 0
  let found = new Int32Array(256)
  for (const document of documents) {
    let size = -1
    for (const cursor of cover) {
      if (!cursor.seek(document)) {
        size = 0
        break
      }
      const from = cursor.block.positions
      if (size === -1) {
        size = cursor.to - cursor.from
        if (size > found.length) found = new Int32Array(size * 2)
        for (let i = 0; i < size; i++) found[i] = from[cursor.from + i]! - cursor.offset
      } else size = retain(found, size, from, cursor.from, cursor.to, cursor.offset)
      if (size === 0) break
    }
    if (size <= 0) continue
    if (total + size > positions.length) {
      const grown = new Uint32Array((total + size) * 2)
      grown.set(positions)
      positions = grown
    }
    out.documents[count] = document
    out.starts[count++] = total
    for (let i = 0; i < size; i++) positions[total++] = found[i]!
  }
  out.starts[count] = total
  return {
    documents: out.documents.subarray(0, count),
    starts: out.starts.subarray(0, count + 1),
    positions: positions.subarray(0, total),
  }
}

/** Keeps the string starts whose gram stands where it must; returns how many are left. */
function retain(
  found: Int32Array,
  size: number,
  positions: Uint32Array,
  from: number,
  to: number,
  offset: number,
): number {
  let kept = 0
  let at = from
  for (let i = 0; i < size; i++) {
    const wanted = found[i]! + offset
    while (at < to && positions[at]! < wanted) at++
    if (at === to) break
    if (positions[at] === wanted) found[kept++] = found[i]!
  }
  return kept
}
