// Suggestions and corrections are there when needed: made with the index, kept beside it, stale rather than absent.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildArchive } from '../../src/archive/build-archive.ts'
import { openArchive } from '../../src/archive/open-archive.ts'

let folder = ''
let index = ''
/** More than an archive that is read by its first question. */
const articles = Array.from({ length: 3200 }, (_, i) => ({
  id: `n${i}`,
  title: `社区养老服务第${i}期`,
  body: '社区里的老人说，养老服务很好。',
}))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-vocabulary-'))
  index = join(folder, 'index')
  await buildArchive({ index, articles, workers: 0 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the first question after a rebuild is answered in full', async () => {
  expect(existsSync(join(index, 'vocabulary.bin'))).toBe(true)
  const archive = await openArchive({ index })
  const { query, total, notices } = await archive.search({ q: 'shequ' })
  expect(query.corrected).toBe('社区')
  expect(total).toBe(articles.length)
  expect(notices.join()).not.toContain('准备')
  expect((await archive.suggest('社'))[0]).toMatchObject({ text: '社区', kind: 'term' })
  expect(archive.stats().vocabulary).toBe('ready')
  await archive.close()
})

test('after a change what was known goes on answering, and the archive says that it is behind', async () => {
  const archive = await openArchive({ index })
  await archive.add([{ id: '新', title: '云锦展览', body: '云锦。' }])
  expect(archive.stats().vocabulary).toBe('stale')
  expect((await archive.search({ q: 'shequ' })).query.corrected).toBe('社区')
  await archive.remove(['新'])
  expect(archive.stats().vocabulary).toBe('ready')
  await archive.close()
})

test.each([
  ['is gone', (file: string) => rmSync(file)],
  ['is damaged', (file: string) => writeFileSync(file, 'XBSG'.repeat(100))],
])('a vocabulary that %s is made anew, and until then answers say so', async (_, spoil) => {
  spoil(join(index, 'vocabulary.bin'))
  const archive = await openArchive({ index })
  const { notices } = await archive.search({ q: 'shequ' })
  expect(archive.stats().vocabulary).toBe('missing')
  expect(notices.join()).toContain('准备')
  for (let waited = 0; archive.stats().vocabulary !== 'ready' && waited < 200; waited++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await archive.search({ q: 'shequ' })).query.corrected).toBe('社区')
  expect(existsSync(join(index, 'vocabulary.bin'))).toBe(true)
  await archive.close()
})
