// A rebuild: everything in one commit, the old index until then, and a report of what was left out.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkIndex } from '../../../src/index/directory/check.ts'
import { openSnapshot } from '../../../src/index/directory/snapshot.ts'
import { buildIndex } from '../../../src/ingest/build-index.ts'
import { printReport } from '../../../src/ingest/report.ts'

vi.setConfig({ testTimeout: 300_000 })

let folder: string
let index: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-build-'))
  index = join(folder, 'index')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function lines(name: string, articles: { id: string; title: string; body?: string }[]): string {
  const path = join(folder, name)
  writeFileSync(path, articles.map((article) => `${JSON.stringify(article)}\n`).join(''))
  return path
}

/** Headline by id of everything a reader of the index would find. */
function contents(): Record<string, string> {
  const snapshot = openSnapshot(index)
  try {
    const found: Record<string, string> = {}
    for (const segment of snapshot.segments)
      for (let document = 0; document < segment.documentCount; document++)
        if (segment.documentOf(segment.idOf(document)) === document)
          found[segment.idOf(document)] = JSON.parse(segment.stored(document)).headline
    return found
  } finally {
    snapshot.close()
  }
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    id: `n${from + i}`,
    title: `标题${from + i}`,
    body: `正文第${from + i}篇，说社区的事。`,
  }))

describe('重建', () => {
  it('takes everything in, in a sound index, and reports it', async () => {
    const report = await buildIndex({ sources: [lines('a.jsonl', numbered(0, 300))], index })
    expect(report).toMatchObject({ articles: 300, committed: true, faultCount: 0, byType: { article: 300 } })
    expect(Object.keys(contents())).toHaveLength(300)
    expect((await checkIndex(index)).faults).toEqual([])
    expect(printReport(report, index)).toContain('已收录 300 条')
  })

  it('gives the same contents when memory only allows small segments', async () => {
    const source = lines(
      'a.jsonl',
      numbered(0, 3000).map((article) => ({ ...article, body: article.body.repeat(20) })),
    )
    await buildIndex({ sources: [source], index, budgetBytes: 1 })
    const small = contents()
    await buildIndex({ sources: [source], index })
    expect(small).toEqual(contents())
    expect(Object.keys(small)).toHaveLength(3000)
    expect((await checkIndex(index)).faults).toEqual([])
  })

  it('replaces what was there, with nothing left over', async () => {
    await buildIndex({ sources: [lines('a.jsonl', numbered(0, 50))], index })
    await buildIndex({ sources: [lines('b.jsonl', numbered(40, 65))], index })
    expect(Object.keys(contents()).sort()).toEqual(
      numbered(40, 65)
        .map(({ id }) => id)
        .sort(),
    )
  })

  it('lets the last of several articles with one id win, also across segments', async () => {
    const first = lines('a.jsonl', [...numbered(0, 20), { id: 'n3', title: '改一' }])
    const second = lines('b.jsonl', [
      { id: 'n5', title: '改' },
      { id: 'n3', title: '改二' },
    ])
    const report = await buildIndex({ sources: [first, second], index, budgetBytes: 1 })
    expect(contents()).toMatchObject({ n3: '改二', n5: '改', n4: '标题4' })
    expect(Object.keys(contents())).toHaveLength(20)
    expect(report.articles).toBe(20)
    expect(report.warningCount).toBe(3)
  })

  it('keeps a reader of the old index reading until it looks again', async () => {
    await buildIndex({ sources: [lines('a.jsonl', [{ id: '1', title: '旧' }])], index })
    const old = openSnapshot(index)
    await buildIndex({ sources: [lines('b.jsonl', [{ id: '1', title: '新' }])], index })
    const segment = old.segments[0]!
    expect(JSON.parse(segment.stored(segment.documentOf('1'))).headline).toBe('旧')
    old.close()
    expect(contents()).toEqual({ 1: '新' })
  })

  it('leaves the old index alone when there is nothing to take in', async () => {
    await buildIndex({ sources: [lines('a.jsonl', [{ id: '1', title: '旧' }])], index })
    writeFileSync(join(folder, 'empty.jsonl'), '')
    const report = await buildIndex({
      sources: [join(folder, 'empty.jsonl'), join(folder, 'missing')],
      index,
    })
    expect(report).toMatchObject({ committed: false, articles: 0, faultCount: 2 })
    expect(contents()).toEqual({ 1: '旧' })
  })

  it('leaves the words of the editor alone', async () => {
    const source = lines('a.jsonl', [{ id: '1', title: '旧' }])
    await buildIndex({ sources: [source], index })
    writeFileSync(join(index, 'dict.txt'), '魏都模式\n')
    await buildIndex({ sources: [source], index })
    expect(readFileSync(join(index, 'dict.txt'), 'utf8')).toBe('魏都模式\n')
    expect(readdirSync(index).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('tells how far it is', async () => {
    const seen: number[] = []
    await buildIndex({
      sources: [lines('a.jsonl', numbered(0, 10)), lines('b.jsonl', numbered(10, 20))],
      index,
      onProgress: ({ bytesRead, bytesTotal }) => seen.push(bytesRead / bytesTotal),
    })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
  })
})
