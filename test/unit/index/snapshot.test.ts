// A reader keeps its view while the index changes, sees new commits from other processes, and is told what is wrong by name.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { indexStats } from '../../../bench/index-stats.ts'
import { currentGeneration, openSnapshot, watchCommits } from '../../../src/index/directory/snapshot.ts'
import type { IndexWriter } from '../../../src/index/directory/writer.ts'
import { openIndexWriter } from '../../../src/index/directory/writer.ts'
import type { IndexDocument } from '../../../src/index/segment/document.ts'
import { createSegmentBuilder } from '../../../src/index/segment/segment-builder.ts'
import { expectSnapshot } from './corpus.ts'
import { boundaryCount, columns, documentOf } from './random-documents.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'xunbao-snapshot-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function add(writer: IndexWriter, documents: IndexDocument[], replaceAll = false): Promise<number> {
  const builder = createSegmentBuilder({ signature: '试', boundaryCount, columns })
  for (const document of documents) builder.add(document)
  return writer.commit({ add: [builder.write(directory, writer.newSegmentName())], replaceAll })
}

const documents = Array.from({ length: 40 }, (_, i) => documentOf(`文-${i}`, `社区服务${i}\n人民日报`, i))
const segmentFiles = () => readdirSync(directory).filter((file) => file.endsWith('.seg'))

test('a snapshot answers as before while everything under it is replaced, merged and swept away', async () => {
  const writer = await openIndexWriter(directory, { keepMilliseconds: 0 })
  await add(writer, documents.slice(0, 20))
  await add(writer, documents.slice(20))
  const before = openSnapshot(directory)
  await add(writer, documents.slice(0, 5), true)
  await writer.commit({ removeIds: ['文-1'] })
  await writer.merge({ floorBytes: 1 << 30, segmentsPerTier: 1, maxDeleted: 0 })
  expect(segmentFiles().length).toBe(1)
  expectSnapshot(before, documents)
  const after = openSnapshot(directory)
  expectSnapshot(after, [documents[0]!, ...documents.slice(2, 5)])
  before.close()
  after.close()
  await writer.close()
})

test('old files stay for readers on their way and go when their time is up', async () => {
  const writer = await openIndexWriter(directory, { keepMilliseconds: 60_000 })
  await add(writer, documents, true)
  await add(writer, documents, true)
  expect(segmentFiles().length).toBe(2)
  await add(writer, documents, true)
  await add(writer, documents, true)
  // Those that only the commit before the last two needed are gone.
  expect(segmentFiles().length).toBe(3)
  await writer.close()
  const late = await openIndexWriter(directory, { keepMilliseconds: 0 })
  await late.commit({})
  expect(segmentFiles().length).toBe(1)
  await late.close()
})

test('files that a crash left behind are swept when the next writer opens', async () => {
  const writer = await openIndexWriter(directory)
  await add(writer, documents)
  await writer.close()
  writeFileSync(join(directory, 'segment-left-over.seg'), 'x')
  writeFileSync(join(directory, 'segment-left-over.keys.tmp'), 'x')
  writeFileSync(join(directory, 'readme.txt'), '别人的文件')
  const next = await openIndexWriter(directory)
  await next.close()
  expect(readdirSync(directory).filter((file) => file.includes('left-over'))).toEqual([])
  expect(readFileSync(join(directory, 'readme.txt'), 'utf8')).toBe('别人的文件')
})

test('a commit of another process is seen within a second', async () => {
  const writer = await openIndexWriter(directory)
  await add(writer, documents.slice(0, 3))
  await writer.close()
  const seen: { generation: number; at: number }[] = []
  const watcher = watchCommits(directory, (generation) => seen.push({ generation, at: Date.now() }))
  const source = (file: string) => JSON.stringify(new URL(`../../../src/index/${file}`, import.meta.url).href)
  const child = spawn(process.execPath, [
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    `
    import { openIndexWriter } from ${source('directory/writer.ts')}
    const writer = await openIndexWriter(${JSON.stringify(directory)})
    await writer.commit({ removeIds: ['文-1'] })
    console.log(Date.now())
    await writer.close()
  `,
  ])
  const committed = await new Promise<number>((resolve) =>
    child.stdout.once('data', (data) => resolve(Number(data))),
  )
  await new Promise((resolve) => setTimeout(resolve, 1500))
  watcher.close()
  expect(seen.map(({ generation }) => generation)).toEqual([2])
  expect(seen[0]!.at - committed).toBeLessThan(1000)
  expect(currentGeneration(directory)).toBe(2)
})

test('no index, another format and damage are told apart by name', async () => {
  expect(currentGeneration(directory)).toBeNull()
  expect(() => openSnapshot(join(directory, '没有'))).toThrow(
    expect.objectContaining({ code: 'INDEX_MISSING' }),
  )
  const writer = await openIndexWriter(directory)
  await add(writer, documents)
  await writer.close()
  for (const file of readdirSync(directory).filter((name) => name.startsWith('manifest'))) {
    const path = join(directory, file)
    writeFileSync(path, readFileSync(path, 'utf8').replace('"version":1', '"version":7'))
  }
  expect(() => openSnapshot(directory)).toThrow(
    expect.objectContaining({
      code: 'INDEX_FORMAT',
      message: expect.stringContaining('xunbao-index 第 7 版'),
    }),
  )
})

test('a damaged manifest is named while its copy serves', async () => {
  const writer = await openIndexWriter(directory)
  await add(writer, documents)
  await writer.close()
  writeFileSync(join(directory, 'manifest.json'), '{"格式":')
  const snapshot = openSnapshot(directory)
  expect(snapshot.faults.map(({ segment }) => segment)).toEqual(['manifest.json'])
  expect(snapshot.documentCount).toBe(documents.length)
  snapshot.close()
  await (await openIndexWriter(directory)).close()
  const repaired = openSnapshot(directory)
  expectSnapshot(repaired, documents)
  repaired.close()
})

test('statistics add up to the files on disk', async () => {
  const writer = await openIndexWriter(directory)
  await add(writer, documents.slice(0, 30))
  await add(writer, documents.slice(25))
  await writer.close()
  const stats = indexStats(directory)
  expect(stats.documentCount).toBe(documents.length)
  expect(stats.deletedCount).toBe(5)
  const size = (suffix: string) =>
    readdirSync(directory)
      .filter((file) => file.endsWith(suffix))
      .reduce((sum, file) => sum + readFileSync(join(directory, file)).length, 0)
  expect(stats.bytes).toBe(size('.seg') + size('.del'))
  const sections = stats.sections.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(sections).toBeGreaterThan(size('.seg') * 0.8)
  expect(sections).toBeLessThan(size('.seg'))
})

test('a document that breaks its contract is refused by name, and the others stay', () => {
  const builder = createSegmentBuilder({ signature: '试', boundaryCount, columns })
  builder.add(documents[0]!)
  const bad: Partial<IndexDocument>[] = [
    { boundaries: [1] },
    { boundaries: [5, 2] },
    { terms: ['社区'], impacts: Uint8Array.of() },
    { terms: ['社区'], impacts: Uint8Array.of(0) },
    { terms: ['没有的'.slice(0, 2)], impacts: Uint8Array.of(3) },
    { terms: ['社区', '社区'], impacts: Uint8Array.of(3, 4) },
  ]
  for (const change of bad) {
    expect(() => builder.add({ ...documents[1]!, ...change })).toThrow(
      expect.objectContaining({ code: 'ARTICLE_INVALID', details: expect.objectContaining({ id: '文-1' }) }),
    )
  }
  builder.add(documents[2]!)
  const info = builder.write(directory, '段')
  expect(info.documentCount - info.replaced.length).toBe(2)
})
