// Takes the pictures of docs/images from the sample archive, in a real browser: npx tsx scripts/take-screenshots.ts
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../test/e2e/support/browser.ts'
import { serveSample } from '../test/e2e/support/sample-server.ts'

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
const devices = [
  { name: 'desk', width: 1280, height: 860 },
  { name: 'phone', width: 390, height: 844 },
]
const query = `?q=${encodeURIComponent('社区')}`

mkdirSync(folder, { recursive: true })
const server = await serveSample()
const browser = await openBrowser()
const page = await browser.context.newPage()
const settled = async () => {
  await page.waitForSelector('main:not([aria-busy]) h1')
  await page.waitForLoadState('networkidle')
}
for (const { name, width, height } of devices) {
  await page.setViewportSize({ width, height })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto(`${server.url}/${query}`)
    await settled()
    await page.screenshot({ path: `${folder}search-${name}-${colorScheme}.png` })
    await page.locator('.hit-headline a').first().click()
    await page.waitForSelector('.sheet')
    await settled()
    await page.screenshot({ path: `${folder}article-${name}-${colorScheme}.png` })
  }
}
await page.setViewportSize({ width: 1280, height: 860 })
await page.emulateMedia({ colorScheme: 'light' })
await page.goto(`${server.url}/`)
await settled()
await page.focus('#q')
await page.keyboard.type('社区')
await page.waitForSelector('[role=option]')
await page.screenshot({ path: `${folder}suggest-desk-light.png` })
await browser.close()
await server.close()
