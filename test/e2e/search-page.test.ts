// What script adds for a reader, in a real browser, on the sample archive: suggestions, marks, sizes, copies.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, openBrowser, type TestBrowser } from './support/browser.ts'
import { createInputMethod } from './support/input-method.ts'
import { type SampleServer, serveSample } from './support/sample-server.ts'

const headline = '“小社区”凝聚“大幸福”'

let server: SampleServer

beforeAll(async () => {
  if (hasBrowser) server = await serveSample()
})
afterAll(async () => {
  await server?.close()
})

describe.skipIf(!hasBrowser).each([
  [1280, 'light'],
  [390, 'dark'],
] as const)('the site with script, at %i pixels, %s', (width, colorScheme) => {
  let browser: TestBrowser
  let page: Page
  let asked: string[]
  let complaints: string[]

  beforeAll(async () => {
    browser = await openBrowser({ viewport: { width, height: 800 }, colorScheme })
  })
  afterAll(async () => {
    await browser?.close()
  })
  beforeEach(async () => {
    page = await browser.context.newPage()
    // A person would have gone by then; and a test that waits longer says less.
    page.setDefaultTimeout(15_000)
    asked = []
    complaints = []
    page.on('request', (request) =>
      asked.push(decodeURIComponent(new URL(request.url()).pathname + new URL(request.url()).search)),
    )
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (fault) => complaints.push(String(fault)))
  })
  afterEach(async () => {
    await page.close()
  })

  const open = (path: string) => page.goto(`${server.url}${path}`, { waitUntil: 'load' })
  const askedOf = (path: string) => asked.filter((one) => one.startsWith(path))
  const texts = (selector: string) => page.locator(selector).allTextContents()

  it('is searched with an input method, read, and found again on the way back', async () => {
    await open('/')
    await page.focus('#q')
    const method = await createInputMethod(page)
    await method.compose('s', 'sh', "she'qu")
    await method.pressEnterInside()
    await page.waitForTimeout(400)
    expect(askedOf('/api/suggest')).toEqual([])
    expect(askedOf('/?')).toEqual([])
    expect(page.url()).toBe(`${server.url}/`)

    await method.commit('社区')
    await page.waitForSelector('[role=option]')
    expect(askedOf('/api/suggest')).toEqual(['/api/suggest?q=社区'])
    await page.press('#q', 'Enter')
    await page.waitForSelector('.hit')
    expect(new URL(page.url()).search).toBe(`?q=${encodeURIComponent('社区')}`)
    expect((await texts('.hit-headline'))[0]).toBe(headline)
    expect(new Set(await texts('.hit mark'))).toEqual(new Set(['社区']))

    await page.evaluate(() => scrollTo(0, 160))
    const scrolled = await page.evaluate(() => scrollY)
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    expect(await page.locator('.sheet h1').textContent()).toBe(headline)
    const marks = await texts('.sheet mark')
    expect(marks.length).toBeGreaterThan(10)
    expect(new Set(marks)).toEqual(new Set(['社区']))
    expect(await page.inputValue('#q')).toBe('社区')
    expect(await page.textContent('.bar-result span')).toMatch(/^1\/\d+$/)

    await page.goBack()
    await page.waitForSelector('.hit')
    expect(await page.inputValue('#q')).toBe('社区')
    expect((await texts('.hit-headline'))[0]).toBe(headline)
    await page.waitForFunction((at) => Math.abs(scrollY - at) < 2, scrolled)
    expect(complaints).toEqual([])
  })

  it('is used with the keyboard alone, results before filters', async () => {
    await open('/help')
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q')
    await page.keyboard.type('魏都')
    await page.waitForSelector('[role=option]')
    expect(await page.getAttribute('#q', 'aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowDown')
    const active = await page.getAttribute('#q', 'aria-activedescendant')
    expect(await page.getAttribute(`#${active}`, 'aria-selected')).toBe('true')
    expect(await page.inputValue('#q')).toBe(await page.textContent(`#${active} .suggestion-text`))
    await page.keyboard.press('Escape')
    expect(await page.getAttribute('#q', 'aria-expanded')).toBe('false')
    expect(await page.getAttribute('#q', 'aria-activedescendant')).toBeNull()
    expect(await page.inputValue('#q')).toBe('魏都')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.hit')

    // The first stop of the page leads to the results; the next one behind them is the way into the first hit or its order.
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到结果')
    await page.keyboard.press('Enter')
    const order = await page.evaluate(() => {
      const stops = [...document.querySelectorAll('a, button, input')]
      const at = (selector: string) => stops.findIndex((one) => one.matches(selector))
      return [at('.hit-headline a'), at('.choice')]
    })
    expect(order[0]).toBeLessThan(order[1]!)
    const link = page.locator('.hit-headline a').first()
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab')
      if (await link.evaluate((node) => node === document.activeElement)) break
    }
    expect(await link.evaluate((node) => node === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.sheet')
    expect(complaints).toEqual([])
  })

  it('opens a headline that is suggested, and a suggested word as a search', async () => {
    await open('/')
    await page.focus('#q')
    await page.keyboard.type('结对帮扶')
    const option = page.locator('[role=option]', { hasText: '结对帮扶一对一' }).first()
    await option.click()
    await page.waitForSelector('.sheet')
    expect(await page.locator('.sheet h1').textContent()).toContain('结对帮扶一对一')
    await page.fill('#q', '')
    await page.focus('#q')
    await page.keyboard.type('魏')
    await page.locator('[role=option]', { hasText: '魏都区' }).first().click()
    await page.waitForSelector('.hit')
    expect(await page.inputValue('#q')).toContain('魏都')
    expect(complaints).toEqual([])
  })

  it('walks from mark to mark, says so, and sets the type larger for good', async () => {
    await open(`/?q=${encodeURIComponent('社区')}`)
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    const total = await page.locator('.sheet mark').count()
    await page.getByRole('button', { name: '下一处' }).click()
    expect(await page.textContent('.bar-marks a')).toBe(`1/${total}`)
    await page.keyboard.press('n')
    expect(await page.textContent('.bar-marks a')).toBe(`2/${total}`)
    expect(await page.textContent('#announce')).toContain(`第 2 处，共 ${total} 处`)
    await page.getByRole('button', { name: '上一处' }).click()
    await page.getByRole('button', { name: '上一处' }).click()
    expect(await page.textContent('.bar-marks a')).toBe(`${total}/${total}`)
    const sizeOf = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('.article-body')!).fontSize)
    const before = Number.parseFloat(await sizeOf())
    await page.getByRole('button', { name: '字大一些' }).click()
    expect(Number.parseFloat(await sizeOf())).toBeGreaterThan(before)
    await page.reload()
    expect(Number.parseFloat(await sizeOf())).toBeGreaterThan(before)
    expect(complaints).toEqual([])
  })

  it('explains a hit in place', async () => {
    await open(`/?q=${encodeURIComponent('社区')}`)
    await page.getByText('为何在此').first().click()
    await page.waitForSelector('.why-place .why-value')
    expect(await page.textContent('.why-place')).toContain('得分')
    await page.getByText('为何在此').first().click()
    await page.waitForSelector('.why-place', { state: 'detached' })
  })

  it('shows what was typed as text, whatever it is', async () => {
    const hostile = '<img src=x onerror="document.title=\'hacked\'">'
    await open(`/?q=${encodeURIComponent(hostile)}`)
    expect(await page.inputValue('#q')).toBe(hostile)
    expect(await page.locator('main img').count()).toBe(0)
    expect(await page.title()).toContain('<img')
  })

  it('gives a citation to copy', async () => {
    await open(`/?q=${encodeURIComponent('社区')}`)
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    await page.getByRole('link', { name: '引用', exact: true }).click()
    const shown = await page.locator('.citation pre').first().textContent()
    expect(shown).toMatch(/\[N\/OL\]\. 今日魏都, 2018-11-07\(3\)\[\d{4}-\d{2}-\d{2}\]\. http/)
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
    await page.locator('.citation-format button').first().click()
    await page.waitForFunction(
      () => document.querySelector('.citation-format button')?.textContent === '已复制',
    )
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
  })

  it('goes on without suggestions when the service is away', async () => {
    await open('/')
    await page.route('**/api/suggest*', (route) => route.abort())
    await page.fill('#q', '社区')
    await page.press('#q', 'Enter')
    await page.waitForSelector('.hit')
  })
})
