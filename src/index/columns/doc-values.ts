// The columns of a segment as bytes: packed numbers and the small sets of values they stand for.

import { ByteReader, ByteWriter } from '../codec/bytes.ts'
import { readPacked, writePacked } from '../codec/packed-integers.ts'
import type { Columns } from '../directory/reader.ts'
import type { DocumentColumns } from '../segment/document.ts'

/** A growing array of numbers. */
export class NumberList {
  values = new Uint32Array(256)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = new Uint32Array(this.values.length * 2)
      grown.set(this.values)
      this.values = grown
    }
    this.values[this.length++] = value
  }
}

interface Coder {
  values: string[]
  codes: Map<string, number>
}

function codeOf(coder: Coder, value: string): number {
  let code = coder.codes.get(value)
  if (code === undefined) {
    code = coder.values.length
    coder.codes.set(value, code)
    coder.values.push(value)
  }
  return code
}

function createCoder(): Coder {
  return { values: [], codes: new Map() }
}

/** Collects the columns of one document after the other. */
export interface DocValuesWriter {
  add(columns: DocumentColumns, textLength: number, boundaries: ArrayLike<number>, boundaryFrom: number): void
  readonly textLength: Uint32Array
  /** Bytes held, about. */
  readonly bytes: number
  toBytes(): Uint8Array
}

/** Each document must bring `boundaryCount` boundaries. */
export function createDocValuesWriter(boundaryCount: number): DocValuesWriter {
  const date = new NumberList()
  const pageNo = new NumberList()
  const type = new NumberList()
  const paper = new NumberList()
  const section = new NumberList()
  const authorCounts = new NumberList()
  const authorCodes = new NumberList()
  const textLengths = new NumberList()
  const boundaryGaps = Array.from({ length: boundaryCount }, () => new NumberList())
  const coders = {
    type: createCoder(),
    paper: createCoder(),
    section: createCoder(),
    author: createCoder(),
  }

  return {
    get textLength() {
      return textLengths.values
    },
    get bytes() {
      return (
        date.length * (36 + boundaryCount * 4) + authorCodes.length * 4 + coders.author.values.length * 100
      )
    },
    add(columns, textLength, boundaries, boundaryFrom) {
      date.push(columns.date)
      pageNo.push(columns.pageNo)
      type.push(codeOf(coders.type, columns.type))
      paper.push(codeOf(coders.paper, columns.paper))
      section.push(codeOf(coders.section, columns.section))
      authorCounts.push(columns.authors.length)
      for (const author of columns.authors) authorCodes.push(codeOf(coders.author, author))
      textLengths.push(textLength)
      let before = 0
      for (let k = 0; k < boundaryCount; k++) {
        const boundary = boundaries[boundaryFrom + k]!
        boundaryGaps[k]!.push(boundary - before)
        before = boundary
      }
    },
    toBytes() {
      const writer = new ByteWriter(1 << 16)
      for (const coder of [coders.type, coders.paper, coders.section, coders.author]) {
        writer.varint(coder.values.length)
        for (const value of coder.values) writer.string(value)
      }
      for (const list of [date, pageNo, type, paper, section, authorCounts, textLengths]) {
        writePacked(writer, list.values, list.length)
      }
      for (const list of boundaryGaps) writePacked(writer, list.values, list.length)
      writePacked(writer, authorCodes.values, authorCodes.length)
      return writer.take()
    },
  }
}

function readValues(reader: ByteReader): string[] {
  const count = reader.varint()
  const values: string[] = []
  for (let i = 0; i < count; i++) values.push(reader.string())
  return values
}

/** Throws RangeError when the bytes end too early. */
export function readDocValues(bytes: Uint8Array, documentCount: number, boundaryCount: number): Columns {
  const reader = new ByteReader(bytes)
  const values = {
    type: readValues(reader),
    paper: readValues(reader),
    section: readValues(reader),
    author: readValues(reader),
  }
  const date = readPacked(reader, new Uint32Array(documentCount))
  const pageNo = readPacked(reader, new Uint16Array(documentCount))
  const type = readPacked(reader, new Uint16Array(documentCount))
  const paper = readPacked(reader, new Uint16Array(documentCount))
  const section = readPacked(reader, new Uint32Array(documentCount))
  const authorCounts = readPacked(reader, new Uint32Array(documentCount))
  const textLength = readPacked(reader, new Uint32Array(documentCount))
  const boundaries = new Uint32Array(documentCount * boundaryCount)
  const gaps = new Uint32Array(documentCount)
  for (let k = 0; k < boundaryCount; k++) {
    readPacked(reader, gaps)
    for (let d = 0; d < documentCount; d++) {
      const at = d * boundaryCount + k
      boundaries[at] = gaps[d]! + (k === 0 ? 0 : boundaries[at - 1]!)
    }
  }
  const authorStarts = new Uint32Array(documentCount + 1)
  for (let d = 0; d < documentCount; d++) authorStarts[d + 1] = authorStarts[d]! + authorCounts[d]!
  const authorCodes = readPacked(reader, new Uint32Array(authorStarts[documentCount]!))
  return {
    date,
    pageNo,
    type,
    paper,
    section,
    authorStarts,
    authorCodes,
    values,
    textLength,
    boundaries,
    boundaryCount,
  }
}
