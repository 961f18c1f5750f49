// Bit streams, low bits first: plain fields, unary counts, Rice codes and truncated binary codes.

/** A growing run of bits. */
export class BitWriter {
  bytes: Uint8Array
  length = 0
  /** Bits not yet in `bytes`, and how many: fewer than eight between calls. */
  pending = 0
  held = 0

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity)
  }

  clear(): void {
    this.length = 0
    this.pending = 0
    this.held = 0
  }

  /** The low `width` bits of `value`, width 0 to 32. */
  write(value: number, width: number): void {
    if (width > 24) {
      this.write(value & 0xffff, 16)
      this.write(value >>> 16, width - 16)
      return
    }
    let pending = this.pending | (value << this.held)
    let count = this.held + width
    if (this.length + 4 > this.bytes.length) this.#grow()
    while (count >= 8) {
      this.bytes[this.length++] = pending
      pending >>>= 8
      count -= 8
    }
    this.pending = pending
    this.held = count
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

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }

  /** Fills the last byte with zeros and gives the bytes, valid until the next write. */
  finish(): Uint8Array {
    if (this.held > 0) {
      if (this.length + 4 > this.bytes.length) this.#grow()
      this.bytes[this.length++] = this.pending
      this.pending = 0
      this.held = 0
    }
    return this.bytes.subarray(0, this.length)
  }

  #grow(): void {
    const grown = new Uint8Array(this.bytes.length * 2)
    grown.set(this.bytes)
    this.bytes = grown
  }
}

/** Reads what a BitWriter wrote, from bytes seen as little endian words that go on for a word after the last bit. */
export class BitReader {
  words: Uint32Array
  /** Next bit. */
  at = 0

  constructor() {
    this.words = new Uint32Array(2)
  }

  start(words: Uint32Array, byteOffset: number): void {
    this.words = words
    this.at = byteOffset * 8
  }

  /** The next 32 bits, without moving on. */
  peek(): number {
    const word = this.at >>> 5
    const shift = this.at & 31
    return (this.words[word]! >>> shift) | ((this.words[word + 1]! << 1) << (31 - shift))
  }

  /** A field of at most 31 bits. */
  read(width: number): number {
    const value = this.peek() & ((1 << width) - 1)
    this.at += width
    return value
  }

  unary(): number {
    let zeros = 0
    for (;;) {
      const window = this.peek()
      if (window !== 0) {
        const run = 31 - Math.clz32(window & -window)
        this.at += run + 1
        return zeros + run
      }
      zeros += 32
      this.at += 32
      if (this.at >>> 5 >= this.words.length) throw new RangeError('read beyond the end')
    }
  }

  rice(width: number): number {
    const quotient = this.unary()
    return ((quotient << width) | this.read(width)) >>> 0
  }

  /** Moves to the next whole byte and returns its offset. */
  byteOffset(): number {
    this.at = (this.at + 7) & ~7
    return this.at >>> 3
  }
}
