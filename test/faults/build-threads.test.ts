// A build whose threads fail: an error that names the batch, never a hang, and the old index untouched.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { buildIndex as Build } from '../../src/ingest/build-index.ts'
import type { segmentCrew as SegmentCrew } from '../../src/ingest/indexing-crew.ts'
import type { createCrewOf as CreateCrew } from '../../src/ingest/worker-pool.ts'
import type { Article } from '../../src/schema/article.ts'

// Threads are started from the compiled program, so these tests use it throughout.
const compiled = (path: string) => new URL(`../../dist/${path}`, import.meta.url)
if (!existsSync(compiled('ingest/worker.js'))) throw new Error('没有 dist：先运行 npm run compile')
const { createCrewOf }: { createCrewOf: typeof CreateCrew } = await import(
  compiled('ingest/worker-pool.js').href
)
const { segmentCrew }: { segmentCrew: typeof SegmentCrew } = await import(
  compiled('ingest/indexing-crew.js').href
)
const { buildIndex }: { buildIndex: typeof Build } = await import(compiled('ingest/build-index.js').href)

vi.setConfig({ testTimeout: 300_000 })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-threads-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const article = (id: string): Article => ({
  id,
  type: 'article',
  paper: '',
  date: '',
  pageNo: 0,
  headline: `标题${id}`,
  paragraphs: ['社区里的事。'],
  source: `a.jsonl:${id}`,
})

let names = 0
const newName = () => `segment-test-${++names}`

describe('线程出错', () => {
  it('gives the same archive with threads as without', async () => {
    const source = join(folder, 'a.jsonl')
    const lines = Array.from({ length: 3000 }, (_, i) =>
      JSON.stringify({ id: `n${i}`, title: `标题${i}`, body: '社区里的事。'.repeat(40) }),
    )
    // The last of two articles with one id wins, whichever thread is faster.
    lines.push(JSON.stringify({ id: 'n0', title: '改过的标题' }))
    writeFileSync(source, lines.join('\n'))
    const index = join(folder, 'index')
    const report = await buildIndex({ sources: [source], index, workers: 2, budgetBytes: 1 << 20 })
    expect(report).toMatchObject({ articles: 3000, faultCount: 0, committed: true })
    const { openSnapshot } = await import(compiled('index/directory/snapshot.js').href)
    const snapshot = openSnapshot(index)
    expect(snapshot.documentCount).toBe(3000)
    const texts: string[] = []
    for (const segment of snapshot.segments) {
      const document = segment.documentOf('n0')
      if (document >= 0) texts.push(JSON.parse(segment.stored(document)).headline)
    }
    snapshot.close()
    expect(texts).toEqual(['改过的标题'])
  })

  it('takes what a program gives alike with threads and without, though no thread can be sent a function', async () => {
    const articles = [
      { id: '甲', title: '甲', body: '一' },
      { id: '乙', title: '乙', body: '二', note: () => 1 },
    ]
    for (const workers of [0, 1]) {
      const report = await buildIndex({ index: join(folder, `index-${workers}`), articles, workers })
      expect(report).toMatchObject({ articles: 2, faultCount: 0 })
    }
  })

  it('is an error when a segment cannot be written, and the old index stays', async () => {
    const pool = createCrewOf(
      1,
      segmentCrew({ directory: join(folder, 'missing', 'folder'), budgetBytes: 1 << 30 }),
      newName,
    )
    await pool.index([{ article: article('1') }, { article: article('2') }])
    await expect(pool.flush()).rejects.toMatchObject({ name: 'SearchError', code: 'STORAGE' })
    await pool.close()
  })

  it('names the batch of a thread that ends in the middle of it', async () => {
    const pool = createCrewOf(1, segmentCrew({ directory: folder, budgetBytes: 1 << 30 }), newName)
    await pool.index([{ article: article('7') }, { article: article('8') }])
    const flushed = pool.flush()
    flushed.catch(() => {})
    await pool.close()
    await expect(flushed).rejects.toThrow('a.jsonl:7')
    await expect(pool.index([{ article: article('9') }])).rejects.toThrow('a.jsonl:7')
    expect(readdirSync(folder)).toEqual([])
  })
})
