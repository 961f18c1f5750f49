// A reader searches, filters, reads, browses and cites, and a reader whose browser runs no script does all the same.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, openBrowser, type TestBrowser } from './support/browser.ts'
import { type SampleServer, serveSample } from './support/sample-server.ts'

let server: SampleServer

beforeAll(async () => {
  if (hasBrowser) server = await serveSample()
})
afterAll(async () => {
  await server?.close()
})

describe.skipIf(!hasBrowser).each([
  ['without script', 1280, 'light'],
  ['without script', 390, 'dark'],
  ['with script', 390, 'light'],
] as const)('a reader %s, at %i pixels, %s', (script, width, colorScheme) => {
  let browser: TestBrowser
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser({
      viewport: { width, height: 800 },
      colorScheme,
      javaScriptEnabled: script === 'with script',
    })
  })
  afterAll(async () => {
    await browser?.close()
  })
  beforeEach(async () => {
    page = await browser.context.newPage()
    page.setDefaultTimeout(15_000)
  })
  afterEach(async () => {
    await page.close()
  })

  const open = (path: string) => page.goto(`${server.url}${path}`)
  const texts = (selector: string) => page.locator(selector).allTextContents()
  const search = async (q: string) => {
    await page.fill('#q', q)
    await page.press('#q', 'Enter')
    await page.waitForSelector('#result-title')
  }
  const toFilters = async () => {
    if (width < 960 && !(await page.locator('#filters').isVisible())) await page.click('.to-filters')
  }
  const toResults = async () => {
    if (width < 960) await page.click('.filters-head a')
  }

  it('filters by several values, keeps them on a new query, and takes them away', async () => {
    await open('/')
    await search('魏都')
    const all = Number.parseInt((await page.textContent('#result-title')) ?? '', 10)
    await toFilters()
    await page.locator('.choice', { hasText: '简讯' }).click()
    await page.locator('.choice', { hasText: '报道' }).click()
    // On a phone the panel is still open.
    expect(await page.locator('.choice', { hasText: '简讯' }).isVisible()).toBe(true)
    await toResults()
    expect(new Set(await texts('.hit .kind'))).toEqual(new Set(['简讯', '报道']))
    expect((await texts('.chip')).sort()).toEqual(['报道 ✕', '简讯 ✕'])
    const url = new URL(page.url())
    expect(url.searchParams.getAll('type').sort()).toEqual(['article', 'brief'])

    await search('社区')
    expect(new URL(page.url()).searchParams.getAll('type').sort()).toEqual(['article', 'brief'])
    expect(await texts('.chip')).toHaveLength(2)
    await search('魏都')
    await page.click('.sort a:has-text("最早")')
    await page.click('.chip:has-text("报道")')
    expect(new Set(await texts('.hit .kind'))).toEqual(new Set(['简讯']))
    await page.click('.chip-clear')
    expect(await page.textContent('#result-title')).toBe(`${all} 篇`)
    expect(new URL(page.url()).searchParams.get('sort')).toBe('oldest')
  })

  it('chooses the reading, and narrows by the bars over time', async () => {
    await open(`/?q=${encodeURIComponent('社区服务居民')}`)
    const readings = await texts('.readings a')
    expect(readings.map((text) => text.replace(/[\d, ]+$/, ''))).toEqual(['精确', '含全部词', '放宽'])
    for (const name of ['精确', '含全部词', '放宽']) {
      await page.click(`.readings a:has-text("${name}")`)
      expect(await page.textContent('.readings [aria-current]')).toContain(name)
    }
    await open(`/?q=${encodeURIComponent('社区')}`)
    await toFilters()
    await page.locator('svg.bars a').first().dispatchEvent('click')
    await page.waitForURL(/from=2018-11-07&to=2018-11-07|from=2018-11-01/)
    await toFilters()
    expect(await page.locator('svg.bars').isVisible()).toBe(true)
  })

  it('reads an article from a result, goes on to the next hit and back to the list', async () => {
    await open('/')
    await search('社区')
    const headlines = await texts('.hit-headline')
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    expect(await page.textContent('.sheet h1')).toBe(headlines[0])
    expect(await page.locator('.sheet mark').count()).toBeGreaterThan(1)
    await page.getByRole('link', { name: '下一条结果' }).click()
    await page.waitForURL(/at=2/)
    expect(await page.textContent('.sheet h1')).toBe(headlines[1])
    await page.click('.bar-result a:has-text("结果")')
    expect(await texts('.hit-headline')).toEqual(headlines)
    await page.locator('.why').first().click()
    await page.waitForSelector('.why-parts')
    expect(await page.textContent('main')).toContain('得分')
  })

  it('goes from an article to its page with the query marked, and to the calendar', async () => {
    await open('/')
    await search('脱贫攻坚')
    expect((await texts('.hit-headline'))[0]).toBe('结对帮扶一对一 助力脱贫心贴心')
    await page.locator('.hit-headline a').first().click()
    await page.locator('.source a').first().click()
    await page.waitForSelector('.page-items')
    expect(await page.locator('h1').textContent()).toBe('今日魏都')
    expect(new Set(await texts('.page-items mark'))).toEqual(new Set(['脱贫攻坚']))
    for (const mark of await page.locator('.page-items mark').all()) expect(await mark.isVisible()).toBe(true)
    await page.click('.issue-links a:has-text("2018年11月的报纸")')
    expect(await texts('.calendar a')).toEqual(['7'])
    await page.click('.calendar a')
    expect(await page.locator('h1').textContent()).toContain('2018年11月7日')
    await page.click('.issue-pages a')
    await page.waitForSelector('.page-items')
  })

  it('cites, and every format can be selected', async () => {
    await open(`/?q=${encodeURIComponent('社区')}`)
    await page.locator('.hit-headline a').first().click()
    await page.locator('.citation summary').click()
    const [gbt = '', bibtex = '', ris = ''] = await texts('.citation pre')
    expect(gbt).toContain('[N/OL]')
    expect(bibtex).toMatch(/^@article\{xunbao-20181107-3-[0-9a-f]{10},/)
    expect(ris).toMatch(/^UR {2}- http/m)
  })

  it('sees words over time, in the plot and in the table, and goes to where they are printed', async () => {
    await open('/trends')
    await page.fill('.trends input[type=text]', '社区、脱贫攻坚')
    await page.press('.trends input[type=text]', 'Enter')
    await page.waitForSelector('.legend')
    expect(await texts('.legend a')).toEqual(['社区', '脱贫攻坚'])
    expect(await page.locator('.plot-number').count()).toBeGreaterThan(1)
    const total = Number.parseInt((await texts('.legend small'))[0] ?? '', 10)
    await page.click('.trend-table summary')
    await page.locator('.trend-table td a').first().click()
    expect(await page.textContent('#result-title')).toBe(`${total} 篇`)
  })

  it('learns what there is, and what there is not', async () => {
    await open('/status')
    expect(await page.textContent('main')).toContain('来源里的文件都读成了')
    expect(await texts('.wide tbody th')).toEqual(['今日魏都'])
    await open(`/?q=${encodeURIComponent('绝无此文甲乙丙丁戊')}`)
    expect(await page.textContent('main')).toContain('没有找到')
    for (const path of [
      '/articles/nobody',
      '/nothing/here',
      '/pages/x/2018-11-07/1',
      '/pages/x/2018-13-40/1',
    ]) {
      const answer = await open(path)
      expect([path, answer?.status()]).toEqual([path, path.includes('-13-') ? 400 : 404])
      expect(await page.locator('h1').count()).toBe(1)
    }
    await page.click('main a:has-text("回到首页")')
    expect(page.url()).toBe(`${server.url}/`)
  })
})
