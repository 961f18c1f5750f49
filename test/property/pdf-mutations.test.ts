// Damaged PDFs: bytes changed, cut out, doubled, objects dropped and swapped. An answer or an error that names the file.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPages } from '../../src/page/read-page.ts'
import { makePage } from '../unit/page/pdf-layouts.ts'

const made = Buffer.from(makePage(4, ['above']).bytes).toString('latin1')
const objects = made.split(/(?<=endobj\n)/)
const runs = Number(process.env.XUNBAO_LONG_RUNS ?? 25)

const edit = fc.record({
  kind: fc.constantFrom('byte', 'cut', 'double', 'dropObject', 'swapObjects', 'doubleObject', 'truncate'),
  at: fc.nat(made.length - 1),
  length: fc.nat(60),
  other: fc.nat(255),
})

function mutate(edits: readonly { kind: string; at: number; length: number; other: number }[]): Buffer {
  const parts = [...objects]
  let text: string | undefined
  for (const { kind, at, length, other } of edits) {
    const place = at % parts.length
    if (kind === 'dropObject') parts[place] = ''
    else if (kind === 'doubleObject') parts.splice(place, 0, parts[place]!)
    else if (kind === 'swapObjects') {
      const partner = other % parts.length
      ;[parts[place], parts[partner]] = [parts[partner]!, parts[place]!]
    } else {
      text ??= parts.join('')
      const from = at % Math.max(1, text.length)
      if (kind === 'byte') text = text.slice(0, from) + String.fromCharCode(other) + text.slice(from + 1)
      else if (kind === 'cut') text = text.slice(0, from) + text.slice(from + length)
      else if (kind === 'double') text = text.slice(0, from + length) + text.slice(from)
      else text = text.slice(0, Math.max(32, from))
    }
  }
  return Buffer.from(text ?? parts.join(''), 'latin1')
}

describe('a damaged PDF', () => {
  it(`in ${runs} forms: is read as far as it goes, or named`, {
    timeout: 60_000 + runs * 2_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        try {
          for (const page of await readPages(mutate(edits), { path: '甲/04.pdf' })) {
            const ids = page.items.map((item) => item.id)
            expect(new Set(ids).size).toBe(ids.length)
          }
        } catch (error) {
          expect(error).toMatchObject({ name: 'SearchError', details: { file: '甲/04.pdf' } })
        }
      }),
      { numRuns: runs },
    )
  })
})
