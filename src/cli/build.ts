// xunbao build and xunbao add: sources into the index, all anew or on top of what is there.
import { SingleBar } from 'cli-progress'
import type { Command } from 'commander'
import { openArchive } from '../archive.ts'
import { type BuildProgress, buildArchive } from '../build/build-archive.ts'
import { type BuildReport, printReport } from '../build/report.ts'
import { findSources } from '../build/source-files.ts'
import { readSources } from '../build/sources.ts'
import { currentGeneration } from '../index/snapshot.ts'
import type { Article } from '../model/article.ts'
import { SearchError } from '../model/errors.ts'
import { tellFaults, tellWarnings } from './faults.ts'
import { addIndexOption, parseWhole } from './options.ts'
import { printJson, printLine, tell } from './output.ts'
import { defaultSources } from './places.ts'

interface BuildCommandOptions {
  index: string
  paper?: string
  json?: boolean
  workers?: number
}

export function addBuild(program: Command): void {
  const command = program
    .command('build')
    .description('从版面文件、文件夹或 JSON Lines 重建索引；建好才替换，期间旧索引照常可查')
    .argument('[来源...]', '默认是 index-data/pages；没有这个文件夹时用随软件附带的样版')
    .option('--paper <报名>', '报纸名称，版面上没有印时用')
    .option('--json', '以 JSON 打印报告')
    .option('--workers <数目>', '线程数，0 表示只用主线程', (text) => parseWhole(text, 0, 64))
  addIndexOption(command).action(async (named: string[], options: BuildCommandOptions) => {
    const { sources, isSample } = named.length > 0 ? { sources: named, isSample: false } : defaultSources()
    if (isSample) tell('这里没有 index-data/pages：用随软件附带的样版建索引')
    await rebuild(sources, options)
  })
}

/** Rebuilds and prints the report; the exit code is 1 when a part of the sources was not taken in. */
export async function rebuild(sources: readonly string[], options: BuildCommandOptions): Promise<void> {
  const bar = createBar()
  let report: BuildReport
  try {
    report = await buildArchive({
      sources,
      index: options.index,
      ...(options.paper !== undefined && { paper: options.paper }),
      ...(options.workers !== undefined && { workers: options.workers }),
      onProgress: (progress) => bar.update(progress),
    })
  } finally {
    bar.stop()
  }
  if (options.json) await printJson(report)
  else
    await printLine(
      printReport({ ...report, faults: [], faultCount: 0, warnings: [], warningCount: 0 }, options.index),
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

/** A bar on a terminal, nothing where the output is kept in a file. */
function createBar(): { update(progress: BuildProgress): void; stop(): void } {
  if (process.stderr.isTTY !== true) return { update() {}, stop() {} }
  const bar = new SingleBar({
    format: '{phase} [{bar}] {percentage}% | {articles} 篇 | 余 {eta_formatted} | {file}',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 50,
  })
  let isStarted = false
  return {
    update({ phase, bytesRead, bytesTotal, articles, file }) {
      const payload = { phase: phase === 'reading' ? '收录' : '整理', articles, file: file.slice(-40) }
      if (!isStarted) bar.start(Math.max(bytesTotal, 1), bytesRead, payload)
      isStarted = true
      bar.update(Math.min(bytesRead, bytesTotal), payload)
    },
    stop() {
      if (isStarted) bar.stop()
    },
  }
}

/** Articles added with one commit: few enough to hold, many enough that a commit costs little. */
const articlesPerCommit = 5000

export function addAdd(program: Command): void {
  const command = program
    .command('add')
    .description('把版面文件、文件夹或 JSON Lines 加进现有索引；编号相同的以新的为准')
    .argument('<来源...>', '版面文件、文件夹或 JSON Lines')
    .option('--paper <报名>', '报纸名称，版面上没有印时用')
    .option('--json', '以 JSON 打印结果')
  addIndexOption(command).action(async (sources: string[], options: BuildCommandOptions) => {
    if (currentGeneration(options.index) === null) {
      tell(`${options.index} 还没有索引：新建一个`)
      await rebuild(sources, options)
      return
    }
    const found = findSources(sources)
    const faults = [...found.faults]
    const counts = { added: 0, replaced: 0 }
    const archive = await openArchive({ index: options.index })
    try {
      let batch: Article[] = []
      const commit = async () => {
        if (batch.length === 0) return
        const { added, replaced } = await archive.add(batch)
        counts.added += added
        counts.replaced += replaced
        batch = []
      }
      for await (const chunk of readSources(
        found,
        options.paper === undefined ? {} : { paper: options.paper },
      )) {
        batch.push(...chunk.articles, ...chunk.replacements)
        faults.push(...chunk.faults)
        tellWarnings(chunk.warnings)
        if (batch.length >= articlesPerCommit) await commit()
      }
      await commit()
    } finally {
      await archive.close()
    }
    if (options.json) await printJson({ ...counts, faults })
    else await printLine(`新增 ${counts.added} 条，替换 ${counts.replaced} 条`)
    tellFaults(faults)
    if (faults.length > 0) process.exitCode = 1
    else if (counts.added + counts.replaced === 0)
      throw new SearchError('SOURCE_MISSING', '来源里没有可收录的文章')
  })
}

export function addRemove(program: Command): void {
  const command = program
    .command('remove')
    .description('按编号删除文章')
    .argument('<编号...>', '文章编号，见 search 的结果')
    .option('--json', '以 JSON 打印结果')
  addIndexOption(command).action(async (ids: string[], options: BuildCommandOptions) => {
    const archive = await openArchive({ index: options.index })
    try {
      const result = await archive.remove(ids)
      if (options.json) await printJson(result)
      else await printLine(`删除 ${result.removed} 条`)
      if (result.missing.length > 0)
        throw new SearchError('ARTICLE_UNKNOWN', `没有这些编号：${result.missing.join('、')}`)
    } finally {
      await archive.close()
    }
  })
}
