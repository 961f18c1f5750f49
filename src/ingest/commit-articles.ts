// Puts articles on top of what an index holds, durably: the one way in for everything but a rebuild.
import { resolve } from 'node:path'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import type { Snapshot } from '../index/directory/reader.ts'
import { nodeStorage, type Storage } from '../index/directory/storage.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import { createSegmentBuilder } from '../index/segment/segment-builder.ts'
import { builderOptions, createDocumentConverter } from '../schema/index-document.ts'
import {
  documentsOfPage,
  findArticle,
  jumpingOfIssue,
  type Place,
  provenanceOf,
  storedArticle,
} from '../schema/stored-articles.ts'
import {
  type Change,
  type ChangeCounts,
  type Holdings,
  planChange,
  type StoredArticle,
} from './plan-change.ts'

export interface Target {
  /** Folder of the index. */
  directory: string
  storage: Storage
  analyzer: Analyzer
  /** The newest commit, null when there is none; asked for once this writer's turn has come. */
  current(): Snapshot | null
  /** How long to wait for a writer of another process. */
  waitMilliseconds: number
  /** Takes the lock of a process on another host. */
  force?: boolean
}

/** Writers of this process wait for one another, by storage and folder. */
const turnsOf = new WeakMap<Storage, Map<string, Promise<unknown>>>()

/** Commits a change in its turn. Rejects with INDEX_LOCKED when another process writes for too long, or with STORAGE. */
export function commitChange(target: Target, change: Change): Promise<ChangeCounts> {
  const key = target.storage === nodeStorage ? resolve(target.directory) : target.directory
  const turns = turnsOf.get(target.storage) ?? new Map<string, Promise<unknown>>()
  turnsOf.set(target.storage, turns)
  const before = turns.get(key) ?? Promise.resolve()
  const turn = before.then(() => commitNow(target, change))
  const settled = turn.catch(() => undefined)
  turns.set(key, settled)
  settled.then(() => {
    if (turns.get(key) === settled) turns.delete(key)
  })
  return turn
}

async function commitNow(target: Target, change: Change): Promise<ChangeCounts> {
  const { directory, storage, analyzer, waitMilliseconds, force = false } = target
  const writer = await openIndexWriter(directory, { storage, waitMilliseconds, force })
  try {
    const { counts, written, gone } = await planChange(holdingsOf(target.current()), change)
    if (written.length === 0 && gone.length === 0) return counts
    const builder = createSegmentBuilder({ ...builderOptions(analyzer), storage })
    const convert = createDocumentConverter(analyzer)
    for (const { article, isFromPage } of written)
      builder.add(convert(article, { isAdded: true, isFromPage }))
    try {
      const segments = written.length === 0 ? [] : [builder.write(directory, writer.newSegmentName())]
      await writer.commit({ add: segments, removeIds: gone })
    } catch (error) {
      writer.discard()
      throw error
    }
    // The change is on the disk: a merge that fails is tried again by the next writer.
    await writer.merge().catch(() => writer.discard())
    return counts
  } finally {
    await writer.close()
  }
}

/** What a snapshot holds; nothing where there is none. */
function holdingsOf(snapshot: Snapshot | null): Holdings {
  if (snapshot === null)
    return { find: async () => new Map(), ofPage: async () => [], jumpingOf: async () => [] }
  return {
    async find(ids) {
      const found = new Map<string, StoredArticle>()
      for (const id of ids) {
        const place = findArticle(snapshot, id)
        if (place !== null) found.set(id, toStored(place))
      }
      return found
    },
    ofPage: async (page) => documentsOfPage(snapshot, page).map(toStored),
    jumpingOf: async (issue) => jumpingOfIssue(snapshot, issue).map(toStored),
  }
}

function toStored(place: Place): StoredArticle {
  let article: StoredArticle['article'] | undefined
  return {
    isFromPage: provenanceOf(place).isFromPage,
    // Most are only asked for whether they are there.
    get article() {
      article ??= storedArticle(place)
      return article
    },
  }
}
