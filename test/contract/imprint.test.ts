// Who made a page, how to reach them, the number of the issue: printed, so found.
import { expect, it } from 'vitest'
import { toArticles } from '../../src/ingest/page-articles.ts'
import { readPages } from '../../src/page/read-page.ts'
import { archiveOf } from '../support/archive-of.ts'

const page = `晴川晚报
2021.3.9 星期二 农历正月廿六　第A03版：民生
责编：关晓　版式：左一鸣　校对/祁远　热线：0374-4396868
国内统一刊号：CN41-0021　总第 2356 期

老街改造见成效

本报讯（记者 张三）昨日，老街的改造完工，居民们都来参加，气氛热烈，一直到晚上才散去。
`

it('the imprint is one notice of its page, and says nothing in the name of an article', async () => {
  const pages = await readPages(Buffer.from(page), {})
  const { archive, dispose } = await archiveOf(pages.flatMap(toArticles))
  for (const q of ['左一鸣', '4396868', 'CN41-0021', '"总第2356期"', '责编']) {
    const { total, hits } = await archive.search({ q })
    expect([q, total, hits[0]?.type, hits[0]?.id]).toEqual([q, 1, 'notice', '晴川晚报-2021-03-09-03-imprint'])
  }
  expect((await archive.search({ q: '张三' })).hits.map(({ headline }) => headline.text)).toEqual([
    '老街改造见成效',
  ])
  const printed = await archive.page('晴川晚报', '2021-03-09', 3)
  expect(printed.articles.map(({ type }) => type)).toEqual(['article', 'notice'])
  await dispose()
})
