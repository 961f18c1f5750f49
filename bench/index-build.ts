// Builds one segment of real or made news and tells speed and bytes of each section: npx tsx bench/index-build.ts CORPUS.tsv [documents] [merge]

import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createAnalyzer } from '../src/analysis/analyzer.ts'
import { newSegmentName, openIndexWriter } from '../src/index/directory/writer.ts'
import type { IndexDocument } from '../src/index/segment/document.ts'
import { createSegmentBuilder } from '../src/index/segment/segment-builder.ts'
import type { SegmentInfo } from '../src/index/segment/segment-writer.ts'
import { articleColumns } from '../src/schema/columns.ts'
import { boundaryCount, createDocumentConverter } from '../src/schema/index-document.ts'
import { indexStats } from './index-stats.ts'

const [corpus, limitText = '73657', budgetText = '400'] = process.argv.slice(2)
if (!corpus)
  throw new Error('usage: bench/index-build.ts CORPUS.tsv [documents] [megabytes for each segment]')
const limit = Number(limitText)
const budget = Number(budgetText) * 2 ** 20

/** Lines of analysed documents (JSON, *.jsonl) are taken as they are, so that the index alone can be measured again and again. */
function createReader(): (line: string) => IndexDocument {
  if (corpus?.endsWith('.jsonl')) {
    return (line) => {
      const value = JSON.parse(line)
      return { ...value, impacts: Uint8Array.from(value.impacts) }
    }
  }
  const convert = createDocumentConverter(createAnalyzer())
  return (line) => {
    const [id = '', headline = '', body = ''] = line.split('\t')
    return convert({
      id,
      type: 'article',
      paper: '报',
      date: '2018-01-02',
      pageNo: 1,
      headline,
      paragraphs: [body],
    })
  }
}

/** Processor time of this process in milliseconds: what other programs take does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const documentOf = createReader()
const directory = mkdtempSync(join(process.env.BENCH_DIRECTORY ?? tmpdir(), 'xunbao-bench-'))
try {
  const writer = await openIndexWriter(directory)
  const infos: SegmentInfo[] = []
  const make = () => createSegmentBuilder({ signature: 'bench', boundaryCount, columns: articleColumns })
  let builder = make()
  let count = 0
  let units = 0
  let textBytes = 0
  let addMs = 0
  let writeMs = 0
  let peak = 0
  const flush = () => {
    const from = cpu()
    infos.push(builder.write(directory, newSegmentName()))
    writeMs += cpu() - from
    peak = Math.max(peak, process.memoryUsage().rss)
    builder = make()
  }
  let batch: IndexDocument[] = []
  const addBatch = () => {
    const from = cpu()
    for (const document of batch) builder.add(document)
    addMs += cpu() - from
    batch = []
    if (builder.bytes > budget) flush()
  }
  for await (const line of createInterface({ input: createReadStream(corpus) })) {
    if (count === limit) break
    const document = documentOf(line)
    count++
    units += document.text.length
    textBytes += Buffer.byteLength(line.startsWith('{') ? document.text : line.slice(line.indexOf('\t')))
    batch.push(document)
    if (batch.length === 256) addBatch()
  }
  addBatch()
  if (builder.documentCount > 0) flush()
  const commitFrom = cpu()
  await writer.commit({ add: infos })
  const commitMs = cpu() - commitFrom
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
    const from = cpu()
    await writer.merge({ floorBytes: 2 ** 50, segmentsPerTier: 1, maxAtOnce: 64, maxBytes: 2 ** 50 })
    console.log(
      `merge ${((cpu() - from) / 1000).toFixed(1)} s, peak ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
    )
    report('merged')
  }
  await writer.close()
  if (process.env.BENCH_KEEP) console.log(`kept in ${directory}`)
} finally {
  if (!process.env.BENCH_KEEP) rmSync(directory, { recursive: true, force: true })
}
