// An index in the heap: the same port as the file system, for tests and for archives that need not last.
import { dirname } from 'node:path'
import { SearchError } from '../../model/errors.ts'
import type { Storage } from './storage.ts'

interface StoredFile {
  bytes: Uint8Array
  length: number
  modifiedMs: number
}

/** A storage of its own: nobody else sees its files, and they are gone with it. */
export function createMemoryStorage(): Storage {
  const files = new Map<string, StoredFile>()
  const fileAt = (path: string): StoredFile => {
    const file = files.get(path)
    if (file) return file
    throw fault(path, 'ENOENT', '不存在')
  }
  return {
    openRead(path) {
      // What is open stays readable when its name is given to another file or taken away.
      const { bytes, length: size } = fileAt(path)
      return {
        size,
        read(into, length, position) {
          if (position + length > size) throw fault(path, 'EIO', '文件太短')
          into.set(bytes.subarray(position, position + length))
        },
        close() {},
      }
    },
    create(path, exclusive = false) {
      if (exclusive && files.has(path)) throw fault(path, 'EEXIST', '已经存在')
      const file: StoredFile = { bytes: new Uint8Array(256), length: 0, modifiedMs: Date.now() }
      files.set(path, file)
      return {
        write(more) {
          if (file.length + more.length > file.bytes.length) {
            const grown = new Uint8Array(Math.max(file.length + more.length, file.bytes.length * 2))
            grown.set(file.bytes)
            file.bytes = grown
          }
          file.bytes.set(more, file.length)
          file.length += more.length
          file.modifiedMs = Date.now()
        },
        sync() {},
        close() {},
      }
    },
    readWhole(path) {
      const { bytes, length } = fileAt(path)
      return bytes.slice(0, length)
    },
    rename(from, to) {
      files.set(to, fileAt(from))
      files.delete(from)
    },
    remove: (path) => void files.delete(path),
    list: (directory) =>
      [...files.keys()]
        .filter((path) => dirname(path) === directory)
        .map((path) => path.slice(directory.length + 1)),
    makeDirectory() {},
    syncDirectory() {},
    modified: (path) => fileAt(path).modifiedMs,
  }
}

function fault(path: string, code: string, reason: string): SearchError {
  const cause = Object.assign(new Error(reason), { code })
  return new SearchError('STORAGE', `${path}：${reason}`, { file: path }, { cause })
}
