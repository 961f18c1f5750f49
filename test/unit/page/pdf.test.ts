// What a person gets from a PDF page: whole stories under their own headlines, whatever the layout.
import { describe, expect, test } from 'vitest'
import { SearchError } from '../../../src/model/errors.ts'
import type { Item, Page } from '../../../src/model/item.ts'
import { readPdfPages } from '../../../src/page/pdf/read-pdf.ts'
import { columnSlots, createRandom, type LayoutName, makePage, makeStory, setStory } from './pdf-layouts.ts'
import { createPdf } from './pdf-writer.ts'

const squeeze = (text: string | undefined): string => (text ?? '').replace(/\s+/gu, '')
const bodyOf = (item: Item | undefined): string => squeeze(item?.paragraphs.join(''))
const read = async (bytes: Uint8Array): Promise<Page> => (await readPdfPages(bytes, {}))[0]!

describe('报纸版面：一篇稿件一个条目', () => {
  const layouts: [LayoutName, string][] = [
    ['above', '标题在正文之上'],
    ['centred', '标题居中，不盖住首栏'],
    ['left', '标题靠左'],
    ['beside', '标题在正文左侧'],
    ['vertical-head', '竖排标题、横排正文'],
    ['inside', '标题嵌在正文中间'],
    ['framed', '加框的短稿'],
    ['tight', '栏距很窄'],
    ['pair', '两篇并排'],
    ['dropped-picture', '图片插在两栏中间'],
  ]
  for (const [layout, meaning] of layouts) {
    test(`${meaning}：标题、正文、段落都完整`, async () => {
      for (const seed of [1, 5, 8]) {
        const made = makePage(seed, [layout])
        const page = await read(made.bytes)
        for (const story of made.stories) {
          const item = page.items.find((each) => squeeze(each.headline) === squeeze(story.headline))
          expect(item, `${made.name} ${story.headline}`).toBeDefined()
          expect(item!.paragraphs.map(squeeze)).toEqual(story.paragraphs.map(squeeze))
          expect(squeeze(item!.kicker)).toBe(squeeze(story.kicker))
          expect(squeeze(item!.subtitle)).toBe(squeeze(story.subtitle))
        }
        for (const caption of made.captions) {
          const photo = page.items.find(
            (each) => each.type === 'photo' && squeeze(each.caption) === squeeze(caption),
          )
          expect(photo?.credits, caption).toEqual(['周未'])
        }
      }
    })
  }

  test('报头给出报名、日期、版次，记者姓名读入作者', async () => {
    const page = await read(makePage(3, ['above']).bytes)
    expect(page.page).toMatchObject({ paper: '青川日报', date: '2021-03-09', pageNo: 4 })
    for (const item of page.items) expect(item.bylines?.[0]?.role).toBe('记者')
  })

  test('条目的方框以点为单位，标题框在自己的正文之上', async () => {
    const page = await read(makePage(2, ['above']).bytes)
    for (const item of page.items) {
      const [head, ...columns] = item.boxes!
      for (const [x0, y0, x1, y1] of item.boxes!) {
        expect(x0 >= 0 && y0 >= 0 && x1 <= 1000 && y1 <= 1500 && x0 < x1 && y0 < y1).toBe(true)
      }
      for (const column of columns) expect(column[3]).toBeLessThanOrEqual(head![1] + 5)
    }
  })
})

describe('特别的页面', () => {
  const story = () => makeStory(createRandom(11), 4, new Set())

  test('横放的页（旋转 90 度）读出同样的文字', async () => {
    const made = story()
    const [upright, turned] = ([0, 90] as const).map((turn) => {
      const pdf = createPdf()
      const page = pdf.page(800, 600, turn)
      page.text(40, 500, 24, made.headline)
      setStory(page, made, columnSlots(made, 40, 470, 3, 22, 18, 10, 15).slots, 10, 15)
      return pdf.bytes()
    })
    const plain = (await read(upright!)).items[0]!
    const item = (await read(turned!)).items[0]!
    expect(item.headline).toBe(made.headline)
    expect(bodyOf(item)).toBe(squeeze(made.paragraphs.join('')))
    // Boxes are in the coordinates of the file: what was x is y there.
    const [x0, y0, x1, y1] = plain.boxes![0]!
    expect(item.boxes![0]!.map(Math.round)).toEqual([600 - y1, x0, 600 - y0, x1].map(Math.round))
  })

  test('竖排正文自右向左、自上而下', async () => {
    const pdf = createPdf()
    const page = pdf.page(600, 800)
    page.down(560, 760, 24, '旧城修志馆开放')
    const lines = [
      '本市旧城修志馆昨日开放，到馆',
      '者多为老街坊，有人带来存了四',
      '十年的门牌，也有人带来地契。',
      '馆内分上下两层，上层陈列旧物',
      '下层可供抄录，每日限三十人。',
    ]
    for (const [i, line] of lines.entries()) page.down(520 - i * 16, 760, 10, line)
    const { items } = await read(pdf.bytes())
    expect(items).toHaveLength(1)
    expect(items[0]!.headline).toBe('旧城修志馆开放')
    expect(bodyOf(items[0])).toBe(lines.join(''))
  })

  test('部首字形（⼈⽂⻅）还原成普通汉字', async () => {
    const pdf = createPdf()
    const page = pdf.page(600, 400)
    page.text(40, 340, 24, '⼈⽂之光')
    page.text(60, 300, 10, '他们在⻅面时说，⽇子一天比一天好，大家都愿意留下来。')
    const [item] = (await read(pdf.bytes())).items
    expect(item!.headline).toBe('人文之光')
    expect(item!.paragraphs).toEqual(['他们在见面时说，日子一天比一天好，大家都愿意留下来。'])
  })

  test('下转、上接离开正文，记成跳转', async () => {
    const pdf = createPdf()
    const page = pdf.page(600, 400)
    page.text(40, 340, 24, '新渠通水')
    page.text(60, 300, 10, '新渠昨天通水，沿线三个村的田地都能浇上水了。（下转第3版）')
    const [item] = (await read(pdf.bytes())).items
    expect(item!.continues).toEqual({ to: 3 })
    expect(item!.paragraphs).toEqual(['新渠昨天通水，沿线三个村的田地都能浇上水了。'])
  })

  test('重叠两遍的加粗字只算一遍', async () => {
    const pdf = createPdf()
    const page = pdf.page(600, 400)
    for (const shift of [0, 0.4]) page.text(40 + shift, 340, 24, '渡口复航')
    page.text(60, 300, 10, '停了两年的渡口昨天复航，第一班船坐满了赶集的人。')
    const [item] = (await read(pdf.bytes())).items
    expect(item!.headline).toBe('渡口复航')
  })

  test('一个文件几页，就给几页', async () => {
    const pdf = createPdf()
    for (const name of ['桥头市场开张', '北山林场护林']) {
      const page = pdf.page(600, 400)
      page.text(40, 340, 24, name)
      page.text(60, 300, 10, '这一天来的人很多，工作人员从早上一直忙到天黑。')
    }
    const pages = await readPdfPages(pdf.bytes(), {})
    expect(pages.map((page) => page.items[0]!.headline)).toEqual(['桥头市场开张', '北山林场护林'])
  })
})

describe('读不了的文件说清楚为什么', () => {
  const failure = async (bytes: Uint8Array): Promise<SearchError> => {
    const error: unknown = await readPdfPages(bytes, { path: '青川日报/2021-03-09/04.pdf' }).catch(
      (cause: unknown) => cause,
    )
    expect(error).toBeInstanceOf(SearchError)
    return error as SearchError
  }

  test('只有图像，没有文字层', async () => {
    const pdf = createPdf()
    pdf.page(600, 400).picture(20, 20, 500, 300)
    const error = await failure(pdf.bytes())
    expect(error.code).toBe('PAGE_NO_TEXT_LAYER')
    expect(error.message).toContain('文字识别')
    expect(error.details.file).toBe('青川日报/2021-03-09/04.pdf')
  })

  test('不是 PDF，或被截断', async () => {
    const whole = makePage(1, ['above']).bytes
    for (const bytes of [
      new Uint8Array(0),
      Uint8Array.from(Buffer.from('%PDF-1.7 就这么多')),
      whole.slice(0, 200),
    ]) {
      const error = await failure(bytes)
      expect(error.code).toBe('PAGE_DAMAGED')
      expect(error.message).toContain('04.pdf')
    }
  })
})
