import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toArticles } from '../../src/ingest/page-articles.ts'
import { fold } from '../../src/normalize/normalize.ts'
import { readPages } from '../../src/page/read-page.ts'
import type { Article } from '../../src/schema/article.ts'
import { printedTexts } from '../../src/schema/index-document.ts'
import { archiveOf, type TestArchive } from '../support/archive-of.ts'

const path = 'index-data/pages/今日魏都/2018-11-07/03.txt'
let made: TestArchive
let articles: Article[]

beforeAll(async () => {
  const pages = await readPages(readFileSync(path), { path })
  articles = pages.flatMap(toArticles)
  made = await archiveOf(articles)
})
afterAll(() => made.dispose())

test('every string of 1 to 12 characters of the page is found, as often as a plain scan finds it', async () => {
  const texts = articles.map((article) => printedTexts(article).flat().map(fold))
  const strings = new Set<string>()
  for (const text of articles.flatMap((article) => printedTexts(article).flat()))
    for (let start = 0; start < text.length; start++)
      for (let length = 1; length <= 12 && start + length <= text.length; length++)
        strings.add(text.slice(start, start + length))
  expect(strings.size).toBeGreaterThan(40_000)
  const wrong: string[] = []
  for (const string of strings) {
    const sought = fold(string)
    if (sought === '') continue // a space alone
    const expected = texts.filter((fields) => fields.some((field) => field.includes(sought))).length
    const { total } = await made.archive.search({ q: `"${string}"`, size: 1, view: 'ids' })
    if (total !== expected || expected === 0) wrong.push(`${string}: ${total} 而非 ${expected}`)
  }
  expect(wrong).toEqual([])
}, 240_000)

test('words, names, numbers and parts of words lead to their articles', async () => {
  const headlinesOf = async (q: string) => {
    const { hits } = await made.archive.search({ q })
    return hits.map((hit) => hit.headline.text)
  }
  expect((await headlinesOf('社区'))[0]).toBe('“小社区”凝聚“大幸福”')
  expect((await headlinesOf('脱贫攻坚'))[0]?.replace(/\s/g, '')).toBe('结对帮扶一对一助力脱贫心贴心')
  for (const q of ['许继', '蒋李集镇', '1391', '王', '和谐社区', '社區', '２０１９年'])
    expect(await headlinesOf(q), q).not.toEqual([])
})
