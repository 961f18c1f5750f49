// xunbao dict: the editor's own words, kept beside the index in dict.txt; a running server takes them up at once.
import type { Command } from 'commander'
import { currentGeneration } from '../index/directory/snapshot.ts'
import { SearchError } from '../model/errors.ts'
import { addPlaceOptions, addWaitOption, type Place, type PlaceOptions, placeOf } from './options.ts'
import { printJson, printLine } from './output.ts'

interface DictOptions extends PlaceOptions {
  json?: boolean
  /** Seconds. */
  wait: number
}

export function addDict(program: Command): void {
  const dict = program.command('dict').description('用户词：加一个新词，旧报立即按它切分，不用重建')
  const changing = (name: 'add' | 'remove', description: string) =>
    addWaitOption(addPlaceOptions(dict.command(name).description(description).argument('<词...>'))).action(
      (words: string[], options: DictOptions) => change(options, { [name]: words }),
    )
  changing('add', '加词')
  changing('remove', '去掉词')
  addPlaceOptions(dict.command('list').description('列出用户词').option('--json', '结果为 JSON')).action(
    async ({ json, ...given }: DictOptions) => {
      const words = await list(placeOf(given))
      if (json) await printJson(words)
      else for (const word of words) await printLine(word)
    },
  )
}

async function list(place: Place): Promise<string[]> {
  if ('cluster' in place) return (await import('../cluster/words.ts')).listWordsOnCluster(place)
  requireIndex(place.index)
  return (await import('../archive/user-words.ts')).listUserWords(place.index)
}

async function change(
  { wait, ...given }: DictOptions,
  words: { add?: string[]; remove?: string[] },
): Promise<void> {
  const { added, known, removed } = await changeAt(placeOf(given), words, wait * 1000)
  const counts = [
    added > 0 && `加了 ${added} 个词`,
    known > 0 && `${known} 个已有`,
    removed > 0 && `去掉 ${removed} 个词`,
  ]
  await printLine(counts.filter(Boolean).join('，'))
}

async function changeAt(place: Place, words: { add?: string[]; remove?: string[] }, waitMs: number) {
  if ('cluster' in place) return (await import('../cluster/words.ts')).changeWordsOnCluster(place, words)
  requireIndex(place.index)
  return (await import('../archive/user-words.ts')).changeUserWords(place.index, { ...words, waitMs })
}

function requireIndex(index: string): void {
  if (currentGeneration(index) === null)
    throw new SearchError('INDEX_MISSING', `没有索引：${index}`, { file: index })
}
