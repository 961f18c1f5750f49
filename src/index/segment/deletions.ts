// Deletion sets: which documents of a segment are gone, in a small file of their own beside the segment.

import { basename, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { SearchError } from '../../model/errors.ts'
import { ByteReader, ByteWriter } from '../codec/bytes.ts'
import { readPacked, writePacked } from '../codec/packed-integers.ts'
import type { DocumentSet } from '../directory/reader.ts'
import type { Storage } from '../directory/storage.ts'
import { replaceFile } from '../directory/storage.ts'

export const deletionSuffix = '.del'
const magic = [0x58, 0x42, 0x44, 0x45, 0x4c, 0x0d, 0x0a, 0x01] // XBDEL, line end, version 1

/** A set of ordinals below `documentCount`, from a list or another set. */
export function createDocumentSet(documentCount: number, ordinals: Iterable<number>): DocumentSet {
  const words = new Uint32Array((documentCount + 31) >>> 5)
  let count = 0
  for (const ordinal of ordinals) {
    const bit = 1 << (ordinal & 31)
    if ((words[ordinal >>> 5]! & bit) !== 0) continue
    words[ordinal >>> 5] = words[ordinal >>> 5]! | bit
    count++
  }
  return { words, count }
}

export function contains(set: DocumentSet | null, ordinal: number): boolean {
  return set !== null && (set.words[ordinal >>> 5]! & (1 << (ordinal & 31))) !== 0
}

export function* ordinalsOf(set: DocumentSet | null): Generator<number> {
  if (!set) return
  for (let w = 0; w < set.words.length; w++) {
    for (let word = set.words[w]!; word !== 0; word &= word - 1) yield w * 32 + 31 - Math.clz32(word & -word)
  }
}

/** Writes a set as ascending gaps; the file is lasting when its folder is. */
export function writeDeletions(storage: Storage, directory: string, file: string, set: DocumentSet): void {
  const gaps = new Uint32Array(set.count)
  let before = 0
  let i = 0
  for (const ordinal of ordinalsOf(set)) {
    gaps[i++] = ordinal - before
    before = ordinal
  }
  const writer = new ByteWriter(256)
  writer.append(Uint8Array.from(magic))
  writer.varint(set.count)
  writePacked(writer, gaps, gaps.length)
  writer.uint32(crc32(writer.take()))
  replaceFile(storage, directory, file, writer.take())
}

/** Throws INDEX_CORRUPT for a damaged file, STORAGE for one that cannot be read. */
export function readDeletions(
  storage: Storage,
  directory: string,
  file: string,
  documentCount: number,
): DocumentSet {
  const path = join(directory, file)
  const bytes = storage.readWhole(path)
  const fault = (what: string, offset: number) =>
    new SearchError('INDEX_CORRUPT', `索引文件已损坏：${basename(path)}，第 ${offset} 字节（${what}）`, {
      file: path,
      section: 'deletions',
      offset,
    })
  if (bytes.length < magic.length + 5) throw fault('文件太短', bytes.length)
  for (let i = 0; i < magic.length; i++) if (bytes[i] !== magic[i]) throw fault('不是删除表', i)
  const end = bytes.length - 4
  if (new ByteReader(bytes, end).uint32() !== crc32(bytes.subarray(0, end)))
    throw fault('校验和不符', magic.length)
  try {
    const reader = new ByteReader(bytes.subarray(0, end), magic.length)
    const ordinals = readPacked(reader, new Uint32Array(reader.varint()))
    for (let i = 1; i < ordinals.length; i++) ordinals[i] = ordinals[i]! + ordinals[i - 1]!
    if ((ordinals[ordinals.length - 1] ?? -1) >= documentCount) throw fault('文章序号超出范围', magic.length)
    return createDocumentSet(documentCount, ordinals)
  } catch (error) {
    if (error instanceof RangeError) throw fault('文件不完整', magic.length)
    throw error
  }
}
