// xunbao dict: the editor's own words, kept beside the index in dict.txt; a running server takes them up at once.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { currentGeneration } from '../index/directory/snapshot.ts'
import { SearchError } from '../model/errors.ts'
import { addIndexOption } from './options.ts'
import { printJson, printLine } from './output.ts'

interface DictOptions {
  index: string
  json?: boolean
}

export function addDict(program: Command): void {
  const dict = program.command('dict').description('用户词：加一个新词，旧报立即按它切分，不用重建')
  addIndexOption(dict.command('add').description('加词').argument('<词...>')).action(
    (words: string[], options: DictOptions) => change(options.index, words, []),
  )
  addIndexOption(dict.command('remove').description('去掉词').argument('<词...>')).action(
    (words: string[], options: DictOptions) => change(options.index, [], words),
  )
  addIndexOption(dict.command('list').description('列出用户词').option('--json', '结果为 JSON')).action(
    async (options: DictOptions) => {
      const { parseWordList } = await import('../archive/user-words.ts')
      const words = parseWordList(await readDictionary(options.index))
      if (options.json) await printJson(words)
      else for (const word of words) await printLine(word)
    },
  )
}

/** Keeps the editor's comments and order: lines are added at the end, and removed where they stand. */
async function change(index: string, add: string[], remove: string[]): Promise<void> {
  const { parseWordList } = await import('../archive/user-words.ts')
  const text = await readDictionary(index)
  const known = new Set(parseWordList(text))
  const wanted = [...new Set(add.map((word) => word.trim()))]
  for (const word of wanted)
    if (word.includes('#') || /[\r\n]/.test(word))
      throw new SearchError('DICTIONARY_INVALID', `词里不能有 # 或换行：${word}`)
  // The analyzer knows which words can be searched; it says so before the file is touched.
  if (wanted.length > 0) {
    const { createAnalyzer } = await import('../analysis/analyzer.ts')
    createAnalyzer().addWords(wanted)
  }
  const missing = remove.filter((word) => !known.has(word.trim()))
  if (missing.length > 0) throw new SearchError('DICTIONARY_INVALID', `词表里没有：${missing.join('、')}`)
  const gone = new Set(remove.map((word) => word.trim()))
  const kept = text.split(/\r?\n/).filter((line) => {
    const word = parseWordList(line)[0]
    return word === undefined || !gone.has(word)
  })
  while (kept.at(-1) === '') kept.pop()
  const fresh = wanted.filter((word) => !known.has(word))
  await writeDictionary(index, [...kept, ...fresh, ''].join('\n'))
  const counts = [
    fresh.length > 0 && `加了 ${fresh.length} 个词`,
    wanted.length > fresh.length && `${wanted.length - fresh.length} 个已有`,
    gone.size > 0 && `去掉 ${gone.size} 个词`,
  ]
  await printLine(counts.filter(Boolean).join('，'))
}

async function dictionaryPath(index: string): Promise<string> {
  const { dictionaryFile } = await import('../archive/user-words.ts')
  return join(index, dictionaryFile)
}

async function readDictionary(index: string): Promise<string> {
  if (currentGeneration(index) === null)
    throw new SearchError('INDEX_MISSING', `没有索引：${index}`, { file: index })
  const file = await dictionaryPath(index)
  return existsSync(file) ? readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : ''
}

/** A reader sees the old file or the new one, never half of one. */
async function writeDictionary(index: string, text: string): Promise<void> {
  const file = await dictionaryPath(index)
  const temporary = `${file}.new`
  const descriptor = openSync(temporary, 'w')
  try {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, file)
}
