// One bounded cache for everything a snapshot reads on demand: least recently used out first.

export interface CacheEntry {
  bytes: Uint8Array
  /** The same bytes as 32-bit words. */
  words: Uint32Array
  /** Where bytes[0] stands in its section. */
  start: number
}

interface Node extends CacheEntry {
  key: number
  owner: Map<number, Node>
  newer: Node | null
  older: Node | null
}

export interface PageCache {
  /** A name space of its own, as for one section of one segment. */
  space(): CacheSpace
  /** Bytes held. */
  readonly bytes: number
  clear(): void
}

export interface CacheSpace {
  get(key: number): CacheEntry | undefined
  /** Keeps bytes whose buffer starts at byte 0 and ends on a whole word. */
  set(key: number, bytes: Uint8Array, start: number): CacheEntry
}

/** `limit` in bytes; a single entry larger than it is still given out, and held until the next one. */
export function createPageCache(limit: number): PageCache {
  let newest: Node | null = null
  let oldest: Node | null = null
  let held = 0

  function unlink(node: Node): void {
    if (node.newer) node.newer.older = node.older
    else newest = node.older
    if (node.older) node.older.newer = node.newer
    else oldest = node.newer
  }

  function pushNewest(node: Node): void {
    node.newer = null
    node.older = newest
    if (newest) newest.newer = node
    newest = node
    oldest ??= node
  }

  return {
    get bytes() {
      return held
    },
    clear() {
      for (let node = oldest; node; node = node.newer) node.owner.delete(node.key)
      newest = null
      oldest = null
      held = 0
    },
    space() {
      const nodes = new Map<number, Node>()
      return {
        get(key) {
          const node = nodes.get(key)
          if (node && node !== newest) {
            unlink(node)
            pushNewest(node)
          }
          return node
        },
        set(key, bytes, start) {
          const words = new Uint32Array(bytes.buffer, 0, bytes.buffer.byteLength >>> 2)
          const node: Node = { bytes, words, start, key, owner: nodes, newer: null, older: null }
          while (oldest && held + bytes.buffer.byteLength > limit) {
            const last: Node = oldest
            unlink(last)
            last.owner.delete(last.key)
            held -= last.bytes.buffer.byteLength
          }
          nodes.set(key, node)
          pushNewest(node)
          held += bytes.buffer.byteLength
          return node
        },
      }
    },
  }
}
