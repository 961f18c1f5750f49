// xunbao search, explain, analyze and export: questions to an archive.

import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import type { Archive, ExplanationPart } from '../archive/port.ts'
import { SearchError } from '../model/errors.ts'
import type { Hit, SearchResult } from '../model/hit.ts'
import { readingLabels, typeLabels } from '../model/labels.ts'
import { byteOrderMark, csvColumns, toCsvLine } from '../server/csv.ts'
import {
  addFilterOptions,
  addPlaceOptions,
  type FilterOptions,
  type PlaceOptions,
  parseWhole,
  placeOf,
  toQuery,
  toRequest,
} from './options.ts'
import { dim, markText, printJson, printLine, write } from './output.ts'

interface SearchOptions extends FilterOptions, PlaceOptions {
  json?: boolean
  size?: number
  page?: number
  view?: 'full' | 'ids'
}

/**
 * Runs `use` on the archive at a place and closes it whatever happens. Rooms are loaded when a command needs them:
 * `xunbao --help` and a mistyped option should answer at once.
 */
export async function withArchive<T>(
  place: PlaceOptions,
  use: (archive: Archive) => Promise<T>,
  waitMs = 0,
): Promise<T> {
  const { openArchive } = await import('../archive/open-archive.ts')
  const archive = await openArchive({ ...placeOf(place), waitMs })
  try {
    return await use(archive)
  } finally {
    await archive.close()
  }
}

export function addSearch(program: Command): void {
  const command = program
    .command('search')
    .description('检索')
    .argument('<检索词...>', '如 社区、\'"脱贫攻坚"\'、社区 -养老、标题:社区 日期:2018-11')
    .allowUnknownOption()
    .option('--json', '结果为 JSON，与 /api/search 相同')
    .option('--size <条数>', '每页条数', (text) => parseWhole(text, 1, 100))
    .option('--page <页>', '第几页', (text) => parseWhole(text, 1))
    .addOption(new Option('--view <样式>', 'ids 只给编号和得分').choices(['full', 'ids']))
  addPlaceOptions(addFilterOptions(command)).action(async (words: string[], options: SearchOptions) => {
    const { size, page, view } = options
    const request = {
      ...toRequest(toQuery(words), options),
      ...(size !== undefined && { size }),
      ...(page !== undefined && { page }),
    }
    await withArchive(options, async (archive) => {
      if (view === 'ids') {
        const result = await archive.search({ ...request, view })
        if (options.json) await printJson(result)
        else for (const { id, score } of result.hits) await printLine(`${id}\t${score}`)
        return
      }
      const result = await archive.search({ ...request, view: 'full' })
      if (options.json) await printJson(result)
      else await printLine(viewResult(result))
    })
  })
}

function viewResult(result: SearchResult): string {
  const { query, total, tookMs, hits, notices } = result
  const lines: string[] = []
  for (const { message } of query.problems) lines.push(`注意：${message}`)
  for (const notice of notices) lines.push(`注意：${notice}`)
  if (query.corrections && query.corrections.length > 0 && query.corrected === undefined)
    lines.push(`您是不是要找：${query.corrections.join('、')}`)
  if (query.related)
    lines.push(
      `也查了更常见的写法：${query.related.map(({ text, count }) => `${text} ${count} 篇`).join('、')}`,
    )
  lines.push(`共 ${total} 条（${readingLabels[query.interpretation]}，${tookMs.toFixed(1)} 毫秒）`)
  const first = (result.page - 1) * result.size + 1
  for (const [i, hit] of hits.entries()) lines.push('', ...viewHit(hit, first + i))
  if (total > first - 1 + hits.length && hits.length > 0)
    lines.push('', dim(`后面还有 ${total - (first - 1) - hits.length} 条：--page ${result.page + 1}`))
  return lines.join('\n')
}

function viewHit(hit: Hit, rank: number): string[] {
  const place = [
    typeLabels[hit.type],
    hit.paper,
    hit.date,
    hit.pageNo > 0 ? `第 ${hit.pageNo} 版` : '',
    hit.section ?? '',
    ...hit.bylines.map(({ role, names }) => `${role} ${names.join('、')}`.trim()),
  ]
  return [
    `${rank}. ${markText(hit.headline.text, hit.headline.marks)}`,
    dim(`   ${place.filter(Boolean).join('  ')}`),
    ...hit.snippets.map(({ text, marks }) => `   ${markText(text, marks)}`),
    dim(`   ${hit.id}  得分 ${hit.score.toFixed(3)}`),
  ]
}

export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .description('说明一篇文章为何得这个分，或为何没有找到')
    .argument('<检索词>')
    .argument('<编号>', '文章编号，见 search 的结果')
    .allowUnknownOption()
    .option('--json', '结果为 JSON，与 /api/explain 相同')
  addPlaceOptions(command).action(async (query: string, id: string, options: SearchOptions) => {
    await withArchive(options, async (archive) => {
      const explanation = await archive.explain(toQuery([query]), id)
      if (options.json) {
        await printJson(explanation)
        return
      }
      await printLine(explanation.summary)
      if (explanation.found) await printLine(`得分 ${explanation.score}`)
      for (const part of explanation.parts) await printLine(viewPart(part, 1))
      if (explanation.nearest && explanation.nearest.length > 0)
        await printLine(`文中最接近的文字：${explanation.nearest.join('、')}`)
    })
  })
}

function viewPart({ text, value, parts = [] }: ExplanationPart, depth: number): string {
  return [`${'  '.repeat(depth)}${value}  ${text}`, ...parts.map((part) => viewPart(part, depth + 1))].join(
    '\n',
  )
}

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('导出命中的全部文章；不给检索词就是整个库')
    .argument('[检索词...]')
    .allowUnknownOption()
    .addOption(new Option('--format <格式>', 'JSON Lines 或 CSV').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--output <文件>', '写到文件而不是标准输出')
  addPlaceOptions(addFilterOptions(command)).action(
    async (words: string[], options: SearchOptions & { format: 'jsonl' | 'csv'; output?: string }) => {
      const request = toRequest(toQuery(words), options)
      await withArchive(options, async (archive) => {
        async function* lines() {
          if (options.format === 'csv') yield `${byteOrderMark}${csvColumns.join(',')}\r\n`
          for await (const article of archive.exportHits(request))
            yield options.format === 'csv' ? toCsvLine(article) : `${JSON.stringify(article)}\n`
        }
        if (options.output === undefined) for await (const line of lines()) await write(line)
        else await writeFile(options.output, lines())
      })
    },
  )
}

/** Throws STORAGE when the disk refuses. */
async function writeFile(path: string, lines: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(lines, createWriteStream(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    throw new SearchError('STORAGE', `不能写入 ${path}：${(error as Error).message}`, { file: path })
  }
}
