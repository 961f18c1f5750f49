// Indexes written by earlier versions open and hold what they held, or are refused by name; none is misread.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkIndex } from '../../src/index/directory/check.ts'
import { openSnapshot } from '../../src/index/directory/snapshot.ts'
import { openIndexWriter } from '../../src/index/directory/writer.ts'
import type { IndexDocument } from '../../src/index/segment/document.ts'
import { expectSnapshot } from '../unit/index/corpus.ts'

const first = fileURLToPath(new URL('../golden/index-format-1', import.meta.url))
let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'xunbao-compat-'))
  cpSync(first, directory, { recursive: true })
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function documents(): IndexDocument[] {
  const all = JSON.parse(readFileSync(join(first, 'documents.json'), 'utf8')) as (Omit<
    IndexDocument,
    'impacts'
  > & { impacts: number[] })[]
  return all.map(({ columns, ...document }) => {
    const { authors, ...others } = columns as Record<string, string | number>
    return {
      ...document,
      columns: { ...others, author: authors! },
      impacts: Uint8Array.from(document.impacts),
    }
  })
}

test('an index of format 1 opens, is sound, and holds what it held when it was written', async () => {
  const snapshot = openSnapshot(directory)
  expectSnapshot(snapshot, documents())
  snapshot.close()
  expect((await checkIndex(directory)).faults).toEqual([])
})

test('an index of format 1 can be written on', async () => {
  const writer = await openIndexWriter(directory)
  await writer.commit({ removeIds: ['文-1'] })
  await writer.merge({ floorBytes: 1 << 30, segmentsPerTier: 1, maxDeleted: 0 })
  await writer.close()
  const snapshot = openSnapshot(directory)
  expectSnapshot(
    snapshot,
    documents().filter(({ id }) => id !== '文-1'),
  )
  snapshot.close()
})

test('a segment of a later format is refused by name and version', async () => {
  const [file] = readdirSync(directory).filter((name) => name.endsWith('.seg'))
  const path = join(directory, file!)
  const bytes = readFileSync(path)
  bytes.writeUInt32LE(9, 8)
  writeFileSync(path, bytes)
  const snapshot = openSnapshot(directory)
  expect(snapshot.faults.map(({ message }) => message)).toEqual([expect.stringContaining('XBSEG 第 9 版')])
  snapshot.close()
  expect((await checkIndex(directory)).faults.some(({ file: at }) => at === path)).toBe(true)
})

test('a folder with another program’s manifest is refused, not overwritten', async () => {
  for (const name of readdirSync(directory)) if (/^manifest-/.test(name)) rmSync(join(directory, name))
  writeFileSync(join(directory, 'manifest.json'), '{"name":"另一个程序"}\n')
  expect(() => openSnapshot(directory)).toThrow(expect.objectContaining({ code: 'INDEX_CORRUPT' }))
  await expect(openIndexWriter(directory)).rejects.toMatchObject({ code: 'INDEX_CORRUPT' })
  expect(readFileSync(join(directory, 'manifest.json'), 'utf8')).toContain('另一个程序')
})
