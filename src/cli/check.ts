// xunbao check: whether every byte of an index is as it was written, and everything in it agrees.
import type { Command } from 'commander'
import { checkIndex } from '../index/directory/check.ts'
import { SearchError } from '../model/errors.ts'
import { addIndexOption, folderOf } from './options.ts'
import { printJson, printLine, tell } from './output.ts'

export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description('核对整个索引：校验和与内部关系')
    .option('--json', '结果为 JSON')
  addIndexOption(command).action(async ({ json, ...given }: { index?: string; json?: boolean }) => {
    const index = folderOf(given)
    const report = await checkIndex(index)
    if (json) await printJson(report)
    for (const { message } of report.faults) tell(`错误：${message}`)
    if (report.faults.length > 0)
      throw new SearchError(
        'STORAGE',
        `索引 ${index} 有 ${report.faults.length} 处损坏；重建：npx xunbao build`,
      )
    const { generation, segmentCount, documentCount, keyCount } = report
    if (!json)
      await printLine(
        `索引完好：${index}，第 ${generation} 次提交，${segmentCount} 段，${documentCount} 条，${keyCount} 个键`,
      )
  })
}
