// The stored articles of a segment, compressed some at a time, read one block at a time.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { ByteReader, ByteWriter } from '../codec/bytes.ts'
import type { Codebook } from '../codec/codebook.ts'
import { createCodebook, decodeUnits, encodeUnits, readCodebook, writeCodebook } from '../codec/codebook.ts'
import { readPacked, writePacked } from '../codec/packed-integers.ts'
import { NumberList } from '../columns/doc-values.ts'
import type { SegmentFile } from '../segment/segment-file.ts'
import type { Spool } from '../segment/spool.ts'

/** A block is closed when it holds this many bytes before compression. */
const blockBytes = 24 << 10
/** Units that are looked at before a codebook is made. */
const sampleUnits = 1 << 19
/** A merge carries over the blocks of a codebook that has at least this many; fewer are worth coding anew. */
const blocksWorthACodebook = 64

export interface DocStoreWriter {
  add(text: string): void
  /** Takes over the articles of another segment, those that `keep` lets pass, whole blocks as they are where it can. */
  addAll(source: DocStore, keep: (document: number) => boolean): Generator<undefined, void>
  /** Bytes held, about. */
  readonly bytes: number
  finish(): void
}

export function createDocStoreWriter(stored: Spool, index: Spool, codebooks: Spool): DocStoreWriter {
  const heads = new ByteWriter(512)
  const texts = new ByteWriter(blockBytes * 2)
  const counts = new NumberList()
  const lengths = new NumberList()
  const books = new NumberList()
  const bookBytes = new ByteWriter(1 << 15)
  let bookCount = 0
  let sample: string[] | null = []
  let sampled = 0
  let own: { book: Codebook; number: number } | null = null
  let inBlock = 0

  function addBook(book: Codebook): number {
    writeCodebook(book, bookBytes)
    return bookCount++
  }

  function startCoding(): void {
    if (!sample) return
    const first = sample
    sample = null
    if (first.length === 0) return
    const book = createCodebook(first)
    own = { book, number: addBook(book) }
    for (const text of first) code(text)
  }

  function code(text: string): void {
    if (!own) {
      const book = createCodebook([text])
      own = { book, number: addBook(book) }
    }
    const before = texts.length
    encodeUnits(own.book, text, texts)
    heads.varint(texts.length - before)
    inBlock++
    if (texts.length >= blockBytes) flush()
  }

  function flush(): void {
    if (inBlock === 0 || !own) return
    const head = new ByteWriter(heads.length + 8)
    head.varint(inBlock)
    head.append(heads.take())
    const raw = Buffer.concat([head.take(), texts.take()])
    append(
      deflateRawSync(raw, { level: 6, memLevel: 9, dictionary: own.book.dictionary }),
      inBlock,
      own.number,
    )
    heads.clear()
    texts.clear()
    inBlock = 0
  }

  function append(packed: Uint8Array, count: number, book: number): void {
    stored.append(packed)
    counts.push(count)
    lengths.push(packed.length)
    books.push(book)
  }

  function add(text: string): void {
    if (!sample) {
      code(text)
      return
    }
    sample.push(text)
    sampled += text.length
    if (sampled >= sampleUnits) startCoding()
  }

  return {
    get bytes() {
      return stored.length + texts.length + heads.length + (sample ? sampled * 2 : 0)
    },
    add,
    *addAll(source, keep) {
      const uses = new Map<number, number>()
      for (let block = 0; block < source.blockCount; block++) {
        const book = source.bookOf(block)
        uses.set(book, (uses.get(book) ?? 0) + 1)
      }
      const numbers = new Map<number, number>()
      for (let block = 0; block < source.blockCount; block++) {
        yield
        const first = source.firstDocument(block)
        const end = source.firstDocument(block + 1)
        let live = 0
        for (let document = first; document < end; document++) if (keep(document)) live++
        const book = source.bookOf(block)
        if (live === end - first && uses.get(book)! >= blocksWorthACodebook) {
          // Articles keep their order: those that still wait come first.
          startCoding()
          flush()
          let number = numbers.get(book)
          if (number === undefined) {
            number = addBook(source.book(book))
            numbers.set(book, number)
          }
          append(source.packed(block), live, number)
        } else if (live > 0) {
          for (let document = first; document < end; document++) {
            if (keep(document)) add(source.stored(document))
          }
        }
      }
    },
    finish() {
      startCoding()
      flush()
      const writer = new ByteWriter(1024)
      writer.varint(counts.length)
      writePacked(writer, counts.values, counts.length)
      writePacked(writer, lengths.values, lengths.length)
      writePacked(writer, books.values, books.length)
      index.append(writer.take())
      const head = new ByteWriter(8)
      head.varint(bookCount)
      codebooks.append(head.take())
      codebooks.append(bookBytes.take())
    },
  }
}

export interface DocStore {
  /** Throws INDEX_CORRUPT when the block cannot be read. */
  stored(document: number): string
  readonly blockCount: number
  /** First document of a block; that of block `blockCount` is the number of documents. */
  firstDocument(block: number): number
  /** A block as it stands in the file, and the number of its codebook. */
  packed(block: number): Uint8Array
  bookOf(block: number): number
  book(number: number): Codebook
}

export function openDocStore(file: SegmentFile): DocStore {
  const reader = new ByteReader(file.readAll('stored-index'))
  const blockCount = reader.varint()
  const counts = readPacked(reader, new Uint32Array(blockCount))
  const lengths = readPacked(reader, new Uint32Array(blockCount))
  const books = readPacked(reader, new Uint32Array(blockCount))
  const firsts = new Uint32Array(blockCount + 1)
  const offsets = new Float64Array(blockCount + 1)
  for (let b = 0; b < blockCount; b++) {
    firsts[b + 1] = firsts[b]! + counts[b]!
    offsets[b + 1] = offsets[b]! + lengths[b]!
  }
  const inflated = file.space()
  let codebooks: Codebook[] | null = null

  function loadBooks(): Codebook[] {
    if (codebooks) return codebooks
    try {
      const source = new ByteReader(file.readAll('codebooks'))
      const all: Codebook[] = []
      for (let left = source.varint(); left > 0; left--) all.push(readCodebook(source))
      codebooks = all
      return all
    } catch (error) {
      // What zlib throws carries a code, as what storage throws does: both mean that this section is of no use.
      if (error instanceof Error && error.name === 'SearchError') throw error
      throw file.fault('codebooks', 0, '码表读不出来')
    }
  }

  function blockOf(document: number): number {
    let low = 0
    let high = blockCount
    while (low < high) {
      const middle = (low + high) >>> 1
      if (firsts[middle + 1]! <= document) low = middle + 1
      else high = middle
    }
    return low
  }

  function packed(block: number): Uint8Array {
    const offset = offsets[block]!
    const length = offsets[block + 1]! - offset
    const region = file.region('stored', offset, length)
    const at = offset - region.start
    return region.bytes.subarray(at, at + length)
  }

  function inflate(block: number, book: Codebook): Uint8Array {
    const held = inflated.get(block)
    if (held) return held.bytes
    const source = packed(block)
    let raw: Buffer
    try {
      raw = inflateRawSync(source, { dictionary: book.dictionary })
    } catch {
      throw file.fault('stored', offsets[block]!, '解压失败')
    }
    // A buffer of its own, of whole words: pooled buffers must not be held by the cache.
    const bytes = new Uint8Array((raw.length + 3) & ~3)
    bytes.set(raw)
    return inflated.set(block, bytes, 0).bytes
  }

  return {
    blockCount,
    firstDocument: (block) => firsts[block]!,
    packed,
    bookOf: (block) => books[block]!,
    book: (number) => loadBooks()[number]!,
    stored(document) {
      const block = blockOf(document)
      const book = loadBooks()[books[block]!]
      if (!book) throw file.fault('stored-index', 0, `没有第 ${books[block]} 个码表`)
      const bytes = inflate(block, book)
      try {
        const source = new ByteReader(bytes)
        const count = source.varint()
        const wanted = document - firsts[block]!
        let before = 0
        let length = 0
        for (let i = 0; i < count; i++) {
          const each = source.varint()
          if (i < wanted) before += each
          else if (i === wanted) length = each
        }
        source.take(before + length)
        return decodeUnits(book, bytes, source.at - length, source.at)
      } catch (error) {
        if (error instanceof RangeError) throw file.fault('stored', offsets[block]!, '存储块不完整')
        throw error
      }
    },
  }
}
