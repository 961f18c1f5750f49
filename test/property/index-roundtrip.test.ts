// What is put into the index comes out of it, whatever the texts, however they are spread over segments.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkIndex } from '../../src/index/directory/check.ts'
import { openSnapshot } from '../../src/index/directory/snapshot.ts'
import { newSegmentName, openIndexWriter } from '../../src/index/directory/writer.ts'
import type { IndexDocument } from '../../src/index/segment/document.ts'
import { createSegmentBuilder } from '../../src/index/segment/segment-builder.ts'
import type { SegmentInfo } from '../../src/index/segment/segment-writer.ts'
import { corpusArbitrary, expectSnapshot } from '../unit/index/corpus.ts'
import { boundaryCount, columns, documentOf } from '../unit/index/random-documents.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'xunbao-index-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function write(documents: IndexDocument[], into: string): SegmentInfo {
  const builder = createSegmentBuilder({ signature: '试', boundaryCount, columns })
  for (const document of documents) builder.add(document)
  return builder.write(into, newSegmentName())
}

test('every document, word, gram and position of random texts is given back', async () => {
  await fc.assert(
    fc.asyncProperty(corpusArbitrary, fc.nat(29), async (documents, cut) => {
      const into = mkdtempSync(join(directory, 'run-'))
      const writer = await openIndexWriter(into)
      await writer.commit({ add: [write(documents.slice(0, cut), into), write(documents.slice(cut), into)] })
      await writer.close()
      const snapshot = openSnapshot(into)
      expectSnapshot(snapshot, documents)
      snapshot.close()
      expect((await checkIndex(into)).faults).toEqual([])
    }),
    { numRuns: process.env.XUNBAO_LONG ? 500 : 30 },
  )
}, 600_000)

/** Texts whose grams have lists of every kind: rare, beyond one block, dense, in bursts. */
function manyDocuments(count: number): IndexDocument[] {
  const documents: IndexDocument[] = []
  for (let i = 0; i < count; i++) {
    const parts = ['中国']
    if (i % 2 === 0) parts.push('人民人民')
    if (i % 7 < 3) parts.push('社区')
    if (i % 31 === 0) parts.push('许继')
    if (i > count / 2 && i < count / 2 + 200) parts.push('春运')
    if (i % (count - 1) === 0) parts.push('罕见')
    parts.push(String(i))
    documents.push(documentOf(`文章-${i}`, parts.join(i % 3 === 0 ? '\n' : ''), i))
  }
  return documents
}

test('lists of many blocks, dense and sparse, are given back', async () => {
  const documents = manyDocuments(1500)
  const writer = await openIndexWriter(directory)
  await writer.commit({ add: [write(documents, directory)] })
  const snapshot = openSnapshot(directory)
  expectSnapshot(snapshot, documents)
  snapshot.close()
  await writer.close()
})

test('random additions, replacements, removals and merges leave exactly what was asked for', async () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('add' as const),
      batches: fc.array(fc.array(fc.tuple(fc.nat(12), fc.nat(1000)), { maxLength: 6 }), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('remove' as const), ids: fc.array(fc.nat(12), { maxLength: 4 }) }),
    fc.record({ kind: fc.constant('merge' as const) }),
    fc.record({
      kind: fc.constant('rebuild' as const),
      batches: fc.array(fc.array(fc.tuple(fc.nat(12), fc.nat(1000)), { maxLength: 6 }), { maxLength: 3 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const into = mkdtempSync(join(directory, 'run-'))
      let writer = await openIndexWriter(into)
      await writer.commit({})
      let expected = new Map<string, IndexDocument>()
      for (const each of steps) {
        if (each.kind === 'merge') {
          await writer.merge({ floorBytes: 1 << 30, segmentsPerTier: 1, maxDeleted: 0 })
        } else if (each.kind === 'remove') {
          const removeIds = each.ids.map((id) => `文-${id}`)
          await writer.commit({ removeIds })
          for (const id of removeIds) expected.delete(id)
        } else {
          if (each.kind === 'rebuild') expected = new Map()
          const batches = each.batches.map((batch) =>
            batch.map(([id, seed]) => documentOf(`文-${id}`, `社区${seed}人民\n社会${id}`, seed)),
          )
          const add = batches.map((batch) => write(batch, into))
          await writer.commit({ add, replaceAll: each.kind === 'rebuild' })
          for (const document of batches.flat()) expected.set(document.id, document)
        }
        if (each.kind === 'rebuild') {
          await writer.close()
          writer = await openIndexWriter(into)
        }
        const snapshot = openSnapshot(into)
        expect(snapshot.generation).toBe(writer.generation)
        expectSnapshot(snapshot, [...expected.values()])
        snapshot.close()
        expect((await checkIndex(into)).faults).toEqual([])
      }
      await writer.close()
    }),
    { numRuns: process.env.XUNBAO_LONG ? 300 : 15 },
  )
}, 600_000)
