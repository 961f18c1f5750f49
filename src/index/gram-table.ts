// Numbers pairs of UTF-16 units in order of first sight: open addressing on plain integers.

/** Counts occurrences while it numbers. */
export class GramTable {
  /** The pair with a number: first unit in the upper half. */
  keys = new Uint32Array(1 << 14)
  count = 0
  // Key and number + 1 side by side, so that a look-up touches one cache line.
  #slots = new Uint32Array(1 << 16)
  #shift = 32 - 15

  /** The number of a pair, a new one when it is seen for the first time. */
  numberOf(key: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = (Math.imul(key, 0x9e3779b1) >>> this.#shift) * 2
    for (;;) {
      const held = slots[at + 1]!
      if (held === 0) break
      if (slots[at] === key) return held - 1
      at = (at + 2) & mask
    }
    const number = this.count++
    slots[at] = key
    slots[at + 1] = number + 1
    if (number === this.keys.length) {
      const keys = new Uint32Array(number * 2)
      keys.set(this.keys)
      this.keys = keys
    }
    this.keys[number] = key
    if (this.count * 4 > slots.length) this.#grow()
    return number
  }

  /** The number of a pair, or -1 when it was never seen. */
  find(key: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = (Math.imul(key, 0x9e3779b1) >>> this.#shift) * 2
    for (;;) {
      const held = slots[at + 1]!
      if (held === 0) return -1
      if (slots[at] === key) return held - 1
      at = (at + 2) & mask
    }
  }

  get bytes(): number {
    return this.keys.byteLength + this.#slots.byteLength
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    this.#shift--
    for (let number = 0; number < this.count; number++) {
      const key = this.keys[number]!
      let at = (Math.imul(key, 0x9e3779b1) >>> this.#shift) * 2
      while (slots[at + 1] !== 0) at = (at + 2) & mask
      slots[at] = key
      slots[at + 1] = number + 1
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
