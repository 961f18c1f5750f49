// A vocabulary that cannot be made is not made again and again: only when the archive has changed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { openArchive } from '../../src/archive/open-archive.ts'
import { fewArticles } from '../../src/archive/vocabulary-maker.ts'
import { buildIndex } from '../../src/ingest/build-index.ts'

let tries = 0
vi.mock('../../src/archive/vocabulary-maker.ts', async (original) => ({
  ...(await original<typeof import('../../src/archive/vocabulary-maker.ts')>()),
  makeVocabulary: async () => {
    tries++
    throw new Error('读不出来')
  },
}))

test('searching goes on, says that it is not there, and tries once for each state of the archive', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunbao-vocabulary-fails-'))
  const index = join(folder, 'index')
  const articles = Array.from({ length: fewArticles + 1 }, (_, i) => ({
    id: `n${i}`,
    title: `第${i}期`,
    body: '社区。',
  }))
  await buildIndex({ index, articles, workers: 0 })
  const archive = await openArchive({ index })
  for (let asked = 0; asked < 4; asked++) {
    const { total, notices } = await archive.search({ q: 'shequ' })
    expect(total).toBe(0)
    expect(notices.join()).toContain('准备')
    await sleep(20)
  }
  expect(tries).toBe(1)
  await archive.add([{ id: '新', title: '新', body: '社区。' }])
  await archive.search({ q: 'shequ' })
  await sleep(20)
  expect(tries).toBe(2)
  await archive.close()
  rmSync(folder, { recursive: true, force: true })
})
