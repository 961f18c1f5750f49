// One article, every form and every door: the same stored article, the same id, the same fault.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/open-archive.ts'
import type { Archive } from '../../src/archive/port.ts'
import { buildIndex } from '../../src/ingest/build-index.ts'
import type { Fault } from '../../src/ingest/faults.ts'
import { SearchError } from '../../src/model/errors.ts'
import type { ArticleInput } from '../../src/schema/article.ts'
import { createServer, type RunningServer } from '../../src/server/server.ts'
import { archiveOf, type TestArchive } from '../support/archive-of.ts'

const token = 'doors'
let folder: string
let count = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-doors-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Stored = Record<string, unknown>
/** What a door made of an article: the stored articles, or the faults. */
interface Outcome {
  articles: Stored[]
  faults: { field?: string | undefined; line?: number | undefined; message: string }[]
}
type Door = (input: Record<string, unknown>) => Promise<Outcome>

async function storedIn(archive: Archive): Promise<Stored[]> {
  const stored: Stored[] = []
  for await (const article of archive.exportHits({ q: '' })) stored.push(article)
  return stored
}

async function built(name: string, content: string | Uint8Array): Promise<Outcome> {
  const file = join(folder, `${count++}-${name}`)
  writeFileSync(file, content)
  const index = `${file}-index`
  const report = await buildIndex({ sources: [file], index })
  const faults = report.faults.map(({ field, line, message }: Fault) => ({ field, line, message }))
  if (!report.committed) return { articles: [], faults }
  const archive = await openArchive({ index })
  const articles = await storedIn(archive)
  await archive.close()
  return { articles, faults }
}

async function added(add: (archive: Archive) => Promise<unknown>): Promise<Outcome> {
  const { archive, dispose } = await archiveOf([])
  try {
    await add(archive)
    return { articles: await storedIn(archive), faults: [] }
  } catch (error) {
    if (!(error instanceof SearchError)) throw error
    return { articles: [], faults: [{ ...error.details, message: error.message }] }
  } finally {
    await dispose()
  }
}

async function posted(body: string, type: string): Promise<Outcome> {
  let test: TestArchive | undefined
  let server: RunningServer | undefined
  try {
    test = await archiveOf([])
    server = await createServer(test.archive, { host: '127.0.0.1', port: 0, token, accessLog: false })
    const response = await fetch(`${server.url}/api/articles`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${token}` },
      body,
    })
    const answer = (await response.json()) as { field?: string; line?: number; detail: string }
    if (response.ok) return { articles: await storedIn(test.archive), faults: [] }
    return { articles: [], faults: [{ field: answer.field, line: answer.line, message: answer.detail }] }
  } finally {
    await server?.close()
    await test?.dispose()
  }
}

const cell = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`
const toCsv = (input: Record<string, unknown>) =>
  `${Object.keys(input).join(',')}\r\n${Object.values(input).map(cell).join(',')}\r\n`

const doors: Record<string, Door> = {
  'JSON Lines': (input) => built('a.jsonl', `${JSON.stringify(input)}\n`),
  'JSON Lines, gzip': (input) => built('a.jsonl.gz', gzipSync(JSON.stringify(input))),
  'a JSON array': (input) => built('a.json', JSON.stringify([input], null, 2)),
  'a single JSON object': (input) => built('a.json', JSON.stringify(input, null, 2)),
  'a JSON array under another name': (input) => built('a.txt', JSON.stringify([input])),
  'archive.add': (input) => added((archive) => archive.add([input as ArticleInput])),
  'POST, one': (input) => posted(JSON.stringify(input), 'application/json'),
  'POST, many': (input) => posted(JSON.stringify([input]), 'application/json'),
  'POST, JSON Lines': (input) => posted(JSON.stringify(input), 'application/x-ndjson'),
}
const tableDoors: Record<string, Door> = {
  CSV: (input) => built('a.csv', toCsv(input)),
  'CSV with a mark': (input) => built('a.csv', `\uFEFF${toCsv(input)}`),
  'CSV in GB18030': (input) => built('a.csv', iconv.encode(toCsv(input), 'gb18030')),
  'CSV in UTF-16, gzip': (input) =>
    built('a.csv.gz', gzipSync(Buffer.from(`\uFEFF${toCsv(input)}`, 'utf16le'))),
  TSV: (input) =>
    built(
      'a.tsv',
      toCsv(input)
        .replaceAll('","', '"\t"')
        .replaceAll(/^[^"\n]+$/gm, (head) => head.replaceAll(',', '\t')),
    ),
}

const plain = {
  title: '社区“食堂”开张',
  body: '第一段，有逗号。\n第二段。',
  date: '2018/11/7',
  paper: '魏都晚报',
  page: '3',
  author: '张三、李四',
  type: '简讯',
  tags: '民生、养老',
  url: 'https://example.org/1',
}
const expected = {
  id: expect.stringMatching(/^魏都晚报-2018-11-07-03-[0-9a-f]{12}$/),
  type: 'brief',
  paper: '魏都晚报',
  date: '2018-11-07',
  pageNo: 3,
  headline: '社区“食堂”开张',
  bylines: [{ role: '作者', names: ['张三', '李四'] }],
  paragraphs: ['第一段，有逗号。', '第二段。'],
  tags: ['民生', '养老'],
  extra: { url: 'https://example.org/1' },
}

describe('an article is stored alike', () => {
  const ids = new Set<unknown>()
  it.each(Object.entries({ ...doors, ...tableDoors }))('by %s', async (_name, door) => {
    const { articles, faults } = await door(plain)
    expect(faults).toEqual([])
    expect(articles).toEqual([expected])
    ids.add(articles[0]!.id)
    expect(ids.size).toBe(1)
  })

  it.each(Object.entries(doors))(
    'with an id that is a number and nested fields, by %s',
    async (_name, door) => {
      const input = {
        id: 42,
        headline: '题',
        paragraphs: ['一', '二'],
        bylines: [{ role: '记者', names: '张三 李四' }],
        subheadings: [{ text: '小', beforeParagraph: 1 }],
        pageNo: 2,
        source: { name: '新华社' },
      }
      // A source that is no text is wrong, and named; the others are read.
      const { source: _, ...rest } = input
      expect((await door(input)).faults).toMatchObject([{ field: 'source' }])
      expect((await door(rest)).articles).toEqual([
        {
          id: '42',
          type: 'article',
          paper: '',
          date: '',
          pageNo: 2,
          headline: '题',
          bylines: [{ role: '记者', names: ['张三', '李四'] }],
          subheadings: [{ text: '小', beforeParagraph: 1 }],
          paragraphs: ['一', '二'],
        },
      ])
    },
  )

  it.each(Object.entries({ ...doors, ...tableDoors }))('and refused alike, by %s', async (_name, door) => {
    for (const [field, value] of [
      ['date', '2018-02-30'],
      ['date', '2018-13-01'],
      ['page', '七十'],
      ['type', 'poem'],
    ]) {
      const { articles, faults } = await door({ ...plain, [field!]: value })
      expect(articles).toEqual([])
      expect(faults).toHaveLength(1)
      expect(faults[0]).toMatchObject({ field, message: expect.stringContaining(value!) })
      expect(faults[0]!.line).toBeGreaterThan(0)
    }
  })

  it('when it was exported before, as JSON Lines and as a table', async () => {
    const { articles } = await doors['JSON Lines']!({ ...plain, title: '=1+1', seen: { by: [1, 2] } })
    const again = await built('a.jsonl', `${JSON.stringify(articles[0])}\n`)
    expect(again.articles).toEqual(articles)
    const server = await archiveOf([])
    try {
      await server.archive.add(articles as ArticleInput[])
      const { toCsvLine, csvColumns } = await import('../../src/server/csv.ts')
      const [article] = (await storedIn(server.archive)) as unknown as Parameters<typeof toCsvLine>[0][]
      const table = await built('a.csv', `${csvColumns.join(',')}\r\n${toCsvLine(article!)}`)
      expect(table.articles).toEqual(articles)
    } finally {
      await server.dispose()
    }
  })
})

describe('a file that is none of what is read', () => {
  const zip = (name: string) =>
    Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from(name)])
  const tar = Buffer.alloc(1024)
  tar.write('a.txt')
  tar.write('ustar', 257)
  it.each([
    ['news.json', '{"version": 1}', /headline|标题/],
    ['news.json', '{"articles":[{"title":"题"}]}', /jq -c '\.\["articles"\]\[\]'/],
    ['news.json', '[1, "二", null]', /JSON 对象/],
    ['news.txt', '["甲","乙"]', /JSON 对象/],
    ['news.json', 'title: 题', /不是 JSON/],
    ['news.xml', '<?xml version="1.0"?><mets><file/></mets>', /XML/],
    ['page.txt', '<?xml version="1.0"?><alto/>', /XML/],
    ['page.txt', zip('word/document.xml'), /Word/],
    ['page.docx', zip('[Content_Types].xml word/'), /Word/],
    ['table.xlsx', zip('xl/workbook.xml'), /CSV/],
    ['pages.zip', zip('01.txt'), /unzip/],
    ['pages.tar', tar, /tar/],
    ['pages.tar.gz', gzipSync(tar), /tar/],
    ['page.txt.gz', gzipSync('社区的一天'), /gunzip/],
    ['page.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /OCR/],
    ['table.csv', '甲,乙\n1,2\n', /表头/],
    ['table.csv', 'title,body\n"题,文\n', /引号/],
  ])('%s is named: %j', async (name, content, sentence) => {
    const { articles, faults } = await built(name, content)
    expect(articles).toEqual([])
    expect(faults.map(({ message }) => message).join()).toMatch(sentence)
  })

  it('loses no other record of the same file', async () => {
    const array = '[\n{"title":"甲"},\n{"title":乙},\n3,\n{"title":"丙"}]'
    const read = await built('a.json', array)
    expect(read.articles.map(({ headline }) => headline).sort()).toEqual(['丙', '甲'])
    expect(read.faults.map(({ line }) => line)).toEqual([3, 4])
    const table = await built('a.csv', 'title,body\n甲,一\n乙\n丙,三\n')
    expect(table.articles.map(({ headline }) => headline).sort()).toEqual(['丙', '甲'])
    const half = await built('a.json', '[{"title":"题"}')
    expect(half.articles).toHaveLength(1)
    expect(half.faults).toMatchObject([{ message: expect.stringContaining('没有写完') }])
    expect(table.faults).toMatchObject([{ line: 3 }])
    const page = (paragraphs: unknown) =>
      JSON.stringify({
        page: { paper: '报', date: '2020-01-02' },
        items: [{ id: 'a1', headline: '题', paragraphs }],
      })
    const pages = await built('a.jsonl', `${page([null])}\n${page(['段'])}\n${page(5)}\n`)
    expect(pages.articles).toHaveLength(1)
    expect(pages.faults).toMatchObject([
      { line: 1, field: 'paragraphs' },
      { line: 3, field: 'paragraphs' },
    ])
  })
})

it('a great array is read whole, whatever stands in its texts', async () => {
  const many = Array.from({ length: 30_000 }, (_, i) => ({
    id: `n${i}`,
    title: `题${i}`,
    body: `“[{\\"${'𠮷'.repeat(i % 40)}]}",`,
  }))
  const { articles, faults } = await built('a.json', JSON.stringify(many, null, 1))
  expect(faults).toEqual([])
  expect(articles).toHaveLength(many.length)
  const bodies = new Map(articles.map(({ id, paragraphs }) => [id, paragraphs]))
  for (const { id, body } of many) expect(bodies.get(id)).toEqual([body])
})

it('an HTML page is one article, with what its head says', async () => {
  const html = `<!DOCTYPE html><html><head><meta charset="gbk"><title>题目 - 网站</title>
    <meta name="author" content="张三"><meta property="og:site_name" content="魏都网">
    <meta property="article:published_time" content="2018-11-07T08:00:00+08:00"></head>
    <body><nav><p>首页</p></nav><article><h1>社区 食堂&amp;学校</h1><p>第一段。</p><script>x()</script><p>第二段。<br>第三段。</p></article>
    <footer><p>版权</p></footer></body></html>`
  const { articles, faults } = await built('a.html', iconv.encode(html, 'gbk'))
  expect(faults).toEqual([])
  expect(articles).toMatchObject([
    {
      headline: '社区 食堂&学校',
      paper: '魏都网',
      date: '2018-11-07',
      bylines: [{ names: ['张三'] }],
      paragraphs: ['第一段。', '第二段。', '第三段。'],
    },
  ])
})
