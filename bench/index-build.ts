// Builds one segment of real or made news and tells speed and bytes of each section: npx tsx bench/index-build.ts CORPUS.tsv [documents] [merge]
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { IndexDocument } from '../src/index/document.ts'
import { createSegmentBuilder } from '../src/index/segment-builder.ts'
import type { SegmentInfo } from '../src/index/segment-writer.ts'
import { indexStats } from '../src/index/stats.ts'
import { newSegmentName, openIndexWriter } from '../src/index/writer.ts'

const [corpus, limitText = '73657', budgetText = '400'] = process.argv.slice(2)
if (!corpus)
  throw new Error('usage: bench/index-build.ts CORPUS.tsv [documents] [megabytes for each segment]')
const limit = Number(limitText)
const budget = Number(budgetText) * 2 ** 20

/** Stand-in for the analyzer: about the words Chinese has, two units mostly, the same ones again where the text repeats. */
function documentOf(line: string): IndexDocument {
  const [id = '', title = '', body = ''] = line.split('\t')
  const text = `${title}\n${body}`
  const words = new Map<string, number>()
  let at = 0
  while (at < text.length) {
    const hash = Math.imul((text.charCodeAt(at) << 16) | (text.charCodeAt(at + 1) || 0), 0x9e3779b1) >>> 28
    const length = hash < 5 ? 1 : hash < 13 ? 2 : hash < 15 ? 3 : 4
    const word = text.slice(at, at + length)
    at += length
    if (/^[\p{L}\p{N}]+$/u.test(word)) words.set(word, (words.get(word) ?? 0) + 1)
  }
  const impacts = new Uint8Array(words.size)
  let w = 0
  // Saturating in the count, falling with the length: the shape of BM25.
  for (const count of words.values()) {
    impacts[w++] = 1 + Math.round((254 * count) / (count + 1.2 * (0.25 + (0.75 * text.length) / 520)))
  }
  return {
    id,
    text,
    boundaries: [title.length, title.length + 1, Math.min(text.length, title.length + 120), text.length],
    terms: [...words.keys()],
    impacts,
    columns: {
      date: 20180101 + (id.length % 28),
      type: 'article',
      paper: '报',
      section: '',
      pageNo: 1,
      authors: [],
    },
    stored: JSON.stringify({ id, headline: title, paragraphs: [body] }),
  }
}

const directory = mkdtempSync(join(process.env.BENCH_DIRECTORY ?? tmpdir(), 'xunbao-bench-'))
try {
  const writer = await openIndexWriter(directory)
  const infos: SegmentInfo[] = []
  const make = () => createSegmentBuilder({ signature: 'bench', boundaryCount: 4 })
  let builder = make()
  let count = 0
  let units = 0
  let textBytes = 0
  let addMs = 0
  let writeMs = 0
  let peak = 0
  const flush = () => {
    const from = performance.now()
    infos.push(builder.write(directory, newSegmentName()))
    writeMs += performance.now() - from
    peak = Math.max(peak, process.memoryUsage().rss)
    builder = make()
  }
  for await (const line of createInterface({ input: createReadStream(corpus) })) {
    if (count === limit) break
    const document = documentOf(line)
    count++
    units += document.text.length
    textBytes += Buffer.byteLength(document.text)
    const from = performance.now()
    builder.add(document)
    addMs += performance.now() - from
    if (builder.bytes > budget) flush()
  }
  if (builder.documentCount > 0) flush()
  const commitFrom = performance.now()
  await writer.commit({ add: infos })
  const commitMs = performance.now() - commitFrom
  const report = (what: string) => {
    const stats = indexStats(directory)
    console.log(
      `${what}: ${stats.segments.length} segments, ${(stats.bytes / 2 ** 20).toFixed(1)} MB, ${(stats.bytes / textBytes).toFixed(3)} of the text`,
    )
    for (const { section, bytes } of stats.sections) {
      console.log(
        `  ${section.padEnd(14)} ${(bytes / count).toFixed(1).padStart(7)} bytes/article ${(bytes / textBytes).toFixed(4)}`,
      )
    }
  }
  console.log(
    `${count} articles, ${(units / 1e6).toFixed(1)} M units, ${(textBytes / 2 ** 20).toFixed(1)} MB text`,
  )
  console.log(
    `add ${(addMs / 1000).toFixed(1)} s, write ${(writeMs / 1000).toFixed(1)} s: ${(units / 1000 / (addMs + writeMs)).toFixed(2)} M units/s; commit ${commitMs.toFixed(0)} ms; peak ${(peak / 2 ** 20).toFixed(0)} MB`,
  )
  report('as built')
  if (infos.length > 1) {
    const from = performance.now()
    await writer.merge({ floorBytes: 2 ** 50, segmentsPerTier: 1, maxAtOnce: 64, maxBytes: 2 ** 50 })
    console.log(
      `merge ${((performance.now() - from) / 1000).toFixed(1)} s, peak ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
    )
    report('merged')
  }
  await writer.close()
  if (process.env.BENCH_KEEP) console.log(`kept in ${directory}`)
} finally {
  if (!process.env.BENCH_KEEP) rmSync(directory, { recursive: true, force: true })
}
