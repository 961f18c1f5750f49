// A Chromium for the browser tests: found where people have one, started without reaching out to anybody.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The browser named by XUNBAO_CHROMIUM, one at a usual place, or the one that playwright has downloaded. */
function findBrowser(): string | undefined {
  const named = process.env.XUNBAO_CHROMIUM
  if (named !== undefined && named !== '') return named
  return [...usualPaths, chromium.executablePath()].find((path) => path !== '' && existsSync(path))
}

/** Without a browser the tests are left out, and say so; on a CI machine (CI=true) that is a failure. */
const browserPath = findBrowser()
export const hasBrowser = browserPath !== undefined || process.env.CI === 'true'
if (browserPath === undefined)
  console.warn('浏览器测试没有运行：找不到 Chromium。装一个，或用 XUNBAO_CHROMIUM 指明它在哪里。')

export interface TestBrowser {
  context: BrowserContext
  close(): Promise<void>
}

/** A browser with an empty profile. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<TestBrowser> {
  if (browserPath === undefined) throw new Error('CI=true，但这台机器没有 Chromium')
  const profile = mkdtempSync(join(tmpdir(), 'xunbao-e2e-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=zh-CN',
    ],
    locale: 'zh-CN',
    ...options,
  })
  return {
    context,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
