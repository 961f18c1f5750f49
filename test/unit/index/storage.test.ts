// What every storage must do, held by each adapter.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Storage } from '../../../src/index/directory/storage.ts'
import { isMissing, isTaken, nodeStorage, replaceFile } from '../../../src/index/directory/storage.ts'
import { createFailingStorage } from '../../faults/failing-storage.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'xunbao-storage-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}

const adapters: [string, () => Storage][] = [
  ['文件系统', () => nodeStorage],
  ['会出错的存储，没有出错时', () => createFailingStorage(Number.POSITIVE_INFINITY, false)],
]

describe.each(adapters)('%s', (_name, create) => {
  test('what is written is read back, whole and in part', () => {
    const storage = create()
    const path = join(directory, '文件')
    const file = storage.create(path)
    file.write(Uint8Array.of(1, 2, 3))
    file.write(Uint8Array.of(4, 5))
    file.sync()
    file.close()
    expect(Array.from(storage.readWhole(path))).toEqual([1, 2, 3, 4, 5])
    const open = storage.openRead(path)
    expect(open.size).toBe(5)
    const into = new Uint8Array(4)
    open.read(into, 2, 3)
    expect(Array.from(into)).toEqual([4, 5, 0, 0])
    expect(caught(() => open.read(into, 4, 3))).toMatchObject({ code: 'STORAGE' })
    open.close()
    expect(Date.now() - storage.modified(path)).toBeLessThan(60_000)
  })

  test('an open file can be read after it was removed or replaced', () => {
    const storage = create()
    const path = join(directory, '文件')
    writeFileSync(path, 'abc')
    const open = storage.openRead(path)
    replaceFile(storage, directory, '文件', Buffer.from('xyz'))
    storage.remove(path)
    const into = new Uint8Array(3)
    open.read(into, 3, 0)
    expect(Buffer.from(into).toString()).toBe('abc')
    open.close()
  })

  test('missing and taken files are told apart, with the path in the message', () => {
    const storage = create()
    const path = join(directory, '没有')
    for (const run of [
      () => storage.openRead(path),
      () => storage.readWhole(path),
      () => storage.modified(path),
    ]) {
      const error = caught(run)
      expect(error).toMatchObject({ code: 'STORAGE', details: { file: path } })
      expect(isMissing(error)).toBe(true)
    }
    expect(caught(() => storage.remove(path))).toBeNull()
    storage.create(path, true).close()
    expect(isTaken(caught(() => storage.create(path, true)))).toBe(true)
  })

  test('a replaced file leaves nothing beside it, and folders are made and listed', () => {
    const storage = create()
    const below = join(directory, 'a', 'b')
    storage.makeDirectory(below)
    storage.makeDirectory(below)
    replaceFile(storage, below, '文件', Buffer.from('1'))
    replaceFile(storage, below, '文件', Buffer.from('2'))
    storage.syncDirectory(below)
    expect(storage.list(below)).toEqual(['文件'])
    expect(Buffer.from(storage.readWhole(join(below, '文件'))).toString()).toBe('2')
    storage.rename(join(below, '文件'), join(below, '改名'))
    expect(existsSync(join(below, '改名'))).toBe(true)
  })
})
