// xunbao add and xunbao remove: changes on top of what is there, on disk before the command ends.
import type { Command } from 'commander'
import type { Archive } from '../archive/port.ts'
import type { AddReport } from '../ingest/add-sources.ts'
import { SearchError } from '../model/errors.ts'
import { tellFaults, tellWarnings, UsageError } from './faults.ts'
import { addPlaceOptions, addWaitOption, type Place, type PlaceOptions, placeOf } from './options.ts'
import { printJson, printLine } from './output.ts'
import { withArchive } from './search.ts'

interface ChangeOptions extends PlaceOptions {
  /** Seconds. */
  wait: number
  paper?: string
  force?: boolean
  json?: boolean
}

export function addAdd(program: Command): void {
  const command = program
    .command('add')
    .description('把版面和文章加进索引（没有就新建）；同一版、同一编号以新的为准')
    .argument('<来源...>', '版面文件、文件夹，或 JSON Lines、JSON、CSV、HTML 文章')
    .option('--paper <报名>', '报纸名称，版面上没有印时用')
    .option('--force', '接过别的主机上不再存在的程序留下的锁')
    .option('--json', '以 JSON 打印结果')
  addWaitOption(addPlaceOptions(command)).action(async (sources: string[], options: ChangeOptions) => {
    const { faults, warnings, ...counts } = await addTo(placeOf(options), sources, options)
    if (options.json) await printJson({ ...counts, faults })
    else {
      const removed = counts.removed > 0 ? `，同版旧条目删去 ${counts.removed} 条` : ''
      await printLine(`新增 ${counts.added} 条，替换 ${counts.replaced} 条${removed}`)
    }
    tellWarnings(warnings)
    tellFaults(faults)
    if (faults.length > 0) process.exitCode = 1
    else if (counts.added + counts.replaced === 0)
      throw new SearchError('SOURCE_MISSING', '来源里没有可收录的文章')
  })
}

async function addTo(place: Place, sources: string[], options: ChangeOptions): Promise<AddReport> {
  const what = { sources, ...(options.paper !== undefined && { paper: options.paper }) }
  if ('cluster' in place) {
    const { addSourcesOnCluster } = await import('../cluster/add-sources.ts')
    return addSourcesOnCluster({ ...place, ...what })
  }
  const { addSources } = await import('../ingest/add-sources.ts')
  return addSources({ ...place, ...what, waitMs: options.wait * 1000, force: options.force ?? false })
}

export function addRemove(program: Command): void {
  const command = program
    .command('remove')
    .description('按编号或按版删除文章')
    .argument('[编号...]', '文章编号，见 search 的结果')
    .option('--page <报/日期/版次>', '整版删除，如 今日魏都/2018-11-07/03')
    .option('--json', '以 JSON 打印结果')
  addWaitOption(addPlaceOptions(command)).action(
    async (ids: string[], options: ChangeOptions & { page?: string }) => {
      if (ids.length === 0 && options.page === undefined)
        throw new UsageError('要给编号，或用 --page 指明一版')
      await withArchive(options, (archive) => remove(archive, ids, options), options.wait * 1000)
    },
  )
}

async function remove(
  archive: Archive,
  ids: string[],
  options: ChangeOptions & { page?: string },
): Promise<void> {
  const wanted = [...ids]
  if (options.page !== undefined) {
    const [, paper = '', date = '', pageNo = ''] =
      /^(.*)\/(\d{4}-\d{2}-\d{2})\/(\d{1,5})$/.exec(options.page) ?? []
    if (pageNo === '')
      throw new UsageError(`--page 应写成 报/日期/版次，如 今日魏都/2018-11-07/03，收到：${options.page}`)
    const page = await archive.page(paper === '-' ? '' : paper, date, Number(pageNo))
    wanted.push(...page.articles.map(({ id }) => id))
  }
  const result = await archive.remove(wanted)
  if (options.json) await printJson(result)
  else await printLine(`删除 ${result.removed} 条`)
  if (result.missing.length > 0)
    throw new SearchError('ARTICLE_UNKNOWN', `没有这些编号：${result.missing.join('、')}`)
}
