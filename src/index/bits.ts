// Bit streams, low bits first: plain fields, unary counts, Rice codes and truncated binary codes.

/** A growing run of bits. */
export class BitWriter {
  bytes: Uint8Array
  length = 0
  #pending = 0
  #count = 0

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity)
  }

  clear(): void {
    this.length = 0
    this.#pending = 0
    this.#count = 0
  }

  /** The low `width` bits of `value`, width 0 to 32. */
  write(value: number, width: number): void {
    if (width > 24) {
      this.write(value & 0xffff, 16)
      this.write(value >>> 16, width - 16)
      return
    }
    let pending = this.#pending | (value << this.#count)
    let count = this.#count + width
    if (this.length + 4 > this.bytes.length) this.#grow()
    while (count >= 8) {
      this.bytes[this.length++] = pending
      pending >>>= 8
      count -= 8
    }
    this.#pending = pending
    this.#count = count
  }

  /** `value` zeros and a one. */
  unary(value: number): void {
    let rest = value
    for (; rest > 23; rest -= 24) this.write(0, 24)
    this.write(1 << rest, rest + 1)
  }

  /** Golomb-Rice code: the quotient by 2^width in unary, then the remainder. */
  rice(value: number, width: number): void {
    this.unary(value >>> width)
    this.write(width === 0 ? 0 : value & ((1 << width) - 1), width)
  }

  /** Truncated binary code of a value from 0 to universe - 1, universe below 2^24. */
  truncated(value: number, universe: number): void {
    if (universe <= 1) return
    const width = 31 - Math.clz32(universe)
    const short = (2 << width) - universe
    if (value < short) {
      this.write(value, width)
    } else {
      const long = value + short
      this.write(((long & 1) << width) | (long >>> 1), width + 1)
    }
  }

  /** Fills the last byte with zeros and gives the bytes, valid until the next write. */
  finish(): Uint8Array {
    if (this.#count > 0) {
      if (this.length + 4 > this.bytes.length) this.#grow()
      this.bytes[this.length++] = this.#pending
      this.#pending = 0
      this.#count = 0
    }
    return this.bytes.subarray(0, this.length)
  }

  #grow(): void {
    const grown = new Uint8Array(this.bytes.length * 2)
    grown.set(this.bytes)
    this.bytes = grown
  }
}

/** Reads what a BitWriter wrote. `bytes` must go on for four bytes after the last bit read. */
export class BitReader {
  bytes: Uint8Array
  /** Next bit. */
  at: number

  constructor(bytes: Uint8Array, byteOffset = 0) {
    this.bytes = bytes
    this.at = byteOffset * 8
  }

  start(bytes: Uint8Array, byteOffset: number): void {
    this.bytes = bytes
    this.at = byteOffset * 8
  }

  /** The next bits, at least 25 of them valid, without moving on. */
  peek(): number {
    const bytes = this.bytes
    const i = this.at >>> 3
    return (
      (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)) >>> (this.at & 7)
    )
  }

  read(width: number): number {
    if (width > 24) {
      const low = this.read(16)
      return (low | (this.read(width - 16) << 16)) >>> 0
    }
    const value = this.peek() & ((1 << width) - 1)
    this.at += width
    return value
  }

  unary(): number {
    let zeros = 0
    for (;;) {
      const window = this.peek() & 0x1ffffff
      if (window !== 0) {
        const run = 31 - Math.clz32(window & -window)
        this.at += run + 1
        return zeros + run
      }
      zeros += 25
      this.at += 25
      if (this.at >>> 3 >= this.bytes.length) throw new RangeError('read beyond the end')
    }
  }

  rice(width: number): number {
    const quotient = this.unary()
    return ((quotient << width) | this.read(width)) >>> 0
  }

  truncated(universe: number): number {
    if (universe <= 1) return 0
    const width = 31 - Math.clz32(universe)
    const short = (2 << width) - universe
    const window = this.peek()
    const value = window & ((1 << width) - 1)
    if (value < short) {
      this.at += width
      return value
    }
    this.at += width + 1
    return value * 2 + ((window >>> width) & 1) - short
  }

  /** Moves to the next whole byte and returns its offset. */
  byteOffset(): number {
    this.at = (this.at + 7) & ~7
    return this.at >>> 3
  }
}
