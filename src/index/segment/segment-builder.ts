// Collects documents in memory and writes them as one segment; derives the gram layer from their text.
import { SearchError } from '../../model/errors.ts'
import { createDocValuesWriter, NumberList } from '../columns/doc-values.ts'
import type { Storage } from '../directory/storage.ts'
import { nodeStorage } from '../directory/storage.ts'
import { GramTable, gramFingerprint, unitPosition } from '../postings/gram-table.ts'
import { invertOccurrences, longBase, pairBase } from '../postings/inversion.ts'
import { createPostingWriter } from '../postings/posting-writer.ts'
import { createDocStoreWriter } from '../store/doc-store.ts'
import { documentLimit } from '../store/id-file.ts'
import type { ColumnSpec, IndexDocument } from './document.ts'
import { barrier } from './document.ts'
import type { SegmentInfo } from './segment-writer.ts'
import { finishSteps, writeSegment } from './segment-writer.ts'
import { createSpool } from './spool.ts'

export interface SegmentBuilderOptions {
  /** What the analysis was made with; given back by the reader. */
  signature: string
  /** How many boundaries each document brings. */
  boundaryCount: number
  /** The columns that documents bring. */
  columns: readonly ColumnSpec[]
  /** 1 for each UTF-16 unit that is a break (see `breakKey`); none when left out. */
  breaks?: Uint8Array
  storage?: Storage
}

export interface SegmentBuilder {
  /** Throws ARTICLE_INVALID for a document that breaks its contract; the builder stays usable. */
  add(document: IndexDocument): void
  readonly documentCount: number
  /** Memory held, with what writing will need on top: about right, for a budget. */
  readonly bytes: number
  /** Writes the segment's file and makes it lasting; a commit makes it part of the index. The builder is spent. */
  write(directory: string, name: string): SegmentInfo
}

/** Texts are shorter than this many units. */
const textLimit = 1 << 24
const unitLimit = 2 ** 31
const barrierUnit = barrier.charCodeAt(0)

export function createSegmentBuilder(options: SegmentBuilderOptions): SegmentBuilder {
  const { signature, boundaryCount } = options
  const storage = options.storage ?? nodeStorage
  const grams = new GramTable()
  const longs = new Map<string, number>()
  const longKeys: string[] = []
  const textStarts = new NumberList()
  const units = new NumberList()
  const unitStarts = new NumberList()
  const words = new NumberList()
  const wordStarts = new NumberList()
  const fingerprints = new NumberList()
  const isBreak = options.breaks ?? new Uint8Array(0x10000)
  const breaks = new NumberList()
  const breakStarts = new NumberList()
  const columns = createDocValuesWriter(options.columns, boundaryCount)
  const ids = new Map<string, number>()
  const idList: string[] = []
  const replaced = new Set<number>()
  const stored = createSpool(storage, '')
  const storedIndex = createSpool(storage, '')
  const codebooks = createSpool(storage, '')
  const storedWriter = createDocStoreWriter(stored, storedIndex, codebooks)
  // Last document + 1 in which a unit was seen, and in which a unit, a pair or a longer key was a word.
  const unitSeen = new Uint32Array(0x10000)
  const unitWord = new Uint32Array(0x10000)
  let pairWord = new Uint32Array(1 << 14)
  let longWord = new Uint32Array(1 << 12)
  let pairs = new Uint32Array(1 << 16)
  let wordImpacts = new Uint8Array(1 << 14)
  let unitTotal = 0
  let spent = false
  textStarts.push(0)
  unitStarts.push(0)
  wordStarts.push(0)
  breakStarts.push(0)

  function scan(text: string, stamp: number): number {
    if (unitTotal + text.length > pairs.length) {
      pairs = grown(pairs, Math.ceil(Math.max(unitTotal + text.length, pairs.length * 1.5)))
    }
    let fingerprint = 0
    let before = barrierUnit
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit !== barrierUnit) {
        if (isBreak[unit] === 1) {
          breaks.push(i)
          fingerprint = (fingerprint + gramFingerprint(0, i)) | 0
        }
        if (unitSeen[unit] !== stamp) {
          unitSeen[unit] = stamp
          units.push(unit)
          fingerprint = (fingerprint + gramFingerprint(unit, unitPosition)) | 0
        }
        if (before !== barrierUnit) {
          const key = ((before << 16) | unit) >>> 0
          pairs[unitTotal + i - 1] = grams.see(key, stamp)
          fingerprint = (fingerprint + gramFingerprint(key, i - 1)) | 0
        }
      }
      before = unit
    }
    unitTotal += text.length
    return fingerprint >>> 0
  }

  /** Notes the impacts of a document's words; returns the first key that breaks the contract. */
  function note(document: IndexDocument, stamp: number): string | null {
    const { terms, impacts } = document
    for (let t = 0; t < terms.length; t++) {
      const key = terms[t]!
      let number: number
      if (key.length === 1) {
        number = key.charCodeAt(0)
        if (unitSeen[number] !== stamp || unitWord[number] === stamp) return key
        unitWord[number] = stamp
      } else if (key.length === 2) {
        const pair = grams.findSeen(((key.charCodeAt(0) << 16) | key.charCodeAt(1)) >>> 0, stamp)
        if (pair < 0) return key
        if (pair >= pairWord.length) pairWord = grown(pairWord, Math.max(grams.count, pair * 2))
        if (pairWord[pair] === stamp) return key
        pairWord[pair] = stamp
        number = pair + pairBase
      } else {
        let long = longs.get(key)
        if (long === undefined) {
          if (key.length === 0 || key.length > 0x7fff || key.includes(barrier)) return key
          long = longKeys.length
          longs.set(key, long)
          longKeys.push(key)
          if (long === longWord.length) longWord = grown(longWord, long * 2)
        }
        if (longWord[long] === stamp) return key
        longWord[long] = stamp
        number = long + longBase
      }
      if (words.length === wordImpacts.length) {
        const more = new Uint8Array(wordImpacts.length * 2)
        more.set(wordImpacts)
        wordImpacts = more
      }
      wordImpacts[words.length] = impacts[t]!
      words.push(number)
    }
    return null
  }

  function add(document: IndexDocument): void {
    if (spent) throw new SearchError('CLOSED', '这个索引段已经写出，不能再添加文章')
    const ordinal = idList.length
    check(document, boundaryCount, options.columns)
    if (ordinal >= documentLimit || unitTotal + document.text.length > unitLimit) {
      throw new SearchError('STORAGE', `一个索引段放不下这么多文章（已有 ${ordinal} 篇），请先写出再继续`, {
        id: document.id,
      })
    }
    const stamp = ordinal + 1
    fingerprints.push(scan(document.text, stamp))
    textStarts.push(unitTotal)
    unitStarts.push(units.length)
    breakStarts.push(breaks.length)
    const wordsBefore = words.length
    const wrong = note(document, stamp)
    if (wrong !== null) words.length = wordsBefore
    wordStarts.push(words.length)
    columns.add(document.columns, document.text.length, document.boundaries, 0)
    storedWriter.add(document.stored)
    idList.push(document.id)
    if (wrong !== null) {
      // Its grams stand in the lists already: the document stays as one that was deleted at birth.
      replaced.add(ordinal)
      throw invalid(document, `词“${wrong}”不在正文中，或者重复`, 'terms')
    }
    const older = ids.get(document.id)
    if (older !== undefined) replaced.add(older)
    ids.set(document.id, ordinal)
  }

  return {
    add,
    get documentCount() {
      return idList.length
    },
    get bytes() {
      // Pairs and words are held twice while they are sorted; what is written is about two bytes a unit.
      return (
        unitTotal * 10 +
        words.length * 11 +
        units.length * 8 +
        breaks.length * 4 +
        grams.bytes +
        grams.count * 12 +
        longKeys.length * 80 +
        storedWriter.bytes +
        columns.bytes +
        idList.length * 120
      )
    },
    write(directory, name) {
      if (spent) throw new SearchError('CLOSED', '这个索引段已经写出')
      spent = true
      storedWriter.finish()
      const documentCount = idList.length
      const lists = createPostingWriter(
        storage,
        directory,
        name,
        columns.textLength,
        documentCount,
        Number.POSITIVE_INFINITY,
      )
      invertOccurrences(
        {
          grams,
          pairs,
          textStarts,
          units,
          unitStarts,
          breaks,
          breakStarts,
          words,
          wordImpacts,
          wordStarts,
          longKeys,
          documentCount,
        },
        lists,
      )
      const steps = writeSegment(storage, directory, name, {
        signature,
        boundaryCount,
        ids: idList,
        columns,
        fingerprints: fingerprints.values,
        documentCount,
        replaced: [...replaced].sort((a, b) => a - b),
        lists: lists.finish(),
        stored,
        storedIndex,
        codebooks,
      })
      return finishSteps(steps)
    },
  }
}

function grown(values: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(length)
  more.set(values)
  return more
}

function invalid(document: IndexDocument, what: string, field: string): SearchError {
  return new SearchError('ARTICLE_INVALID', `文章 ${document.id} 无法编入索引：${what}`, {
    id: document.id,
    field,
  })
}

function check(document: IndexDocument, boundaryCount: number, specs: readonly ColumnSpec[]): void {
  const { text, boundaries, terms, impacts, columns } = document
  if (text.length >= textLimit) throw invalid(document, `正文超过 ${textLimit} 个字`, 'text')
  if (boundaries.length !== boundaryCount) {
    throw invalid(document, `应有 ${boundaryCount} 个字段边界，实有 ${boundaries.length} 个`, 'boundaries')
  }
  let before = 0
  for (const boundary of boundaries) {
    if (!Number.isInteger(boundary) || boundary < before || boundary > text.length) {
      throw invalid(document, `字段边界 ${boundary} 不在正文内或没有依次增大`, 'boundaries')
    }
    before = boundary
  }
  if (impacts.length !== terms.length) {
    throw invalid(document, `${terms.length} 个词有 ${impacts.length} 个权重`, 'impacts')
  }
  for (const impact of impacts) if (impact === 0) throw invalid(document, '词的权重为 0', 'impacts')
  for (const { name, kind } of specs) {
    const value = columns[name]
    if (value === undefined || fits[kind](value)) continue
    throw invalid(document, `列 ${name} 的值 ${JSON.stringify(value)} 有误`, name)
  }
}

const fits: Record<ColumnSpec['kind'], (value: unknown) => boolean> = {
  number: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32,
  keyword: (value) => typeof value === 'string',
  keywords: (value) => Array.isArray(value) && value.every((text) => typeof text === 'string'),
}
