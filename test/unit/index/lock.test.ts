// Two writers never write at once, and a writer that died keeps no one out.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openIndexWriter } from '../../../src/index/directory/writer.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'xunbao-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('a second writer is refused and told which process holds the lock', async () => {
  const first = await openIndexWriter(directory)
  await expect(openIndexWriter(directory)).rejects.toMatchObject({
    code: 'INDEX_LOCKED',
    message: expect.stringContaining(`进程 ${process.pid}`),
  })
  await first.close()
  const second = await openIndexWriter(directory)
  await second.close()
  expect(existsSync(join(directory, 'write.lock'))).toBe(false)
})

function lockOf(fields: object): void {
  const lock = {
    pid: process.pid,
    host: hostname(),
    started: '',
    thread: 0,
    token: 'x',
    since: '2026-01-01',
    ...fields,
  }
  writeFileSync(join(directory, 'write.lock'), JSON.stringify(lock))
}

test('the lock of a process that is gone, or whose number another process has now, is taken over', async () => {
  // No process has this number: it is beyond the largest that Linux gives.
  lockOf({ pid: 4_194_305 })
  await (await openIndexWriter(directory)).close()
  lockOf({ pid: process.ppid, started: '另一次开机/1' })
  await (await openIndexWriter(directory)).close()
})

test('the lock of another machine is respected: its processes cannot be seen from here', async () => {
  lockOf({ pid: 4_194_305, host: '另一台机器' })
  await expect(openIndexWriter(directory)).rejects.toMatchObject({
    code: 'INDEX_LOCKED',
    message: expect.stringContaining('另一台机器'),
  })
  // Unless a person says that the machine is no more.
  await (await openIndexWriter(directory, { force: true })).close()
  lockOf({ pid: process.ppid })
  await expect(openIndexWriter(directory, { force: true })).rejects.toMatchObject({ code: 'INDEX_LOCKED' })
})

test('a lock that is a link to nowhere keeps no one out', async () => {
  symlinkSync(join(directory, 'nowhere'), join(directory, 'write.lock'))
  await (await openIndexWriter(directory)).close()
})

test('a lock without content is respected while it is new and taken over when it is old', async () => {
  const path = join(directory, 'write.lock')
  writeFileSync(path, '')
  await expect(openIndexWriter(directory)).rejects.toMatchObject({ code: 'INDEX_LOCKED' })
  utimesSync(path, new Date(0), new Date(0))
  await (await openIndexWriter(directory)).close()
})

test('a living process keeps the lock; killed without warning, it frees it', async () => {
  const holder = spawn(process.execPath, [
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    `
    import { openIndexWriter } from ${JSON.stringify(new URL('../../../src/index/directory/writer.ts', import.meta.url).href)}
    await openIndexWriter(${JSON.stringify(directory)})
    console.log('held')
    setInterval(() => {}, 1000)
  `,
  ])
  await new Promise((resolve) => holder.stdout.once('data', resolve))
  await expect(openIndexWriter(directory)).rejects.toMatchObject({
    code: 'INDEX_LOCKED',
    message: expect.stringContaining(`进程 ${holder.pid}`),
  })
  const gone = new Promise((resolve) => holder.once('exit', resolve))
  holder.kill('SIGKILL')
  await gone
  await (await openIndexWriter(directory)).close()
})
