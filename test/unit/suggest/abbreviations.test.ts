// An editor is shown which short forms the paper uses for what, with the articles that say so.
import { expect, test } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import { type MinedArticle, proposeAbbreviations, shortens } from '../../../src/suggest/abbreviations.ts'

const analyzer = createAnalyzer({ userWords: ['棚改', '医保'] })

function archive(): MinedArticle[] {
  const others = Array.from({ length: 40 }, (_, i) => ({
    id: `o${i}`,
    headline: '社区开展消防演练',
    body: '昨日，社区组织居民开展消防演练，居民踊跃参加。',
  }))
  const renewals = Array.from({ length: 4 }, (_, i) => ({
    id: `p${i}`,
    headline: '棚改项目顺利推进',
    body: '今年以来，我区棚户区改造工作进展顺利，居民搬进新居。',
  }))
  const single = { id: 's', headline: '医保报销更方便', body: '医疗保险报销手续简化。' }
  return [...others, ...renewals, single]
}

test('棚改 is proposed for 棚户区改造, with numbers and examples', () => {
  const [first] = proposeAbbreviations(archive, analyzer)
  expect(first).toMatchObject({ short: '棚改', full: '棚户区改造', articles: 4, shortArticles: 4 })
  expect(first?.examples).toEqual(['p0', 'p1', 'p2'])
  expect(first?.lift).toBeCloseTo(45 / 4)
})

test('what a single article says is not proposed, unless one is enough', () => {
  const shorts = (leastArticles: number) =>
    proposeAbbreviations(archive, analyzer, { leastArticles }).map(({ short }) => short)
  expect(shorts(3)).not.toContain('医保')
  expect(shorts(1)).toContain('医保')
})

test('an archive without articles proposes nothing', () => {
  expect(proposeAbbreviations(() => [], analyzer)).toEqual([])
})

test.each([
  ['环保', ['环境', '保护'], true],
  ['棚改', ['棚户区', '改造'], true],
  ['奥运会', ['奥林匹克', '运动会'], true],
  ['保环', ['环境', '保护'], false],
  ['环境', ['环境', '保护'], false],
  ['环护', ['环境', '治理', '保护'], false],
  ['棚户', ['棚户区', '改造'], false],
])('%s shortens %j: %s', (short, words, does) => {
  expect(shortens(short, words)).toBe(does)
})
