// The port to the file system: the few operations the index needs, so that a test can fail each of them.
import * as fs from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { SearchError } from '../../model/errors.ts'

/** A file open for reading. */
export interface ReadableFile {
  /** Bytes. */
  readonly size: number
  /** Fills the first `length` bytes of `into` from byte `position`; throws STORAGE when the file ends before. */
  read(into: Uint8Array, length: number, position: number): void
  close(): void
}

/** A new file, written from its beginning to its end. */
export interface WritableFile {
  write(bytes: Uint8Array): void
  /** Returns when everything written is on the disk. */
  sync(): void
  close(): void
}

/** Every call is synchronous and throws STORAGE, with the system's own error as its cause. */
export interface Storage {
  openRead(path: string): ReadableFile
  /** Creates a file, or empties it. With `exclusive`, throws when it exists. */
  create(path: string, exclusive?: boolean): WritableFile
  readWhole(path: string): Uint8Array
  /** Replaces `to` in one step. */
  rename(from: string, to: string): void
  /** Removes a file; one that is not there is no fault. */
  remove(path: string): void
  /** Names of the files in a folder. */
  list(directory: string): string[]
  /** Creates a folder and those above it. */
  makeDirectory(path: string): void
  /** Makes creations, renames and removals in a folder lasting. */
  syncDirectory(path: string): void
  /** When a file was last written, in milliseconds since 1970. */
  modified(path: string): number
}

/** Whether an error says that a file or folder is not there. */
export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT')
}

/** Whether an error says that a file is there already. */
export function isTaken(error: unknown): boolean {
  return hasCode(error, 'EEXIST')
}

function hasCode(error: unknown, code: string): boolean {
  const cause = error instanceof SearchError ? error.cause : error
  return cause instanceof Error && 'code' in cause && cause.code === code
}

const reasons: Record<string, string> = {
  ENOENT: '不存在',
  EACCES: '没有权限',
  EPERM: '没有权限',
  EROFS: '文件系统只读',
  ENOSPC: '磁盘已满',
  EDQUOT: '超出磁盘配额',
  EMFILE: '打开的文件太多',
  EEXIST: '已经存在',
  ENOTDIR: '不是文件夹',
  EISDIR: '是文件夹',
  EIO: '磁盘读写出错',
}

function attempt<T>(action: string, path: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof SearchError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error))
    throw new SearchError('STORAGE', `${action}失败：${path}（${reason}）`, { file: path }, { cause: error })
  }
}

/** Opens a file for reading; a pipe or a device in its place, which may never give anything, is refused. */
function openRegular(path: string): number {
  const flags = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0)
  const descriptor = attempt('打开文件', path, () => fs.openSync(path, flags))
  const stats = fs.fstatSync(descriptor)
  if (stats.isFile() || stats.isDirectory()) return descriptor
  fs.closeSync(descriptor)
  throw new SearchError('STORAGE', `打开文件失败：${path}（不是普通文件）`, { file: path })
}

function readNodeFile(path: string): Uint8Array {
  const descriptor = openRegular(path)
  try {
    return attempt('读取文件', path, () => fs.readFileSync(descriptor))
  } finally {
    fs.closeSync(descriptor)
  }
}

/** Folder by folder from the first that is there: told to make all at once, Node never comes back from /proc. */
function makeNodeDirectory(path: string): void {
  if (fs.existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeNodeDirectory(parent)
  try {
    fs.mkdirSync(path)
  } catch (error) {
    if (!isTaken(error)) throw error
  }
}

function openNodeFile(path: string): ReadableFile {
  const descriptor = openRegular(path)
  let open = true
  return {
    size: attempt('查看文件', path, () => fs.fstatSync(descriptor).size),
    read(into, length, position) {
      if (!open) throw new SearchError('CLOSED', `文件已经关闭：${path}`, { file: path })
      let done = 0
      while (done < length) {
        const at = position + done
        const count = attempt('读取文件', path, () => fs.readSync(descriptor, into, done, length - done, at))
        if (count === 0) {
          throw new SearchError('STORAGE', `文件太短：${path} 在第 ${at} 字节处结束`, {
            file: path,
            offset: at,
          })
        }
        done += count
      }
    },
    close() {
      if (open) fs.closeSync(descriptor)
      open = false
    },
  }
}

function createNodeFile(path: string, exclusive: boolean): WritableFile {
  const descriptor = attempt('创建文件', path, () => fs.openSync(path, exclusive ? 'wx' : 'w'))
  let open = true
  return {
    write(bytes) {
      let done = 0
      while (done < bytes.length) {
        const from = done
        done += attempt('写入文件', path, () => fs.writeSync(descriptor, bytes, from, bytes.length - from))
      }
    },
    sync() {
      attempt('写入磁盘', path, () => fs.fsyncSync(descriptor))
    },
    close() {
      if (open) fs.closeSync(descriptor)
      open = false
    },
  }
}

function syncNodeDirectory(path: string): void {
  // Windows cannot open a folder; its file system makes renames lasting by itself.
  if (process.platform === 'win32') return
  attempt('写入文件夹', path, () => {
    const descriptor = fs.openSync(path, 'r')
    try {
      fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
  })
}

/** The real file system. */
export const nodeStorage: Storage = {
  openRead: openNodeFile,
  create: (path, exclusive = false) => createNodeFile(path, exclusive),
  readWhole: readNodeFile,
  rename: (from, to) => attempt('改名', from, () => fs.renameSync(from, to)),
  remove: (path) => attempt('删除文件', path, () => fs.rmSync(path, { force: true })),
  list: (directory) => attempt('列出文件夹', directory, () => fs.readdirSync(directory)),
  makeDirectory: (path) => {
    attempt('创建文件夹', path, () => makeNodeDirectory(resolve(path)))
  },
  syncDirectory: syncNodeDirectory,
  modified: (path) => attempt('查看文件', path, () => fs.statSync(path).mtimeMs),
}

/** Writes a file beside its place, makes it lasting, and swaps it in: readers see the old or the new, never a part. */
export function replaceFile(storage: Storage, directory: string, name: string, bytes: Uint8Array): void {
  const temporary = join(directory, `${name}.tmp`)
  const file = storage.create(temporary)
  try {
    file.write(bytes)
    file.sync()
  } finally {
    file.close()
  }
  storage.rename(temporary, join(directory, name))
}
