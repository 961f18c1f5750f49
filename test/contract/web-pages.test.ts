// The pages of the site as programs and hostile texts meet them: metadata, feeds, sitemaps, and text that stays text.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Archive } from '../../src/archive/port.ts'
import type { RunningServer } from '../../src/server/server.ts'
import { createArchive } from '../../src/xunbao.ts'
import { serve } from './support/serve.ts'

const hostile = [
  '<script>document.title="hacked"</script>',
  '"><img src=x onerror=alert(1)>',
  '</title></textarea></style><h1>不是标题</h1>',
  '\u202e反写\u202c与\u2066隔离\u2069',
  ']]>&amp;&#60;b&#62;',
  "javascript:alert('x')",
]
const longLine = `长行${'一二三四五六七八九十'.repeat(90_000)}收尾`

const printed = (id: string, headline: string, body: string, date = '2018-11-07', pageNo = 1) => ({
  id,
  headline,
  subtitle: '——副题在此',
  body,
  paper: '江城晚报',
  date,
  pageNo,
  author: '张三、李四、王五、赵六',
})
const reprint =
  '本市今年新建养老服务中心十二处，日间照料站三十七个，惠及老年居民两万余人，社区医生每周上门巡诊，志愿者陪同购物理发。'

let archive: Archive
let server: RunningServer

beforeAll(async () => {
  archive = await createArchive()
  await archive.add([
    ...hostile.map((text, at) => printed(`h${at}`, `恶意${text}`, `正文恶意${text}`)),
    { ...printed('long', '很长的一行', longLine), pageNo: 2 },
    printed('a1', '“小社区”凝聚“大幸福”', `社区里的事。\n${'社区服务到家。'.repeat(30)}`, '2018-11-07', 3),
    printed('r1', '养老服务惠及两万人', reprint, '2018-11-08'),
    { ...printed('r2', '我市养老服务再上台阶', `${reprint}（转载）`, '2018-11-09'), paper: '北城日报' },
    { ...printed('r3', '养老服务惠及两万人', reprint, '2019-11-08'), paper: '北城日报' },
    { id: '无名', headline: '没有日期的', body: '不知何时印出。', paper: '' },
  ])
  server = await serve(archive)
})
afterAll(async () => {
  await server?.close()
  await archive?.close()
})

const html = async (path: string, status = 200): Promise<string> => {
  const response = await fetch(server.url + path, { headers: { Accept: 'text/html' } })
  expect([path, response.status]).toEqual([path, status])
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  return response.text()
}
const metaOf = (page: string, name: string): string[] =>
  [...page.matchAll(new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`, 'g'))].map(
    ([, value = '']) => value,
  )

describe('an article', () => {
  it('tells Zotero, Scholar, search engines and other sites what it is', async () => {
    const page = await html('/articles/a1')
    expect(page).toContain('<html lang="zh-CN"')
    expect(/<title>([^<]*)<\/title>/.exec(page)?.[1]).toBe('“小社区”凝聚“大幸福” - 寻报')
    expect(page).toContain(`<link rel="canonical" href="${server.url}/articles/a1"`)
    expect(metaOf(page, 'citation_title')).toEqual(['“小社区”凝聚“大幸福”：——副题在此'])
    expect(metaOf(page, 'citation_author')).toEqual(['张三', '李四', '王五', '赵六'])
    expect(metaOf(page, 'citation_publication_date')).toEqual(['2018/11/07'])
    expect(metaOf(page, 'citation_journal_title')).toEqual(['江城晚报'])
    expect(metaOf(page, 'og:type')).toEqual(['article'])
    const [, facts = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? []
    expect(JSON.parse(facts)).toMatchObject({
      '@type': 'NewsArticle',
      headline: '“小社区”凝聚“大幸福”',
      datePublished: '2018-11-07',
      printPage: '3',
    })
  })

  it('is cited with its subtitle, the day it was read, and where; each key is its own', async () => {
    const citations = await Promise.all(
      ['a1', 'r1', '无名'].map(
        async (id) =>
          (
            (await (await fetch(`${server.url}/api/articles/${encodeURIComponent(id)}`)).json()) as {
              citation: { gbt7714: string; bibtex: string; ris: string }
            }
          ).citation,
      ),
    )
    expect(citations[0]?.gbt7714).toMatch(
      /^张三, 李四, 王五, 等\. “小社区”凝聚“大幸福”：副题在此\[N\/OL\]\. 江城晚报, 2018-11-07\(3\)\[\d{4}-\d{2}-\d{2}\]\. http:\/\/[\d.:]+\/articles\/a1\.$/,
    )
    const keys = citations.map(({ bibtex }) => /^@article\{([^,]+),/.exec(bibtex)?.[1])
    expect(new Set(keys).size).toBe(3)
    for (const key of keys) expect(key).toMatch(/^[a-z0-9-]+$/)
    expect(citations[0]?.ris).toContain(`UR  - ${server.url}/articles/a1\r\n`)
  })
})

describe('a text that would be more than text', () => {
  it('stands as printed in every page, feed and table', async () => {
    const seen = [
      await html('/?q=恶意'),
      await html('/pages/江城晚报/2018-11-07/1?q=恶意'),
      ...(await Promise.all(hostile.map((_, at) => html(`/articles/h${at}?q=恶意&at=${at + 1}`)))),
      await html('/'),
      await html(`/?q=${encodeURIComponent(hostile[0]!)}`),
      await html(`/trends?q=${encodeURIComponent(hostile[1]!)}`),
      await html(`/articles/${encodeURIComponent(hostile[1]!)}`, 404),
    ]
    for (const page of seen) {
      expect(page).not.toMatch(/<img[^>]*onerror|<h1>不是标题|<script>document|href="javascript:/)
      // One script of the site's, and data of articles; the data cannot end its element.
      for (const [script] of page.matchAll(/<script[^>]*>/g))
        expect(script).toMatch(/src="\/assets\/|ld\+json/)
    }
    const feed = await (await fetch(`${server.url}/feed.xml?q=恶意`)).text()
    expect(feed).not.toMatch(/<script|<img/)
    expect(feed).toContain('&lt;script&gt;')
    const csv = await (await fetch(`${server.url}/api/export?q=恶意&format=csv`)).text()
    expect(csv).toContain('<script>')
    expect(csv.split('\r\n').filter((line) => /^h\d,/.test(line))).toHaveLength(hostile.length)
  })

  it('of a million characters in one line is found, shown and cut where it is only pointed to', async () => {
    const result = await html('/?q=很长的一行')
    expect(result.length).toBeLessThan(60_000)
    const article = await html('/articles/long')
    expect(article).toContain('收尾')
    expect(metaOf(article, 'description')[0]!.length).toBeLessThan(200)
    const page = await html('/pages/江城晚报/2018-11-07/2')
    expect(page).toContain('收尾')
  })
})

describe('reprints', () => {
  it('are one hit with the other places named, when they are asked to be', async () => {
    const grouped = await archive.search({ q: '养老服务中心', group: true })
    expect(grouped.total).toBe(3)
    expect(grouped.groups).toBe(2)
    const story = grouped.hits.find(({ also }) => also !== undefined)
    expect([story?.id, ...(story?.also ?? []).map(({ id }) => id)].sort()).toEqual(['r1', 'r2'])
    // Printed again a year later it is another story.
    expect(grouped.hits.map(({ id }) => id)).toContain('r3')
    const single = await archive.search({ q: '养老服务中心' })
    expect(single.hits).toHaveLength(3)
    expect(single).not.toHaveProperty('groups')
    const exported: string[] = []
    for await (const { id } of archive.exportHits({ q: '养老服务中心', group: true })) exported.push(id)
    expect(exported.sort()).toEqual(['r1', 'r2', 'r3'])
    const page = await html('/?q=养老服务中心')
    expect(page).toContain('又见：')
    expect(page).toContain('3 篇')
  })
})

it('a paper without a name is called that, and can be chosen everywhere', async () => {
  await archive.add([
    { id: '无报名', headline: '没有报名的', body: '有日期。', paper: '', date: '2018-11-07', pageNo: 1 },
  ])
  expect(await html('/')).toMatch(/href="\/\?[^"]*paper=-[^"]*"[^>]*>（未具名的报纸）</)
  const day = await html('/issues?year=2018&month=11&paper=-')
  expect(day).toContain('2018年11月的（未具名的报纸）')
  expect(day).toContain('href="/issues?year=2018&amp;month=11&amp;day=7&amp;paper=-"')
  expect(await html('/pages/-/2018-11-07/1')).toContain('没有报名的')
  await archive.remove(['无报名'])
})

describe('facets', () => {
  it('count as if their own filter were not there, and name what has no author', async () => {
    const all = await archive.search({ q: '养老服务' })
    const one = await archive.search({ q: '养老服务', paper: ['江城晚报'] })
    expect(one.total).toBeLessThan(all.total)
    expect(one.facets.paper).toEqual(all.facets.paper)
    expect(one.facets.year).not.toEqual(all.facets.year)
    const nobody = await archive.search({ q: '', author: ['-'] })
    expect(nobody.hits.map(({ id }) => id)).toEqual(['无名'])
    const nameless = await archive.search({ q: '', paper: ['-'] })
    expect(nameless.hits.map(({ id }) => id)).toEqual(['无名'])
    const everything = await archive.search({ q: '' })
    expect(everything.facets.author.find(({ value }) => value === '-')?.count).toBe(1)
    expect(everything.facets.pageNo.find(({ value }) => value === '3')?.count).toBe(1)
    expect((await archive.search({ q: '', pageNo: 3 })).facets.pageNo).toEqual(everything.facets.pageNo)
    const [second, third, both] = await Promise.all(
      [2, 3, [2, 3]].map((pageNo) => archive.search({ q: '', pageNo })),
    )
    expect(both?.total).toBe((second?.total ?? 0) + (third?.total ?? 0))
    expect((await html('/?pageNo=2&pageNo=3')).match(/class="chip"/g)).toHaveLength(2)
  })

  it('count by day where few days are asked for', async () => {
    const month = await archive.search({ q: '“养老服务”', from: '2018-11-01', to: '2018-11-30' })
    expect(month.days).toEqual([
      { day: '2018-11-08', count: 1 },
      { day: '2018-11-09', count: 1 },
    ])
    expect(
      (await archive.search({ q: '养老服务', from: '2018-01-01', to: '2018-12-31' })).days,
    ).toBeUndefined()
  })
})

describe('search engines', () => {
  it('find every dated article and page through the sitemaps', async () => {
    const index = await (await fetch(`${server.url}/sitemap.xml`)).text()
    const parts = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc = '']) => loc)
    expect(parts).toEqual([`${server.url}/sitemaps/2018-11/1`, `${server.url}/sitemaps/2019-11/1`])
    const addresses: string[] = []
    for (const part of parts) {
      const text = await (await fetch(part)).text()
      addresses.push(...[...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc = '']) => loc))
    }
    expect(addresses).toContain(`${server.url}/articles/a1`)
    expect(addresses).toContain(`${server.url}/pages/${encodeURIComponent('江城晚报')}/2018-11-07/3`)
    for (const address of addresses) expect([address, (await fetch(address)).status]).toEqual([address, 200])
    expect((await fetch(`${server.url}/sitemaps/2018-11/2`)).status).toBe(404)
    expect((await fetch(`${server.url}/sitemaps/2018-13/1`)).status).toBe(400)
    expect(await (await fetch(`${server.url}/robots.txt`)).text()).toContain(
      `Sitemap: ${server.url}/sitemap.xml`,
    )
  })

  it('are told not to keep results, and what is the one address of a document', async () => {
    expect(metaOf(await html('/?q=社区'), 'robots')).toEqual(['noindex, follow'])
    expect(await html('/articles/a1?q=社区&at=1')).toContain(
      `rel="canonical" href="${server.url}/articles/a1"`,
    )
    expect(metaOf(await html('/articles/nobody', 404), 'robots')).toEqual(['noindex, follow'])
  })
})

it('every link of every page leads somewhere', async () => {
  const seen = new Set<string>()
  const queue = ['/', '/?q=社区', '/issues', '/status', '/articles/a1?q=社区&at=1', '/help']
  const broken: string[] = []
  while (queue.length > 0 && seen.size < 400) {
    const path = queue.shift()!
    if (seen.has(path)) continue
    seen.add(path)
    const response = await fetch(server.url + path, { headers: { Accept: 'text/html' } })
    if (response.status !== 200) broken.push(`${response.status} ${path}`)
    if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) {
      await response.body?.cancel()
      continue
    }
    const page = await response.text()
    for (const [, href = ''] of page.matchAll(/<a [^>]*href="(\/[^"#]*)/g))
      if (!href.startsWith('/assets/')) queue.push(href.replaceAll('&amp;', '&'))
  }
  expect(broken).toEqual([])
  expect(seen.size).toBeGreaterThan(50)
}, 60_000)
