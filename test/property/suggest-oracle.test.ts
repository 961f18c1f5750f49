// Suggestions beside a slow reading of the whole vocabulary; corrections for any string at all.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/normalize/normalize.ts'
import { createCorrector } from '../../src/suggest/corrector.ts'
import { createSuggester } from '../../src/suggest/suggester.ts'
import type { VocabularyEntry } from '../../src/suggest/vocabulary.ts'

/** Few characters, so that beginnings and middles meet; keys that trip tables of objects are among them. */
const alphabet = fc.constantFrom(
  ...'社区会养老银行重庆社社ab1，。 𠮷'.match(/./gu)!,
  '__proto__',
  'constructor',
)
const text = fc.array(alphabet, { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''))
const kind = fc.constantFrom<VocabularyEntry['kind'][]>('term', 'person', 'place', 'section', 'headline')
const entry = fc.record({ text, kind, count: fc.integer({ min: 0, max: 5 }) })

function complete(entries: VocabularyEntry[]) {
  const suggester = createSuggester(entries)
  while (!suggester.addSome(50));
  return suggester
}

test('every text that contains the query is suggested, and no other (queries without letters)', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), text, (entries, q) => {
      fc.pre(!/[a-z]/.test(q))
      const key = fold(q)
      const found = complete(entries).suggest(q, 100)
      const wanted = entries.filter(({ text, count }) => count >= 1 && key !== '' && fold(text).includes(key))
      const keys = (texts: { text: string }[]) => [...new Set(texts.map(({ text }) => fold(text)))].sort()
      expect(keys(found)).toEqual(keys(wanted))
      expect(new Set(found.map(({ text }) => text)).size).toBe(found.length)
    }),
    { numRuns: 300 },
  )
})

test('closer suggestions come first: whole, then beginning, then middle', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), text, (entries, q) => {
      fc.pre(!/[a-z]/.test(q))
      const key = fold(q)
      const closeness = complete(entries)
        .suggest(q, 100)
        .map(({ text }) => (fold(text) === key ? 0 : fold(text).startsWith(key) ? 1 : 2))
      expect(closeness).toEqual([...closeness].sort((a, b) => a - b))
    }),
    { numRuns: 200 },
  )
})

test('fewer suggestions are the first of more', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 30 }),
      text,
      fc.integer({ min: 1, max: 5 }),
      (entries, q, size) => {
        fc.pre(!/[a-z]/.test(q))
        const suggester = complete(entries)
        expect(suggester.suggest(q, size)).toEqual(suggester.suggest(q, 100).slice(0, size))
      },
    ),
    { numRuns: 200 },
  )
})

test('any string is answered, and what is offered is made of terms', () => {
  const terms = ['社区', '社会', '养老', '银行', '重庆', '脱贫攻坚', '脱贫', '攻坚', '改革开放']
  const corrector = createCorrector(terms.map((term, i) => ({ text: term, count: 10 * (i + 1) })))
  const suggester = complete(terms.map((term) => ({ text: term, kind: 'term', count: 1 })))
  const pinyin = fc
    .array(fc.constantFrom('she', 'qu', 'hui', ' ', "'", '1', 'yang', '设', '区', 'g', 'j', '"', 'OR'))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), pinyin), (q) => {
      expect(suggester.suggest(q, 5).length).toBeLessThanOrEqual(5)
      for (const { text, closeness, count } of corrector.correct(q, { limit: 3 })) {
        expect(terms.some((term) => text.includes(term))).toBe(true)
        expect(closeness).toBeGreaterThan(0)
        expect(closeness).toBeLessThanOrEqual(1)
        expect(count).toBeGreaterThan(0)
      }
    }),
    { numRuns: 500 },
  )
})

test('a term is never corrected', () => {
  const term = fc
    .array(fc.constantFrom(...'社设区曲会汇养老银行'), { minLength: 2, maxLength: 4 })
    .map((c) => c.join(''))
  fc.assert(
    fc.property(fc.array(fc.record({ text: term, count: fc.integer({ min: 1, max: 9999 }) })), (terms) => {
      const corrector = createCorrector(terms)
      for (const { text } of terms) expect(corrector.correct(text)).toEqual([])
    }),
  )
})
