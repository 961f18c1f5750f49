// Keeps two writers apart: a file with the holder's process, taken over when that process is gone.

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { SearchError } from '../../model/errors.ts'
import type { Storage } from './storage.ts'
import { isMissing, isTaken } from './storage.ts'

const lockFile = 'write.lock'

interface Holder {
  pid: number
  host: string
  /** Tells this life of a process number from the next: boot and ticks since then; empty where the system does not say. */
  started: string
  /** Thread of the process, and this very lock. */
  thread: number
  token: string
  since: string
}

export interface WriteLock {
  /** Never throws: what a dying disk keeps is known to be dead all the same. */
  release(): void
}

/** Locks that this thread holds: one of its own that is not among them is left over from a failed release. */
const held = new Set<string>()

function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold spaces; field 22 is the 20th behind it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot}/${ticks}`
  } catch {
    return ''
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  if (holder.pid === process.pid && holder.thread === threadId && !held.has(holder.token)) {
    return false
  }
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
  }
  return holder.started === '' || startOf(holder.pid) === holder.started
}

function parseHolder(bytes: Uint8Array): Holder | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return typeof value === 'object' && value !== null && 'pid' in value && 'token' in value
      ? (value as Holder)
      : null
  } catch {
    return null
  }
}

function readHolder(storage: Storage, path: string): Holder | null | undefined {
  try {
    return parseHolder(storage.readWhole(path))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/**
 * Throws INDEX_LOCKED naming the holder when another living process, or another writer in this one, holds the lock.
 * Whether a process of another host lives cannot be told from here: `force` takes its lock all the same.
 */
export function takeWriteLock(storage: Storage, directory: string, force = false): WriteLock {
  const path = join(directory, lockFile)
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
    thread: threadId,
    token: randomUUID(),
    since: new Date().toISOString(),
  }
  for (let attempt = 0; ; attempt++) {
    try {
      const file = storage.create(path, true)
      try {
        file.write(Buffer.from(JSON.stringify(mine), 'utf8'))
        file.sync()
      } catch (error) {
        file.close()
        try {
          storage.remove(path)
        } catch {
          // Without content it counts as dead in two seconds.
        }
        throw error
      }
      file.close()
      break
    } catch (error) {
      if (!isTaken(error)) throw error
    }
    const holder = readHolder(storage, path)
    if (holder === undefined) {
      // Gone in between; or a link that leads nowhere, which is taken but cannot be read.
      if (attempt > 1) storage.remove(path)
      if (attempt > 4) throw locked(path, null)
      continue
    }
    // A lock without content: its writer died between creating and writing it, or is about to write.
    const fresh = holder === null && Date.now() - storage.modified(path) < 2000
    const isForced = force && holder !== null && holder.host !== hostname()
    if (attempt > 4 || fresh || (holder && !isForced && isAlive(holder))) throw locked(path, holder)
    takeOver(storage, path, holder)
  }
  held.add(mine.token)
  return {
    release() {
      held.delete(mine.token)
      try {
        if (readHolder(storage, path)?.token === mine.token) storage.remove(path)
      } catch {
        // The next writer finds it dead.
      }
    },
  }
}

function locked(path: string, holder: Holder | null): SearchError {
  const who = holder
    ? `${holder.host === hostname() ? '' : `主机 ${holder.host} 上的`}进程 ${holder.pid}（自 ${holder.since}）`
    : '另一个刚启动的进程'
  const hint = holder && holder.host !== hostname() ? '；那台主机若已不在，用 --force 接过它的锁' : ''
  return new SearchError('INDEX_LOCKED', `索引正由${who}写入，请等它结束后再试${hint}`, { file: path })
}

/** Moves a dead lock aside; puts it back when someone else has taken it over in between. */
function takeOver(storage: Storage, path: string, dead: Holder | null): void {
  const aside = `${path}.${randomUUID()}`
  try {
    storage.rename(path, aside)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  const moved = readHolder(storage, aside)
  if (moved && moved.token !== dead?.token) {
    storage.rename(aside, path)
    throw locked(path, moved)
  }
  storage.remove(aside)
}
