// The manifest: which segments and deletion sets make up the index now. A commit is the moment it is swapped in.

import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { SearchError } from '../../model/errors.ts'
import type { Storage } from './storage.ts'
import { isMissing, replaceFile } from './storage.ts'

export const manifestFormat = 'xunbao-index'
/** The version this code writes. It reads no other. */
export const manifestVersion = 1
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

/**
 * The current manifest, null when the folder holds none; `fault` when it is damaged and its copy stands in.
 * Throws INDEX_CORRUPT when no copy can be read, INDEX_FORMAT for another version, STORAGE when reading fails.
 */
export function readManifest(
  storage: Storage,
  directory: string,
): { manifest: Manifest; fault: SearchError | null } | null {
  const path = join(directory, manifestFile)
  try {
    return { manifest: parseManifest(path, decode(storage.readWhole(path))), fault: null }
  } catch (error) {
    if (isMissing(error)) return null
    if (!(error instanceof SearchError)) throw error
    // A damaged version number looks like another version: only a readable copy tells them apart.
    const copies = storage
      .list(directory)
      .map(generationOfCopy)
      .filter((generation) => generation !== null)
      .sort((a, b) => b - a)
    for (const generation of copies) {
      const copy = join(directory, manifestCopy(generation))
      try {
        return { manifest: parseManifest(copy, decode(storage.readWhole(copy))), fault: error }
      } catch {
        // The next older copy may be whole.
      }
    }
    throw error
  }
}

/** The copy of a manifest. Throws INDEX_CORRUPT, INDEX_FORMAT or STORAGE. */
export function readManifestCopy(storage: Storage, directory: string, generation: number): Manifest {
  const path = join(directory, manifestCopy(generation))
  return parseManifest(path, decode(storage.readWhole(path)))
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
