// Numbers pairs of UTF-16 units in order of first sight: open addressing on plain integers.

/** Words of a slot: the pair, its number + 1 (0 when the slot is free), where it was last seen, how often it was seen. */
const slotSize = 4
const numberAt = 1
const seenAt = 2
const countAt = 3

/** Everything about a pair stands in one slot, so that an occurrence touches one cache line. */
export class GramTable {
  count = 0
  #slots = new Uint32Array(slotSize << 15)
  #shift = 32 - 15

  /** The slot of a pair, a new one when it is seen for the first time. */
  #slotOf(key: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = (Math.imul(key, 0x9e3779b1) >>> this.#shift) * slotSize
    for (;;) {
      if (slots[at + numberAt] === 0) break
      if (slots[at] === key) return at
      at = (at + slotSize) & mask
    }
    if ((this.count + 1) * 2 * slotSize > slots.length) {
      this.#grow()
      return this.#slotOf(key)
    }
    slots[at] = key
    slots[at + numberAt] = ++this.count
    return at
  }

  /** Notes that a pair was seen in the document with this stamp; returns its number + 1. */
  see(key: number, stamp: number): number {
    const at = this.#slotOf(key)
    const slots = this.#slots
    slots[at + seenAt] = stamp
    slots[at + countAt] = slots[at + countAt]! + 1
    return slots[at + numberAt]!
  }

  /** The number of a pair if it was seen in the document with this stamp last, else -1. */
  findSeen(key: number, stamp: number): number {
    const at = this.#find(key)
    return at >= 0 && this.#slots[at + seenAt] === stamp ? this.#slots[at + numberAt]! - 1 : -1
  }

  /** The number of a pair, or -1 when it was never seen. */
  find(key: number): number {
    const at = this.#find(key)
    return at < 0 ? -1 : this.#slots[at + numberAt]! - 1
  }

  #find(key: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = (Math.imul(key, 0x9e3779b1) >>> this.#shift) * slotSize
    for (;;) {
      if (slots[at + numberAt] === 0) return -1
      if (slots[at] === key) return at
      at = (at + slotSize) & mask
    }
  }

  /** All pairs by number, and how often each was seen. */
  list(): { keys: Uint32Array; counts: Uint32Array } {
    const keys = new Uint32Array(this.count)
    const counts = new Uint32Array(this.count)
    const slots = this.#slots
    for (let at = 0; at < slots.length; at += slotSize) {
      const number = slots[at + numberAt]!
      if (number === 0) continue
      keys[number - 1] = slots[at]!
      counts[number - 1] = slots[at + countAt]!
    }
    return { keys, counts }
  }

  get bytes(): number {
    return this.#slots.byteLength
  }

  #grow(): void {
    const old = this.#slots
    const slots = new Uint32Array(old.length * 2)
    const mask = slots.length - 1
    this.#shift--
    for (let from = 0; from < old.length; from += slotSize) {
      if (old[from + numberAt] === 0) continue
      let at = (Math.imul(old[from]!, 0x9e3779b1) >>> this.#shift) * slotSize
      while (slots[at + numberAt] !== 0) at = (at + slotSize) & mask
      slots[at] = old[from]!
      slots[at + numberAt] = old[from + numberAt]!
      slots[at + seenAt] = old[from + seenAt]!
      slots[at + countAt] = old[from + countAt]!
    }
    this.#slots = slots
  }
}

/** Stands for the position of a single unit, which has none, in a fingerprint. */
export const unitPosition = 0x7ffffffe

/**
 * Part of a document's fingerprint: the sum of these over its pairs and distinct units, modulo 2^32,
 * does not depend on their order, so that check can hold the lists of a segment against its documents key by key.
 */
export function gramFingerprint(key: number, position: number): number {
  const mixed = Math.imul(key ^ Math.imul(position + 1, 0x9e3779b1), 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
}
