// xunbao dict: the editor's own words, kept beside the index in dict.txt; a running server takes them up at once.
import type { Command } from 'commander'
import { currentGeneration } from '../index/directory/snapshot.ts'
import { SearchError } from '../model/errors.ts'
import { addIndexOption, addWaitOption } from './options.ts'
import { printJson, printLine } from './output.ts'

interface DictOptions {
  index: string
  json?: boolean
  /** Seconds. */
  wait: number
}

export function addDict(program: Command): void {
  const dict = program.command('dict').description('用户词：加一个新词，旧报立即按它切分，不用重建')
  const changing = (name: 'add' | 'remove', description: string) =>
    addWaitOption(addIndexOption(dict.command(name).description(description).argument('<词...>'))).action(
      (words: string[], options: DictOptions) => change(options, { [name]: words }),
    )
  changing('add', '加词')
  changing('remove', '去掉词')
  addIndexOption(dict.command('list').description('列出用户词').option('--json', '结果为 JSON')).action(
    async ({ index, json }: DictOptions) => {
      requireIndex(index)
      const { listUserWords } = await import('../archive/user-words.ts')
      const words = listUserWords(index)
      if (json) await printJson(words)
      else for (const word of words) await printLine(word)
    },
  )
}

async function change(
  { index, wait }: DictOptions,
  words: { add?: string[]; remove?: string[] },
): Promise<void> {
  requireIndex(index)
  const { changeUserWords } = await import('../archive/user-words.ts')
  const { added, known, removed } = await changeUserWords(index, { ...words, waitMs: wait * 1000 })
  const counts = [
    added > 0 && `加了 ${added} 个词`,
    known > 0 && `${known} 个已有`,
    removed > 0 && `去掉 ${removed} 个词`,
  ]
  await printLine(counts.filter(Boolean).join('，'))
}

function requireIndex(index: string): void {
  if (currentGeneration(index) === null)
    throw new SearchError('INDEX_MISSING', `没有索引：${index}`, { file: index })
}
