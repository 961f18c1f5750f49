// Every view is valid HTML, can be used by everybody, fits every screen, and moves nothing under the reader's finger.
/// <reference lib="dom" />
import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from './support/axe.ts'
import { hasBrowser, openBrowser, type TestBrowser } from './support/browser.ts'
import { inspect } from './support/inspect.ts'
import { type SampleServer, serveSample } from './support/sample-server.ts'

const fixed = [
  '/',
  '/?q=社区',
  '/?q=社区服务居民&type=article&from=2018-11-01&to=2018-11-30',
  '/?q=绝无此文甲乙',
  '/?sort=newest',
  '/articles/nobody',
  '/issues',
  '/issues?year=2018&month=11',
  '/issues?year=2018&month=11&day=7',
  '/trends',
  '/trends?q=社区&q=脱贫',
  '/status',
  '/help',
  '/docs',
  '/pages/今日魏都/2018-11-07/3?q=社区',
]

describe.skipIf(!hasBrowser)('every view', () => {
  let server: SampleServer
  let browser: TestBrowser
  let views: string[]

  beforeAll(async () => {
    server = await serveSample()
    browser = await openBrowser()
    const { hits } = (await (await fetch(`${server.url}/api/search?q=社区`)).json()) as {
      hits: { id: string }[]
    }
    const id = encodeURIComponent(hits[0]?.id ?? '')
    views = [...fixed, `/articles/${id}`, `/articles/${id}?q=社区&at=1`, `/why?q=社区&id=${id}`]
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('is valid HTML with one headline, a language, a title of its own and no script inside', async () => {
    const validate = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        // How the renderer writes is not what a browser reads.
        'no-trailing-whitespace': 'off',
        'void-style': 'off',
        'attribute-boolean-style': 'off',
        'attr-quotes': 'off',
        'no-inline-style': 'error',
        'long-title': 'off',
        'prefer-native-element': 'off',
        // The names of facets are the values of the archive.
        'no-dup-id': 'error',
      },
    })
    const titles = new Set<string>()
    for (const path of views) {
      const html = await (await fetch(`${server.url}${path}`, { headers: { Accept: 'text/html' } })).text()
      const { results } = await validate.validateString(html)
      const faults = results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line, column }) => `${ruleId} ${line}:${column} ${message}`),
      )
      expect([path, ...faults]).toEqual([path])
      titles.add(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '')
      expect(html).not.toMatch(/<script(?![^>]*(?:src=|application\/ld\+json))/)
      expect(html).not.toMatch(/ on\w+=| style=/)
    }
    // Two articles and two calendars share theirs.
    expect(titles.size).toBeGreaterThanOrEqual(views.length - 3)
  })

  const open = async (page: Page, path: string) => {
    await page.goto(`${server.url}${path}`, { waitUntil: 'load' })
  }

  describe.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
    [320, 'light'],
  ] as const)('at %i pixels, %s', (width, colorScheme) => {
    it('has names, contrast, targets for fingers, no sideways scrolling and no violation that axe knows', async () => {
      const page = await browser.context.newPage()
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      for (const path of views) {
        await open(page, path)
        expect([path, ...(await inspect(page))]).toEqual([path])
        // What axe sees besides the size of the screen: each width and each scheme once.
        const isChecked = (width === 1280) === (colorScheme === 'light') && width >= 390
        if (isChecked) expect([path, ...(await violationsOf(page))]).toEqual([path])
      }
      await page.close()
    }, 120_000)
  })

  it('moves nothing while it loads, and asks for few files and bytes', async () => {
    const page = await browser.context.newPage()
    await page.setViewportSize({ width: 390, height: 844 })
    for (const path of views) {
      let requests = 0
      page.on('request', () => {
        requests += 1
      })
      await page.addInitScript(() => {
        const shifts: string[] = []
        Object.assign(globalThis, { shifts })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { value, sources } = entry as unknown as { value: number; sources: { node?: Element }[] }
            shifts.push(
              `${value.toFixed(4)} ${sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 90)).join(' | ')}`,
            )
          }
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await open(page, path)
      await page.waitForTimeout(100)
      expect(await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts), path).toEqual(
        [],
      )
      expect(requests, path).toBeLessThanOrEqual(8)
      page.removeAllListeners('request')
    }
    await page.close()
  })
})
