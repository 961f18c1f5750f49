// The laws of the analysis: words joined are the text, and complete keys are found wherever they stand.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnalyzer, createOccurrences } from '../../src/analysis/analyzer.ts'
import { jiebaCut } from '../../src/analysis/jieba.ts'
import { openLexicon } from '../../src/analysis/lexicon.ts'
import { createSegmenter } from '../../src/analysis/segmenter.ts'
import { foldForms, isLatinUnit } from '../../src/normalize/normalize.ts'

const lexicon = openLexicon()
const analyzer = createAnalyzer()

/** Words of the lexicon, characters of newspapers, and what stands between them. */
const piece = fc.oneof(
  { weight: 5, arbitrary: fc.nat(lexicon.words.length - 1).map((i) => lexicon.words[i]!) },
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
      const n = foldForms(printed)
      let end = 0
      for (const word of analyzer.cut(n)) {
        expect(word.start).toBe(end)
        expect(word.text).toBe(n.text.slice(word.start, word.end))
        expect(word.text).not.toBe('')
        for (const sub of word.subwords) {
          expect(sub.text).toBe(n.text.slice(sub.start, sub.end))
          expect(sub.text.length).toBeLessThan(word.text.length)
        }
        end = word.end
      }
      expect(end).toBe(n.text.length)
    }),
    { numRuns: 500 },
  )
})

test('every complete key is reported wherever it stands, once, and no other but whole Latin runs', () => {
  const occurrences = createOccurrences()
  fc.assert(
    fc.property(text, text, (first, second) => {
      // Two fields with a barrier between them, as the index lays them out.
      const joined = `${foldForms(first).text}\u0001\n${foldForms(second).text}`
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
      analyzer.occurrences({ text: joined, simplified: joined }, occurrences)
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
      const n = foldForms(printed)
      const borders = new Set([0])
      for (const word of analyzer.cut(n)) borders.add(word.end)
      analyzer.occurrences(n, occurrences)
      for (let i = 0; i < occurrences.count; i++) {
        const start = occurrences.starts[i]!
        const end = start + occurrences.lengths[i]!
        expect(occurrences.bounded[i] === 1).toBe(borders.has(start) && borders.has(end))
      }
    }),
    { numRuns: 500 },
  )
})

test('a text is cut exactly as nodejieba cuts it', () => {
  const segmenter = createSegmenter(lexicon, 'dictionary')
  fc.assert(
    fc.property(text, (printed) => {
      const { simplified } = foldForms(printed)
      const borders = segmenter.borders(simplified)
      const words: string[] = []
      let start = 0
      for (let i = 1; i <= simplified.length; i++) {
        if (borders[i] === 0) continue
        words.push(simplified.slice(start, i))
        start = i
      }
      expect(words).toEqual(jiebaCut(simplified))
    }),
    { numRuns: 1000 },
  )
})

test('nodejieba and the segmenter that opens at once mark the same words in what is indexed', () => {
  const byJieba = createAnalyzer({ indexedBy: 'nodejieba' })
  const markedBy = (indexer: typeof analyzer, n: { text: string; simplified: string }) => {
    const into = createOccurrences()
    indexer.occurrences(n, into)
    return Array.from({ length: into.count }, (_, i) => [into.starts[i], into.lengths[i], into.bounded[i]])
  }
  fc.assert(
    fc.property(
      fc
        .array(
          fc.oneof(
            fc
              .nat(lexicon.words.length - 1)
              .map((i) => lexicon.words[i]!)
              .filter((word) => jiebaCut(word).length === 1),
            fc.constantFrom('，', '。', '在', '的', '社区', '张书杰', '2018'),
          ),
          { maxLength: 20 },
        )
        .map((parts) => foldForms(parts.join(''))),
      (n) => {
        // Where the folded spelling is not the dictionary's (着名 for 著名, t恤 for T恤) only the segmenter knows the word.
        fc.pre(n.text === n.simplified && !/[a-z]|[〇零一二三四五六七八九]{3}/.test(n.text))
        expect(markedBy(byJieba, n)).toEqual(markedBy(analyzer, n))
      },
    ),
    { numRuns: 300 },
  )
})
