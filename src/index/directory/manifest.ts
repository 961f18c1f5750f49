// The manifest: which segments and deletion sets make up the index now. A commit is the moment it is swapped in.

import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { SearchError } from '../../model/errors.ts'
import { segmentSuffix } from '../segment/segment-file.ts'
import type { Storage } from './storage.ts'
import { isMissing, replaceFile } from './storage.ts'

const manifestFormat = 'xunbao-index'
/** The version this code writes. It reads no other. */
const manifestVersion = 1
export const manifestFile = 'manifest.json'

export interface ManifestSegment {
  name: string
  documentCount: number
  liveCount: number
  /** Size of the segment's file. */
  bytes: number
  /** File of the deletion set, null when nothing is deleted. */
  deletions: string | null
  signature: string
  boundaryCount: number
}

export interface Manifest {
  generation: number
  segments: ManifestSegment[]
}

/** A copy of each manifest under its generation: stands in when the one that counts is damaged. */
export function manifestCopy(generation: number): string {
  return `manifest-${generation}.json`
}

const copyPattern = /^manifest-(\d+)\.json$/

/** Generation of a manifest's copy, or null for any other file. */
export function generationOfCopy(file: string): number | null {
  const match = copyPattern.exec(file)
  return match ? Number(match[1]) : null
}

function checksum(text: string): string {
  return crc32(Buffer.from(text, 'utf8')).toString(16).padStart(8, '0')
}

/** Makes a manifest the current one: the copy first, then the swap, each lasting before it returns. */
export function writeManifest(storage: Storage, directory: string, manifest: Manifest): void {
  const body = JSON.stringify({ format: manifestFormat, version: manifestVersion, ...manifest })
  const bytes = Buffer.from(`${body}\n${checksum(body)}\n`, 'utf8')
  replaceFile(storage, directory, manifestCopy(manifest.generation), bytes)
  storage.syncDirectory(directory)
  replaceFile(storage, directory, manifestFile, bytes)
  storage.syncDirectory(directory)
}

function parseManifest(path: string, text: string): Manifest {
  const fault = (what: string, line: number) =>
    new SearchError('INDEX_CORRUPT', `索引清单已损坏：${path}（${what}）`, {
      file: path,
      section: 'manifest',
      line,
    })
  const [body = '', sum = '', rest] = text.split('\n')
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw fault('不是清单', 1)
  }
  if (
    typeof value !== 'object' ||
    value === null ||
    !('format' in value) ||
    value.format !== manifestFormat
  ) {
    throw fault('不是寻报的清单', 1)
  }
  if (!('version' in value) || value.version !== manifestVersion) {
    const version = 'version' in value ? String(value.version) : '未知'
    throw new SearchError(
      'INDEX_FORMAT',
      `不认识的索引格式：${path} 是 ${manifestFormat} 第 ${version} 版，这个程序读第 ${manifestVersion} 版；请重建索引`,
      { file: path, field: 'version' },
    )
  }
  if (sum !== checksum(body) || rest !== '') throw fault('校验和不符', 2)
  return value as unknown as Manifest
}

export interface ReadManifest {
  manifest: Manifest
  /** Set when the manifest is damaged or gone, and its newest whole copy stands in. */
  fault: SearchError | null
  /** Differs between two commits even where their generations are equal: an index may be replaced by another. */
  identity: string
}

/**
 * The current manifest; null when the folder holds no index and nothing of one. A manifest that is damaged, gone or
 * a link to nowhere is stood in for by its newest whole copy. Throws INDEX_CORRUPT when no copy can be read, or when
 * segments lie here without any manifest (half a restore): such a folder must never be taken for an empty one.
 * Throws INDEX_FORMAT for another version, STORAGE when reading fails.
 */
export function readManifest(storage: Storage, directory: string): ReadManifest | null {
  const path = join(directory, manifestFile)
  let files: string[] = []
  try {
    return { ...readOne(storage, path), fault: null }
  } catch (error) {
    const isGone = isMissing(error)
    if (!isGone && !(error instanceof SearchError)) throw error
    try {
      files = storage.list(directory)
    } catch (listError) {
      if (isMissing(listError)) return null
      throw listError
    }
    // A damaged version number looks like another version: only a readable copy tells them apart.
    const fault = error instanceof SearchError && !isGone ? error : gone(path)
    const copies = files.map(generationOfCopy).filter((generation) => generation !== null)
    for (const generation of copies.sort((a, b) => b - a)) {
      try {
        return { ...readOne(storage, join(directory, manifestCopy(generation))), fault }
      } catch {
        // The next older copy may be whole.
      }
    }
    if (!isGone || copies.length > 0) throw fault
    const segments = files.filter((file) => file.endsWith(segmentSuffix))
    if (segments.length === 0) return null
    throw new SearchError(
      'INDEX_CORRUPT',
      `${directory} 里有 ${segments.length} 个索引段，却没有清单 ${manifestFile} 和它的副本（恢复得不全？）：补上清单，或把这些段移走`,
      { file: path, section: 'manifest' },
    )
  }
}

function readOne(storage: Storage, path: string): { manifest: Manifest; identity: string } {
  const text = decode(storage.readWhole(path))
  const manifest = parseManifest(path, text)
  return { manifest, identity: `${manifest.generation}-${text.split('\n')[1]}` }
}

function gone(path: string): SearchError {
  return new SearchError('INDEX_CORRUPT', `索引清单 ${path} 不在，由最新的副本代替`, {
    file: path,
    section: 'manifest',
  })
}

/** The copy of a manifest. Throws INDEX_CORRUPT, INDEX_FORMAT or STORAGE. */
export function readManifestCopy(storage: Storage, directory: string, generation: number): Manifest {
  const path = join(directory, manifestCopy(generation))
  return parseManifest(path, decode(storage.readWhole(path)))
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
