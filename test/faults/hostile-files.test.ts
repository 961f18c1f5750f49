// Files that take for ever, or all memory, or are no files: each is named, and the others are read.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// Compiled: pages are read in a process of their own there.
import * as xunbao from '../../dist/xunbao.js'

const { buildArchive, openArchive } = xunbao
const pageLimits = { seconds: 2, megabytes: 400 }
let folder: string
let index: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbao-hostile-'))
  index = join(folder, 'index')
  mkdirSync(join(folder, 'sources'))
  put('good.jsonl', `${JSON.stringify({ title: '好文章', body: '社区办了一场晚会。' })}\n`)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (name: string, bytes: string | Uint8Array) => writeFileSync(join(folder, 'sources', name), bytes)

function pdfOf(objects: readonly Buffer[]): Buffer {
  const parts = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  let length = parts[0]!.length
  objects.forEach((object, at) => {
    offsets.push(length)
    const part = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    parts.push(part)
    length += part.length
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer <</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${length}\n%%EOF`,
    ),
  )
  return Buffer.concat(parts)
}
const stream = (data: Uint8Array, more = '') =>
  Buffer.concat([
    Buffer.from(`<<${more} /Length ${data.length}>>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ])
const heads = (resources: string) => [
  Buffer.from('<</Type/Catalog/Pages 2 0 R>>'),
  Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>'),
  Buffer.from(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<${resources}>>>>`),
]

/** Each form draws the next one ten times: 3 kB that say 10^12 things. */
function nestedForms(): Buffer {
  const depth = 12
  const forms = Array.from({ length: depth }, (_, k) =>
    stream(
      Buffer.from(k < depth - 1 ? `/F${k + 1} Do `.repeat(10) : 'BT /T 12 Tf (abc) Tj ET'),
      `/Type/XObject/Subtype/Form/BBox[0 0 600 800]${k < depth - 1 ? `/Resources<</XObject<</F${k + 1} ${6 + k} 0 R>>>>` : ''}`,
    ),
  )
  return pdfOf([...heads('/XObject<</F0 5 0 R>>'), stream(Buffer.from('/F0 Do '.repeat(10))), ...forms])
}

/** 400 kB that unfold to 400 MB of drawing. */
function unfolding(): Buffer {
  const drawn = deflateSync(Buffer.alloc(400_000_000, '0 0 m '), { level: 9 })
  return pdfOf([...heads(''), stream(drawn, '/Filter/FlateDecode')])
}

const hostile: [string, () => void, RegExp][] = [
  ['a PDF of forms in forms', () => put('03.pdf', nestedForms()), /LIMIT_EXCEEDED/],
  ['a PDF whose stream unfolds', () => put('03.pdf', unfolding()), /LIMIT_EXCEEDED/],
  ['a line of millions without a sign', () => put('03.txt', '社区的人'.repeat(1_000_000)), /LIMIT_EXCEEDED/],
  [
    'a text of more than a page can hold',
    () => put('03.txt', Buffer.alloc(33 << 20, '社区的人。\n')),
    /LIMIT_EXCEEDED/,
  ],
  [
    'packed lines that are no JSON',
    () => put('a.jsonl.gz', gzipSync('{"a":\n'.repeat(3_000_000))),
    /SOURCE_UNREADABLE.*没有再读下去/,
  ],
  [
    'a packed line without an end',
    () => put('a.jsonl.gz', gzipSync(Buffer.alloc(100_000_000, '0'))),
    /SOURCE_UNREADABLE/,
  ],
  [
    'an article of a million paragraphs',
    () => put('a.jsonl', `${JSON.stringify({ title: '长', paragraphs: Array(1_000_000).fill('社区') })}\n`),
    /ARTICLE_INVALID.*上限/,
  ],
  [
    'null where text is meant',
    () =>
      put(
        'a.jsonl',
        ['paragraphs', 'bylines', 'tags', 'subheadings', 'pieces', 'credits']
          .map((field) => `${JSON.stringify({ title: '题', [field]: [null] })}\n`)
          .join(''),
      ),
    /ARTICLE_INVALID.*应为/,
  ],
  [
    'a pipe in the place of corrections',
    () => {
      put(
        '03.txt',
        '今日魏都\n2018年11月7日 星期三\n\n社区办晚会\n\n本报讯 社区昨日办了一场晚会，居民们都来参加。\n',
      )
      spawnSync('mkfifo', [join(folder, 'sources', '03.fix.json')])
    },
    /SOURCE_UNREADABLE.*普通文件/,
  ],
]

describe('a rebuild', () => {
  it.each(hostile)(
    'names %s and reads the others',
    async (_name, prepare, named) => {
      prepare()
      const report = await buildArchive({ sources: join(folder, 'sources'), index, pageLimits, force: true })
      expect(report.committed).toBe(true)
      expect(report.faults.map(({ code, message }) => `${code} ${message}`).join('\n')).toMatch(named)
      expect(report.faults.map(({ message }) => message).join('\n')).not.toMatch(
        /undefined|call stack|TypeError/,
      )
      const archive = await openArchive({ index })
      expect((await archive.search({ q: '好文章' })).total).toBeGreaterThan(0)
      await archive.close()
    },
    60_000,
  )
})

it('a page that is sent and never ends is refused; the next one is read', async () => {
  await buildArchive({ articles: [{ title: '好文章' }], index })
  const archive = await openArchive({ index, pageLimits })
  const hint = { paper: '今日魏都', date: '2018-11-07', pageNo: 3 }
  await expect(archive.addPage(nestedForms(), hint)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  const text = '社区办晚会\n\n本报讯 社区昨日办了一场晚会，居民们都来参加。\n'
  expect(await archive.addPage(Buffer.from(text), hint)).toMatchObject({ added: 1 })
  await archive.close()
}, 60_000)
