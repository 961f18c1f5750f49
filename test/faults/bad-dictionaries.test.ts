// Whatever becomes of the editor's files, the last good lists answer, and everybody who looks is told, without a path.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/open-archive.ts'
import type { Archive } from '../../src/archive/port.ts'
import { buildIndex } from '../../src/ingest/build-index.ts'
import type { RunningServer } from '../../src/server/server.ts'
import { serve } from '../contract/support/serve.ts'

let folder: string
let index: string
let archive: Archive
let server: RunningServer
const put = (name: string, bytes: string | Uint8Array) => writeFileSync(join(index, name), bytes)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-words-'))
  index = join(folder, 'index')
  await buildIndex({ index, articles: [{ title: '魏都模式好', body: '两孩政策。' }] })
  put('dict.txt', '魏都模式\n')
  put('synonyms.txt', '二胎=两孩\n')
  archive = await openArchive({ index })
  server = await serve(archive)
})
afterEach(async () => {
  await server.close()
  await archive.close()
  rmSync(folder, { recursive: true, force: true })
})

const words = async () => (await archive.analyze('魏都模式')).words.map(({ text }) => text)
const synonymIsFound = async () => (await archive.search({ q: '二胎' })).total === 1

const breaks: [string, (name: string, good: string) => void][] = [
  ['in GBK', (name, good) => put(name, iconv.encode(good, 'gbk'))],
  ['half-written', (name, good) => put(name, Buffer.from(good).subarray(0, 4))],
  ['gone', (name) => rmSync(join(index, name))],
  [
    'a folder',
    (name) => {
      rmSync(join(index, name))
      mkdirSync(join(index, name))
    },
  ],
  [
    'a pipe',
    (name) => {
      rmSync(join(index, name))
      spawnSync('mkfifo', [join(index, name)])
    },
  ],
]

describe.each([
  ['dict.txt', '魏都模式\n'],
  ['synonyms.txt', '二胎=两孩\n'],
])('%s', (name, good) => {
  it.each(breaks)('%s: the last good one answers and the fault is told', async (_how, spoil) => {
    expect(await words()).toEqual(['魏都模式'])
    expect(await synonymIsFound()).toBe(true)
    spoil(name, good)
    await expect.poll(() => archive.stats().faults.length, { timeout: 3000 }).toBe(1)
    expect(await words()).toEqual(['魏都模式'])
    expect(await synonymIsFound()).toBe(true)
    const { notices } = await archive.search({ q: '魏都' })
    const ready = await (await fetch(`${server.url}/readyz`)).text()
    expect(JSON.parse(ready)).toMatchObject({ status: 'degraded', faults: 1 })
    for (const told of [notices.join(), archive.stats().faults[0]!.message]) {
      expect(told).toContain(name)
      expect(told).not.toContain(folder)
    }
    rmSync(join(index, name), { recursive: true, force: true })
    put(name, good)
    await expect.poll(() => archive.stats().faults.length, { timeout: 3000 }).toBe(0)
  })
})

describe('an index in a place that is none', () => {
  it.each(['/proc/xunbao/index', '/dev/null/index'])('%s is refused, not waited for', async (place) => {
    if (process.platform !== 'linux') return
    await expect(buildIndex({ index: place, articles: [{ title: '题' }] })).rejects.toMatchObject({
      code: 'STORAGE',
    })
  })

  it('with a pipe for its manifest is refused, not waited for', async () => {
    mkdirSync(join(folder, 'pipes'))
    spawnSync('mkfifo', [join(folder, 'pipes', 'manifest.json')])
    await expect(openArchive({ index: join(folder, 'pipes') })).rejects.toHaveProperty('code')
  })
})
