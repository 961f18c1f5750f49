// A writer killed at any moment: the index is sound and holds exactly what was acknowledged, or that and the change under way.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkIndex } from '../../src/index/directory/check.ts'
import { openSnapshot } from '../../src/index/directory/snapshot.ts'
import type { IndexDocument } from '../../src/index/segment/document.ts'
import { expectSnapshot } from '../unit/index/corpus.ts'
import { documentOf } from '../unit/index/random-documents.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'xunbao-kill-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

interface Line {
  kind: 'begin' | 'done'
  open?: boolean
  add?: Record<string, number>
  removeIds?: string[]
}

const program = fileURLToPath(new URL('./index-killed-writer.ts', import.meta.url))

/** Runs the writer, kills it `after` milliseconds from its first acknowledgement, and gives what it told. */
async function runAndKill(seed: number, after: number): Promise<Line[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, directory, String(seed)])
  let output = ''
  let errors = ''
  child.stderr.on('data', (data) => {
    errors += data
  })
  const opened = new Promise<void>((resolve) => {
    child.stdout.on('data', (data) => {
      output += data
      if (output.includes('"open":true')) resolve()
    })
    child.once('exit', () => resolve())
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  await opened
  await new Promise((resolve) => setTimeout(resolve, after))
  child.kill('SIGKILL')
  await gone
  expect(errors).toBe('')
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
}

function apply(documents: Map<string, IndexDocument>, line: Line): void {
  for (const id of line.removeIds ?? []) documents.delete(id)
  for (const [id, seed] of Object.entries(line.add ?? {})) {
    documents.set(id, documentOf(id, `社区${seed}人民\n${id}`, seed))
  }
}

function holds(documents: Map<string, IndexDocument>): boolean {
  const snapshot = openSnapshot(directory)
  try {
    expectSnapshot(snapshot, [...documents.values()])
    return true
  } catch {
    return false
  } finally {
    snapshot.close()
  }
}

const kills = process.env.XUNBAO_LONG ? 200 : 4

test(`killed at ${kills} random moments, a writer loses nothing that it acknowledged`, async () => {
  let documents = new Map<string, IndexDocument>()
  let acknowledged = 0
  for (let run = 0; run < kills; run++) {
    const lines = await runAndKill(run * 7919 + 1, Math.random() * 400)
    let under: Line | null = null
    for (const line of lines) {
      if (line.kind === 'begin') under = line
      else {
        apply(documents, line)
        under = null
        acknowledged++
      }
    }
    expect((await checkIndex(directory)).faults).toEqual([])
    if (!holds(documents)) {
      const further = new Map(documents)
      expect(under).not.toBeNull()
      apply(further, under!)
      expect(holds(further)).toBe(true)
      documents = further
    }
  }
  expect(acknowledged).toBeGreaterThan(kills)
}, 3_600_000)
