// xunbao add and xunbao remove: changes on top of what is there, on disk before the command ends.
import type { Command } from 'commander'
import { currentGeneration } from '../index/directory/snapshot.ts'
import { findSources } from '../ingest/source-files.ts'
import { SearchError } from '../model/errors.ts'
import type { Article } from '../schema/article.ts'
import { type BuildCommandOptions, rebuild } from './build.ts'
import { tellFaults, tellWarnings } from './faults.ts'
import { addIndexOption } from './options.ts'
import { printJson, printLine, tell } from './output.ts'
import { withArchive } from './search.ts'

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
    const { openArchive } = await import('../archive/open-archive.ts')
    const { readSources } = await import('../ingest/sources.ts')
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
    await withArchive(options.index, async (archive) => {
      const result = await archive.remove(ids)
      if (options.json) await printJson(result)
      else await printLine(`删除 ${result.removed} 条`)
      if (result.missing.length > 0)
        throw new SearchError('ARTICLE_UNKNOWN', `没有这些编号：${result.missing.join('、')}`)
    })
  })
}
