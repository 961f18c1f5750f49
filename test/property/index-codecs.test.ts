// Numbers, bits, blocks and texts come back as they were packed, for values at every edge.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BitReader, BitWriter } from '../../src/index/codec/bits.ts'
import { ByteReader, ByteWriter } from '../../src/index/codec/bytes.ts'
import {
  createCodebook,
  decodeUnits,
  encodeUnits,
  readCodebook,
  writeCodebook,
} from '../../src/index/codec/codebook.ts'
import { readPacked, writePacked } from '../../src/index/codec/packed-integers.ts'
import { decodeFullBlock, encodeFullBlock, WordWriter } from '../../src/index/postings/document-block.ts'
import { decodeImpacts, encodeImpacts } from '../../src/index/postings/impact-block.ts'

test('packed columns', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(9), fc.nat(0xffffffff)), { maxLength: 400 }), (values) => {
      const writer = new ByteWriter(1)
      writePacked(writer, values, values.length)
      expect(Array.from(readPacked(new ByteReader(writer.take()), new Uint32Array(values.length)))).toEqual(
        values,
      )
    }),
  )
})

test('numbers and strings of any kind', () => {
  const any = fc.oneof(
    fc.maxSafeNat(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
  )
  fc.assert(
    fc.property(fc.array(any), (values) => {
      const writer = new ByteWriter(1)
      for (const value of values) {
        if (typeof value === 'number') writer.varint(value)
        else writer.string(value)
      }
      const reader = new ByteReader(writer.take())
      for (const value of values)
        expect(typeof value === 'number' ? reader.varint() : reader.string()).toBe(value)
    }),
  )
})

test('bit fields, unary counts and Rice codes', () => {
  const field = fc.oneof(
    fc.tuple(fc.constant('field' as const), fc.nat(0x7fffffff), fc.integer({ min: 0, max: 31 })),
    fc.tuple(fc.constant('unary' as const), fc.nat(300), fc.constant(0)),
    fc.tuple(fc.constant('rice' as const), fc.nat(5000), fc.integer({ min: 6, max: 30 })),
  )
  fc.assert(
    fc.property(fc.array(field, { maxLength: 80 }), (fields) => {
      const writer = new BitWriter(8)
      for (const [kind, value, width] of fields) {
        if (kind === 'field') writer.write(value & (2 ** width - 1), width)
        else if (kind === 'unary') writer.unary(value)
        else writer.rice(value, width)
      }
      const bytes = writer.finish()
      const words = new Uint32Array((bytes.length >>> 2) + 3)
      new Uint8Array(words.buffer).set(bytes)
      const reader = new BitReader()
      reader.start(words, 0)
      for (const [kind, value, width] of fields) {
        if (kind === 'field') expect(reader.read(width)).toBe(value & (2 ** width - 1))
        else expect(kind === 'unary' ? reader.unary() : reader.rice(width)).toBe(value)
      }
    }),
  )
})

test('blocks of 128 documents, from side by side to far apart, with bursts and gaps', () => {
  const gap = fc.oneof(
    { weight: 6, arbitrary: fc.nat(3) },
    { weight: 3, arbitrary: fc.nat(200) },
    { weight: 1, arbitrary: fc.nat(1_000_000) },
  )
  const kinds = new Set<number>()
  const one = fc.array(gap, { minLength: 128, maxLength: 128 })
  const even = fc.tuple(fc.nat(4000), one).map(([most, gaps]) => gaps.map((each) => each % (most + 1)))
  fc.assert(
    fc.property(fc.oneof(one, even), fc.integer({ min: -1, max: 1000 }), (gaps, previous) => {
      const documents = new Uint32Array(128)
      let before = previous
      gaps.forEach((each, i) => {
        before += each + 1
        documents[i] = before
      })
      const out = new WordWriter()
      const descriptor = encodeFullBlock(documents, 0, previous, out)
      kinds.add(descriptor & 3)
      expect(descriptor >>> 7).toBe(out.length)
      const back = new Uint32Array(130)
      decodeFullBlock(descriptor, out.words, 0, previous, back, 1)
      expect(back.subarray(1, 129)).toEqual(documents)
    }),
    { numRuns: 500 },
  )
  expect(kinds).toEqual(new Set([0, 1, 2]))
})

test('impacts come back to the digit', () => {
  const impact = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 255 }), fc.integer({ min: 90, max: 99 }))
  fc.assert(
    fc.property(fc.array(impact, { minLength: 1, maxLength: 128 }), (values) => {
      const impacts = Uint8Array.from(values)
      const writer = new ByteWriter(1)
      expect(encodeImpacts(impacts, 0, impacts.length, writer)).toBe(Math.max(...values))
      const back = new Uint8Array(130)
      const bytes = new Uint8Array(writer.length + 8)
      bytes.set(writer.take())
      expect(decodeImpacts(bytes, 0, writer.length, impacts.length, back, 1)).toBe(writer.length)
      expect(back.subarray(1, impacts.length + 1)).toEqual(impacts)
    }),
  )
})

test('stored texts, whatever the codebook was made of', () => {
  const text = fc.array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0x4e00, max: 0x9fff })), {
    maxLength: 300,
  })
  const texts = fc.array(
    text.map((units) => String.fromCharCode(...units)),
    { minLength: 1, maxLength: 4 },
  )
  fc.assert(
    fc.property(texts, texts, (sample, others) => {
      const saved = new ByteWriter(1)
      writeCodebook(createCodebook(sample), saved)
      const book = readCodebook(new ByteReader(saved.take()))
      for (const each of [...sample, ...others]) {
        const writer = new ByteWriter(1)
        encodeUnits(book, each, writer)
        expect(decodeUnits(book, writer.bytes, 0, writer.length)).toBe(each)
      }
    }),
  )
})
