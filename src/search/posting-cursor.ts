// Looks documents up in a posting list, in ascending order, reading only the blocks that may hold them.
import type { PostingList } from '../index/directory/reader.ts'

/** Largest number of documents in a block of a posting list. */
export const blockSize = 128

/** Walks forward through one list at a time; its memory serves list after list. */
export class PostingCursor {
  /** Block of the document sought last. */
  block = -1
  /** Place in the block of the document sought last. */
  place = 0
  private readonly documents = new Uint32Array(blockSize)
  private list!: PostingList
  private last = -1
  private size = 0

  begin(list: PostingList): this {
    this.list = list
    this.block = -1
    this.place = 0
    this.last = -1
    this.size = 0
    return this
  }

  /** Whether the list holds a document, which must come after those sought before. */
  seek(document: number): boolean {
    if (document > this.last) this.readBlockOf(document)
    const { documents, size } = this
    let place = this.place
    while (place < size && documents[place]! < document) place++
    this.place = place
    return place < size && documents[place] === document
  }

  private readBlockOf(document: number): void {
    this.block = blockOf(this.list, document, this.block + 1)
    this.place = 0
    if (this.block === this.list.blockCount) {
      this.last = 0xffffffff
      this.size = 0
      return
    }
    this.last = this.list.lastDocument(this.block)
    this.size = this.list.decodeDocuments(this.block, this.documents)
  }
}

/** First block from `from` on whose last document is not before `document`, by galloping; blockCount when none. */
export function blockOf(list: PostingList, document: number, from: number): number {
  let low = from
  let step = 1
  while (low + step < list.blockCount && list.lastDocument(low + step) < document) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, list.blockCount)
  while (low < high) {
    const middle = (low + high) >> 1
    if (list.lastDocument(middle) < document) low = middle + 1
    else high = middle
  }
  return low
}
