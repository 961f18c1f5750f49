// The laws of the analysis: words joined are the text, and complete keys are found wherever they stand.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnalyzer, createOccurrences } from '../../src/analysis/analyzer.ts'
import { hasJieba } from '../../src/analysis/jieba.ts'
import { firstWordId, openLexicon } from '../../src/analysis/lexicon.ts'
import { fold, isLatinUnit } from '../../src/normalize/normalize.ts'

const lexicon = openLexicon()
const analyzer = createAnalyzer()

/** Words of the lexicon, characters of newspapers, and what stands between them. */
const piece = fc.oneof(
  { weight: 5, arbitrary: fc.nat(lexicon.wordCount - 1).map((i) => lexicon.wordOf(firstWordId + i)) },
  { weight: 3, arbitrary: fc.constantFrom(...'的是在了和人大中国社区脱贫攻坚一二三许继魏都王李张小明𠮷𬶨') },
  { weight: 2, arbitrary: fc.constantFrom(...'，。、“”《》（）— \n·') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '2018',
      '11',
      '1391',
      '3.5',
      '10086',
      'APEC',
      'news',
      'newspaper',
      '5G',
      'abc123',
      'ｘ',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('著名', '乾坤', '瞭望', '後天', '臺灣', '複雜', '云计算', 'B超', 'T恤'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
)
const text = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(''))

test('the words of a text joined are the text, each in its place', () => {
  fc.assert(
    fc.property(text, (printed) => {
      const folded = fold(printed)
      let end = 0
      for (const word of analyzer.cut(folded)) {
        expect(word.start).toBe(end)
        expect(word.text).toBe(folded.slice(word.start, word.end))
        expect(word.text).not.toBe('')
        for (const sub of word.subwords) {
          expect(sub.text).toBe(folded.slice(sub.start, sub.end))
          expect(sub.text.length).toBeLessThan(word.text.length)
        }
        end = word.end
      }
      expect(end).toBe(folded.length)
    }),
    { numRuns: 500 },
  )
})

test('every complete key is reported wherever it stands, once, and no other but whole Latin runs', () => {
  const occurrences = createOccurrences()
  fc.assert(
    fc.property(text, text, (first, second) => {
      // Two fields with a barrier between them, as the index lays them out.
      const joined = `${fold(first)}\u0001\n${fold(second)}`
      const expected: string[] = []
      for (let start = 0; start < joined.length; start++) {
        for (let end = start + 1; end <= joined.length && end - start <= 20; end++) {
          const key = joined.slice(start, end)
          const latinEdges =
            (start > 0 && isLatinUnit(joined.charCodeAt(start - 1))) ||
            (end < joined.length && isLatinUnit(joined.charCodeAt(end)))
          const run = [...key].every((unit) => isLatinUnit(unit.charCodeAt(0)))
          if (analyzer.isComplete(key) || (run && !latinEdges)) expected.push(`${start}+${key}`)
        }
      }
      analyzer.occurrences(joined, occurrences)
      const found: string[] = []
      for (let i = 0; i < occurrences.count; i++) {
        const key = analyzer.keyOf(occurrences.keys[i]!)
        expect(key).toHaveLength(occurrences.lengths[i]!)
        if (i > 0) expect(occurrences.starts[i]).toBeGreaterThanOrEqual(occurrences.starts[i - 1]!)
        if (key.length <= 20) found.push(`${occurrences.starts[i]}+${key}`)
      }
      expect(found.sort()).toEqual(expected.sort())
    }),
    { numRuns: 500 },
  )
})

test('an occurrence is bounded exactly where words of the cut begin and end', () => {
  const occurrences = createOccurrences()
  fc.assert(
    fc.property(text, (printed) => {
      const folded = fold(printed)
      const borders = new Set([0])
      for (const word of analyzer.cut(folded)) borders.add(word.end)
      analyzer.occurrences(folded, occurrences)
      for (let i = 0; i < occurrences.count; i++) {
        const start = occurrences.starts[i]!
        const end = start + occurrences.lengths[i]!
        expect(occurrences.bounded[i] === 1).toBe(borders.has(start) && borders.has(end))
      }
    }),
    { numRuns: 500 },
  )
})

test.skipIf(!hasJieba())(
  'nodejieba and the segmenter that opens at once mark the same words, whatever the text',
  () => {
    const byJieba = createAnalyzer({ indexedBy: 'nodejieba' })
    const markedBy = (indexer: typeof analyzer, printed: string) => {
      const into = createOccurrences()
      indexer.occurrences(fold(printed), into)
      return Array.from({ length: into.count }, (_, i) => [into.starts[i], into.lengths[i], into.bounded[i]])
    }
    const same = (printed: string): void => {
      expect(markedBy(byJieba, printed)).toEqual(markedBy(analyzer, printed))
    }
    for (const once of [
      '兵拿祸结张书杰',
      '的齿牙余惠',
      '在齿牙余惠',
      '二〇一九年',
      '著名',
      'T恤',
      '乾隆年間著名的後花園',
    ])
      same(once)
    fc.assert(fc.property(text, same), { numRuns: 2000 })
  },
)
