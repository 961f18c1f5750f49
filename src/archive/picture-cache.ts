// Pictures that were drawn before, on disk beside the index, bounded: the ones not looked at for longest go first.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

export interface PictureCache {
  /** undefined when it is not there. */
  get(key: string): Uint8Array | undefined
  /** A full or read-only disk is no fault: the picture is drawn again next time. */
  set(key: string, bytes: Uint8Array): void
}

/** A look makes a file young again, at most so often. */
const refreshMilliseconds = 3_600_000
/** So much of the bound is left after making room, so that it is not made for each picture. */
const roomShare = 0.8

/** Keeps at most `mostBytes` in a folder of its own. */
export function createPictureCache(folder: string, mostBytes: number): PictureCache {
  let total: number | undefined
  const fileOf = (key: string) => join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32))

  function files(): { path: string; bytes: number; time: number }[] {
    return readdirSync(folder).map((name) => {
      const path = join(folder, name)
      const { size, mtimeMs } = statSync(path)
      return { path, bytes: size, time: mtimeMs }
    })
  }

  function makeRoom(): void {
    total ??= files().reduce((sum, { bytes }) => sum + bytes, 0)
    if (total <= mostBytes) return
    for (const { path, bytes } of files().sort((a, b) => a.time - b.time)) {
      if (total <= mostBytes * roomShare) break
      rmSync(path, { force: true })
      total -= bytes
    }
  }

  return {
    get(key) {
      try {
        const path = fileOf(key)
        const bytes = readFileSync(path)
        const now = Date.now()
        if (now - statSync(path).mtimeMs > refreshMilliseconds) utimesSync(path, now / 1000, now / 1000)
        return bytes
      } catch {
        return undefined
      }
    },
    set(key, bytes) {
      if (bytes.length > mostBytes) return
      try {
        if (!existsSync(folder)) mkdirSync(folder)
        const path = fileOf(key)
        // Whole or not at all: another process may read it meanwhile.
        const half = `${path}.${process.pid}`
        writeFileSync(half, bytes)
        renameSync(half, path)
        if (total !== undefined) total += bytes.length
        makeRoom()
      } catch {
        // See above.
      }
    },
  }
}
