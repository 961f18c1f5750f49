// A front page as a newspaper's program would export it: made stories, printed by the browser itself.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom, makeStory } from '../../unit/page/pdf-layouts.ts'
import type { TestBrowser } from './browser.ts'

export const frontPage = { paper: '江城晚报', date: '2018-11-07', pageNo: 1 } as const

const styles = `
  @page { size: 400mm 560mm; margin: 14mm }
  body { font-family: "Noto Serif CJK SC", serif; font-size: 11.5pt; line-height: 1.5; margin: 0 }
  h1 { font-size: 64pt; letter-spacing: 0.2em; margin: 0 } header { border-bottom: 2pt solid; margin-bottom: 5mm }
  article { border-bottom: 0.5pt solid; padding-bottom: 4mm; margin-bottom: 4mm }
  .columns { columns: 4; column-gap: 8mm } h2 { font-size: 30pt; margin: 0 0 3mm; line-height: 1.3 }
  article:nth-of-type(n+3) h2 { font-size: 21pt } p { text-indent: 2em; margin: 0; text-align: justify }`

/** Writes the page as a PDF below `folder`, as `<paper>/<date>/01.pdf`. */
export async function printFrontPage(browser: TestBrowser, folder: string): Promise<void> {
  const random = createRandom(11)
  const used = new Set<string>()
  const stories = [
    {
      headline: '河道清淤工程全面开工',
      paragraphs: ['市水利局昨日宣布，河道清淤工程全面开工，沿河居民到场观看，施工队连夜调运设备。'],
    },
    {
      headline: '乡村书屋开门迎来读者',
      paragraphs: ['北坡村的书屋上周末开门，返乡青年整理了三千多册旧书，孩子们放学后结伴前来。'],
    },
    ...[1, 2, 3].map(() => makeStory(random, 2, used)),
  ].map((story, at) => {
    const more = makeStory(random, at < 2 ? 7 : 4, used).paragraphs
    return {
      ...story,
      paragraphs: [...story.paragraphs, ...more, ...(at === 0 ? ['清淤之后，河道两岸还将栽种柳树。'] : [])],
    }
  })
  const html = `<html lang="zh-CN"><style>${styles}</style><header><h1>${frontPage.paper}</h1>
    <div>2018年11月7日　星期三　第1版　要闻</div></header>${stories
      .map(
        ({ headline, paragraphs }) =>
          `<article><h2>${headline}</h2><div class="columns">${paragraphs.map((text) => `<p>${text}</p>`).join('')}</div></article>`,
      )
      .join('')}</html>`
  const page = await browser.context.newPage()
  await page.setContent(html)
  const target = join(folder, frontPage.paper, frontPage.date)
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, '01.pdf'), await page.pdf({ preferCSSPageSize: true }))
  await page.close()
}
