// Ranking cannot rot unseen: figures of a made set within a tolerance, its exact orders, and every parameter matters.
import { afterEach, describe, expect, test } from 'vitest'
import { createArchive } from '../../src/archive/open-archive.ts'
import { rankingParameters } from '../../src/schema/ranking-parameters.ts'
import { makeSet } from './made-set.ts'
import { judge, mean } from './metrics.ts'

const { articles, queries } = makeSet(240)
/** Figures may be better; a fall below these by more than the tolerance fails. */
const stated = { mrr10: 0.952, ndcg10: 0.706 }
const tolerance = 0.005

/** The first twenty of every query, with scores to two digits, and the passages of some. */
async function rankings(): Promise<{ ids: string[]; line: string }[]> {
  const archive = await createArchive()
  await archive.add(articles)
  const ranked: { ids: string[]; line: string }[] = []
  for (const [i, { text }] of queries.entries()) {
    const { hits, query } = await archive.search({ q: text, size: 20 })
    const order = hits.map(({ id, score }) => `${id} ${score.toFixed(2)}`).join(', ')
    const passages =
      i % 9 === 0
        ? hits.slice(0, 2).flatMap(({ snippets }) => snippets.map((one) => `\n    ${one.text}`))
        : []
    ranked.push({
      ids: hits.map(({ id }) => id),
      line: `${text} (${query.interpretation}): ${order}${passages.join('')}`,
    })
  }
  await archive.close()
  return ranked
}

const printed = (rows: readonly { line: string }[]) => `${rows.map(({ line }) => line).join('\n')}\n`
const usual = await rankings()

test('the orders and passages of the made set are those that were looked at (vitest -u after looking again)', async () => {
  await expect(printed(usual)).toMatchFileSnapshot('./made-set.orders.txt')
})

test('a reader finds the story first: MRR and nDCG of the judged queries', () => {
  const judged = queries.flatMap(({ relevant }, i) =>
    relevant.size > 1 ? [judge(usual[i]!.ids, relevant)] : [],
  )
  const figures = mean(judged)
  expect(figures.mrr10).toBeGreaterThan(stated.mrr10 - tolerance)
  expect(figures.ndcg10).toBeGreaterThan(stated.ndcg10 - tolerance)
})

/** Every number of the parameters, with the way to set it. */
function numbersOf(
  object: Record<string, unknown>,
  path = '',
): { name: string; set(factor: number): () => void }[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const name = path === '' ? key : `${path}.${key}`
    if (typeof value === 'object') return numbersOf(value as Record<string, unknown>, name)
    if (typeof value !== 'number' || value === 0) return []
    // Without normalisation by length, lengths say nothing.
    if (/Length$/.test(key) && object.b === 0) return []
    return [
      {
        name,
        set(factor: number) {
          object[key] = value * factor
          return () => {
            object[key] = value
          }
        },
      },
    ]
  })
}

describe('every parameter ten times as large changes the order of some query', () => {
  let restore: (() => void) | undefined
  afterEach(() => restore?.())

  test.each(numbersOf(rankingParameters))('$name', async ({ set }) => {
    restore = set(10)
    // Some are refused as impossible: that is noticed as well.
    const changed = await rankings().then(printed, () => 'refused')
    expect(changed).not.toBe(printed(usual))
  })
})
