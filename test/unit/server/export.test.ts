// What a researcher gets who takes all hits home: every article, at the reader's pace, in a file that harms nobody.
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Article } from '../../../src/schema/article.ts'
import { toCsvCell } from '../../../src/server/csv.ts'
import type { RunningServer } from '../../../src/server/server.ts'
import { escapeXml } from '../../../src/server/xml.ts'
import { serve } from '../../contract/support/serve.ts'
import { createArticles, hostileArticles } from '../../fakes/articles.ts'
import { createMemoryArchive } from '../../fakes/memory-archive.ts'

let server: RunningServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

/** Reads RFC 4180, slowly and obviously. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === ',') {
      row.push(cell)
      cell = ''
    } else if (character === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
      at += 1
    } else cell += character
  }
  return rows
}

describe('an export', () => {
  it('as JSON Lines is every article as it is, one a line', async () => {
    const articles = [...createArticles(250), ...hostileArticles]
    server = await serve(createMemoryArchive(articles))
    const response = await fetch(`${server.url}/api/export?format=jsonl`)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="xunbao.jsonl"')
    const lines = (await response.text()).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(articles)
  })

  it('as CSV opens in a spreadsheet: marked as UTF-8, quoted, and no cell is a formula', async () => {
    server = await serve(createMemoryArchive([...createArticles(3), ...hostileArticles]))
    const response = await fetch(`${server.url}/api/export?format=csv`)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const rows = parseCsv(bytes.subarray(3).toString())
    expect(rows.length).toBe(6)
    expect(rows[0]).toEqual([
      'id',
      'type',
      'paper',
      'date',
      'pageNo',
      'section',
      'kicker',
      'headline',
      'subtitle',
      'authors',
      'text',
      'tags',
      'extra',
    ])
    for (const row of rows) expect(row.length).toBe(13)
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]/)
    expect(rows[4]?.[10]).toContain('a,b\r\n"c"')
  })

  it('of a search is only its hits', async () => {
    server = await serve(createMemoryArchive(createArticles(40)))
    const text = await (
      await fetch(`${server.url}/api/export?q=${encodeURIComponent('第7号')}&format=jsonl`)
    ).text()
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['a7'])
  })

  it('of nothing is an empty file, or only the names of the columns', async () => {
    server = await serve(createMemoryArchive([]))
    expect(await (await fetch(`${server.url}/api/export?q=x`)).text()).toBe('')
    expect(
      (await (await fetch(`${server.url}/api/export?q=x&format=csv`)).text()).trimEnd().split('\n').length,
    ).toBe(1)
  })

  it('of more readers at once than are served is refused before anything is searched', async () => {
    const archive = createMemoryArchive(
      createArticles(4000).map((article) => ({ ...article, paragraphs: ['字'.repeat(4000)] })),
    )
    server = await serve(archive, { exportsAtOnce: 1 })
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    socket.write(`GET /api/export?format=jsonl HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`)
    await new Promise((resolve) => socket.once('data', resolve))
    socket.pause()
    const before = archive.calls.length
    const refused = await fetch(`${server.url}/api/export?q=x`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await refused.json()).toMatchObject({ code: 'BUSY' })
    expect(archive.calls.length).toBe(before)
    socket.destroy()
    await expect.poll(async () => (await fetch(`${server!.url}/api/export?q=x`)).status).toBe(200)
  })

  it('that takes too long is given up, and so is the work', async () => {
    const archive = createMemoryArchive(createArticles(3))
    let isEnded = false
    const slow = {
      ...archive,
      async *exportHits() {
        try {
          await new Promise((resolve) => setTimeout(resolve, 200))
          yield createArticles(1)[0]!
          yield createArticles(1)[0]!
        } finally {
          isEnded = true
        }
      },
    }
    server = await serve(slow, { answerTimeoutMs: 20, reportFault: () => undefined })
    expect((await fetch(`${server.url}/api/export?q=x`)).status).toBe(503)
    await expect.poll(() => isEnded).toBe(true)
  })

  it('goes no faster than it is read, and ends when the reader has gone', async () => {
    const long: Article[] = createArticles(4000).map((article) => ({
      ...article,
      paragraphs: ['字'.repeat(4000)],
    }))
    const archive = createMemoryArchive(long)
    server = await serve(archive)
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    socket.write(`GET /api/export?format=jsonl HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`)
    await new Promise((resolve) => socket.once('data', resolve))
    socket.pause()
    let given = -1
    // Waits until no more articles are taken: the pipe is full, and the archive rests.
    while (given !== archive.exported.articles) {
      given = archive.exported.articles
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect(given).toBeGreaterThan(0)
    expect(given).toBeLessThan(4000)
    socket.destroy()
    await expect.poll(() => archive.exported.ended, { timeout: 5000 }).toBe(1)
    expect(archive.exported.articles).toBeLessThan(4000)
  })

  it('asked for by HEAD reads nothing and leaves nothing open', async () => {
    const archive = createMemoryArchive(createArticles(40))
    server = await serve(archive)
    expect((await fetch(`${server.url}/api/export`, { method: 'HEAD' })).status).toBe(200)
    expect(archive.exported).toEqual({ articles: 1, ended: 1 })
  })

  it('that fails halfway is cut off, so that half a file never looks like a whole one', async () => {
    const archive = createMemoryArchive(createArticles(3))
    const failing = {
      ...archive,
      async *exportHits() {
        for (let at = 0; at < 40; at += 1) yield { ...createArticles(1)[0]!, paragraphs: ['字'.repeat(4000)] }
        throw new Error('disk gone')
      },
    }
    server = await serve(failing, { reportFault: () => undefined })
    const response = await fetch(`${server.url}/api/export`)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  it('writes any text so that a CSV reader gets it back, at most with an apostrophe in front', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (cells) => {
        const [row] = parseCsv(`${cells.map(toCsvCell).join(',')}\r\n`)
        expect(row?.length).toBe(cells.length)
        row?.forEach((cell, index) => {
          expect([cells[index], `'${cells[index]}`]).toContain(cell)
          expect(cell).not.toMatch(/^[=+\-@\t\r]/)
        })
      }),
    )
  })
})

describe('a feed', () => {
  it('holds the newest hits, and no text of the paper is taken for markup', async () => {
    server = await serve(createMemoryArchive([...createArticles(30), ...hostileArticles]))
    const response = await fetch(`${server.url}/feed.xml?type=article&size=10`)
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    const text = await response.text()
    expect(text.match(/<entry>/g)?.length).toBe(9)
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).not.toContain('<script>')
    const days = [...text.matchAll(/<entry>.*?<updated>(.*?)T/gs)].map((match) => match[1])
    expect(days.filter((day) => day !== '1970-01-01')).toEqual(
      days
        .filter((day) => day !== '1970-01-01')
        .toSorted()
        .toReversed(),
    )
    expect(text).toContain(`<link href="${server.url}/articles/x%2F1%20%23%3F%25"/>`)
  })

  it('escapes any text to what XML allows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const escaped = escapeXml(value)
        expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|apos);)/)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(escaped).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
        expect(escaped).not.toMatch(/[\ud800-\udfff]/u)
      }),
    )
  })
})
