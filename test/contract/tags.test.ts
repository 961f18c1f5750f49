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
