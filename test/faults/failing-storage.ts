// A file system that refuses its n-th operation, once or from then on.

import type { Storage } from '../../src/index/directory/storage.ts'
import { nodeStorage } from '../../src/index/directory/storage.ts'
import { SearchError } from '../../src/model/errors.ts'

export interface FailingStorage extends Storage {
  /** Operations asked for so far. */
  readonly steps: number
  /** From now on everything works again. */
  heal(): void
}

/** Refuses operation number `failAt` (from 0 on), and all later ones when `forGood`. A refused write leaves half its bytes. */
export function createFailingStorage(failAt: number, forGood: boolean): FailingStorage {
  let steps = 0
  let healed = false
  const step = (path: string) => {
    const now = steps++
    if (healed || (forGood ? now < failAt : now !== failAt)) return
    throw new SearchError('STORAGE', `写入文件失败：${path}（磁盘已满）`, { file: path })
  }
  return {
    get steps() {
      return steps
    },
    heal() {
      healed = true
    },
    openRead(path) {
      step(path)
      const file = nodeStorage.openRead(path)
      return {
        size: file.size,
        read(into, length, position) {
          step(path)
          file.read(into, length, position)
        },
        close: file.close,
      }
    },
    create(path, exclusive) {
      step(path)
      const file = nodeStorage.create(path, exclusive)
      return {
        write(bytes) {
          try {
            step(path)
          } catch (error) {
            file.write(bytes.subarray(0, bytes.length >>> 1))
            throw error
          }
          file.write(bytes)
        },
        sync() {
          step(path)
          file.sync()
        },
        close: file.close,
      }
    },
    readWhole(path) {
      step(path)
      return nodeStorage.readWhole(path)
    },
    rename(from, to) {
      step(from)
      nodeStorage.rename(from, to)
    },
    remove(path) {
      step(path)
      nodeStorage.remove(path)
    },
    list(directory) {
      step(directory)
      return nodeStorage.list(directory)
    },
    makeDirectory(path) {
      step(path)
      nodeStorage.makeDirectory(path)
    },
    syncDirectory(path) {
      step(path)
      nodeStorage.syncDirectory(path)
    },
    modified(path) {
      step(path)
      return nodeStorage.modified(path)
    },
  }
}
