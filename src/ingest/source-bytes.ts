// The bytes of a source file, plain or gzip (told by its first bytes), as a stream and as a look at its beginning.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { constants, createGunzip, gunzipSync } from 'node:zlib'

export interface SourceBytes {
  /** Uncompressed. Fails with what the file system says, or with an error that `isGzipDamage` knows. */
  readonly stream: Readable
  /** Of the file, as it lies on the disk. */
  readonly bytesRead: number
  close(): void
}

export function openSource(path: string): SourceBytes {
  const { isZipped } = readHead(path, 2)
  const raw = createReadStream(path, { highWaterMark: 1 << 20 })
  const stream = isZipped ? raw.pipe(createGunzip({ chunkSize: 1 << 20 })) : raw
  // pipe() does not forward errors: a vanished disk must end the reading, not hang it.
  if (isZipped) raw.on('error', (error) => stream.destroy(error))
  return {
    stream,
    get bytesRead() {
      return raw.bytesRead
    },
    close() {
      raw.destroy()
      stream.destroy()
    },
  }
}

/** The beginning of a file, unzipped as far as it goes: damage is found when the whole is read. */
export function readHead(path: string, length: number): { head: Buffer; isZipped: boolean } {
  const buffer = Buffer.alloc(length)
  const descriptor = openSync(path, 'r')
  let head: Buffer
  try {
    head = buffer.subarray(0, readSync(descriptor, buffer, 0, length, 0))
  } finally {
    closeSync(descriptor)
  }
  const isZipped = head[0] === 0x1f && head[1] === 0x8b
  if (!isZipped) return { head, isZipped }
  try {
    return { head: gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }), isZipped }
  } catch {
    return { head: Buffer.alloc(0), isZipped }
  }
}

export const gzipDamage = 'gzip 数据不完整或已损坏'

/** Whether reading failed over the gzip data and not over the disk. */
export function isGzipDamage(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith('Z_')
}
