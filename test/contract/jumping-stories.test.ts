// A story that jumps from page to page is one article, in whichever order its pages come, go and come back.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/open-archive.ts'
import type { Archive } from '../../src/archive/port.ts'
import { buildIndex } from '../../src/ingest/build-index.ts'
import type { Article } from '../../src/schema/article.ts'

let folder: string
let index: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-jumps-'))
  index = join(folder, 'index')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const masthead = (no: number) => `魏都晚报\n2018年11月7日 星期三\n第${no}版\n\n`
const short =
  '晚会邀请居民同台\n\n本报讯（记者 李四）昨日，社区举办晚会，邀请居民同台演出，大家看得十分高兴，一直到深夜才散去。\n'
const first = `${masthead(1)}老街改造见成效\n\n本报讯（记者 张三）老街改造工程昨日完工。居民王大妈说，改造以后路宽了，灯亮了。\n　　工程由区里出资，前后用了三年，受益的居民共有（下转第2版）\n\n${short}`
const second = `${masthead(2)}老街改造出新貌\n\n（上接第1版）四千八百户。施工的时候，工人们早出晚归，没有扰民。\n　　下一步，区里还要改造后街。（下转第3版）\n`
const third = `${masthead(3)}（上接第2版）后街的改造将在明年春天开始，预计秋天完工，居民们都很期待这一天的到来。\n`
const pageTexts = [first, second, third]

async function stories(archive: Archive): Promise<Article[]> {
  const found: Article[] = []
  for await (const article of archive.exportHits({ q: '' })) found.push(article)
  return found.sort((a, b) => (a.id < b.id ? -1 : 1))
}

const put = (archive: Archive, no: number, text = pageTexts[no - 1]!) =>
  archive.addPage(Buffer.from(text), { paper: '魏都晚报', date: '2018-11-07', pageNo: no })

function putFolder(numbers: readonly number[]): string {
  const pages = join(folder, 'pages', '魏都晚报', '2018-11-07')
  mkdirSync(pages, { recursive: true })
  for (const no of numbers) writeFileSync(join(pages, `0${no}.txt`), pageTexts[no - 1]!)
  return join(folder, 'pages')
}

async function built(numbers: readonly number[]): Promise<Archive> {
  await buildIndex({ sources: putFolder(numbers), index, force: true })
  return openArchive({ index })
}

describe('a story that goes on on another page', () => {
  it('is one article with its pieces and their places', async () => {
    const archive = await built([1, 2, 3])
    const all = await stories(archive)
    expect(all.map(({ headline }) => headline)).toEqual(['老街改造见成效', '晚会邀请居民同台'])
    const [story] = all as [Article]
    expect(story.paragraphs.slice(1)).toEqual([
      '工程由区里出资，前后用了三年，受益的居民共有四千八百户。施工的时候，工人们早出晚归，没有扰民。',
      '下一步，区里还要改造后街。',
      '后街的改造将在明年春天开始，预计秋天完工，居民们都很期待这一天的到来。',
    ])
    expect(story.pieces?.map(({ pageNo }) => pageNo)).toEqual([1, 2, 3])
    expect(story.pieces?.every(({ sourceLines = [] }) => sourceLines.length > 0)).toBe(true)
    expect(story.continues).toBeUndefined()
    // Its other headline is printed too, where the story goes on.
    expect(story.subheadings?.map(({ text }) => text)).toEqual(['老街改造出新貌'])
    await archive.close()
  })

  it('is found by words of all its pages, and across the end of a page', async () => {
    const archive = await built([1, 2, 3])
    for (const q of ['王大妈 扰民 期待', '"共有四千八百户"', '出新貌']) {
      const { hits, total } = await archive.search({ q, reading: 'exact' })
      expect([total, hits[0]?.headline.text], q).toEqual([1, '老街改造见成效'])
    }
    await archive.close()
  })

  it('is on each of its pages as printed there, and is opened by the id of any piece', async () => {
    const archive = await built([1, 2, 3])
    const page = await archive.page('魏都晚报', '2018-11-07', 2)
    expect(page.articles.map(({ headline }) => headline)).toEqual(['老街改造出新貌'])
    const story = await archive.article(page.articles[0]!.id)
    expect(story.headline).toBe('老街改造见成效')
    await archive.close()
  })

  it('is the same in every order of its pages, also when pages come again', async () => {
    const archive = await built([1, 2, 3])
    const whole = await stories(archive)
    await archive.close()
    const orders = fc.shuffledSubarray([1, 2, 3, 1, 2, 3], { minLength: 6, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(orders, fc.nat(6), async (order, rebuiltAfter) => {
        rmSync(join(folder, 'pages'), { recursive: true, force: true })
        rmSync(index, { recursive: true, force: true })
        await buildIndex({ articles: [{ id: 'other', title: '别的' }], index })
        for (const [at, no] of order.entries()) {
          const archive = await openArchive({ index })
          await put(archive, no)
          await archive.close()
          // A rebuild from other sources keeps what was added, in pieces or joined.
          if (at === rebuiltAfter) await buildIndex({ articles: [{ id: 'other', title: '别的' }], index })
        }
        const made = await openArchive({ index })
        const unplaced = ({ source: _, pieces, ...article }: Article) => ({
          ...article,
          pieces: pieces?.map(({ source: __, ...piece }) => piece),
        })
        expect((await stories(made)).filter(({ id }) => id !== 'other').map(unplaced)).toEqual(
          whole.map(unplaced),
        )
        await made.close()
      }),
      { numRuns: 12 },
    )
  })

  it('falls apart and heals when its page is replaced by one without it, and by the old one', async () => {
    const archive = await built([1, 2, 3])
    const whole = await stories(archive)
    await put(
      archive,
      2,
      `${masthead(2)}后街也要改造\n\n本报讯（记者 王五）区里昨日说，后街也要改造，明年春天开工，秋天完工。\n`,
    )
    const apart = await stories(archive)
    expect(apart.map(({ headline, continues }) => [headline, continues])).toEqual([
      ['老街改造见成效', { to: 2 }],
      ['晚会邀请居民同台', undefined],
      ['后街也要改造', undefined],
      [undefined, { from: 2 }],
    ])
    await put(archive, 2)
    const healed = await stories(archive)
    expect(healed.map(({ id, paragraphs }) => ({ id, paragraphs }))).toEqual(
      whole.map(({ id, paragraphs }) => ({ id, paragraphs })),
    )
    await archive.close()
  })

  it('goes as a whole when it is removed by the id of any piece', async () => {
    const archive = await built([1, 2, 3])
    const { articles } = await archive.page('魏都晚报', '2018-11-07', 3)
    expect(await archive.remove([articles[0]!.id])).toMatchObject({ removed: 1, missing: [] })
    expect((await stories(archive)).map(({ headline }) => headline)).toEqual(['晚会邀请居民同台'])
    await archive.close()
  })

  it('keeps the piece that was added when a rebuild brings the other', async () => {
    const archive = await built([1])
    await put(archive, 2)
    await archive.close()
    const rebuilt = await built([1])
    const [story] = await stories(rebuilt)
    expect(story?.pieces?.map(({ pageNo }) => pageNo)).toEqual([1, 2])
    await rebuilt.close()
  })
})

describe('several stories that jump between the same pages', () => {
  it('are told apart by their headlines; where none fits, nothing is joined', async () => {
    const text = (head: string, words: string) =>
      `${head}\n\n本报讯（记者 张三）昨日，${words}，居民们都来参加，气氛热烈，一直到晚上才散去。`
    const one = `${masthead(1)}${text('老街改造见成效', '老街的改造完工')}（下转第2版）\n\n${text('河边公园今日开园', '河边的公园开园')}（下转第2版）\n`
    const two = `${masthead(2)}河边公园开园\n\n（上接第1版）公园有三个门，南门靠近车站，北门靠近学校，东门靠近河边的老码头。\n\n老街改造见新貌\n\n（上接第1版）老街一共有三百年的历史，街上的老店都保留了下来，游人可以慢慢地看。\n`
    await buildIndex({ articles: [{ id: 'other', title: '别的' }], index })
    const archive = await openArchive({ index })
    await put(archive, 1, one)
    await put(archive, 2, two)
    const found = (await stories(archive)).filter(({ pieces }) => pieces)
    expect(found.map(({ pieces }) => pieces!.map(({ headline }) => headline))).toEqual([
      ['老街改造见成效', '老街改造见新貌'],
      ['河边公园今日开园', '河边公园开园'],
    ])
    await archive.close()
  })
})
