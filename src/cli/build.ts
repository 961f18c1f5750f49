// xunbao build: all sources into a new index, which takes the place of the old one when it is done.
import type { Command } from 'commander'
import type { BuildProgress } from '../ingest/build-index.ts'
import { type BuildReport, printReport } from '../ingest/report.ts'
import { tellFaults, tellWarnings } from './faults.ts'
import {
  addPlaceOptions,
  addShapeOptions,
  addWaitOption,
  type PlaceOptions,
  parseWhole,
  placeOf,
  type ShapeOptions,
  shapeOf,
} from './options.ts'
import { printJson, printLine, tell } from './output.ts'
import { defaultSources } from './places.ts'
import { createBar } from './progress-bar.ts'

export interface BuildCommandOptions extends PlaceOptions, ShapeOptions {
  paper?: string
  json?: boolean
  workers?: number
  force?: boolean
  wait?: number
}

export function addBuild(program: Command): void {
  const command = program
    .command('build')
    .description('从版面文件、文件夹或 JSON Lines 重建索引；建好才替换，期间旧索引照常可查')
    .argument('[来源...]', '默认是 index-data/pages；没有这个文件夹时用随软件附带的样版')
    .option('--paper <报名>', '报纸名称，版面上没有印时用')
    .option('--json', '以 JSON 打印报告')
    .option('--force', '新索引不到旧的一半，或来源中途消失，也照样替换')
    .option('--workers <数目>', '线程数，0 表示只用主线程', (text) => parseWhole(text, 0, 64))
  addWaitOption(addPlaceOptions(addShapeOptions(command))).action(
    async (named: string[], options: BuildCommandOptions) => {
      await rebuild(chooseSources(named), options)
    },
  )
}

/** The sources named, or those that a build has without being told; says so when they are the sample. */
export function chooseSources(named: readonly string[]): readonly string[] {
  if (named.length > 0) return named
  const { sources, isSample } = defaultSources()
  if (isSample) tell('这里没有 index-data/pages：用随软件附带的样版建索引')
  return sources
}

/** Rebuilds and prints the report; the exit code is 1 when a part of the sources was not taken in. */
export async function rebuild(sources: readonly string[], options: BuildCommandOptions): Promise<void> {
  const { buildArchive } = await import('../archive/build-archive.ts')
  const place = placeOf(options)
  const bar = createBar('{phase} [{bar}] {percentage}% | {articles} 篇 | 余 {eta_formatted} | {file}')
  let report: BuildReport
  try {
    const what = {
      sources,
      ...(options.paper !== undefined && { paper: options.paper }),
      ...(options.force !== undefined && { force: options.force }),
      ...(options.workers !== undefined && { workers: options.workers }),
      onProgress: ({ phase, bytesRead, bytesTotal, articles, file }: BuildProgress) =>
        bar.update(bytesRead, bytesTotal, {
          phase: phase === 'reading' ? '收录' : '整理',
          articles,
          file: file.slice(-40),
        }),
    }
    report = await buildArchive(
      'cluster' in place
        ? { ...what, ...place, ...shapeOf(options) }
        : {
            ...what,
            ...place,
            ...(options.wait !== undefined && { waitMs: options.wait * 1000 }),
          },
    )
  } finally {
    bar.stop()
  }
  const where = 'cluster' in place ? place.name : place.index
  if (options.json) await printJson(report)
  else
    await printLine(
      printReport({ ...report, faults: [], faultCount: 0, warnings: [], warningCount: 0 }, where),
    )
  if (!options.json || report.faultCount > 0) {
    tellFaults(report.faults.slice(0, mostTold))
    if (!options.json) tellWarnings(report.warnings.slice(0, mostTold))
    const untold = Math.max(0, report.faultCount - mostTold) + Math.max(0, report.warningCount - mostTold)
    if (untold > 0) tell(`…… 另有 ${untold} 处，用 --json 看全`)
  }
  if (!report.committed) {
    tell('错误：来源里没有可收录的文章，索引没有改动')
    process.exitCode = 1
  } else if (report.faultCount > 0) {
    tell(`索引已建好，但有 ${report.faultCount} 处没有收进来（见上）`)
    process.exitCode = 1
  }
}

/** Faults told one by one on a terminal. */
const mostTold = 100
