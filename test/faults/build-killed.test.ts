// A rebuild that is killed: the old index goes on serving, is sound, and the next rebuild works as if nothing had been.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkIndex } from '../../src/index/directory/check.ts'
import { openSnapshot } from '../../src/index/directory/snapshot.ts'
import { buildIndex } from '../../src/ingest/build-index.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const kills = process.env.XUNBAO_LONG === '1' ? 12 : 2

let folder: string
let index: string
let larger: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-killed-'))
  index = join(folder, 'index')
  const write = (name: string, count: number) => {
    const path = join(folder, name)
    const lines = Array.from({ length: count }, (_, i) =>
      JSON.stringify({ id: `${name}-${i}`, title: `标题${i}`, body: `第${i}篇，社区里的事。`.repeat(30) }),
    )
    writeFileSync(path, lines.join('\n'))
    return path
  }
  larger = write('larger', 6000)
  await buildIndex({ sources: [write('old', 20)], index })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts a rebuild, kills it after a while, or when it has written a segment. */
async function killedBuild(whileMs: number | 'segment'): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [program, 'build', larger, '--index', index, '--workers', '0'], {
    stdio: 'ignore',
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on('exit', (_, signal) => resolve(signal)),
  )
  if (whileMs === 'segment') {
    const segments = () => readdirSync(index).filter((name) => name.endsWith('.seg')).length
    const before = segments()
    while (child.exitCode === null && segments() <= before)
      await new Promise((resolve) => setTimeout(resolve, 5))
  } else await new Promise((resolve) => setTimeout(resolve, whileMs))
  child.kill('SIGKILL')
  return ended
}

function contents(): { count: number; old: boolean } {
  const snapshot = openSnapshot(index)
  try {
    const old = snapshot.segments.some((segment) => segment.documentOf('old-0') >= 0)
    return { count: snapshot.documentCount, old }
  } finally {
    snapshot.close()
  }
}

describe('重建到一半被杀', () => {
  it(`serves the old index or the new one, whole, after each of ${kills} kills`, async () => {
    for (let kill = 0; kill < kills; kill++) {
      await killedBuild(kill === 0 ? 'segment' : 200 + kill * 350)
      const { count, old } = contents()
      // A kill may come just after the swap; never is there a mixture.
      expect(count).toBe(old ? 20 : 6000)
      expect((await checkIndex(index)).faults).toEqual([])
    }
  })

  it('leaves nothing behind that stops the next rebuild', async () => {
    const report = await buildIndex({ sources: [larger], index })
    expect(report.committed).toBe(true)
    expect(contents()).toEqual({ count: 6000, old: false })
  })
})
