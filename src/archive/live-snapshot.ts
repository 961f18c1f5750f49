// The newest commit of an index, swapped while searches go on: a search keeps the snapshot that it began with.

import type { Snapshot } from '../index/directory/reader.ts'
import { identityOrNull, openSnapshot, watchCommits } from '../index/directory/snapshot.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import { SearchError } from '../model/errors.ts'

export interface LiveSnapshot {
  readonly current: Snapshot
  /** Lends the newest snapshot until it is given back, also beyond `close`. Throws CLOSED after it. */
  lend(): { snapshot: Snapshot; release(): void }
  /** Lends the newest snapshot for as long as `use` runs. Rejects with CLOSED after `close`. */
  with<Result>(use: (snapshot: Snapshot) => Promise<Result>): Promise<Result>
  /** Moves to the newest commit now; commits of other processes are noticed by themselves. */
  refresh(): void
  close(): Promise<void>
}

interface Lease {
  snapshot: Snapshot
  users: number
  retired: boolean
}

/**
 * Opens the newest commit and follows later ones. Throws INDEX_MISSING, INDEX_FORMAT or INDEX_CORRUPT.
 * @param onSwap called with each newer snapshot, before the first search on it
 */
export function openLiveSnapshot(
  directory: string,
  storage: Storage,
  onSwap: (snapshot: Snapshot) => void,
): LiveSnapshot {
  let lease: Lease = { snapshot: openSnapshot(directory, { storage }), users: 0, retired: false }
  let closed = false
  const busy = new Set<Promise<unknown>>()

  const release = (held: Lease) => {
    if (held.retired && held.users === 0) held.snapshot.close()
  }
  const lend = () => {
    if (closed) throw new SearchError('CLOSED', '档案已关闭')
    const held = lease
    held.users++
    let isOut = true
    return {
      snapshot: held.snapshot,
      release() {
        if (!isOut) return
        isOut = false
        held.users--
        release(held)
      },
    }
  }
  const refresh = () => {
    // A manifest that cannot be read leaves the snapshot serving.
    const identity = closed ? null : identityOrNull(directory, storage)
    if (identity === null || identity === lease.snapshot.identity) return
    let snapshot: Snapshot
    try {
      snapshot = openSnapshot(directory, { storage })
    } catch {
      // A newer commit that cannot be opened leaves the old one serving; `check` names the fault.
      return
    }
    const old = lease
    lease = { snapshot, users: 0, retired: false }
    old.retired = true
    release(old)
    onSwap(snapshot)
  }
  // What is in memory nobody else can change.
  const watch = storage === nodeStorage ? watchCommits(directory, refresh) : { close() {} }

  return {
    get current() {
      return lease.snapshot
    },
    refresh,
    lend,
    async with(use) {
      const { snapshot, release } = lend()
      const work = use(snapshot)
      busy.add(work)
      try {
        return await work
      } finally {
        busy.delete(work)
        release()
      }
    },
    async close() {
      if (closed) return
      closed = true
      watch.close()
      await Promise.allSettled(busy)
      lease.retired = true
      release(lease)
    },
  }
}
