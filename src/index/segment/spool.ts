// A section of a segment while it is written: in memory up to a limit, in a file of its own beyond it.
import type { Storage, WritableFile } from '../directory/storage.ts'

const chunkSize = 1 << 20

/** Bytes appended at the end and read back once, in order. */
export interface Spool {
  readonly length: number
  append(bytes: Uint8Array): void
  /** Zeros up to a multiple of `to`. */
  align(to: number): void
  /** Hands over everything in pieces, each valid until the next is asked for, and lets go of it. */
  drain(): Generator<Uint8Array, void>
  /** Lets go of everything. */
  discard(): void
}

/** `path` is where bytes beyond `limit` go; with no limit everything stays in memory. */
export function createSpool(storage: Storage, path: string, limit = Number.POSITIVE_INFINITY): Spool {
  let chunks: Uint8Array[] = []
  let current = new Uint8Array(4096)
  let used = 0
  let held = 0
  let length = 0
  let spilled = 0
  let file: WritableFile | null = null

  function turn(): void {
    if (used > 0) {
      chunks.push(current.subarray(0, used))
      held += used
    }
    current = new Uint8Array(Math.min(chunkSize, Math.max(4096, current.length * 4)))
    used = 0
    if (held < limit) return
    file ??= storage.create(path)
    for (const chunk of chunks) file.write(chunk)
    spilled += held
    chunks = []
    held = 0
  }

  function append(bytes: Uint8Array): void {
    let from = 0
    while (from < bytes.length) {
      if (used === current.length) turn()
      const count = Math.min(bytes.length - from, current.length - used)
      if (count === bytes.length) current.set(bytes, used)
      else current.set(bytes.subarray(from, from + count), used)
      used += count
      from += count
    }
    length += bytes.length
  }

  function discard(): void {
    chunks = []
    current = new Uint8Array(0)
    used = 0
    if (file) {
      file.close()
      file = null
      storage.remove(path)
    }
  }

  return {
    get length() {
      return length
    },
    append,
    align(to) {
      const rest = length % to
      if (rest > 0) append(new Uint8Array(to - rest))
    },
    *drain() {
      if (file) {
        const source = storage.openRead(path)
        try {
          const buffer = new Uint8Array(chunkSize)
          for (let at = 0; at < spilled; at += chunkSize) {
            const count = Math.min(chunkSize, spilled - at)
            source.read(buffer, count, at)
            yield buffer.subarray(0, count)
          }
        } finally {
          source.close()
        }
      }
      yield* chunks
      if (used > 0) yield current.subarray(0, used)
      discard()
    },
    discard,
  }
}
