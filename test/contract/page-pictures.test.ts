// A page that was read from a PDF can be seen as it was printed, with everything on it where it stands.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPictureCache } from '../../src/archive/picture-cache.ts'
import type { Archive } from '../../src/archive/port.ts'
import type { RunningServer } from '../../src/server/server.ts'
import { makePage } from '../unit/page/pdf-layouts.ts'
import { createPdf } from '../unit/page/pdf-writer.ts'

// The compiled archive: only there pages are read in a process of their own, as for a reader.
const { openArchive, buildArchive, createArchive, createServer } = (await import(
  '../../dist/xunbao.js' as string
)) as typeof import('../../src/xunbao.ts')

const folder = mkdtempSync(join(tmpdir(), 'xunbao-pictures-'))
const paper = '江城晚报'
const date = '2018-11-07'
const made = makePage(7, ['above', 'left'])
let archive: Archive
let server: RunningServer

/** Two pages in one file, the second held sideways; each with one story. */
function twoPages(): Uint8Array {
  const pdf = createPdf()
  for (const [turn, headline, word, number] of [
    [0, '河道清淤工程开工', '河道', 3],
    [90, '乡村书屋开门迎客', '书屋', 4],
  ] as const) {
    const page = pdf.page(600, 800, turn)
    page.text(60, 770, 10, `${paper}　2018年11月7日　星期三　第${number}版`)
    page.rule(50, 760, 550, 760)
    page.text(60, 700, 30, headline)
    for (let line = 0; line < 12; line++)
      page.text(60, 660 - 16 * line, 11, `${word}的消息传遍全镇居民奔走相告齐声称赞好事办实`)
  }
  return pdf.bytes()
}

beforeAll(async () => {
  const pages = join(folder, 'pages', paper, date)
  mkdirSync(pages, { recursive: true })
  writeFileSync(join(pages, '01.pdf'), made.bytes)
  writeFileSync(join(pages, '02.txt'), '一张文字版\n\n　　这一版没有图，只有文字，照样可以读，也可以找。\n')
  writeFileSync(join(pages, '03.pdf'), twoPages())
  const index = join(folder, 'index')
  await buildArchive({ sources: [join(folder, 'pages')], index })
  archive = await openArchive({ index })
  server = await createServer(archive, { host: '127.0.0.1', port: 0, accessLog: false })
})
afterAll(async () => {
  await server?.close()
  await archive?.close()
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })
/** The made page prints its own name, date and number. */
const first = ['青川日报', '2021-03-09', 4] as const
const pathOf = (name: string, day: string, pageNo: number) =>
  `/api/pages/${encodeURIComponent(name)}/${day}/${pageNo}`
const madePath = pathOf(...first)
const pagePath = (pageNo: number) => pathOf(paper, date, pageNo)

describe('the picture of a page', () => {
  it('comes in three widths, in the shape of the sheet, and is not sent twice', async () => {
    const { sheet, picture } = (await (await get(madePath)).json()) as {
      sheet: { width: number; height: number }
      picture: string
    }
    expect(picture).toBe(`${server.url}${madePath}/picture`)
    for (const width of [400, 800, 1600]) {
      const response = await get(`${madePath}/picture?width=${width}`)
      expect(response.headers.get('content-type')).toBe('image/webp')
      const image = await loadImage(Buffer.from(await response.arrayBuffer()))
      expect(image.width).toBe(width)
      expect(Math.abs(image.height / image.width - sheet.height / sheet.width)).toBeLessThan(0.01)
      const again = await get(`${madePath}/picture?width=${width}`, {
        'If-None-Match': response.headers.get('etag') ?? '',
      })
      expect(again.status).toBe(304)
    }
    expect((await get(`${madePath}/picture?width=5000`)).status).toBe(400)
  })

  it('is an error in words where there is none', async () => {
    for (const path of [
      `${pagePath(2)}/picture`,
      `${pagePath(2)}/pdf`,
      `${pagePath(9)}/picture`,
      '/api/articles/nobody/clip',
    ]) {
      const response = await get(path)
      expect([path, response.status]).toEqual([path, 404])
      expect(response.headers.get('content-type')).toContain('problem+json')
    }
    expect(await (await get(pagePath(2))).json()).not.toHaveProperty('picture')
  })

  it('comes with the PDF it was made from, whole or in parts', async () => {
    const response = await get(`${madePath}/pdf`)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(made.bytes))).toBe(true)
    const part = await get(`${madePath}/pdf`, { Range: 'bytes=0-3' })
    expect([part.status, await part.text()]).toEqual([206, '%PDF'])
  })

  it('shows each item and each mark of a query where they are printed, on turned pages too', async () => {
    const pages = await archive.issues(2018, 11)
    const numbers = pages[0]?.papers.flatMap((issue) => issue.pages) ?? []
    let marks = 0
    for (const pageNo of numbers.filter((one) => one !== 2)) {
      const page = await archive.page(paper, date, pageNo, '的消息')
      const print = await archive.print(page)
      if (print === null) continue
      const { width, height } = print.sheet
      for (const { boxes } of print.items)
        for (const [x0, y0, x1, y1] of boxes) {
          expect(x0).toBeGreaterThanOrEqual(-1)
          expect(y0).toBeGreaterThanOrEqual(-1)
          expect(x1).toBeLessThanOrEqual(width + 1)
          expect(y1).toBeLessThanOrEqual(height + 1)
        }
      const all = print.items.flatMap(({ boxes }) => boxes)
      for (const [x0, y0, x1, y1] of print.hits) {
        marks += 1
        const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2]
        expect(all.some((box) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3])).toBe(true)
        // Three characters of eleven points stand side by side, however the page was held.
        expect(x1 - x0).toBeGreaterThan(25)
        expect(x1 - x0).toBeLessThan(40)
        expect(y1 - y0).toBeLessThan(20)
      }
    }
    expect(marks).toBeGreaterThanOrEqual(24)
  })

  it('is cut out for one article', async () => {
    const { hits } = await archive.search({ q: made.stories[0]!.headline, size: 1 })
    const { bytes } = await archive.clip(hits[0]!.id)
    const image = await loadImage(Buffer.from(bytes))
    expect(image.width).toBeGreaterThan(100)
    expect(image.height).toBeGreaterThan(50)
    expect((await archive.article(hits[0]!.id)).picture).toBe(true)
    expect(hits[0]!.picture).toBe(true)
  })

  it('is drawn once for many who ask at once, and found on the disk afterwards', async () => {
    const pictures = await Promise.all([1, 2, 3, 4].map(() => archive.picture(...first, 400)))
    expect(new Set(pictures.map(({ tag }) => tag)).size).toBe(1)
    const kept = readdirSync(join(folder, 'index', 'pictures'))
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.filter((name) => name.includes('.'))).toEqual([])
  })

  it('goes when its PDF goes, and the text stays', async () => {
    rmSync(join(folder, 'pages', paper, date, '03.pdf'))
    await expect(archive.picture(paper, date, 3, 400)).rejects.toMatchObject({ code: 'ARTICLE_UNKNOWN' })
    const page = await archive.page(paper, date, 3)
    expect(page.articles.length).toBeGreaterThan(0)
    expect(await archive.print(page)).toBeNull()
  })
})

describe('a page that was sent', () => {
  it('keeps its PDF beside the index', async () => {
    const index = join(folder, 'sent')
    const own = await createArchive({ index })
    await own.addPage(made.bytes, {})
    const picture = await own.picture(...first, 400)
    expect(picture.bytes.length).toBeGreaterThan(1000)
    expect(readdirSync(join(index, 'page-files'))).toHaveLength(1)
    await own.close()
    const again = await openArchive({ index })
    expect((await again.picture(...first, 400)).tag).toBe(picture.tag)
    await again.close()
  })

  it('cannot name files outside the archive, whatever an article claims', async () => {
    const own = await createArchive({ index: join(folder, 'claims') })
    writeFileSync(join(folder, 'secret.pdf'), made.bytes)
    const claims = ['../secret.pdf', join(folder, 'secret.pdf'), 'page-files/../../secret.pdf']
    await own.add(
      claims.map((source, at) => ({
        id: `c${at}`,
        headline: '标题',
        body: '正文',
        paper,
        date,
        pageNo: at + 1,
        source,
      })),
    )
    for (const [at] of claims.entries())
      await expect(own.picture(paper, date, at + 1, 400)).rejects.toMatchObject({ code: 'ARTICLE_UNKNOWN' })
    await own.close()
  })
})

describe('pictures on the disk', () => {
  it('keep to their bound, and the ones not looked at go first', async () => {
    const place = join(folder, 'cache')
    const cache = createPictureCache(place, 10_000)
    for (let number = 0; number < 40; number++)
      cache.set(`picture ${number}`, new Uint8Array(1000).fill(number))
    const bytes = readdirSync(place).reduce((sum, name) => sum + statSync(join(place, name)).size, 0)
    expect(bytes).toBeLessThanOrEqual(10_000)
    expect(cache.get('picture 39')?.[0]).toBe(39)
    expect(cache.get('never drawn')).toBeUndefined()
    cache.set('too large', new Uint8Array(20_000))
    expect(cache.get('too large')).toBeUndefined()
  })

  it('are no fault where nothing can be written', () => {
    const cache = createPictureCache('/proc/xunbao-pictures', 10_000)
    cache.set('picture', new Uint8Array(10))
    expect(cache.get('picture')).toBeUndefined()
  })
})

it('the library that draws comes with the package and downloads nothing', () => {
  const manifest = createRequire(import.meta.url)('@napi-rs/canvas/package.json') as {
    scripts?: Record<string, string>
  }
  expect(Object.keys(manifest.scripts ?? {})).not.toContain('install')
  expect(Object.keys(manifest.scripts ?? {})).not.toContain('postinstall')
})
