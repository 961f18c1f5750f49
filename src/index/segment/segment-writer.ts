// Puts the parts of a new segment together: what builder and merge have in common.
import { ByteWriter } from '../codec/bytes.ts'
import type { DocValuesWriter } from '../columns/doc-values.ts'
import type { Storage } from '../directory/storage.ts'
import type { ListSection } from '../postings/posting-writer.ts'
import { createIdWriter } from '../store/id-file.ts'
import type { SectionName } from './segment-file.ts'
import { writeSegmentFile } from './segment-file.ts'
import type { Spool } from './spool.ts'
import { createSpool } from './spool.ts'

/** What a commit needs to know of a written segment: plain JSON, so that a worker can post it. */
export interface SegmentInfo {
  name: string
  documentCount: number
  /** Size of the file. */
  bytes: number
  signature: string
  boundaryCount: number
  /** Ordinals of documents that a later one of the same id in this very segment replaced. */
  replaced: number[]
}

export interface SegmentParts {
  signature: string
  boundaryCount: number
  ids: Iterable<string>
  columns: DocValuesWriter
  /** One for each document: what check holds the grams against. */
  fingerprints: Uint32Array
  documentCount: number
  replaced: number[]
  lists: { sections: Record<ListSection, Spool>; keyCount: number }
  stored: Spool
  storedIndex: Spool
  codebooks: Spool
}

/** Writes the file of a segment and makes it lasting, in short steps; the folder is made lasting by the commit. */
export function* writeSegment(
  storage: Storage,
  directory: string,
  name: string,
  parts: SegmentParts,
): Generator<undefined, SegmentInfo> {
  const memory = (): Spool => createSpool(storage, '')
  const meta = memory()
  const head = new ByteWriter(256)
  head.varint(parts.documentCount)
  head.varint(parts.boundaryCount)
  head.varint(parts.lists.keyCount)
  head.string(parts.signature)
  meta.append(head.take())
  const columns = memory()
  columns.append(parts.columns.toBytes())
  const ids = memory()
  const idIndex = memory()
  const idWriter = createIdWriter(ids, idIndex)
  let count = 0
  for (const id of parts.ids) {
    idWriter.add(id)
    if (++count % 1024 === 0) yield
  }
  idWriter.finish()
  const fingerprints = memory()
  const numbers = new ByteWriter(parts.documentCount * 4 + 4)
  for (let d = 0; d < parts.documentCount; d++) numbers.uint32(parts.fingerprints[d]!)
  fingerprints.append(numbers.take())
  const sections: Record<SectionName, Spool> = {
    meta,
    columns,
    ids,
    fingerprints,
    'id-index': idIndex,
    stored: parts.stored,
    'stored-index': parts.storedIndex,
    codebooks: parts.codebooks,
    ...parts.lists.sections,
  }
  const bytes = yield* writeSegmentFile(storage, directory, name, sections)
  return {
    name,
    documentCount: parts.documentCount,
    bytes,
    signature: parts.signature,
    boundaryCount: parts.boundaryCount,
    replaced: parts.replaced,
  }
}

/** Takes all steps at once. */
export function finishSteps<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
