// Writes the dictionary of a segment: keys in UTF-16 order, prefix-compressed in blocks.
import { ByteWriter } from '../codec/bytes.ts'
import type { Spool } from '../segment/spool.ts'
import type { ListSizes } from './term-dictionary.ts'
import { shortListLimit } from './term-dictionary.ts'

const keysPerBlock = 48

/** Takes keys in ascending order. */
export interface TermWriter {
  add(key: string, documentCount: number, maxImpact: number, sizes: ListSizes): void
  readonly count: number
  finish(): void
}

export function createTermWriter(keys: Spool, index: Spool): TermWriter {
  const block = new ByteWriter(4096)
  const sparse = new ByteWriter(64)
  let inBlock = 0
  let count = 0
  let previous = ''
  let short = 0
  let documents = 0
  let impacts = 0
  let positions = 0

  function flush(): void {
    if (inBlock === 0) return
    keys.append(block.take())
    sparse.varint(block.length)
    index.append(sparse.take())
    block.clear()
    sparse.clear()
    inBlock = 0
  }

  return {
    get count() {
      return count
    },
    add(key, documentCount, maxImpact, sizes) {
      if (inBlock === 0) {
        block.varint(short)
        block.varint(documents)
        block.varint(impacts)
        block.varint(positions)
        sparse.varint(key.length)
        sparse.units(key, 0)
        previous = ''
      }
      let shared = 0
      while (shared < previous.length && key.charCodeAt(shared) === previous.charCodeAt(shared)) shared++
      const suffix = key.length - shared
      if (shared < 15 && suffix < 16) {
        block.byte(shared | (suffix << 4))
      } else {
        block.byte(15)
        block.varint(shared)
        block.varint(suffix)
      }
      if (suffix > 0) {
        const base = shared < previous.length ? previous.charCodeAt(shared) : 0
        block.varint(key.charCodeAt(shared) - base)
        block.units(key, shared + 1)
      }
      previous = key
      block.varint(documentCount * 2 + (maxImpact > 0 ? 1 : 0))
      if (maxImpact > 0) block.byte(maxImpact)
      if (documentCount <= shortListLimit) {
        block.varint(sizes.short)
        short += sizes.short
      } else {
        block.varint(sizes.skips >>> 2)
        block.varint(sizes.documents >>> 2)
        documents += sizes.skips + sizes.documents
        if (maxImpact > 0) {
          block.varint(sizes.impacts)
          impacts += sizes.impacts
        }
        if (key.length === 2) {
          block.varint(sizes.positions)
          positions += sizes.positions
        }
      }
      count++
      if (++inBlock === keysPerBlock) flush()
    },
    finish: flush,
  }
}
