// An archive that is made empty, on disk or in memory, does all that an opened one does.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createArchive, openArchive } from '../../src/archive/open-archive.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-created-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.each([
  ['in memory', () => ({})],
  ['on disk', () => ({ index: join(folder, 'index') })],
])('made %s', (_name, options) => {
  it('is empty, then finds, replaces, removes, counts and exports', async () => {
    const archive = await createArchive(options())
    expect((await archive.search({ q: '' })).total).toBe(0)
    expect(archive.stats()).toMatchObject({ articles: 0, faults: [] })
    const added = await Promise.all([
      archive.add([{ id: 'a', title: '社区食堂开张', date: '2018-11-07', paper: '魏都晚报', pageNo: 3 }]),
      archive.add([{ id: 'b', title: '道路修好通车' }]),
    ])
    expect(added.map(({ ids }) => ids)).toEqual([['a'], ['b']])
    expect((await archive.search({ q: '社区' })).hits.map(({ id }) => id)).toEqual(['a'])
    expect(await archive.add([{ id: 'a', title: '社区学校开学' }])).toMatchObject({ added: 0, replaced: 1 })
    expect((await archive.search({ q: '"社区食堂"', strict: true })).total).toBe(0)
    for (let i = 0; i < 12; i++) await archive.add([{ title: `第${i}篇新闻`, body: `正文${i}` }])
    expect((await archive.search({ q: '新闻' })).total).toBe(12)
    expect(await archive.remove(['b', 'nobody'])).toEqual({ removed: 1, missing: ['nobody'] })
    const ids: string[] = []
    for await (const { id } of archive.exportHits({ q: '' })) ids.push(id)
    expect(ids).toHaveLength(13)
    expect(archive.stats().bytes).toBeGreaterThan(0)
    await archive[Symbol.asyncDispose]()
    await expect(archive.search({ q: '' })).rejects.toMatchObject({ code: 'CLOSED' })
  })
})

it('two in memory know nothing of each other, and leave nothing on the disk', async () => {
  const before = readdirSync('.')
  const [one, two] = [await createArchive(), await createArchive()]
  await one.add([{ title: '社区食堂' }])
  expect((await one.search({ q: '社区' })).total).toBe(1)
  expect((await two.search({ q: '社区' })).total).toBe(0)
  await Promise.all([one.close(), two.close()])
  expect(readdirSync('.')).toEqual(before)
})

it('one on disk stays, and is not made twice', async () => {
  const index = join(folder, 'index')
  const archive = await createArchive({ index })
  await archive.add([{ id: 'a', title: '社区食堂' }])
  await expect(createArchive({ index })).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    details: { field: 'index' },
  })
  await archive.close()
  expect(existsSync(join(index, 'write.lock'))).toBe(false)
  const again = await openArchive({ index })
  expect((await again.search({ q: '社区' })).total).toBe(1)
  await again.close()
})
