// The file of one segment: header, sections one after the other, and a table with a checksum for each 16 KB of each section.

import { basename, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { SearchError } from '../../model/errors.ts'
import { ByteReader, ByteWriter } from '../codec/bytes.ts'
import type { CacheEntry, CacheSpace, PageCache } from '../directory/page-cache.ts'
import type { ReadableFile, Storage } from '../directory/storage.ts'
import type { Spool } from './spool.ts'

/** The version this code writes; it reads version 1 as well, whose columns were those of a newspaper. */
const segmentVersion = 2
export const segmentSuffix = '.seg'

/** A checksum covers this many bytes: the least that is read and verified at once. */
const pageSize = 1 << 14

const magic = [0x58, 0x42, 0x53, 0x45, 0x47, 0x0d, 0x0a, 0x1a] // XBSEG, then a line end that a careless copy would change
const headerSize = 16
const trailerSize = 16

/** Sections in the order in which they stand in the file. */
export const sectionNames = [
  'meta',
  'columns',
  'key-index',
  'id-index',
  'stored-index',
  'fingerprints',
  'keys',
  'short-lists',
  'documents',
  'impacts',
  'positions',
  'ids',
  'codebooks',
  'stored',
] as const
export type SectionName = (typeof sectionNames)[number]

interface SectionEntry {
  name: SectionName
  offset: number
  length: number
  checksums: Uint32Array
}

/** So much is made lasting at once: the last sync of a large file would stand still for seconds. */
const syncBytes = 32 << 20

/** Writes all sections into a new file and makes it lasting, a megabyte or so each step. Returns its size in bytes. */
export function* writeSegmentFile(
  storage: Storage,
  directory: string,
  name: string,
  sections: Record<SectionName, Spool>,
): Generator<undefined, number> {
  const file = storage.create(join(directory, name + segmentSuffix))
  let position = 0
  let synced = 0
  const buffer = new Uint8Array(pageSize * 64)
  let used = 0
  let checksums: number[] = []

  function flush(): void {
    for (let at = 0; at < used; at += pageSize) {
      checksums.push(crc32(buffer.subarray(at, Math.min(used, at + pageSize))))
    }
    file.write(buffer.subarray(0, used))
    position += used
    used = 0
    if (position - synced < syncBytes) return
    file.sync()
    synced = position
  }

  try {
    const header = new ByteWriter(headerSize)
    header.append(Uint8Array.from(magic))
    header.uint32(segmentVersion)
    header.align(headerSize)
    file.write(header.take())
    position = headerSize
    const table = new ByteWriter(1 << 16)
    table.varint(sectionNames.length)
    for (const section of sectionNames) {
      const spool = sections[section]
      const offset = position
      checksums = []
      for (const bytes of spool.drain()) {
        for (let from = 0; from < bytes.length; ) {
          const count = Math.min(bytes.length - from, buffer.length - used)
          buffer.set(bytes.subarray(from, from + count), used)
          used += count
          from += count
          if (used === buffer.length) flush()
        }
        yield
      }
      flush()
      table.string(section)
      table.varint(offset)
      table.varint(position - offset)
      for (const checksum of checksums) table.uint32(checksum)
      const padding = (8 - (position % 8)) % 8
      file.write(new Uint8Array(padding))
      position += padding
    }
    const length = table.length
    table.uint32(length)
    table.uint32(crc32(table.bytes.subarray(0, length)))
    table.append(Uint8Array.from(magic))
    file.write(table.take())
    position += table.length
    file.sync()
  } finally {
    file.close()
  }
  return position
}

/** An open segment file. Every byte it gives out has been held against its checksum once. */
export interface SegmentFile {
  readonly path: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Of the format. */
  readonly version: number
  length(section: SectionName): number
  /** A whole section, not cached. */
  readAll(section: SectionName): Uint8Array
  /** Pages that hold `length` bytes from `offset`, through the cache; four bytes beyond can be read as well. */
  region(section: SectionName, offset: number, length: number): CacheEntry
  /** A name space of the same cache for what is made from the file. */
  space(): CacheSpace
  /** Holds every page against its checksum again, page by page, and the gaps against zero: the section when it fails, null when it holds. */
  verify(): Generator<[SectionName | null, number]>
  fault(section: SectionName, offset: number, what: string): SearchError
  close(): void
}

/** Throws INDEX_FORMAT for a file of another version, INDEX_CORRUPT for a damaged one, STORAGE when it cannot be read. */
export function openSegmentFile(
  storage: Storage,
  directory: string,
  name: string,
  cache: PageCache,
): SegmentFile {
  const path = join(directory, name + segmentSuffix)
  const file = storage.openRead(path)
  try {
    const { version, entries } = readTable(file, path)
    return createReader(file, path, name, version, entries, cache)
  } catch (error) {
    file.close()
    throw error
  }
}

function corrupt(path: string, what: string, section?: string, offset?: number): SearchError {
  const place = `${section === undefined ? '' : `，${section} 区`}${offset === undefined ? '' : `，第 ${offset} 字节`}`
  return new SearchError('INDEX_CORRUPT', `索引文件已损坏：${basename(path)}${place}（${what}）`, {
    file: path,
    ...(section === undefined ? {} : { section }),
    ...(offset === undefined ? {} : { offset }),
  })
}

function readTable(
  file: ReadableFile,
  path: string,
): { version: number; entries: Map<SectionName, SectionEntry> } {
  if (file.size < headerSize + trailerSize) throw corrupt(path, '文件太短', 'header', 0)
  const header = new Uint8Array(headerSize)
  file.read(header, headerSize, 0)
  for (let i = 0; i < magic.length; i++) {
    if (header[i] !== magic[i]) throw corrupt(path, '不是索引段文件', 'header', i)
  }
  const version = new ByteReader(header, magic.length).uint32()
  if (version !== segmentVersion && version !== 1) {
    throw new SearchError(
      'INDEX_FORMAT',
      `不认识的索引段格式：${basename(path)} 是 XBSEG 第 ${version} 版，这个程序读第 1 到 ${segmentVersion} 版；请重建索引`,
      { file: path, section: 'header', offset: magic.length },
    )
  }
  for (let i = magic.length + 4; i < headerSize; i++) {
    if (header[i] !== 0) throw corrupt(path, '文件头有误', 'header', i)
  }
  const trailer = new Uint8Array(trailerSize)
  file.read(trailer, trailerSize, file.size - trailerSize)
  for (let i = 0; i < magic.length; i++) {
    if (trailer[8 + i] !== magic[i]) {
      throw corrupt(path, '文件没有写完', 'table', file.size - magic.length + i)
    }
  }
  const tail = new ByteReader(trailer)
  const length = tail.uint32()
  const checksum = tail.uint32()
  const tableOffset = file.size - trailerSize - length
  if (tableOffset < headerSize) throw corrupt(path, '目录长度有误', 'table', file.size - trailerSize)
  const bytes = new Uint8Array(length)
  file.read(bytes, length, tableOffset)
  if (crc32(bytes) !== checksum) throw corrupt(path, '校验和不符', 'table', tableOffset)
  const entries = new Map<SectionName, SectionEntry>()
  const reader = new ByteReader(bytes)
  try {
    let end = headerSize
    for (let left = reader.varint(); left > 0; left--) {
      const name = reader.string()
      const offset = reader.varint()
      const sectionLength = reader.varint()
      const checksums = new Uint32Array(Math.ceil(sectionLength / pageSize))
      for (let i = 0; i < checksums.length; i++) checksums[i] = reader.uint32()
      const known = sectionNames.find((candidate) => candidate === name)
      if (known === undefined || offset < end || offset + sectionLength > tableOffset) {
        throw corrupt(path, `目录中的 ${name} 有误`, 'table', tableOffset)
      }
      end = offset + sectionLength
      entries.set(known, { name: known, offset, length: sectionLength, checksums })
    }
  } catch (error) {
    if (error instanceof RangeError) throw corrupt(path, '目录不完整', 'table', tableOffset)
    throw error
  }
  for (const name of sectionNames) {
    if (!entries.has(name)) throw corrupt(path, `目录中没有 ${name}`, 'table', tableOffset)
  }
  return { version, entries }
}

function createReader(
  file: ReadableFile,
  path: string,
  name: string,
  version: number,
  entries: Map<SectionName, SectionEntry>,
  cache: PageCache,
): SegmentFile {
  const spaces = new Map<SectionName, CacheSpace>()
  const verified = new Map<SectionName, Uint8Array>()
  for (const entry of entries.values()) {
    spaces.set(entry.name, cache.space())
    verified.set(entry.name, new Uint8Array(entry.checksums.length))
  }

  function load(entry: SectionEntry, firstPage: number, endPage: number): Uint8Array {
    const start = firstPage * pageSize
    const length = Math.min(entry.length, endPage * pageSize) - start
    // Rounded up with a word to spare: readers of bits may look at, never use, what is behind the end.
    const bytes = new Uint8Array(((length + 3) & ~3) + 8)
    file.read(bytes, length, entry.offset + start)
    const done = verified.get(entry.name)!
    for (let page = firstPage; page < endPage; page++) {
      if (done[page] === 1) continue
      const at = (page - firstPage) * pageSize
      if (crc32(bytes.subarray(at, Math.min(length, at + pageSize))) !== entry.checksums[page]) {
        throw corrupt(path, '校验和不符', entry.name, page * pageSize)
      }
      done[page] = 1
    }
    return bytes
  }

  return {
    path,
    name,
    size: file.size,
    version,
    length: (section) => entries.get(section)!.length,
    readAll(section) {
      const entry = entries.get(section)!
      return load(entry, 0, entry.checksums.length).subarray(0, entry.length)
    },
    region(section, offset, length) {
      const entry = entries.get(section)!
      if (offset < 0 || offset + length > entry.length) {
        throw corrupt(path, `指向区外：长 ${length}`, section, offset)
      }
      const firstPage = Math.floor(offset / pageSize)
      // A list of one document among one takes no bytes at all.
      const endPage = Math.max(firstPage, Math.ceil((offset + length) / pageSize))
      const key = firstPage * 1048576 + (endPage - firstPage)
      const space = spaces.get(section)!
      return space.get(key) ?? space.set(key, load(entry, firstPage, endPage), firstPage * pageSize)
    },
    space: () => cache.space(),
    *verify() {
      const buffer = new Uint8Array(pageSize)
      for (const entry of entries.values()) {
        for (let page = 0; page < entry.checksums.length; page++) {
          const length = Math.min(pageSize, entry.length - page * pageSize)
          file.read(buffer, length, entry.offset + page * pageSize)
          const holds = crc32(buffer.subarray(0, length)) === entry.checksums[page]
          yield [holds ? null : entry.name, page * pageSize]
        }
        const gap = (8 - ((entry.offset + entry.length) % 8)) % 8
        file.read(buffer, gap, entry.offset + entry.length)
        for (let i = 0; i < gap; i++) if (buffer[i] !== 0) yield [entry.name, entry.length + i]
      }
    },
    fault: (section, offset, what) => corrupt(path, what, section, offset),
    close: () => file.close(),
  }
}
