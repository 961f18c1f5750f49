// The large judged sets, where they are: a drop of more than 0.005 in any of them fails.
import { expect, test } from 'vitest'
import { archiveOf } from '../support/archive-of.ts'
import { measureSet } from './measure.ts'
import { readCorpus, readSets, sharedFolder } from './sets.ts'

/** MRR@10 of the half kept for testing, as measured on the day that is named in docs/ranking.md. */
const stated: Record<string, number> = {
  'known item, bodies alone': 0.653,
  'keywords, whole articles': 0.74,
  'trending, reworded': 0.858,
  'trending, verbatim': 0.941,
  'headline to body': 0.674,
}
const tolerance = 0.005

const shared = sharedFolder()
const isLong = process.env.XUNBAO_LONG === '1'
if (!shared || !isLong)
  console.warn(`大题集没有跑：${shared ? '设 XUNBAO_LONG=1 才跑' : '这里没有度量用的数据'}。`)

for (const set of shared && isLong ? readSets(shared) : [])
  test(set.name, { timeout: 600_000 }, async () => {
    const { archive, dispose } = await archiveOf(readCorpus(shared!, set.corpus))
    const { figures } = await measureSet(archive, set, 'test')
    await dispose()
    expect(figures.mrr10).toBeGreaterThan(stated[set.name]! - tolerance)
  })

test.skipIf(!shared || !isLong)('every large set has a stated figure', () => {
  for (const { name } of readSets(shared!)) expect(stated).toHaveProperty([name])
})
