// PDFs of other kinds than one upright page of a newspaper: turned, doubled, run on, unreadable in part.
import { describe, expect, test } from 'vitest'
import { readPdfPages } from '../../../src/page/pdf/read-pdf.ts'
import { readPages } from '../../../src/page/read-page.ts'
import { createRandom, makeStory } from './pdf-layouts.ts'
import { createPdf, type PdfPage } from './pdf-writer.ts'

const squeeze = (text: string | undefined): string => (text ?? '').replace(/\s+/gu, '')

/** Sets a story in one column; returns the height that is left. */
function setColumn(
  page: PdfPage,
  at: { x: number; y: number; ems: number; size: number },
  headline: string,
  paragraphs: readonly string[],
): number {
  let { y } = at
  page.text(at.x, y, at.size * 2, headline)
  y -= at.size * 2.6
  for (const paragraph of paragraphs) {
    let rest = paragraph
    for (let first = true; rest !== ''; first = false) {
      const ems = at.ems - (first ? 2 : 0)
      page.text(at.x + (first ? 2 * at.size : 0), y, at.size, rest.slice(0, ems))
      rest = rest.slice(ems)
      y -= at.size * 1.6
    }
  }
  return y
}

const story = (seed: number) => makeStory(createRandom(seed), 3, new Set())

describe('放倒的版面', () => {
  test.each([90, 180, 270] as const)('文字转了 %i 度，文件没有说', async (turn) => {
    const pdf = createPdf()
    const page = pdf.page(500, 700, turn, true)
    const { headline, paragraphs } = story(3)
    setColumn(page, { x: 40, y: 640, ems: 30, size: 10 }, headline, paragraphs)
    const [read] = await readPdfPages(pdf.bytes(), {})
    expect(read!.items.map((item) => squeeze(item.headline))).toEqual([squeeze(headline)])
    expect(read!.items[0]!.paragraphs.map(squeeze)).toEqual(paragraphs.map(squeeze))
  })
})

describe('一张纸上两版', () => {
  test('各有各的报头和版次', async () => {
    const pdf = createPdf()
    const sheet = pdf.page(1200, 800)
    const stories = [story(5), story(6)]
    for (const [side, { headline, paragraphs }] of stories.entries()) {
      const x = 40 + side * 620
      sheet.text(x, 760, 10, `青川日报 2021年3月9日 星期二 第${side + 6}版 ${side === 0 ? '民生' : '文化'}`)
      setColumn(sheet, { x, y: 690, ems: 45, size: 11 }, headline, paragraphs)
    }
    const pages = await readPdfPages(pdf.bytes(), {})
    expect(pages.map(({ page }) => [page.paper, page.date, page.pageNo, page.section])).toEqual([
      ['青川日报', '2021-03-09', 6, '民生'],
      ['青川日报', '2021-03-09', 7, '文化'],
    ])
    expect(pages.map(({ items }) => items.map((item) => squeeze(item.headline)))).toEqual(
      stories.map(({ headline }) => [squeeze(headline)]),
    )
  })

  test('一版横排的大版不拆', async () => {
    const pdf = createPdf()
    const sheet = pdf.page(1200, 800)
    sheet.text(40, 760, 10, '青川日报 2021年3月9日 星期二 第8版 民生')
    for (const side of [0, 1])
      setColumn(
        sheet,
        { x: 40 + side * 620, y: 690, ems: 45, size: 11 },
        story(side + 7).headline,
        story(side + 7).paragraphs,
      )
    expect(await readPdfPages(pdf.bytes(), {})).toHaveLength(1)
  })
})

describe('一篇接一篇、跨过几张纸的汇编', () => {
  const articles = [11, 12, 13, 14].map((seed) => makeStory(createRandom(seed), 12, new Set()))
  function makeDigest(withSources: boolean, scrap?: string): Uint8Array {
    const pdf = createPdf()
    let page = pdf.page(500, 700)
    let sheet = 1
    let y = 640
    const line = (x: number, size: number, text: string, leading: number): void => {
      if (y < 80) {
        page.text(230, 40, 9, `第 ${sheet++} 页`)
        page = pdf.page(500, 700)
        y = 640
      }
      page.text(x, y, size, text)
      y -= leading
    }
    for (const [at, { headline, paragraphs }] of articles.entries()) {
      line(60, 18, headline, 30)
      if (withSources) {
        line(180, 10.5, `本报记者 周未`, 18)
        line(120, 10.5, `《青川日报》（2021年3月${at + 1}日 第 0${at + 1} 版）`, 22)
      }
      for (const paragraph of paragraphs)
        for (let rest = paragraph, first = true; rest !== ''; first = false) {
          const ems = first ? 33 : 35
          line(first ? 81 : 60, 10.5, rest.slice(0, ems), 17)
          rest = rest.slice(ems)
        }
    }
    page.text(230, 40, 9, `第 ${sheet} 页`)
    if (scrap) page.text(60, 60, 10.5, scrap)
    return pdf.bytes()
  }

  test('没有意义的文字也不收，照样点名', async () => {
    const pages = await readPdfPages(makeDigest(true, 'ѲƖஏଵࡁɧஏӿߢߚñΟઑࢉक़'), {})
    expect(JSON.stringify(pages.map((page) => [page.items, page.unplaced]))).not.toContain('ஏ')
    expect(pages.flatMap((page) => page.items)).toHaveLength(articles.length)
    expect(pages.flatMap((page) => page.problems ?? [])).toMatchObject([{ kind: 'unread' }])
  })

  test.each([
    ['标题下有作者和出处', true],
    ['只有标题', false],
  ])('%s：一篇不断、不并', async (_, withSources) => {
    const pages = await readPdfPages(makeDigest(withSources), {})
    const items = pages.flatMap((page) => page.items.map((item) => ({ ...item, page: page.page })))
    expect(items.map((item) => squeeze(item.headline))).toEqual(
      articles.map(({ headline }) => squeeze(headline)),
    )
    for (const [at, item] of items.entries()) {
      expect(item.paragraphs.map(squeeze)).toEqual(articles[at]!.paragraphs.map(squeeze))
      if (!withSources) continue
      expect(item.bylines?.[0]).toEqual({ role: '本报记者', names: ['周未'] })
      expect(item.page).toMatchObject({ paper: '青川日报', date: `2021-03-0${at + 1}`, pageNo: at + 1 })
    }
  })
})

describe('读不了的部分点名，其余照读', () => {
  test('一页只有图像', async () => {
    const pdf = createPdf()
    const { headline, paragraphs } = story(21)
    setColumn(pdf.page(500, 700), { x: 40, y: 640, ems: 30, size: 10 }, headline, paragraphs)
    pdf.page(500, 700).picture(0, 0, 500, 700)
    const pages = await readPdfPages(pdf.bytes(), {})
    expect(pages[0]!.items).toHaveLength(1)
    expect(pages.flatMap((page) => page.problems ?? [])).toEqual([
      { kind: 'unread', message: expect.stringContaining('第 2 页只有图像') },
    ])
  })

  test('只印了报头的一版不是图像：报头照读', async () => {
    const pdf = createPdf()
    pdf.page(500, 700).text(40, 680, 9, '青川日报 2021年3月9日 星期二 第6版')
    const [read] = await readPdfPages(pdf.bytes(), {})
    expect(read).toMatchObject({ page: { paper: '青川日报', date: '2021-03-09', pageNo: 6 }, items: [] })
  })

  test('一部分文字层没有意义', async () => {
    const pdf = createPdf()
    const page = pdf.page(500, 700)
    const { headline, paragraphs } = story(22)
    setColumn(page, { x: 40, y: 640, ems: 30, size: 10 }, headline, paragraphs)
    page.text(40, 120, 10, 'ѲƖஏଵ঱ýࡁɧ௷स௸ӿߢߚñΟઑ઱ࢉक़࠰ࡎଵĘ')
    page.text(40, 100, 10, '')
    const [read] = await readPdfPages(pdf.bytes(), {})
    expect(JSON.stringify(read!.items)).not.toMatch(/[ஏଵ]/u)
    expect(read!.items.map((item) => squeeze(item.headline))).toEqual([squeeze(headline)])
    expect(read!.problems).toEqual([{ kind: 'unread', message: expect.stringContaining('没有意义') }])
  })

  test('文字层是别的字：字都认得，连不成话', async () => {
    const pdf = createPdf()
    const random = createRandom(5)
    const page = pdf.page(500, 700)
    for (let row = 0; row < 12; row++)
      page.text(
        40,
        640 - row * 16,
        10,
        Array.from({ length: 30 }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 20000))).join(''),
      )
    await expect(readPdfPages(pdf.bytes(), { path: '乙/03.pdf' })).rejects.toMatchObject({
      code: 'PAGE_NO_TEXT_LAYER',
      message: expect.stringContaining('没有意义'),
    })
  })

  test('一页名单不算没有意义', async () => {
    const pdf = createPdf()
    const page = pdf.page(500, 700)
    page.text(40, 640, 20, '优秀教师名单')
    const names = [
      '魏爱涛',
      '孔梅金',
      '唐明学',
      '石民英',
      '段子阁',
      '莫晓民',
      '邓新杰',
      '吕秀萍',
      '廖佳丽',
      '龚翠萍',
    ]
    for (let row = 0; row < 20; row++)
      page.text(40, 600 - row * 16, 10, [...names.slice(row % 10), ...names.slice(0, row % 10)].join(' '))
    const [read] = await readPdfPages(pdf.bytes(), {})
    expect(read!.problems).toBeUndefined()
    expect(JSON.stringify(read)).toContain('魏爱涛')
  })

  test('改正文件管用：版次和日期以它为准，行号用不上就说明', async () => {
    const pdf = createPdf()
    const page = pdf.page(500, 700)
    page.text(40, 680, 9, '青川日报 2021年3月9日 星期二 第6版')
    setColumn(page, { x: 40, y: 600, ems: 30, size: 10 }, story(24).headline, story(24).paragraphs)
    const [read] = await readPages(pdf.bytes(), {}, { corrections: { pages: [{ page: { pageNo: 7 } }] } })
    expect(read!.page).toMatchObject({ date: '2021-03-09', pageNo: 7 })
    await expect(
      readPages(pdf.bytes(), { path: '甲/06.pdf' }, { corrections: { pages: [{ drop: [[1, 2]] }] } }),
    ).rejects.toMatchObject({ code: 'PAGE_DAMAGED', details: { file: '甲/06.pdf', field: 'drop' } })
  })

  test('报头与文件夹说的日期不同：用报头的，并说出来', async () => {
    const pdf = createPdf()
    const page = pdf.page(500, 700)
    page.text(40, 680, 9, '青川日报 2021年3月9日 星期二 第6版')
    setColumn(page, { x: 40, y: 600, ems: 30, size: 10 }, story(23).headline, story(23).paragraphs)
    const [read] = await readPdfPages(pdf.bytes(), { path: '青川日报/2021-03-10/06.pdf' })
    expect(read!.page.date).toBe('2021-03-09')
    expect(read!.problems).toEqual([
      { kind: 'doubt', message: expect.stringMatching(/日期.*2021-03-09.*2021-03-10/u) },
    ])
  })
})

describe('报头的各种印法', () => {
  type Mark = [x: number, y: number, size: number, text: string]
  test.each<[string, Mark[], object]>([
    [
      '版次和栏目在左，报名在右，日期在下一行',
      [
        [40, 670, 12, '第11版：民生'],
        [380, 668, 20, '青川晚报'],
        [200, 650, 9, '2021年3月9日'],
      ],
      { paper: '青川晚报', date: '2021-03-09', pageNo: 11, section: '民生' },
    ],
    [
      '字母版号、点分日期',
      [
        [40, 670, 14, 'A03'],
        [100, 670, 10, '要闻'],
        [330, 670, 9, '2021.03.09 星期二'],
        [440, 670, 9, '青川晚报'],
      ],
      { paper: '青川晚报', date: '2021-03-09', pageNo: 3, section: '要闻' },
    ],
    [
      '报脚里的责编、热线和邮编',
      [
        [40, 670, 10, '青川晚报 第 5 版'],
        [330, 670, 9, '二〇二一年三月九日'],
        [40, 30, 8, '责编：关晓 美编：左一鸣 热线：0374-4396868 邮编：461000'],
      ],
      {
        paper: '青川晚报',
        date: '2021-03-09',
        pageNo: 5,
        staff: { 责编: '关晓', 美编: '左一鸣' },
        contact: { phone: '0374-4396868' },
      },
    ],
  ])('%s', async (_, marks, fields) => {
    const pdf = createPdf()
    const page = pdf.page(500, 700)
    for (const mark of marks) page.text(...mark)
    const { headline, paragraphs } = story(31)
    setColumn(page, { x: 40, y: 590, ems: 40, size: 10 }, headline, paragraphs)
    const [read] = await readPdfPages(pdf.bytes(), {})
    expect(read!.page).toMatchObject(fields)
    expect(read!.items.map((item) => squeeze(item.headline))).toEqual([squeeze(headline)])
  })
})
