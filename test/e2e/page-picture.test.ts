// A reader at the picture of a printed page: looks closer, moves about, goes from an item to its text and back.
/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { violationsOf } from './support/axe.ts'
import { hasBrowser, openBrowser, type TestBrowser } from './support/browser.ts'
import { frontPage, printFrontPage } from './support/front-page.ts'
import { inspect } from './support/inspect.ts'
import { type SampleServer, serveSample } from './support/sample-server.ts'

const pageHref = `/pages/${frontPage.paper}/${frontPage.date}/1`

describe.skipIf(!hasBrowser)('the picture of a page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunbao-picture-'))
  let server: SampleServer
  let browser: TestBrowser
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser({ hasTouch: true })
    await printFrontPage(browser, folder)
    server = await serveSample(folder, '河道')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    page = await browser.context.newPage()
    page.setDefaultTimeout(15_000)
  })
  afterEach(async () => {
    await page.close()
  })

  const open = async (path: string) => {
    await page.goto(`${server.url}${path}`, { waitUntil: 'load' })
    await page.waitForFunction(() =>
      [...document.images].every((one) => one.complete && one.naturalWidth > 0),
    )
  }
  const scaleOf = () =>
    page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.print-sheet')!).transform).a)
  const shiftOf = () =>
    page.evaluate(() => {
      const { e, f } = new DOMMatrix(getComputedStyle(document.querySelector('.print-sheet')!).transform)
      return [e, f]
    })

  it('shows the query where it is printed, beside the text with the same marks', async () => {
    await open(`${pageHref}?q=${encodeURIComponent('清淤')}`)
    const marks = await page.locator('.page-items mark').count()
    expect(marks).toBeGreaterThanOrEqual(3)
    // One box more for each mark that runs over the end of a line.
    const boxes = await page.locator('.hit-box').count()
    expect(boxes).toBeGreaterThanOrEqual(marks)
    for (const mark of await page.locator('.page-items mark').all()) expect(await mark.isVisible()).toBe(true)
    const [first] = await page.locator('.hit-box').all()
    const box = await first?.boundingBox()
    const sheetBox = await page.locator('.print-sheet').boundingBox()
    expect(box!.x).toBeGreaterThan(sheetBox!.x)
    expect(box!.y).toBeGreaterThan(sheetBox!.y)
  })

  it('goes from an item to its text and back', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open(pageHref)
    const link = page.locator('.print-boxes a', { hasText: '乡村书屋' })
    const id = await link.getAttribute('data-item')
    await link.locator('rect').first().click()
    await page.waitForURL(/#item-/)
    const text = page.locator(`[id="item-${id}"]`)
    expect(await text.textContent()).toContain('乡村书屋开门迎来读者')
    expect(await text.evaluate((node) => node.getBoundingClientRect().top < innerHeight)).toBe(true)
    await text.getByRole('button', { name: '在版面上看' }).click()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-item'))).toBe(id)
  })

  it('zooms by buttons, keys and wheel, moves by keys and drag, and never leaves the view', async () => {
    await page.setViewportSize({ width: 1280, height: 860 })
    await open(pageHref)
    expect(await scaleOf()).toBe(1)
    await page.getByRole('button', { name: '放大' }).click()
    const once = await scaleOf()
    expect(once).toBeGreaterThan(1.2)
    await page.focus('.print-view')
    await page.keyboard.press('+')
    expect(await scaleOf()).toBeGreaterThan(once)
    const before = await shiftOf()
    await page.keyboard.press('ArrowRight')
    expect((await shiftOf())[0]!).toBeLessThan(before[0]!)
    for (let presses = 0; presses < 60; presses += 1) await page.keyboard.press('ArrowRight')
    const right = await page.evaluate(() => {
      const view = document.querySelector('.print-view')!.getBoundingClientRect()
      const sheet = document.querySelector('.print-sheet')!.getBoundingClientRect()
      return sheet.right - view.right
    })
    expect(Math.abs(right)).toBeLessThan(3)
    const box = (await page.locator('.print-view').boundingBox())!
    const dragged = await shiftOf()
    await page.mouse.move(box.x + 200, box.y + 200)
    await page.mouse.down()
    await page.mouse.move(box.x + 300, box.y + 200, { steps: 5 })
    await page.mouse.up()
    expect((await shiftOf())[0]!).toBeGreaterThan(dragged[0]!)
    // Letting go over an item is no press on it.
    expect(new URL(page.url()).hash).toBe('')
    await page.keyboard.press('0')
    expect(await scaleOf()).toBe(1)
    // Over a whole picture the wheel scrolls the page; over a large one it moves the picture.
    await page.mouse.wheel(0, 120)
    expect(await scaleOf()).toBe(1)
    await page.waitForFunction(() => scrollY > 0)
    await page.evaluate(() => scrollTo(0, 0))
    await page.mouse.move(box.x + 200, box.y + 200)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -300)
    await page.keyboard.up('Control')
    await page.waitForFunction(
      () => new DOMMatrix(getComputedStyle(document.querySelector('.print-sheet')!).transform).a > 1,
    )
  })

  it('zooms between two fingers', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open(pageHref)
    const box = (await page.locator('.print-view').boundingBox())!
    const session = await page.context().newCDPSession(page)
    const touch = (type: string, spread: number) =>
      session.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints:
          type === 'touchEnd'
            ? []
            : [
                { x: box.x + box.width / 2 - spread, y: box.y + 150, id: 1 },
                { x: box.x + box.width / 2 + spread, y: box.y + 150, id: 2 },
              ],
      })
    await touch('touchStart', 30)
    for (let spread = 35; spread <= 90; spread += 5) await touch('touchMove', spread)
    await touch('touchEnd', 0)
    expect(await scaleOf()).toBeGreaterThan(1.5)
  })

  it('stands in results, on the first view and in the calendar, and can be taken along', async () => {
    for (const [path, selector] of [
      ['/', '.front-page img'],
      ['/?q=河道', '.hit-picture img'],
      ['/issues?year=2018&month=11&day=7', '.front-page img'],
    ] as const) {
      await open(path)
      expect([path, await page.locator(selector).count()]).toEqual([path, 1])
    }
    await open('/?q=河道')
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    for (const name of ['剪报图片', '整版 PDF']) {
      const href = await page.getByRole('link', { name }).getAttribute('href')
      const answer = await page.request.get(server.url + href)
      expect([name, answer.status()]).toEqual([name, 200])
    }
    expect(await page.locator('meta[name=citation_pdf_url]').count()).toBe(1)
  })

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('has names, contrast and room at %i pixels, %s', async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme })
    for (const path of ['/', '/?q=河道', `${pageHref}?q=河道`]) {
      await open(path)
      expect([path, ...(await inspect(page)), ...(await violationsOf(page))]).toEqual([path])
    }
  })
})
