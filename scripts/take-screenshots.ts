// Takes the pictures of docs/images in a real browser, from the sample page and a made one: npx tsx scripts/take-screenshots.ts
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../test/e2e/support/browser.ts'
import { frontPage, printFrontPage } from '../test/e2e/support/front-page.ts'
import { serveSample } from '../test/e2e/support/sample-server.ts'

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
const sample = fileURLToPath(new URL('../index-data/pages/', import.meta.url))
const desk = { width: 1280, height: 860 }
const phone = { width: 390, height: 844 }
const q = encodeURIComponent('社区')
const printed = `/pages/${encodeURIComponent(frontPage.paper)}/${frontPage.date}/${frontPage.pageNo}?q=${encodeURIComponent('清淤')}`

const pages = mkdtempSync(join(tmpdir(), 'xunbao-pages-'))
const browser = await openBrowser()
cpSync(sample, pages, { recursive: true })
await printFrontPage(browser, pages)
const server = await serveSample(pages)
const page = await browser.context.newPage()
const take = async (name: string, path: string, size: typeof desk, colorScheme: 'light' | 'dark') => {
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme })
  await page.goto(server.url + path, { waitUntil: 'networkidle' })
  await page.screenshot({ path: `${folder}${name}.png` })
}
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
await take('home-desk-light', '/', desk, 'light')
await take('search-desk-light', `/?q=${q}`, desk, 'light')
await take('search-phone-dark', `/?q=${q}`, phone, 'dark')
await take('page-desk-light', printed, desk, 'light')
await take('page-phone-dark', printed, phone, 'dark')
await page.goto(`${server.url}/?q=${q}`)
const article = (await page.locator('.hit-headline a').first().getAttribute('href')) ?? ''
await take('article-desk-light', article, desk, 'light')
await take('article-phone-dark', article, phone, 'dark')
await page.setViewportSize(desk)
await page.emulateMedia({ colorScheme: 'light' })
await page.goto(`${server.url}/`)
await page.focus('#q')
await page.keyboard.type('社区')
await page.waitForSelector('[role=option]')
await page.screenshot({ path: `${folder}suggest-desk-light.png` })
await browser.close()
await server.close()
rmSync(pages, { recursive: true, force: true })
