// Copies of an archive from folder to folder; to a cluster and back in test/cluster.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildArchive } from '../../src/archive/build-archive.ts'
import { copyArchive } from '../../src/archive/copy-archive.ts'
import { checkIndex } from '../../src/index/directory/check.ts'
import { describeCopies } from './support/copy-contract.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

describeCopies('a copy in a folder', (folder) => ({ index: folder }))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-copy-killed-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('what another copy had left without a note of it is not mixed in', async () => {
  const to = { index: join(folder, 'mixed') }
  await buildArchive({ articles: [{ id: '旧', title: '旧', body: '旧。' }], index: `${to.index}.copying` })
  const from = { index: join(folder, 'other') }
  await buildArchive({ articles: [{ id: '新', title: '新', body: '新。' }], ...from })
  expect(await copyArchive({ from, to })).toMatchObject({ articles: 1, resumed: 0 })
})

it('a copy whose process is killed between two steps is whole in the end', async () => {
  const from = { index: join(folder, 'from') }
  const to = { index: join(folder, 'to') }
  const body = '社区里的事，一件一件说。'.repeat(20)
  const articles = Array.from({ length: 3000 }, (_, i) => ({ id: `${i}`, title: `第${i}件`, body }))
  await buildArchive({ articles, ...from })
  const library = fileURLToPath(new URL('../../dist/xunbao.js', import.meta.url))
  const script = `import { copyArchive } from ${JSON.stringify(library)}
await copyArchive(${JSON.stringify({ from, to, articlesPerStep: 100 })})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
  const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))
  const note = `${to.index}.copying/copy.json`
  const steps = () => (existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')).articles as number) : 0)
  while (child.exitCode === null && steps() < 500) await new Promise((resolve) => setTimeout(resolve, 2))
  child.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
  expect(existsSync(to.index)).toBe(false)
  const report = await copyArchive({ from, to })
  expect(report.articles).toBe(3000)
  expect(report.resumed).toBeGreaterThanOrEqual(500)
  expect(await checkIndex(to.index)).toMatchObject({ faults: [] })
})
