// Sources become articles: folders, JSON Lines plain and zipped, doubles, and files that are none of these.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findSources } from '../../../src/ingest/source-files.ts'
import { collectArticles } from '../../../src/ingest/sources.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-sources-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

const line = (id: string, title: string, body = '正文。') => `${JSON.stringify({ id, title, body })}\n`
const page =
  '社区的一天\n\n本报讯（记者 张三）昨日，社区里举行了活动，居民们都来参加，气氛热烈。\n活动结束后，大家合影留念，并约定明年再来。\n'

describe('JSON Lines', () => {
  it.each([
    ['plain', (text: string) => Buffer.from(text)],
    ['gzip', (text: string) => gzipSync(text)],
    ['with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['with Windows line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ])('reads a file %s', async (_, encode) => {
    const path = put('a.jsonl', encode(line('1', '甲') + line('2', '乙') + line('3', '丙').trimEnd()))
    const { articles, faults } = await collectArticles([path])
    expect(faults).toEqual([])
    expect(articles.map(({ headline }) => headline)).toEqual(['甲', '乙', '丙'])
  })

  it('names a bad line with its number and reads all others', async () => {
    const path = put(
      'a.jsonl',
      `${line('1', '甲')}{"id": 坏\n\n${line('2', '乙')}[1]\n{"id":"3"}\n${line('4', '丁')}`,
    )
    const { articles, faults } = await collectArticles([path])
    expect(articles.map(({ id }) => id)).toEqual(['1', '2', '4'])
    expect(faults.map(({ file, line }) => [file, line])).toEqual([
      [path, 2],
      [path, 5],
      [path, 6],
    ])
  })

  it('names a line that is not UTF-8 and reads its neighbours', async () => {
    const path = put(
      'a.jsonl',
      Buffer.concat([
        Buffer.from(line('1', '甲')),
        Buffer.from([0x7b, 0xd6, 0xd0, 0x7d, 0x0a]),
        Buffer.from(line('2', '乙')),
      ]),
    )
    const { articles, faults } = await collectArticles([path])
    expect(articles.map(({ id }) => id)).toEqual(['1', '2'])
    expect(faults).toMatchObject([{ file: path, line: 2 }])
  })

  it('keeps what was read before gzip data ends too early, and names the file', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) =>
      line(String(i), `标题${i}`, `正文${i * 7919}。`),
    ).join('')
    const whole = gzipSync(many)
    const path = put('a.jsonl.gz', whole.subarray(0, whole.length / 2))
    const { articles, faults } = await collectArticles([path])
    expect(articles.length).toBeGreaterThan(100)
    expect(faults).toMatchObject([{ file: path, code: 'SOURCE_UNREADABLE' }])
    expect(faults[0]!.message).toContain('gzip')
  })

  it('takes the later of two articles with one id, and one of two that are the same, and says both', async () => {
    const path = put('a.jsonl', line('1', '旧') + line('2', '乙') + line('1', '新') + line('2', '乙'))
    const { articles, warnings } = await collectArticles([path])
    expect(articles.map(({ id, headline }) => [id, headline])).toEqual([
      ['1', '新'],
      ['2', '乙'],
    ])
    expect(warnings.map(({ line }) => line)).toEqual([3, 4])
  })

  it('reads the pages that parse --json prints', async () => {
    const read = {
      page: { paper: '报', date: '2020-01-02', pageNo: 4 },
      items: [{ id: 'a1', type: 'article', headline: '题', paragraphs: ['段'] }],
    }
    const { articles } = await collectArticles([put('pages.jsonl', `${JSON.stringify(read)}\n`)])
    expect(articles).toMatchObject([{ id: '报-2020-01-02-04-a1', headline: '题', paper: '报', pageNo: 4 }])
  })
})

describe('folders of pages', () => {
  it('walks in the order of names, and the folders tell paper, date and page', async () => {
    put('某日报/2020-01-02/02.txt', page)
    put('某日报/2020-01-02/01.txt', page.replace('社区的一天', '村庄的一天'))
    put('某日报/2020-01-02/照片.jpg', 'x')
    const found = findSources([folder])
    expect(found.files.map(({ label }) => label)).toEqual([
      '某日报/2020-01-02/01.txt',
      '某日报/2020-01-02/02.txt',
    ])
    expect(found.ignored).toEqual({ '.jpg': 1 })
    const { articles, faults } = await collectArticles([folder])
    expect(faults).toEqual([])
    expect(new Set(articles.map(({ paper, date, pageNo }) => `${paper} ${date} ${pageNo}`))).toEqual(
      new Set(['某日报 2020-01-02 1', '某日报 2020-01-02 2']),
    )
    expect(articles.map(({ paragraphs }) => paragraphs.join('')).join('')).toContain('约定明年再来')
  })

  it('gives the same ids at every reading', async () => {
    put('某日报/2020-01-02/01.txt', page)
    const ids = async () => (await collectArticles([folder])).articles.map(({ id }) => id)
    expect(await ids()).toEqual(await ids())
    expect((await ids())[0]).toMatch(/^某日报-2020-01-02-01-/)
  })

  it('keeps both of two different pages with the same paper, day and number', async () => {
    put('某日报/2020-01-02/01.txt', page)
    put('某日报/2020-01-02/副本/某日报-2020-01-02-p1.txt', page.replaceAll('活动', '比赛'))
    const { articles, warnings } = await collectArticles([folder])
    const text = articles.flatMap(({ paragraphs }) => paragraphs).join('')
    expect(text).toContain('举行了活动')
    expect(text).toContain('举行了比赛')
    expect(new Set(articles.map(({ id }) => id)).size).toBe(articles.length)
    expect(warnings.length).toBeGreaterThan(0)
  })

  it('names empty, binary and missing files, and reads the others', async () => {
    put('某日报/2020-01-02/01.txt', page)
    put('某日报/2020-01-02/02.txt', '')
    put('某日报/2020-01-02/03.txt', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 37) % 256)))
    put('某日报/2020-01-02/04.pdf', '%PDF-1.4 坏的')
    put('某日报/2020-01-02/05.jsonl', '')
    const missing = join(folder, '没有')
    const { articles, faults } = await collectArticles([folder, missing])
    expect(articles.length).toBeGreaterThan(0)
    expect(faults.map(({ file }) => file.slice(folder.length + 1)).sort()).toEqual([
      '某日报/2020-01-02/02.txt',
      '某日报/2020-01-02/03.txt',
      '某日报/2020-01-02/04.pdf',
      '某日报/2020-01-02/05.jsonl',
      '没有',
    ])
    for (const { message } of faults) expect(message).toMatch(/[一-鿿]/)
  })

  it('reads the text of the same name when a PDF cannot be read', async () => {
    put('某日报/2020-01-02/01.txt', page)
    put('某日报/2020-01-02/01.pdf', '%PDF-1.4 坏的')
    const { articles, faults, warnings } = await collectArticles([folder])
    expect(faults).toEqual([])
    expect(articles.map(({ paragraphs }) => paragraphs.join('')).join('')).toContain('举行了活动')
    expect(warnings).toHaveLength(1)
  })

  it('applies the corrections beside a page, and names corrections that cannot be read', async () => {
    put('某日报/2020-01-02/01.txt', page)
    put('某日报/2020-01-02/01.fix.json', JSON.stringify({ page: { section: '要闻' } }))
    put('某日报/2020-01-02/02.txt', page.replaceAll('活动', '比赛'))
    const wrong = put('某日报/2020-01-02/02.txt.fix.json', '{ 坏的')
    const { articles, faults } = await collectArticles([folder])
    expect(articles.find(({ pageNo }) => pageNo === 1)?.section).toBe('要闻')
    expect(articles.some(({ pageNo }) => pageNo === 2)).toBe(true)
    expect(faults.map(({ file }) => file)).toEqual([wrong])
  })

  it('is not caught in links that lead back', async () => {
    put('某日报/2020-01-02/01.txt', page)
    symlinkSync(folder, join(folder, '某日报', '回'))
    expect(findSources([folder]).files).toHaveLength(1)
  })

  it('sets the paper where print and folder do not tell it', async () => {
    const { articles } = await collectArticles([put('页.txt', page)], { paper: '某晚报' })
    expect(new Set(articles.map(({ paper }) => paper))).toEqual(new Set(['某晚报']))
  })
})
