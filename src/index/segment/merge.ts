// Merges segments into one, key by key, dropping deleted documents; hands the event loop back every few milliseconds.

import { join } from 'node:path'
import { createTimeSlice } from '../../model/time-slice.ts'
import { createDocValuesWriter } from '../columns/doc-values.ts'
import type { Columns, PositionBlock } from '../directory/reader.ts'
import type { Storage } from '../directory/storage.ts'
import { openPostingList } from '../postings/posting-list.ts'
import { createPostingWriter } from '../postings/posting-writer.ts'
import { createDocStoreWriter } from '../store/doc-store.ts'
import type { TermRecord } from '../terms/term-dictionary.ts'
import { contains } from './deletions.ts'
import type { ColumnSpec, DocumentColumns } from './document.ts'
import type { OpenSegment } from './segment-reader.ts'
import type { SegmentInfo } from './segment-writer.ts'
import { writeSegment } from './segment-writer.ts'
import { createSpool } from './spool.ts'

/** Ordinal of a deleted document in MergedSegment.ordinals. */
const dropped = 0xffffffff

export interface MergedSegment {
  info: SegmentInfo
  /** For each source, the new ordinal of each of its documents. */
  ordinals: Uint32Array[]
}

const spoolLimit = 8 << 20
const sliceMilliseconds = 8

/** The sources must have one signature and one number of boundaries. Throws INDEX_CORRUPT or STORAGE, leaving no file. */
export async function mergeSegments(
  storage: Storage,
  directory: string,
  name: string,
  sources: OpenSegment[],
): Promise<MergedSegment> {
  const steps = mergeSteps(storage, directory, name, sources)
  const pause = createTimeSlice(sliceMilliseconds)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await pause()
  }
}

/** All columns of the sources, each once. */
function specsOf(sources: readonly OpenSegment[]): ColumnSpec[] {
  const specs = new Map(sources.flatMap(({ columns }) => columns.specs.map((spec) => [spec.name, spec])))
  return [...specs.values()]
}

function valuesOf(columns: Columns, document: number): DocumentColumns {
  const values: Record<string, number | string | string[]> = {}
  for (const { name, kind } of columns.specs) {
    if (kind === 'number') {
      values[name] = columns.numbers(name)[document]!
      continue
    }
    const { terms, codes, starts } = columns.texts(name)
    const texts = Array.from(codes.subarray(starts[document]!, starts[document + 1]!), (code) => terms[code]!)
    values[name] = kind === 'keyword' ? texts[0]! : texts
  }
  return values
}

function* mergeSteps(
  storage: Storage,
  directory: string,
  name: string,
  sources: OpenSegment[],
): Generator<undefined, MergedSegment> {
  const { signature, boundaryCount } = sources[0]!
  const ordinals = numberAnew(sources)
  const columns = createDocValuesWriter(specsOf(sources), boundaryCount)
  const fingerprints: number[] = []
  const stored = createSpool(storage, join(directory, `${name}.stored.tmp`), spoolLimit)
  const storedIndex = createSpool(storage, '')
  const codebooks = createSpool(storage, '')
  let lists: ReturnType<typeof createPostingWriter> | null = null
  try {
    const storedWriter = createDocStoreWriter(stored, storedIndex, codebooks)
    for (const source of sources) {
      const { columns: from, deleted, storedFile } = source
      const prints = source.fingerprints()
      for (let document = 0; document < source.documentCount; document++) {
        if (document % 1024 === 0) yield
        if (contains(deleted, document)) continue
        fingerprints.push(prints[document]!)
        columns.add(
          valuesOf(from, document),
          from.textLength[document]!,
          from.boundaries,
          document * boundaryCount,
        )
      }
      yield* storedWriter.addAll(storedFile, (document) => !contains(deleted, document))
    }
    storedWriter.finish()
    lists = createPostingWriter(storage, directory, name, columns.textLength, fingerprints.length, spoolLimit)
    yield* mergeLists(sources, ordinals, lists)
    const documentCount = fingerprints.length
    const info = yield* writeSegment(storage, directory, name, {
      signature,
      boundaryCount,
      ids: liveIds(sources),
      columns,
      fingerprints: Uint32Array.from(fingerprints),
      documentCount,
      replaced: [],
      lists: lists.finish(),
      stored,
      storedIndex,
      codebooks,
    })
    return { info, ordinals }
  } catch (error) {
    stored.discard()
    lists?.discard()
    throw error
  }
}

function numberAnew(sources: OpenSegment[]): Uint32Array[] {
  let next = 0
  return sources.map(({ documentCount, deleted }) => {
    const ordinals = new Uint32Array(documentCount)
    for (let document = 0; document < documentCount; document++) {
      ordinals[document] = contains(deleted, document) ? dropped : next++
    }
    return ordinals
  })
}

function* liveIds(sources: OpenSegment[]): Generator<string> {
  for (const { documentCount, deleted, ids } of sources) {
    for (let document = 0; document < documentCount; document++) {
      if (!contains(deleted, document)) yield ids.idOf(document)
    }
  }
}

function* mergeLists(
  sources: OpenSegment[],
  ordinals: Uint32Array[],
  lists: ReturnType<typeof createPostingWriter>,
): Generator<undefined, void> {
  let documents = new Uint32Array(1024)
  let impacts = new Uint8Array(1024)
  let starts = new Uint32Array(1025)
  let positions = new Uint32Array(1024)
  const block: PositionBlock = { starts: new Uint32Array(129), positions: new Uint32Array(512) }
  const blockDocuments = new Uint32Array(128)
  const blockImpacts = new Uint8Array(128)
  let count = 0
  let placed = 0
  let hasImpacts = false

  function append(source: OpenSegment, record: TermRecord, numbers: Uint32Array): void {
    const list = openPostingList(source.file, record, source.columns.textLength)
    if (count + list.documentCount > documents.length) {
      const size = Math.max(documents.length * 2, count + list.documentCount)
      documents = grown(documents, size)
      starts = grown(starts, size + 1)
      const more = new Uint8Array(size)
      more.set(impacts)
      impacts = more
    }
    for (let b = 0; b < list.blockCount; b++) {
      const inBlock = list.decodeDocuments(b, blockDocuments)
      list.decodeImpacts(b, blockImpacts)
      if (list.hasPositions) {
        list.decodePositions(b, block)
        const total = placed + block.starts[inBlock]!
        if (total > positions.length) positions = grown(positions, Math.max(positions.length * 2, total))
      }
      for (let i = 0; i < inBlock; i++) {
        const number = numbers[blockDocuments[i]!]!
        if (number === dropped) continue
        documents[count] = number
        impacts[count] = blockImpacts[i]!
        if (blockImpacts[i] !== 0) hasImpacts = true
        starts[count] = placed
        count++
        if (!list.hasPositions) continue
        const end = block.starts[i + 1]!
        for (let p = block.starts[i]!; p < end; p++) positions[placed++] = block.positions[p]!
      }
    }
    starts[count] = placed
  }

  const cursors = sources.map((source) => source.dictionary.from('')[Symbol.iterator]())
  const heads = cursors.map((cursor) => cursor.next())
  for (let done = 0; ; done++) {
    let least: string | null = null
    for (const head of heads) {
      if (!head.done && (least === null || head.value.key < least)) least = head.value.key
    }
    if (least === null) return
    count = 0
    placed = 0
    hasImpacts = false
    for (let s = 0; s < sources.length; s++) {
      const head = heads[s]!
      if (head.done || head.value.key !== least) continue
      append(sources[s]!, head.value, ordinals[s]!)
      heads[s] = cursors[s]!.next()
    }
    if (count > 0) {
      const pair = least.length === 2
      lists.add(
        least,
        documents,
        count,
        hasImpacts ? impacts : null,
        pair ? starts : null,
        pair ? positions : null,
      )
    }
    if (done % 64 === 0) yield
  }
}

function grown(values: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(length)
  more.set(values)
  return more
}
