// Tags can be searched for, filtered by and counted.
import { expect, it } from 'vitest'
import { archiveOf } from '../support/archive-of.ts'

it('finds by 标签:, filters by tag, counts tags, and has any number of papers', async () => {
  const { archive, dispose } = await archiveOf([])
  try {
    await archive.add([
      { id: 'a', title: '社区食堂', tags: '民生、养老' },
      { id: 'b', title: '社区学校', tags: ['民生'] },
      { id: 'c', title: '社区道路' },
    ])
    const ids = async (q: string, tag: string[] = []) =>
      (await archive.search({ q, tag, view: 'ids' })).hits.map(({ id }) => id).sort()
    expect(await ids('标签:养老')).toEqual(['a'])
    expect(await ids('社区 标签:民生')).toEqual(['a', 'b'])
    expect(await ids('社区 -标签:民生')).toEqual(['c'])
    expect(await ids('社区', ['养老'])).toEqual(['a'])
    expect((await archive.search({ q: '社区' })).facets.tag).toEqual([
      { value: '民生', count: 2 },
      { value: '养老', count: 1 },
    ])
    const papers = Array.from({ length: 66_000 }, (_, i) => ({ id: `p${i}`, title: '报', paper: `报${i}` }))
    await archive.add(papers)
    expect(await ids('报:报65999')).toEqual(['p65999'])
    expect(await ids('报:报463')).toEqual(['p463'])
  } finally {
    await dispose()
  }
})

it('of many tags gives the fifty most frequent, equal ones in the order of their characters', async () => {
  const articles = Array.from({ length: 400 }, (_, i) => ({
    id: `n${i}`,
    title: '社区',
    tags: Array.from({ length: 1 + (i % 7) }, (_, k) => `标签${(i * (k + 3)) % 131}`),
  }))
  const counts = new Map<string, number>()
  for (const { tags } of articles)
    for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  const expected = Array.from(counts, ([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, 50)
  const { archive, dispose } = await archiveOf([])
  try {
    await archive.add(articles)
    expect(counts.size).toBeGreaterThan(100)
    expect((await archive.search({ q: '社区' })).facets.tag).toEqual(expected)
  } finally {
    await dispose()
  }
})
