// Laws of PDF pages: no printed character is lost or doubled, and no bytes make the reader fail in its own way.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SearchError } from '../../src/model/errors.ts'
import type { Item, Page } from '../../src/model/item.ts'
import { assignAll } from '../../src/page/assignment.ts'
import { readPdfPages } from '../../src/page/pdf/read-pdf.ts'
import { layoutNames, makePage } from '../unit/page/pdf-layouts.ts'
import { createPdf } from '../unit/page/pdf-writer.ts'

const textsOf = (item: Item): string[] => [
  item.kicker ?? '',
  item.headline ?? '',
  item.subtitle ?? '',
  ...(item.subheadings ?? []).map((each) => each.text),
  ...item.paragraphs,
  item.caption ?? '',
  ...(item.credits ?? []),
]

const charsOf = (page: Page): string[] =>
  [...page.items.flatMap(textsOf), ...(page.unplaced ?? []).map((each) => each.text)]
    .join('')
    .replace(/\s/gu, '')
    .split('')
    .sort()

test('任意摆放的文字：每个字恰好归入一处', async () => {
  // Characters that make no date, role, name or credit: those move into fields of their own.
  const letters = [...'云山江海松竹梅兰晨暮霜雪，。！？《》']
  const piece = fc.record({
    x: fc.integer({ min: 10, max: 700 }),
    y: fc.integer({ min: 10, max: 1100 }),
    size: fc.constantFrom(8, 9, 9.5, 10, 11, 14, 18, 26),
    text: fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 24 }).map((list) => list.join('')),
    vertical: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 40 }), async (pieces) => {
      const pdf = createPdf()
      const sheet = pdf.page(2300, 1300)
      const seen = new Set<string>()
      const printed: string[] = []
      for (const each of pieces) {
        // Two pieces on one spot would print over each other: that is one print, drawn twice.
        const key = each.vertical ? `column ${Math.round(each.x / 60)}` : `row ${Math.round(each.y / 60)}`
        if (seen.has(key)) continue
        seen.add(key)
        if (each.vertical) sheet.down(1500 + each.x, 1250, each.size, each.text)
        else sheet.text(each.x, each.y, each.size, each.text)
        printed.push(...each.text)
      }
      if (printed.length === 0) return
      const pages = await readPdfPages(pdf.bytes(), {})
      expect(charsOf(pages[0]!)).toEqual(printed.sort())
    }),
    { numRuns: 40, seed: 20210309 },
  )
}, 120_000)

test('成篇的版面：正文的字一个不少，一个不多', async () => {
  for (let seed = 100; seed < 112; seed++) {
    const made = makePage(seed, layoutNames)
    const page = (await readPdfPages(made.bytes, {}))[0]!
    const body =
      page.items.flatMap((item) => item.paragraphs).join('') +
      (page.unplaced ?? []).map((each) => each.text).join('')
    const want = made.stories.flatMap((story) => story.paragraphs).join('')
    const count = (text: string): number =>
      [...text.replace(/\s/gu, '')].filter((char) => char === '，' || char === '。').length
    expect(count(body) + count(page.items.map((item) => item.caption ?? '').join('')), made.name).toBe(
      count(want) + made.captions.length,
    )
  }
}, 120_000)

test('改坏的字节：读得出页面，或用一句中文说明原因，绝不崩溃', async () => {
  const whole = makePage(7, ['pair', 'dropped-picture', 'vertical-head']).bytes
  const wounds = fc.array(
    fc.record({
      kind: fc.constantFrom('flip', 'cut', 'double', 'drop'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      value: fc.integer({ min: 0, max: 255 }),
      length: fc.integer({ min: 1, max: 400 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(wounds, async (list) => {
      let bytes = Buffer.from(whole)
      for (const { kind, at, value, length } of list) {
        const place = Math.floor(at * bytes.length)
        if (kind === 'flip' && place < bytes.length) bytes[place] = value
        else if (kind === 'cut' && at > 0.3) bytes = bytes.subarray(0, place) as typeof bytes
        else if (kind === 'double') {
          bytes = Buffer.concat([bytes.subarray(0, place + length), bytes.subarray(place)]) as typeof bytes
        } else if (kind === 'drop') {
          bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + length)]) as typeof bytes
        }
      }
      try {
        const pages = await readPdfPages(Uint8Array.from(bytes), {})
        expect(pages.length).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(SearchError)
        expect(['PAGE_DAMAGED', 'PAGE_NO_TEXT_LAYER']).toContain((error as SearchError).code)
      }
    }),
    { numRuns: 60, seed: 4 },
  )
}, 180_000)

test('指派的总分不低于任何一种排列', () => {
  const score = fc.integer({ min: -20, max: 20 })
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((rows) =>
      fc.array(fc.array(score, { minLength: 6, maxLength: 6 }), { minLength: rows, maxLength: rows }),
    )
  const best = (scores: readonly (readonly number[])[], row: number, used: number): number => {
    if (row === scores.length) return 0
    let most = Number.NEGATIVE_INFINITY
    scores[row]!.forEach((value, column) => {
      if ((used & (1 << column)) === 0)
        most = Math.max(most, value + best(scores, row + 1, used | (1 << column)))
    })
    return most
  }
  fc.assert(
    fc.property(table, (scores) => {
      const chosen = assignAll(scores)
      expect(new Set(chosen).size).toBe(scores.length)
      expect(chosen.reduce((sum, column, row) => sum + scores[row]![column]!, 0)).toBe(best(scores, 0, 0))
    }),
    { numRuns: 200 },
  )
})
