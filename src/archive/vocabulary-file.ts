// The file in the index folder that suggestions and corrections are read from, and what it was made of.
import { join } from 'node:path'
import type { Snapshot } from '../index/directory/reader.ts'
import { replaceFile, type Storage } from '../index/directory/storage.ts'
import { isLive } from '../schema/stored-articles.ts'
import { openSuggester } from '../suggest/suggester.ts'
import type { Suggester } from '../suggest/vocabulary.ts'

const fileName = 'vocabulary.bin'
/** The stamp stands in front, filled up with blanks; a multiple of eight, so that the tables are read in place. */
const stampLength = 64

export interface Vocabulary {
  suggester: Suggester
  /** What it was made of, see `stampOf`. */
  stamp: string
}

/** Says what articles a snapshot holds: the same before and after a merge, another when articles come or go. */
export function stampOf(snapshot: Snapshot): string {
  let units = 0
  let days = 0
  for (const segment of snapshot.segments) {
    const { textLength } = segment.columns
    const dates = segment.columns.numbers('date')
    for (let document = 0; document < segment.documentCount; document++) {
      if (!isLive(segment, document)) continue
      units = (units + Math.imul(textLength[document]!, 0x9e3779b1)) | 0
      days = (days + Math.imul(textLength[document]! ^ dates[document]!, 0x85ebca6b)) | 0
    }
  }
  return `${snapshot.documentCount} ${units >>> 0} ${days >>> 0}`
}

export function toVocabularyFile(snapshot: Snapshot, tables: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(stampLength + tables.length)
  bytes.set(new TextEncoder().encode(stampOf(snapshot).padEnd(stampLength)))
  bytes.set(tables, stampLength)
  return bytes
}

export function writeVocabulary(directory: string, storage: Storage, bytes: Uint8Array): void {
  replaceFile(storage, directory, fileName, bytes)
}

/** The vocabulary in the folder; null when there is none that can be read: it is made anew then. */
export function readVocabulary(directory: string, storage: Storage): Vocabulary | null {
  try {
    return openVocabulary(storage.readWhole(join(directory, fileName)))
  } catch {
    return null
  }
}

/** Throws INDEX_FORMAT or INDEX_CORRUPT. */
export function openVocabulary(bytes: Uint8Array): Vocabulary {
  const stamp = new TextDecoder().decode(bytes.subarray(0, stampLength)).trim()
  return { suggester: openSuggester(bytes.subarray(stampLength), fileName), stamp }
}
