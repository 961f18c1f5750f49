// Numbers and strings as bytes: variable-length integers (seven bits a byte, low bits first) and exact strings.

/** A growing run of bytes. */
export class ByteWriter {
  bytes: Uint8Array
  length = 0

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity)
  }

  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  /** A whole number from 0 to 2^53 - 1. */
  varint(value: number): void {
    this.reserve(8)
    let rest = value
    while (rest > 0x7fffffff) {
      this.bytes[this.length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.length++] = rest
  }

  uint32(value: number): void {
    this.reserve(4)
    this.bytes[this.length++] = value
    this.bytes[this.length++] = value >>> 8
    this.bytes[this.length++] = value >>> 16
    this.bytes[this.length++] = value >>> 24
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** UTF-16 units from `start` on, two bytes each. */
  units(text: string, start: number): void {
    this.reserve((text.length - start) * 2)
    for (let i = start; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      this.bytes[this.length++] = unit
      this.bytes[this.length++] = unit >>> 8
    }
  }

  /** Any string, lone surrogates included. */
  string(text: string): void {
    const { bytes, exact } = encodeString(text)
    this.varint(bytes.length * 2 + (exact ? 1 : 0))
    this.append(bytes)
  }

  align(to: number): void {
    while (this.length % to !== 0) this.byte(0)
  }

  take(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
  }
}

/** Reads what a ByteWriter wrote. Beyond the end it throws RangeError: the caller knows the file. */
export class ByteReader {
  readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw new RangeError('read beyond the end')
    return this.bytes[this.at++]!
  }

  varint(): number {
    let byte = this.byte()
    if (byte < 128) return byte
    let value = byte & 127
    let shift = 7
    do {
      byte = this.byte()
      if (shift < 28) value |= (byte & 127) << shift
      else value += (byte & 127) * 2 ** shift
      shift += 7
    } while (byte > 127)
    return value
  }

  uint32(): number {
    const low = this.byte() | (this.byte() << 8) | (this.byte() << 16)
    return (low | (this.byte() << 24)) >>> 0
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError('read beyond the end')
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  string(): string {
    const head = this.varint()
    return decodeString(this.take(Math.floor(head / 2)), head % 2 === 1)
  }
}

const loneSurrogate = /\p{Surrogate}/u
const replacement = Buffer.from('\ufffd', 'utf8')

/** UTF-8, or plain UTF-16 units (`exact`) for the rare string with a lone surrogate, which UTF-8 cannot hold. */
function encodeString(text: string): { bytes: Uint8Array; exact: boolean } {
  const bytes = Buffer.from(text, 'utf8')
  const exact = bytes.includes(replacement) && loneSurrogate.test(text)
  return exact ? { bytes: Buffer.from(text, 'utf16le'), exact } : { bytes, exact }
}

/** The way back from encodeString. */
function decodeString(bytes: Uint8Array, exact: boolean): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.toString(exact ? 'utf16le' : 'utf8')
}
