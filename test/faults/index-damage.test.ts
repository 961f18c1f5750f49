// Flipped bits anywhere in an index: check names the file, and no answer is ever wrong.
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkIndex } from '../../src/index/directory/check.ts'
import type { Snapshot } from '../../src/index/directory/reader.ts'
import { openSnapshot } from '../../src/index/directory/snapshot.ts'
import { openIndexWriter } from '../../src/index/directory/writer.ts'
import { createSegmentBuilder } from '../../src/index/segment/segment-builder.ts'
import { SearchError } from '../../src/model/errors.ts'
import { readList } from '../unit/index/corpus.ts'
import { boundaryCount, columns, documentOf } from '../unit/index/random-documents.ts'

let directory = ''
let files: string[] = []

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'xunbao-damage-'))
  const writer = await openIndexWriter(directory, { keepMilliseconds: 0 })
  for (const part of [0, 1]) {
    const builder = createSegmentBuilder({ signature: '试', boundaryCount, columns })
    for (let i = 0; i < 150; i++) {
      const id = part * 150 + i
      builder.add(documentOf(`文-${id}`, `社区服务${id}\n人民${i % 7}许继`.repeat(1 + (i % 4)), id))
    }
    await writer.commit({ add: [builder.write(directory, writer.newSegmentName())] })
  }
  await writer.commit({ removeIds: ['文-7', '文-8', '文-200'] })
  const { generation } = writer
  await writer.close()
  files = readdirSync(directory).filter(
    (file) => !/^manifest-\d/.test(file) || file === `manifest-${generation}.json`,
  )
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Everything an index says about each of its segments, or the error that stopped it. */
function answers(): Map<string, string> {
  const all = new Map<string, string>()
  let snapshot: Snapshot
  try {
    snapshot = openSnapshot(directory)
  } catch (error) {
    expect(error).toBeInstanceOf(SearchError)
    return all
  }
  const ask = (what: string, read: () => unknown) => {
    try {
      all.set(what, JSON.stringify(read()))
    } catch (error) {
      expect(error).toBeInstanceOf(SearchError)
      expect((error as SearchError).code).toBe('INDEX_CORRUPT')
      expect((error as SearchError).details.file).toBeTruthy()
    }
  }
  for (const segment of snapshot.segments) {
    const { name } = segment
    ask(`${name} deleted`, () => Array.from(segment.deleted?.words ?? []))
    ask(`${name} columns`, () => segment.columns)
    ask(`${name} keys`, () => Array.from(segment.keys('', '\uffff'), ({ key }) => key))
    for (const key of ['社', '社区', '人民', '许继', '继人', '区服', '务1', '没有']) {
      ask(`${name} ${key}`, () => {
        const list = segment.postings(key)
        return list && readList(segment, list)
      })
    }
    for (let d = 0; d < segment.documentCount; d += 13) ask(`${name} stored ${d}`, () => segment.stored(d))
    for (const id of ['文-1', '文-7', '文-149', '文-299']) ask(`${name} ${id}`, () => segment.documentOf(id))
  }
  snapshot.close()
  return all
}

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

test('a flipped bit is found by check, and every answer is the right one or an error', async () => {
  const whole = answers()
  expect(whole.size).toBeGreaterThan(50)
  expect((await checkIndex(directory)).faults).toEqual([])
  const next = random(7)
  const places = process.env.XUNBAO_LONG ? 1000 : 60
  for (let i = 0; i < places; i++) {
    const file = files[i % files.length]!
    const path = join(directory, file)
    const bytes = readFileSync(path)
    const at = Math.floor(next() * bytes.length)
    const damaged = Buffer.from(bytes)
    damaged[at] = damaged[at]! ^ (1 << Math.floor(next() * 8))
    writeFileSync(path, damaged)
    try {
      for (const [what, answer] of answers())
        expect([file, at, what, answer]).toEqual([file, at, what, whole.get(what)])
      const faults = await checkIndex(directory).then(
        (report) => report.faults,
        // A flipped version number: refused by name.
        (error: SearchError) => [{ file: error.details.file ?? '', message: error.message }],
      )
      expect([at, ...faults.map((fault) => fault.file)]).toContain(path)
    } finally {
      writeFileSync(path, bytes)
    }
  }
}, 1_200_000)

test('a segment cut short or missing is named while the other goes on serving', async () => {
  const [first] = files.filter((file) => file.endsWith('.seg'))
  const path = join(directory, first!)
  const bytes = readFileSync(path)
  for (const length of [0, 10, 100, bytes.length - 1]) {
    truncateSync(path, length)
    const snapshot = openSnapshot(directory)
    expect(snapshot.faults.map(({ segment }) => `${segment}.seg`)).toEqual([first])
    expect(snapshot.segments.length).toBe(1)
    expect(snapshot.documentCount).toBeLessThan(151)
    snapshot.close()
    expect((await checkIndex(directory)).faults[0]?.file).toBe(path)
    writeFileSync(path, bytes)
  }
  rmSync(path)
  const snapshot = openSnapshot(directory)
  expect(snapshot.faults.length).toBe(1)
  snapshot.close()
  writeFileSync(path, bytes)
  expect((await checkIndex(directory)).faults).toEqual([])
})
