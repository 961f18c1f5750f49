// A disk that refuses an operation, at every single one: the index is as it was before or as it was asked to be, and sound.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkIndex } from '../../src/index/directory/check.ts'
import { openSnapshot } from '../../src/index/directory/snapshot.ts'
import type { Storage } from '../../src/index/directory/storage.ts'
import { nodeStorage } from '../../src/index/directory/storage.ts'
import type { IndexWriter } from '../../src/index/directory/writer.ts'
import { openIndexWriter } from '../../src/index/directory/writer.ts'
import type { IndexDocument } from '../../src/index/segment/document.ts'
import { createSegmentBuilder } from '../../src/index/segment/segment-builder.ts'
import { SearchError } from '../../src/model/errors.ts'
import { expectSnapshot } from '../unit/index/corpus.ts'
import { boundaryCount, columns, documentOf } from '../unit/index/random-documents.ts'
import { createFailingStorage } from './failing-storage.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'xunbao-faults-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const old = [1, 2, 3, 4].map((i) => documentOf(`文-${i}`, `社区${i}\n人`, i))
const fresh = [3, 5].map((i) => documentOf(`文-${i}`, `新的社区${i}\n人民日报`, i + 50))

async function add(writer: IndexWriter, storage: Storage, into: string, documents: IndexDocument[]) {
  const builder = createSegmentBuilder({ signature: '试', boundaryCount, columns, storage })
  for (const document of documents) builder.add(document)
  return writer.commit({ add: [builder.write(into, writer.newSegmentName())] })
}

const operations: Record<
  string,
  { run(writer: IndexWriter, storage: Storage, into: string): Promise<unknown>; after: IndexDocument[] }
> = {
  添加和替换: {
    run: (writer, storage, into) => add(writer, storage, into, fresh),
    after: [old[0]!, old[1]!, old[3]!, ...fresh],
  },
  删除: {
    run: (writer) => writer.commit({ removeIds: ['文-1', '文-4'] }),
    after: [old[1]!, old[2]!],
  },
  合并: {
    run: (writer) => writer.merge({ floorBytes: 1 << 30, segmentsPerTier: 1, maxDeleted: 0 }),
    after: old,
  },
}

async function prepare(into: string): Promise<void> {
  const writer = await openIndexWriter(into)
  await add(writer, nodeStorage, into, old.slice(0, 2))
  await add(writer, nodeStorage, into, [...old.slice(2), documentOf('文-9', '要删的', 9)])
  await writer.commit({ removeIds: ['文-9'] })
  await writer.close()
}

/** A lock that a dying disk left half written counts as another's for two seconds. */
async function openSoon(into: string): Promise<IndexWriter> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await openIndexWriter(into)
    } catch (error) {
      if (attempt > 20 || !(error instanceof SearchError) || error.code !== 'INDEX_LOCKED') throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

function holds(into: string, documents: IndexDocument[]): boolean {
  const snapshot = openSnapshot(into)
  try {
    expectSnapshot(snapshot, documents)
    return true
  } catch (error) {
    if (error instanceof SearchError) throw error
    return false
  } finally {
    snapshot.close()
  }
}

/** Every step in the long run; every fourth in the normal one, the rest in the long one. */
const stride = process.env.XUNBAO_LONG ? 1 : 4

for (const [name, { run, after }] of Object.entries(operations)) {
  for (const forGood of [false, true]) {
    const how = forGood ? '从某一步起一直失败' : '某一步失败一次'
    test(`${name}时磁盘${how}：索引是之前的样子或要求的样子，完好，并能继续写`, async () => {
      const origin = join(directory, 'origin')
      await prepare(origin)
      let refused = 0
      for (let failAt = 0; ; failAt += stride) {
        const into = join(directory, `${failAt}`)
        cpSync(origin, into, { recursive: true })
        const storage = createFailingStorage(failAt, forGood)
        let acknowledged = false
        let writer: IndexWriter | null = null
        try {
          writer = await openIndexWriter(into, { storage })
          await run(writer, storage, into)
          acknowledged = true
        } catch (error) {
          expect(error).toBeInstanceOf(SearchError)
          expect((error as SearchError).code).toBe('STORAGE')
          refused++
        }
        if (acknowledged) expect(holds(into, after)).toBe(true)
        else if (!forGood) expect(holds(into, old)).toBe(true)
        else expect(holds(into, old) || holds(into, after)).toBe(true)
        expect((await checkIndex(into)).faults).toEqual([])
        storage.heal()
        if (!acknowledged && writer) {
          // Space is given back at once: what is left in the folder is what some commit names.
          writer.discard()
          const files = readdirSync(into).filter((file) => /\.(seg|del|tmp)$/.test(file))
          const manifests = readdirSync(into)
            .filter((file) => file.startsWith('manifest'))
            .map((file) => readFileSync(join(into, file), 'utf8'))
          const isNamed = (file: string) =>
            manifests.some((text) => text.includes(file.replace(/\.seg$/, '')))
          expect(files.filter((file) => !isNamed(file))).toEqual([])
          expect(holds(into, old) || holds(into, after)).toBe(true)
          expect((await checkIndex(into)).faults).toEqual([])
        }
        // The same writer goes on when it was opened at all, a new one when not.
        writer ??= await openSoon(into)
        await run(writer, nodeStorage, into)
        expect(holds(into, after)).toBe(true)
        await writer.close()
        const next = await openIndexWriter(into, { keepMilliseconds: 0 })
        await next.close()
        expect(readdirSync(into).filter((file) => file.endsWith('.tmp') || file.endsWith('.lock'))).toEqual(
          [],
        )
        rmSync(into, { recursive: true })
        if (storage.steps <= failAt) break
      }
      expect(refused).toBeGreaterThan(5)
    }, 600_000)
  }
}
