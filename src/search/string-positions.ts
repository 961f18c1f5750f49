// Where a string stands in the documents of one segment: answered from the grams alone, so any string can be found.
import type { PositionBlock, PostingList, SegmentReader } from '../index/directory/reader.ts'
import { breakKey } from '../index/segment/document.ts'
import { blockOf, blockSize, PostingCursor } from './posting-cursor.ts'

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

/** What narrows the search for a string; neither changes what is found in the documents that are asked for. */
export interface Narrowing {
  /** Posting lists of words inside the string. */
  containedWords?: readonly PostingList[]
  /** Ascending documents: others are not asked for. */
  within?: Uint32Array
}

/** All places of a normalised string. */
export function findString(
  segment: SegmentReader,
  text: string,
  { containedWords = [], within }: Narrowing = {},
): StringPositions {
  if (text.length === 0 || within?.length === 0) return none
  if (text.length === 1) return findCharacter(segment, text, within)
  const grams: PostingList[] = []
  for (let i = 0; i + 2 <= text.length; i++) {
    const list = segment.postings(text.slice(i, i + 2))
    if (!list) return none
    grams.push(list)
  }
  const rarest = grams.reduce((a, b) => (b.documentCount < a.documentCount ? b : a))
  if (grams.length === 1) return collect(within ?? allDocuments(rarest), [cursorAt(0, rarest, 0)])
  const cover: GramCursor[] = []
  for (let i = 0; i < grams.length; i += 2) cover.push(cursorAt(cover.length, grams[i]!, i))
  if (grams.length % 2 === 0) cover.push(cursorAt(cover.length, grams.at(-1)!, grams.length - 1))
  return collect(candidates(grams, containedWords, within), cover)
}

/** All breaks of the given documents (see `breakKey`); null for a segment that was made without them. */
export function findBreaks(segment: SegmentReader, within: Uint32Array): StringPositions | null {
  const list = segment.postings(breakKey)
  return list && collect(within, [cursorAt(0, list, 0)])
}

const characterDocuments = new Uint32Array(blockSize)
const characterBlock = createPositionBlock()

/** Every bigram that begins with the character gives its places: texts end with a mark, so none is missed. */
function findCharacter(segment: SegmentReader, character: string, within?: Uint32Array): StringPositions {
  const next = String.fromCharCode(character.charCodeAt(0) + 1)
  const isAsked = new Uint8Array(within ? segment.documentCount : 0)
  for (const document of within ?? []) isAsked[document] = 1
  /** Document and position of each place, in the order of the lists. */
  const places = new NumberPairs()
  const counts = new Uint32Array(segment.documentCount + 1)
  for (const { key } of segment.keys(character, next)) {
    const list = key.length === 2 ? segment.postings(key) : null
    if (!list) continue
    const first = within ? blockOf(list, within[0]!, 0) : 0
    for (let b = first; b < list.blockCount; b++) {
      const size = list.decodeDocuments(b, characterDocuments)
      if (within && characterDocuments[0]! > within.at(-1)!) break
      let read = false
      for (let i = 0; i < size; i++) {
        const document = characterDocuments[i]!
        if (within && isAsked[document] === 0) continue
        if (!read) list.decodePositions(b, characterBlock)
        read = true
        const { starts, positions } = characterBlock
        for (let p = starts[i]!; p < starts[i + 1]!; p++) places.push(document, positions[p]!)
        counts[document]! += starts[i + 1]! - starts[i]!
      }
    }
  }
  let documentCount = 0
  for (let d = 0; d < segment.documentCount; d++) if (counts[d]! > 0) documentCount++
  const documents = new Uint32Array(documentCount)
  const starts = new Uint32Array(documentCount + 1)
  let found = 0
  let total = 0
  for (let d = 0; d < segment.documentCount; d++) {
    const count = counts[d]!
    if (count === 0) continue
    documents[found] = d
    starts[found++] = total
    counts[d] = total
    total += count
  }
  starts[documentCount] = total
  const positions = new Uint32Array(total)
  for (let i = 0; i < places.count; i++) positions[counts[places.first(i)]!++] = places.second(i)
  for (let i = 0; i < documentCount; i++) positions.subarray(starts[i]!, starts[i + 1]!).sort()
  return { documents, starts, positions }
}

class NumberPairs {
  count = 0
  #values = new Uint32Array(1024)

  push(first: number, second: number): void {
    if (this.count * 2 === this.#values.length) {
      const grown = new Uint32Array(this.#values.length * 2)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.count * 2] = first
    this.#values[this.count++ * 2 + 1] = second
  }

  first(index: number): number {
    return this.#values[index * 2]!
  }

  second(index: number): number {
    return this.#values[index * 2 + 1]!
  }
}

/** Documents that hold all grams of a string, rarest lists first; long lists that can't narrow further are skipped. */
function candidates(
  grams: readonly PostingList[],
  containedWords: readonly PostingList[],
  within: Uint32Array | undefined,
): Uint32Array {
  const lists = [...new Set([...grams, ...containedWords])].sort((a, b) => a.documentCount - b.documentCount)
  let documents = within ?? allDocuments(lists[0]!)
  for (const list of within ? lists : lists.slice(1)) {
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

export function intersectDocuments(documents: Uint32Array, list: PostingList): Uint32Array {
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
export class GramCursor {
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
