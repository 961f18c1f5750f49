// How a folded word is written: folding makes 着名 of 著名, and a reader must see 著名.
import { readFileSync } from 'node:fs'
import { jiebaFiles } from '../analysis/jieba.ts'
import { fold } from '../normalize/normalize.ts'

let spellings: Map<string, string> | undefined

/**
 * The dictionary's most frequent spelling of a folded word; the word itself when the dictionary writes it so or
 * does not know it. The first call reads the dictionary, which takes about a third of a second.
 */
export function spellingOf(key: string): string {
  spellings ??= parseSpellings(readFileSync(jiebaFiles().dictionary, 'utf8'))
  return spellings.get(key) ?? key
}

/** From lines of "word frequency tag": folded words whose most frequent spelling is another one. */
export function parseSpellings(dictionary: string): Map<string, string> {
  const differing = new Map<string, { word: string; frequency: number }>()
  const plain = new Map<string, number>()
  for (const line of dictionary.split('\n')) {
    const [word = '', frequencyText = '0'] = line.split(' ')
    const frequency = Number(frequencyText)
    const key = fold(word)
    if (key === word) plain.set(key, frequency)
    else if (frequency > (differing.get(key)?.frequency ?? -1)) differing.set(key, { word, frequency })
  }
  const spellings = new Map<string, string>()
  for (const [key, { word, frequency }] of differing) {
    if (frequency > (plain.get(key) ?? -1)) spellings.set(key, word)
  }
  return spellings
}
