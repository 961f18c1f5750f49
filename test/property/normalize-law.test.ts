// The law of folding: parts of a text fold to parts of the folded text, and the way back never leaves the print.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, foldForms, normalize, toPrintedSpan } from '../../src/normalize/normalize.ts'

/** Characters that the rules speak about, thickly mixed, and any Unicode between them. */
const character = fc.oneof(
  fc.constantFrom(
    ...'社区脱贫攻坚后後里裏裡干乾幹着著台臺颱瞭了鱀𠮷𬶨⼈⻅ \t\n\u3000··•abcXYZé１２３２０19，,。“”「」《》—…㎡①ﾊﾟ½ß',
  ),
  fc.constantFrom('\u0301', '\u200b', '\ufe0f', '\u0000', '\r\n', '\ud800', '\udc00', '\ufeff'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)
const text = fc.array(character, { maxLength: 40 }).map((parts) => parts.join(''))

test('every part of a text folds to a part of the folded text', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (whole, x, y) => {
      const characters = [...whole]
      const from = x % (characters.length + 1)
      const to = from + (y % (characters.length + 1 - from))
      expect(fold(whole)).toContain(fold(characters.slice(from, to).join('')))
    }),
    { numRuns: 3000 },
  )
})

test('folding twice changes nothing, and no fold ever holds a line break', () => {
  fc.assert(
    fc.property(text, (whole) => {
      const once = fold(whole)
      expect(fold(once)).toBe(once)
      expect(once).not.toMatch(/[\n\r]/)
    }),
    { numRuns: 3000 },
  )
})

test('folding every single character of Unicode twice changes nothing', () => {
  // Planes 4 to 13 are empty, 15 and 16 private: they are folded by the same branch as the last of plane 14.
  for (let codePoint = 0; codePoint <= 0xe01ff; codePoint++) {
    if (codePoint === 0x33480) codePoint = 0xe0000
    const once = fold(String.fromCodePoint(codePoint))
    if (fold(once) !== once)
      expect.fail(`U+${codePoint.toString(16)} folds to ${JSON.stringify(once)}, then on`)
  }
})

test('every folded unit points to the printed characters that made it, in order', () => {
  fc.assert(
    fc.property(text, (printed) => {
      const n = normalize(printed)
      expect(n.text).toBe(fold(printed))
      expect(n.simplified).toHaveLength(n.text.length)
      expect(n.starts).toHaveLength(n.text.length)
      expect(n.ends).toHaveLength(n.text.length)
      expect(foldForms(printed)).toEqual({ text: n.text, simplified: n.simplified })
      for (let i = 0; i < n.text.length; i++) {
        const [start, end] = toPrintedSpan(n, i, i + 1)
        expect(start).toBeLessThan(end)
        expect(end).toBeLessThanOrEqual(printed.length)
        if (i > 0) expect(start).toBeGreaterThanOrEqual(n.starts[i - 1]!)
        const unit = n.text[i]!
        if (unit !== ' ') expect(fold(printed.slice(start, end))).toContain(unit)
        else expect(printed.slice(start, end)).toMatch(/[\s\u0085·•‧・･∙⋅˙᛫⸱]/)
      }
    }),
    { numRuns: 2000 },
  )
})

test('the printed span of a found string folds back to that string', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (printed, x, y) => {
      const n = normalize(printed)
      fc.pre(n.text.length > 0)
      const start = x % n.text.length
      const end = start + 1 + (y % (n.text.length - start))
      const [from, to] = toPrintedSpan(n, start, end)
      const found = n.text.slice(start, end)
      // A span may cut a printed character that folds to several units, never the other way round.
      const back = fold(printed.slice(from, to))
      if (found === found.trim()) expect(back).toContain(found)
    }),
    { numRuns: 2000 },
  )
})
