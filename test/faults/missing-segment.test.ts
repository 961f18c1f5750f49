import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openArchive } from '../../src/archive/open-archive.ts'
import { archiveOf } from '../support/archive-of.ts'
import { articleOf } from '../support/articles.ts'

test('when a part of the index cannot be read, the rest answers and every answer says what is missing', async () => {
  const { archive, directory, dispose } = await archiveOf(
    [articleOf('a', '社区一', ['社区养老。']), articleOf('b', '社区二', ['社区服务。'])],
    2,
  )
  await archive.close()
  const [first] = readdirSync(directory).filter((name) => name.endsWith('.seg'))
  truncateSync(join(directory, first!), 100)
  const damaged = await openArchive({ index: directory })
  try {
    for (const view of ['full', 'ids'] as const)
      for (const q of ['社区', '社区 OR 养老', '"社区"', '社区 服务']) {
        const result = await damaged.search({ q, view })
        expect(result.notices.join(), `${view} ${q}`).toContain('读不出来')
      }
    expect((await damaged.search({ q: '社区' })).total).toBe(1)
  } finally {
    await damaged.close()
    await dispose()
  }
})
