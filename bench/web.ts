// What a first visit costs and how soon it can be read: requests, bytes, paints and shifts of each view, on a desk and on
// a slow phone, and how long after a keystroke the suggestions stand there. Several running services are measured in turn.
//
//   npx tsx bench/web.ts NAME=URL [NAME=URL...] [--rounds 5]   (0: keystrokes alone)
import { parseArgs } from 'node:util'
import type { BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../test/e2e/support/browser.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
})
if (positionals.length === 0) throw new Error('用法：npx tsx bench/web.ts 名=地址 …')
const rounds = Number(values.rounds)
const services = positionals.map((one) => {
  const [, name = '', url = ''] = /^([^=]+)=(.+)$/.exec(one) ?? []
  return { name, url: url.replace(/\/$/, '') }
})

/** Slow 4G and a phone a quarter as fast as this machine, as Lighthouse has them. */
const slowPhone = {
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
}
const slowCpu = 4

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN

interface Visit {
  requests: number
  bytes: number
  script: number
  firstPaint: number
  largestPaint: number
  shift: number
}

/** One visit with nothing kept from before. */
async function visit(context: BrowserContext, url: string, isSlow: boolean): Promise<Visit> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  if (isSlow) {
    await session.send('Network.emulateNetworkConditions', { offline: false, ...slowPhone })
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowCpu })
  }
  let requests = 0
  let bytes = 0
  let script = 0
  const scripts = new Set<string>()
  session.on('Network.responseReceived', ({ requestId, type }) => {
    requests += 1
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength
    if (scripts.has(requestId)) script += encodedDataLength
  })
  await page.addInitScript(() => {
    const seen = { largest: 0, shift: 0 }
    Object.assign(globalThis, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.largest = entry.startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.waitForTimeout(200)
  const paints = await page.evaluate(() => {
    const { largest, shift } = (globalThis as unknown as { seen: { largest: number; shift: number } }).seen
    const [first] = performance.getEntriesByName('first-contentful-paint')
    return { firstPaint: first?.startTime ?? 0, largestPaint: largest, shift }
  })
  await page.close()
  return { requests, bytes, script, ...paints }
}

/** From the key that goes down to the frame in which suggestions for what was typed stand there. */
async function keystrokes(page: Page, url: string): Promise<number[]> {
  // tsx names inner functions by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (one) => one')
  await page.goto(`${url}/`, { waitUntil: 'networkidle' })
  await page.focus('#q')
  const times: number[] = []
  for (const word of ['社区', '脱贫', '北京', '防控', '经济', '教育', '上海', '医院', '农村', '高速']) {
    await page.fill('#q', '')
    await page.waitForTimeout(300)
    const waited = page.evaluate(
      (typed) =>
        new Promise<number>((resolve) => {
          const input = document.getElementById('q') as HTMLInputElement
          const list = document.getElementById('suggestions') as HTMLElement
          let begun = 0
          input.addEventListener(
            'input',
            () => {
              begun = performance.now()
            },
            { once: true },
          )
          const look = () => {
            const stands = begun > 0 && !list.hidden && list.textContent?.includes(typed)
            if (stands) requestAnimationFrame(() => resolve(performance.now() - begun))
            else if (begun > 0 && performance.now() - begun > 3000) resolve(Number.NaN)
            else requestAnimationFrame(look)
          }
          look()
        }),
      word,
    )
    // The watcher above must stand before the key goes down.
    await page.waitForTimeout(50)
    await page.keyboard.insertText(word)
    times.push(await waited)
  }
  return times
}

const found = (await (
  await fetch(`${services[0]!.url}/api/search?q=${encodeURIComponent('社区')}&size=1`)
).json()) as {
  hits: { id: string }[]
}
const views = [
  ['首页 home', '/'],
  ['结果 results', `/?q=${encodeURIComponent('社区')}`],
  ['文章 article', `/articles/${encodeURIComponent(found.hits[0]!.id)}?q=${encodeURIComponent('社区')}`],
  ['日历 calendar', '/issues'],
] as const
for (const isSlow of rounds === 0 ? [] : [false, true]) {
  console.log(
    `\n${isSlow ? '慢手机 slow phone (Slow 4G, CPU/4)' : '桌面 desk'}，${rounds} 次的中位数 median of ${rounds}\n`,
  )
  console.log(
    '| 页 | 服务 | 请求 | kB | 其中脚本 kB | 首次可见 FCP ms | 最大可见 LCP ms | 位移 CLS |\n|---|---|---|---|---|---|---|---|',
  )
  for (const [name, path] of views)
    for (const service of services) {
      const { context, close } = await openBrowser({
        viewport: isSlow ? { width: 390, height: 844 } : { width: 1280, height: 860 },
      })
      // The first visit warms the service, which is not what is measured.
      await visit(context, service.url + path, false)
      const visits: Visit[] = []
      for (let round = 0; round < rounds; round += 1)
        visits.push(await visit(context, service.url + path, isSlow))
      const of = (key: keyof Visit) => median(visits.map((one) => one[key]))
      console.log(
        `| ${name} | ${service.name} | ${of('requests')} | ${(of('bytes') / 1000).toFixed(1)} | ${(of('script') / 1000).toFixed(1)} | ${of('firstPaint').toFixed(0)} | ${of('largestPaint').toFixed(0)} | ${of('shift').toFixed(3)} |`,
      )
      await close()
    }
}
console.log('\n从按键到提示 keystroke to suggestion, ms\n\n| 服务 | 中位数 | 最长 |\n|---|---|---|')
for (const service of services) {
  const { context, close } = await openBrowser()
  const page = await context.newPage()
  // Each thread of the service fills its tables when it is first asked.
  await keystrokes(page, service.url)
  const times = await keystrokes(page, service.url)
  console.log(`| ${service.name} | ${median(times).toFixed(0)} | ${Math.max(...times).toFixed(0)} |`)
  await close()
}
