// The one door to nodejieba, which is used wherever it could be installed: its cut, with the folded dictionary.
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { SearchError } from '../model/errors.ts'
import { lexiconFiles } from './lexicon-files.ts'

type NodeJieba = typeof import('nodejieba')

/** undefined: not yet asked; null: not here. */
let loaded: NodeJieba | null | undefined

/** Whether nodejieba is installed and compiled. Loads it: about 1 s and 200 MB, once per thread. */
export function hasJieba(): boolean {
  return load() !== null
}

/** nodejieba's own cut of a folded text, with its model for unknown words; the words joined are the text. @internal */
export function jiebaCut(text: string): string[] {
  const jieba = load()
  if (jieba === null) throw new SearchError('DICTIONARY_INVALID', 'nodejieba 没有装好')
  return jieba.cut(text, true)
}

/**
 * Marks where the words of nodejieba's cut begin or end: `borders[i]` for 0 <= i <= text.length.
 * @returns false when its words joined are not the text, as with lone surrogates; nothing is marked then
 */
export function markJiebaBorders(text: string, borders: Uint8Array): boolean {
  const words = jiebaCut(text)
  borders.fill(0, 0, text.length + 1)
  borders[0] = 1
  let end = 0
  for (const word of words) {
    end += word.length
    borders[end] = 1
  }
  return end === text.length
}

function load(): NodeJieba | null {
  if (loaded !== undefined) return loaded
  const files = lexiconFiles()
  // nodejieba would end the process over a file that is not there.
  for (const file of Object.values(files)) {
    try {
      accessSync(file, constants.R_OK)
    } catch (cause) {
      throw new SearchError('DICTIONARY_INVALID', `读不到分词词典：${file}`, { file }, { cause })
    }
  }
  try {
    const jieba = createRequire(import.meta.url)('nodejieba') as NodeJieba
    jieba.load({
      dict: files.words,
      hmmDict: files.model,
      userDict: files.noUserWords,
      idfDict: files.noKeywords,
      stopWordDict: files.noStopWords,
    })
    loaded = jieba
  } catch {
    // Not installed, not compiled, or compiled for another Node.
    loaded = null
  }
  return loaded
}
