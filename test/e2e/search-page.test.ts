// What a reader of the search page gets, in a real browser, on the sample archive.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, openBrowser, type TestBrowser } from './support/browser.ts'
import { createInputMethod } from './support/input-method.ts'
import { inspect } from './support/inspect.ts'
import { type SampleServer, serveSample } from './support/sample-server.ts'

const headline = '“小社区”凝聚“大幸福”'

describe.skipIf(!hasBrowser)('the search page', () => {
  let server: SampleServer
  let browser: TestBrowser
  let page: Page
  let asked: string[]
  let complaints: string[]

  beforeAll(async () => {
    server = await serveSample()
    browser = await openBrowser({ viewport: { width: 1280, height: 800 } })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
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

  const open = async (path: string) => {
    await page.goto(`${server.url}${path}`)
    await settled()
  }
  const settled = async () => {
    await page.waitForSelector('main:not([aria-busy]) h1')
    await page.waitForLoadState('networkidle')
  }
  const askedOf = (path: string) => asked.filter((one) => one.startsWith(path))
  const search = async (q: string) => {
    await page.fill('#q', q)
    await page.press('#q', 'Enter')
    await page.waitForSelector('#result-title')
    await settled()
  }
  const texts = (selector: string) => page.locator(selector).allTextContents()

  it('is searched with an input method, read, and found again on the way back', async () => {
    await open('/')
    await page.focus('#q')
    const method = await createInputMethod(page)
    await method.compose('s', 'sh', "she'qu")
    await method.pressEnterInside()
    await page.waitForTimeout(400)
    expect(askedOf('/api/suggest')).toEqual([])
    expect(askedOf('/api/search')).toEqual([])
    expect(page.url()).toBe(`${server.url}/`)

    await method.commit('社区')
    await page.waitForSelector('[role=option]')
    expect(askedOf('/api/suggest')).toEqual(['/api/suggest?q=社区'])
    await page.press('#q', 'Enter')
    await page.waitForSelector('.hit')
    await settled()
    expect(new URL(page.url()).search).toBe(`?q=${encodeURIComponent('社区')}`)
    expect((await texts('.hit-headline'))[0]).toBe(headline)
    expect(new Set(await texts('.hit mark'))).toEqual(new Set(['社区']))

    await page.evaluate(() => scrollTo(0, 160))
    await page.waitForTimeout(200)
    const scrolled = await page.evaluate(() => scrollY)
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    await settled()
    expect(await page.locator('.sheet h1').textContent()).toBe(headline)
    const marks = await texts('.sheet mark')
    expect(marks.length).toBeGreaterThan(10)
    expect(new Set(marks)).toEqual(new Set(['社区']))
    expect(await page.inputValue('#q')).toBe('社区')
    expect(await page.evaluate(() => scrollY)).toBe(0)

    await page.goBack()
    await page.waitForSelector('.hit')
    expect(await page.inputValue('#q')).toBe('社区')
    expect((await texts('.hit-headline'))[0]).toBe(headline)
    expect(await page.evaluate(() => scrollY)).toBe(scrolled)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(headline)
    expect(complaints).toEqual([])
  })

  it('is used with the keyboard alone', async () => {
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
    await settled()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('result-title')

    // The first link after the headline of the result is reached by Tab, and Enter opens it.
    const link = page.locator('.hit-headline a').first()
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab')
      if (await link.evaluate((node) => node === document.activeElement)) break
    }
    expect(await link.evaluate((node) => node === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.sheet')
    expect(complaints).toEqual([])
  })

  it('keeps a filtered, sorted search in its address: reloaded, shared and taken back', async () => {
    await open('/')
    await search('魏都')
    const all = (await texts('.hit')).length
    await page.getByLabel('简讯').check()
    await page.waitForURL(/type=brief/)
    await settled()
    const kinds = await texts('.hit .kind')
    expect(kinds.length).toBeGreaterThan(0)
    expect(new Set(kinds)).toEqual(new Set(['简讯']))
    expect(kinds.length).toBeLessThan(all)
    // The box that was pressed still has the focus, in the new list of boxes.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-key'))).toBe('type brief')

    await page.selectOption('select[name=sort]', 'oldest')
    await page.waitForURL(/sort=oldest/)
    await settled()
    await page.reload()
    await settled()
    expect(await page.getByLabel('简讯').isChecked()).toBe(true)
    expect(await page.inputValue('select[name=sort]')).toBe('oldest')
    expect(new Set(await texts('.hit .kind'))).toEqual(new Set(['简讯']))

    await page.goBack()
    await page.goBack()
    await settled()
    expect(await page.getByLabel('简讯').isChecked()).toBe(false)
    expect((await texts('.hit')).length).toBe(all)
  })

  it('shows what was typed as text, whatever it is', async () => {
    const hostile = '<img src=x onerror="document.title=\'hacked\'">'
    await open(`/?q=${encodeURIComponent(hostile)}`)
    expect(await page.inputValue('#q')).toBe(hostile)
    expect(await page.locator('main img').count()).toBe(0)
    expect(await page.title()).toContain('<img')
  })

  it('goes from an article to its page and to the calendar', async () => {
    await open('/')
    await search('脱贫攻坚')
    expect((await texts('.hit-headline'))[0]).toBe('结对帮扶一对一 助力脱贫心贴心')
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    await page.locator('.source a').click()
    await page.waitForSelector('.page-items')
    await settled()
    expect(await page.locator('h1').textContent()).toBe('今日魏都')
    expect(await texts('.page-item h2')).toContain(headline)
    await page.locator('.page-head a').last().click()
    await page.waitForSelector('.calendar')
    await settled()
    expect(await texts('.calendar a')).toEqual(['7'])
    expect(complaints).toEqual([])
  })

  it('shows how often words were printed, and leads to where', async () => {
    await open('/trends')
    await page.fill('.trends input', '社区、脱贫攻坚')
    await page.press('.trends input', 'Enter')
    await page.waitForSelector('.trend')
    await settled()
    expect(await texts('.trend h2 a')).toEqual(['社区', '脱贫攻坚'])
    const total = Number.parseInt((await texts('.trend h2 small'))[0] ?? '', 10)
    await page.reload()
    await settled()
    expect(await texts('.trend h2 a')).toEqual(['社区', '脱贫攻坚'])
    await page.locator('.trend a.slot').first().click()
    await page.waitForSelector('.hit')
    await settled()
    expect(await page.textContent('#result-title')).toBe(`${total} 篇`)
    expect(complaints).toEqual([])
  })

  it('gives a citation to copy', async () => {
    await open('/')
    await search('社区')
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    await page.locator('.citation summary').click()
    const shown = await page.locator('.citation pre').first().textContent()
    expect(shown).toContain('今日魏都')
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
    await page.locator('.citation-format button').first().click()
    await page.waitForFunction(
      () => document.querySelector('.citation-format button')?.textContent === '已复制',
    )
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
  })

  it('says in plain words that the service is away, and tries again', async () => {
    await open('/')
    await page.route('**/api/search*', (route) => route.abort())
    await page.fill('#q', '社区')
    await page.press('#q', 'Enter')
    await page.waitForSelector('.state h1')
    expect(await page.textContent('.state')).toContain('连不上服务')
    expect(await page.inputValue('#q')).toBe('社区')
    await page.unroute('**/api/search*')
    await page.getByRole('button', { name: '再试一次' }).click()
    await page.waitForSelector('.hit')
  })

  it('answers a search without hits, a missing article and a mistyped address', async () => {
    await open(`/?q=${encodeURIComponent('绝无此文甲乙丙丁戊')}`)
    expect(await page.textContent('main')).toContain('没有找到')
    await open('/articles/nobody')
    expect(await page.textContent('main h1')).toBe('这里没有东西')
    await open('/nothing/here')
    expect(await page.textContent('main')).toContain('没有这个页面')
  })

  const views = [
    '/',
    '/?q=社区',
    '/?q=绝无此文甲乙',
    '/articles/nobody',
    '/issues',
    '/trends?q=社区&q=脱贫',
    '/help',
  ]
  describe.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
    [320, 'light'],
  ] as const)('at %i pixels, %s', (width, colorScheme) => {
    it('has names, one headline, enough contrast and no sideways scrolling', async () => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      for (const path of views) {
        await open(path)
        expect([path, ...(await inspect(page))]).toEqual([path])
      }
      await open('/?q=社区')
      await page.locator('.hit-headline a').first().click()
      await page.waitForSelector('.sheet')
      await settled()
      expect(['article', ...(await inspect(page))]).toEqual(['article'])
      await page.locator('.source a').click()
      await page.waitForSelector('.page-items')
      await settled()
      expect(['page', ...(await inspect(page))]).toEqual(['page'])
    })
  })
})
