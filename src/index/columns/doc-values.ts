// The columns of a segment as bytes: packed numbers and the small sets of values they stand for.

import { ByteReader, ByteWriter } from '../codec/bytes.ts'
import { readPacked, writePacked } from '../codec/packed-integers.ts'
import type { Columns, TextColumn } from '../directory/reader.ts'
import type { ColumnSpec, DocumentColumns } from '../segment/document.ts'

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

/** What one column gathers: numbers, or codes of texts with their count for each document. */
interface Gathered {
  spec: ColumnSpec
  values: NumberList
  counts: NumberList
  codes: Map<string, number>
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
export function createDocValuesWriter(specs: readonly ColumnSpec[], boundaryCount: number): DocValuesWriter {
  const gathered = specs.map(
    (spec): Gathered => ({ spec, values: new NumberList(), counts: new NumberList(), codes: new Map() }),
  )
  const textLengths = new NumberList()
  const boundaryGaps = Array.from({ length: boundaryCount }, () => new NumberList())

  return {
    get textLength() {
      return textLengths.values
    },
    get bytes() {
      const held = gathered.reduce(
        (sum, { values, counts, codes }) => sum + (values.length + counts.length) * 4 + codes.size * 100,
        0,
      )
      return held + textLengths.length * (4 + boundaryCount * 4)
    },
    add(columns, textLength, boundaries, boundaryFrom) {
      for (const { spec, values, counts, codes } of gathered) {
        const value = columns[spec.name]
        if (spec.kind === 'number') {
          values.push(typeof value === 'number' ? value : 0)
          continue
        }
        const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
        if (spec.kind === 'keywords') counts.push(texts.length)
        for (const text of spec.kind === 'keyword' ? [texts[0] ?? ''] : texts) {
          let code = codes.get(text)
          if (code === undefined) {
            code = codes.size
            codes.set(text, code)
          }
          values.push(code)
        }
      }
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
      writer.varint(gathered.length)
      for (const { spec, values, counts, codes } of gathered) {
        writer.string(spec.name)
        writer.varint(kinds.indexOf(spec.kind))
        if (spec.kind !== 'number') {
          writer.varint(codes.size)
          for (const text of codes.keys()) writer.string(text)
        }
        if (spec.kind === 'keywords') writePacked(writer, counts.values, counts.length)
        writePacked(writer, values.values, values.length)
      }
      for (const list of [textLengths, ...boundaryGaps]) writePacked(writer, list.values, list.length)
      return writer.take()
    },
  }
}

/** Kinds by their number in the file. */
const kinds = ['number', 'keyword', 'keywords'] as const satisfies ColumnSpec['kind'][]

type Column = { spec: ColumnSpec; numbers: Uint32Array } | { spec: ColumnSpec; texts: TextColumn }

/** Throws RangeError when the bytes end too early. `version` is that of the segment's file. */
export function readDocValues(
  bytes: Uint8Array,
  documentCount: number,
  boundaryCount: number,
  version: number,
): Columns {
  const reader = new ByteReader(bytes)
  if (version === 1) return readFirstVersion(reader, documentCount, boundaryCount)
  const columns: Column[] = []
  const oneEach = startsOf(documentCount, null)
  for (let left = reader.varint(); left > 0; left--) {
    const spec = { name: reader.string(), kind: kinds[reader.varint()] ?? 'number' }
    if (spec.kind === 'number') {
      columns.push({ spec, numbers: readPacked(reader, new Uint32Array(documentCount)) })
      continue
    }
    const terms = readTerms(reader)
    const starts =
      spec.kind === 'keyword'
        ? oneEach
        : startsOf(documentCount, readPacked(reader, new Uint32Array(documentCount)))
    const codes = readPacked(reader, new Uint32Array(starts[documentCount]!))
    columns.push({ spec, texts: createTextColumn(terms, codes, starts) })
  }
  const textLength = readPacked(reader, new Uint32Array(documentCount))
  return createColumns(
    columns,
    textLength,
    readBoundaries(reader, documentCount, boundaryCount),
    boundaryCount,
  )
}

/** Format 1 knew the columns of a newspaper, in another order. */
function readFirstVersion(reader: ByteReader, documentCount: number, boundaryCount: number): Columns {
  const [types, papers, sections, authors] = [
    readTerms(reader),
    readTerms(reader),
    readTerms(reader),
    readTerms(reader),
  ]
  const numbers = () => readPacked(reader, new Uint32Array(documentCount))
  const [date, pageNo, type, paper, section, authorCounts, textLength] = [
    numbers(),
    numbers(),
    numbers(),
    numbers(),
    numbers(),
    numbers(),
    numbers(),
  ]
  const boundaries = readBoundaries(reader, documentCount, boundaryCount)
  const authorStarts = startsOf(documentCount, authorCounts)
  const author = readPacked(reader, new Uint32Array(authorStarts[documentCount]!))
  const each = startsOf(documentCount, null)
  return createColumns(
    [
      { spec: { name: 'date', kind: 'number' }, numbers: date },
      { spec: { name: 'type', kind: 'keyword' }, texts: createTextColumn(types, type, each) },
      { spec: { name: 'paper', kind: 'keyword' }, texts: createTextColumn(papers, paper, each) },
      { spec: { name: 'section', kind: 'keyword' }, texts: createTextColumn(sections, section, each) },
      { spec: { name: 'pageNo', kind: 'number' }, numbers: pageNo },
      { spec: { name: 'author', kind: 'keywords' }, texts: createTextColumn(authors, author, authorStarts) },
    ],
    textLength,
    boundaries,
    boundaryCount,
  )
}

function readTerms(reader: ByteReader): string[] {
  const count = reader.varint()
  const terms: string[] = []
  for (let i = 0; i < count; i++) terms.push(reader.string())
  return terms
}

/** Where the codes of each document begin; each has one without `counts`. */
function startsOf(documentCount: number, counts: Uint32Array | null): Uint32Array {
  const starts = new Uint32Array(documentCount + 1)
  for (let d = 0; d < documentCount; d++) starts[d + 1] = starts[d]! + (counts === null ? 1 : counts[d]!)
  return starts
}

function readBoundaries(reader: ByteReader, documentCount: number, boundaryCount: number): Uint32Array {
  const boundaries = new Uint32Array(documentCount * boundaryCount)
  const gaps = new Uint32Array(documentCount)
  for (let k = 0; k < boundaryCount; k++) {
    readPacked(reader, gaps)
    for (let d = 0; d < documentCount; d++) {
      const at = d * boundaryCount + k
      boundaries[at] = gaps[d]! + (k === 0 ? 0 : boundaries[at - 1]!)
    }
  }
  return boundaries
}

function createTextColumn(terms: readonly string[], codes: Uint32Array, starts: Uint32Array): TextColumn {
  let byText: Map<string, number> | undefined
  return {
    terms,
    codes,
    starts,
    codeOf(text) {
      byText ??= new Map(terms.map((term, code) => [term, code]))
      return byText.get(text) ?? -1
    },
  }
}

function createColumns(
  columns: readonly Column[],
  textLength: Uint32Array,
  boundaries: Uint32Array,
  boundaryCount: number,
): Columns {
  const documentCount = textLength.length
  const byName = new Map(columns.map((column) => [column.spec.name, column]))
  const unknown = {
    numbers: new Uint32Array(documentCount),
    texts: createTextColumn([], new Uint32Array(0), new Uint32Array(documentCount + 1)),
  }
  return {
    specs: columns.map(({ spec }) => spec),
    numbers(name) {
      const column = byName.get(name)
      return column && 'numbers' in column ? column.numbers : unknown.numbers
    },
    texts(name) {
      const column = byName.get(name)
      return column && 'texts' in column ? column.texts : unknown.texts
    },
    textLength,
    boundaries,
    boundaryCount,
  }
}
