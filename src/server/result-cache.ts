// Answers that were given before, by what was asked and the state of the archive; bounded in bytes.
import { LRUCache } from 'lru-cache'
import type { Reply } from './route.ts'

/** An answer as it goes out. */
export type TextReply = Extract<Reply, { kind: 'text' }>

export interface ResultCache {
  get(key: string): TextReply | undefined
  set(key: string, reply: TextReply): void
}

/** What an entry costs besides its text. */
const overheadBytes = 300
/** One answer may fill so much of the cache. */
const largestShare = 1 / 8

/** Holds nothing for 0 bytes. */
export function createResultCache(bytes: number): ResultCache {
  if (bytes <= 0) return { get: () => undefined, set: () => undefined }
  const entries = new LRUCache<string, TextReply>({
    maxSize: bytes,
    maxEntrySize: Math.ceil(bytes * largestShare),
    // Texts in memory have one or two bytes a unit; two are counted.
    sizeCalculation: ({ text }, key) => overheadBytes + 2 * (text.length + key.length),
  })
  return { get: (key) => entries.get(key), set: (key, reply) => void entries.set(key, reply) }
}
