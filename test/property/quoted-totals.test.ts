import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fold } from '../../src/normalize/normalize.ts'
import type { Article } from '../../src/schema/article.ts'
import { printedTexts } from '../../src/schema/index-document.ts'
import { archiveOf, type TestArchive } from '../support/archive-of.ts'
import { articleOf } from '../support/articles.ts'

/** What a person with much time would do: look into every printed text. */
function plainScan(articles: readonly Article[], quoted: string): string[] {
  const sought = fold(quoted)
  return articles
    .filter((article) =>
      printedTexts(article)
        .flat()
        .some((text) => fold(text).includes(sought)),
    )
    .map((article) => article.id)
    .sort()
}

// Few characters, so that words, parts of words and chance neighbours repeat; with words of the lexicon among them.
const piece = fc.constantFrom(
  '社区',
  '中华人民共和国',
  '华人',
  '脱贫攻坚',
  '许继社区',
  '人',
  '民',
  '王',
  '攻',
  '區',
  '，',
  '。',
  'No',
  '24',
  'ＡＢ',
  '·',
  '𠮷',
)
const printed = fc.array(piece, { minLength: 0, maxLength: 12 }).map((pieces) => pieces.join(''))

const corpus = fc.array(fc.record({ headline: printed, paragraphs: fc.array(printed, { maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 12,
})

describe('a quoted query finds exactly the articles that contain it', () => {
  test('for any articles, any string of theirs, and strings that are not there', async () => {
    await fc.assert(
      fc.asyncProperty(
        corpus,
        fc.integer({ min: 1, max: 3 }),
        fc.array(printed, { maxLength: 4 }),
        async (texts, segments, others) => {
          const articles = texts.map(({ headline, paragraphs }, i) =>
            articleOf(`a${i}`, headline, paragraphs),
          )
          const { archive, dispose } = await archiveOf(articles, segments)
          try {
            const sources = articles.flatMap((article) => printedTexts(article).flat())
            const parts = sources.flatMap((text) => [text.slice(0, 3), text.slice(1, 5), text.slice(-4)])
            for (const quoted of [...parts, ...others]) {
              if (fold(quoted).length === 0) continue
              const result = await archive.search({ q: `"${quoted}"`, size: 100, view: 'ids' })
              expect(result.hits.map((hit) => hit.id).sort(), `"${quoted}"`).toEqual(
                plainScan(articles, quoted),
              )
              expect(result.total).toBe(result.hits.length)
            }
          } finally {
            await dispose()
          }
        },
      ),
      { numRuns: 40 },
    )
  }, 240_000)
})

describe('readings of unquoted text', () => {
  let made: TestArchive
  const articles = [
    articleOf('together', '社区养老服务', ['社区养老服务中心建成。']),
    articleOf('apart', '养老与社区', ['社区办起养老院，服务老人。']),
    articleOf('one', '社区运动会', ['社区举办运动会。']),
    articleOf('none', '天气晴好', ['明日多云。']),
  ]
  beforeAll(async () => {
    made = await archiveOf(articles, 2)
  })
  afterAll(() => made.dispose())

  test('every article of a stricter reading is one of the wider readings', async () => {
    const { totals, query } = await made.archive.search({ q: '社区养老服务' })
    expect(totals.exact).toBe(1)
    expect(totals.allWords).toBe(2)
    expect(totals.anyWords).toBeGreaterThanOrEqual(2)
    expect(query.interpretation).not.toBe('exact')
  })

  test('closer readings stay ahead', async () => {
    const { hits } = await made.archive.search({ q: '社区养老服务' })
    expect(hits.slice(0, 2).map((hit) => hit.id)).toEqual(['together', 'apart'])
  })

  test('strict never widens', async () => {
    const result = await made.archive.search({ q: '社区养老服务', strict: true })
    expect(result.query.interpretation).toBe('exact')
    expect(result.total).toBe(1)
  })

  test('the parts of an explanation sum to the score that the search shows', async () => {
    for (const q of ['社区', '社区养老服务', '社区 OR 养老', '"养老 社区"~5', '标题:社区']) {
      const { hits } = await made.archive.search({ q })
      for (const { id, score } of hits) {
        const explained = await made.archive.explain(q, id)
        expect(explained.found, `${q} ${id}`).toBe(true)
        expect(explained.score).toBe(score)
        expect(explained.parts.reduce((sum, part) => sum + part.value, 0)).toBe(score)
      }
    }
  })

  test('an article that is not found says which part of the query it does contain', async () => {
    const explained = await made.archive.explain('"社区养老服务"', 'one')
    expect(explained).toMatchObject({ found: false, score: 0, nearest: ['社区'] })
  })

  test('marks are on the printed characters of what was sought', async () => {
    const { hits } = await made.archive.search({ q: '社區' })
    const marked = hits[0]!.headline
    expect(marked.marks.map(([start, end]) => marked.text.slice(start, end))).toEqual(['社区'])
  })
})
