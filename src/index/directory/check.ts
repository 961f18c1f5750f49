// Checks a whole index: every checksum, every order and count, and that each document stands in the list of each of its grams.

import { join } from 'node:path'
import { SearchError } from '../../model/errors.ts'
import { createTimeSlice } from '../../model/time-slice.ts'
import { gramFingerprint, unitPosition } from '../postings/gram-table.ts'
import { openPostingList } from '../postings/posting-list.ts'
import { contains, readDeletions } from '../segment/deletions.ts'
import type { SectionName } from '../segment/segment-file.ts'
import { segmentSuffix } from '../segment/segment-file.ts'
import type { OpenSegment } from '../segment/segment-reader.ts'
import { openSegment } from '../segment/segment-reader.ts'
import type { TermRecord } from '../terms/term-dictionary.ts'
import { shortListLimit } from '../terms/term-dictionary.ts'
import type { ManifestSegment } from './manifest.ts'
import { manifestCopy, manifestFile, readManifest, readManifestCopy } from './manifest.ts'
import { createPageCache } from './page-cache.ts'
import type { PositionBlock } from './reader.ts'
import { identityOrNull } from './snapshot.ts'
import type { Storage } from './storage.ts'
import { nodeStorage } from './storage.ts'

export interface CheckFault {
  /** In Chinese, with file, section and offset in words. */
  message: string
  file: string
  section?: string
  /** Byte in the section. */
  offset?: number
}

export interface CheckReport {
  generation: number
  segmentCount: number
  /** Live documents of the segments that could be read. */
  documentCount: number
  keyCount: number
  /** Empty when all is well. */
  faults: CheckFault[]
}

const faultsPerSegment = 100
const sliceMilliseconds = 8

/** Throws INDEX_MISSING when there is no index and INDEX_FORMAT for another version; everything else is a fault of the report. */
export async function checkIndex(directory: string, storage: Storage = nodeStorage): Promise<CheckReport> {
  for (let attempt = 0; ; attempt++) {
    const identity = identityOrNull(directory, storage)
    const report: CheckReport = { generation: 0, segmentCount: 0, documentCount: 0, keyCount: 0, faults: [] }
    const steps = checkSteps(directory, storage, report)
    const pause = createTimeSlice(sliceMilliseconds)
    while (!steps.next().done) await pause()
    // A commit meanwhile may have swept files away that were still to be checked: that is no damage.
    if (report.faults.length === 0 || attempt === 10 || identityOrNull(directory, storage) === identity)
      return report
  }
}

function toFault(error: unknown, file: string): CheckFault {
  if (!(error instanceof SearchError)) throw error
  const { section, offset } = error.details
  return {
    message: error.message,
    file: error.details.file ?? file,
    ...(section === undefined ? {} : { section }),
    ...(offset === undefined ? {} : { offset }),
  }
}

function* checkSteps(directory: string, storage: Storage, report: CheckReport): Generator<undefined, void> {
  let read: ReturnType<typeof readManifest>
  try {
    read = readManifest(storage, directory)
  } catch (error) {
    if (error instanceof SearchError && error.code === 'INDEX_FORMAT') throw error
    report.faults.push(toFault(error, join(directory, manifestFile)))
    return
  }
  if (!read || read.manifest.generation === 0)
    throw new SearchError('INDEX_MISSING', `这里还没有索引：${directory}`, { file: directory })
  const { manifest, fault } = read
  if (fault) report.faults.push(toFault(fault, join(directory, manifestFile)))
  report.generation = manifest.generation
  try {
    const copy = readManifestCopy(storage, directory, manifest.generation)
    if (!fault && JSON.stringify(copy) !== JSON.stringify(manifest)) {
      const path = join(directory, manifestCopy(manifest.generation))
      throw new SearchError('INDEX_CORRUPT', `索引清单的副本与清单不同：${path}`, {
        file: path,
        section: 'manifest',
      })
    }
  } catch (error) {
    report.faults.push(toFault(error, join(directory, manifestCopy(manifest.generation))))
  }
  report.segmentCount = manifest.segments.length
  const seen = new Map<string, string>()
  for (const entry of manifest.segments) {
    const path = join(directory, entry.name + segmentSuffix)
    let segment: OpenSegment
    try {
      segment = openSegment(storage, directory, entry.name, createPageCache(16 << 20), (documentCount) =>
        entry.deletions === null ? null : readDeletions(storage, directory, entry.deletions, documentCount),
      )
    } catch (error) {
      report.faults.push(toFault(error, path))
      continue
    }
    try {
      yield* checkSegment(segment, entry, report, seen)
    } catch (error) {
      // Bytes that hold their checksum and still cannot be read were written wrong.
      const wrong = error instanceof RangeError ? segment.file.fault('meta', 0, '内容前后不一') : error
      report.faults.push(toFault(wrong, path))
    } finally {
      segment.close()
    }
    yield
  }
}

function* checkSegment(
  segment: OpenSegment,
  entry: ManifestSegment,
  report: CheckReport,
  seen: Map<string, string>,
): Generator<undefined, void> {
  let count = 0
  const fault = (section: SectionName, offset: number, what: string) => {
    if (count++ < faultsPerSegment) {
      const error = segment.file.fault(section, offset, what)
      report.faults.push(toFault(error, segment.file.path))
    }
  }
  for (const [section, offset] of segment.file.verify()) {
    if (section !== null) fault(section, offset, '校验和不符')
    yield
  }
  // What stands in damaged pages would only be reported a second time.
  if (count > 0) return
  if (segment.documentCount !== entry.documentCount) {
    fault('meta', 0, `清单说有 ${entry.documentCount} 篇，文件里有 ${segment.documentCount} 篇`)
    return
  }
  if (segment.liveCount !== entry.liveCount) {
    fault('meta', 0, `清单说有 ${entry.liveCount} 篇未删除，实有 ${segment.liveCount} 篇`)
  }
  report.documentCount += segment.liveCount
  yield* checkColumns(segment, fault)
  yield* checkDocuments(segment, fault, seen)
  yield* checkLists(segment, fault)
  report.keyCount += segment.keyCount
}

type Fault = (section: SectionName, offset: number, what: string) => void

function* checkColumns(segment: OpenSegment, fault: Fault): Generator<undefined, void> {
  const { columns, documentCount } = segment
  for (const { name, kind } of columns.specs) {
    if (kind === 'number') continue
    const { terms, codes, starts } = columns.texts(name)
    for (let d = 0; d < documentCount; d++) {
      if (d % 4096 === 0) yield
      for (let i = starts[d]!; i < starts[d + 1]!; i++)
        if (codes[i]! >= terms.length) fault('columns', 0, `第 ${d} 篇的 ${name} 代码超出范围`)
    }
  }
  for (let d = 0; d < documentCount; d++) {
    if (d % 4096 === 0) yield
    let before = 0
    for (let k = 0; k < columns.boundaryCount; k++) {
      const boundary = columns.boundaries[d * columns.boundaryCount + k]!
      if (boundary < before || boundary > columns.textLength[d]!) {
        fault('columns', 0, `第 ${d} 篇的字段边界 ${boundary} 有误`)
      }
      before = boundary
    }
  }
}

/** Ids lead to their documents and no two live documents share one; every stored text can be read. */
function* checkDocuments(
  segment: OpenSegment,
  fault: Fault,
  seen: Map<string, string>,
): Generator<undefined, void> {
  for (let d = 0; d < segment.documentCount; d++) {
    if (d % 64 === 0) yield
    const id = segment.idOf(d)
    if (!segment.ids.documentsOf(id).includes(d)) fault('id-index', 0, `按编号 ${id} 找不到第 ${d} 篇`)
    try {
      segment.stored(d)
    } catch (error) {
      if (!(error instanceof SearchError)) throw error
      fault('stored', error.details.offset ?? 0, `第 ${d} 篇读不出来`)
    }
    if (contains(segment.deleted, d)) continue
    const other = seen.get(id)
    if (other !== undefined) fault('ids', 0, `编号 ${id} 在 ${other} 中已经有了`)
    seen.set(id, segment.name)
  }
}

function* checkLists(segment: OpenSegment, fault: Fault): Generator<undefined, void> {
  const { documentCount, file } = segment
  const prints = new Uint32Array(documentCount)
  const ends = { short: 0, documents: 0, impacts: 0, positions: 0 }
  let keyCount = 0
  let previous: string | null = null
  for (const record of segment.dictionary.from('')) {
    if (keyCount++ % 64 === 0) yield
    if (previous !== null && record.key <= previous) {
      fault('keys', 0, `词 ${JSON.stringify(record.key)} 没有排在 ${JSON.stringify(previous)} 之后`)
    }
    previous = record.key
    checkList(segment, record, prints, fault)
    ends.short = record.shortOffset + record.sizes.short
    ends.documents = record.documentsOffset + record.sizes.skips + record.sizes.documents
    ends.impacts = record.impactsOffset + record.sizes.impacts
    ends.positions = record.positionsOffset + record.sizes.positions
  }
  if (keyCount !== segment.keyCount) {
    fault('keys', 0, `应有 ${segment.keyCount} 个词，实有 ${keyCount} 个`)
  }
  const lengths: [SectionName, number][] = [
    ['short-lists', ends.short],
    ['documents', ends.documents],
    ['impacts', ends.impacts],
    ['positions', ends.positions],
  ]
  for (const [section, end] of lengths) {
    if (file.length(section) !== end) fault(section, end, `应长 ${end}，实长 ${file.length(section)}`)
  }
  const expected = segment.fingerprints()
  for (let d = 0; d < documentCount; d++) {
    if (prints[d] !== expected[d]) fault('fingerprints', d * 4, `第 ${d} 篇的字不全在它们的记录中`)
  }
}

const documents = new Uint32Array(128)
const impacts = new Uint8Array(128)
const block: PositionBlock = { starts: new Uint32Array(129), positions: new Uint32Array(512) }

function checkList(segment: OpenSegment, record: TermRecord, prints: Uint32Array, fault: Fault): void {
  const { key } = record
  const { textLength } = segment.columns
  const isShort = record.documentCount <= shortListLimit
  const section: SectionName = isShort ? 'short-lists' : 'documents'
  const offset = isShort ? record.shortOffset : record.documentsOffset
  const wrong = (what: string) => fault(section, offset, `词 ${JSON.stringify(key)}：${what}`)
  const list = openPostingList(segment.file, record, textLength)
  const first = key.charCodeAt(0)
  const pair = ((first << 16) | key.charCodeAt(1)) >>> 0
  let before = -1
  let total = 0
  let most = 0
  for (let b = 0; b < list.blockCount; b++) {
    const count = list.decodeDocuments(b, documents)
    list.decodeImpacts(b, impacts)
    if (list.hasPositions) list.decodePositions(b, block)
    let blockMost = 0
    for (let i = 0; i < count; i++) {
      const document = documents[i]!
      if (document <= before || document >= segment.documentCount) {
        wrong(`文章序号 ${document} 有误`)
        return
      }
      before = document
      blockMost = Math.max(blockMost, impacts[i]!)
      if (key.length === 1) prints[document] = prints[document]! + gramFingerprint(first, unitPosition)
      if (!list.hasPositions) continue
      let last = -1
      for (let p = block.starts[i]!; p < block.starts[i + 1]!; p++) {
        const position = block.positions[p]!
        if (position <= last || position + 1 >= textLength[document]!) {
          wrong(`第 ${document} 篇中的位置 ${position} 有误`)
        }
        last = position
        prints[document] = prints[document]! + gramFingerprint(pair, position)
      }
    }
    if (list.lastDocument(b) !== before) wrong(`第 ${b} 块的末篇有误`)
    if (list.blockMaxImpact(b) !== blockMost) wrong(`第 ${b} 块的最大权重有误`)
    most = Math.max(most, blockMost)
    total += count
  }
  if (total !== record.documentCount) wrong(`应有 ${record.documentCount} 篇，实有 ${total} 篇`)
  if (most !== record.maxImpact) wrong(`最大权重应为 ${record.maxImpact}，实为 ${most}`)
}
