// The two archives that HTTP must stand on alike: the real one, built from files, and the one in the heap.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openArchive } from '../../../src/archive/open-archive.ts'
import type { Archive } from '../../../src/archive/port.ts'
import { buildIndex } from '../../../src/ingest/build-index.ts'
import type { Article } from '../../../src/schema/article.ts'
import { createMemoryArchive } from '../../fakes/memory-archive.ts'

export interface OpenedArchive {
  archive: Archive
  close(): Promise<void>
}

async function openReal(articles: readonly Article[]): Promise<OpenedArchive> {
  const folder = mkdtempSync(join(tmpdir(), 'xunbao-http-'))
  const source = join(folder, 'articles.jsonl')
  const index = join(folder, 'index')
  writeFileSync(source, articles.map((article) => `${JSON.stringify(article)}\n`).join(''))
  await buildIndex({ sources: [source], index, workers: 0 })
  const archive = await openArchive({ index })
  return {
    archive,
    async close() {
      await archive.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const archiveKinds: readonly [
  name: string,
  open: (articles: readonly Article[]) => Promise<OpenedArchive>,
][] = [
  ['a built archive', openReal],
  [
    'an archive in the heap',
    async (articles) => {
      const archive = createMemoryArchive(articles)
      return { archive, close: () => archive.close() }
    },
  ],
]
