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
  eachLine(dictionary, (start) => {
    if (!changesInFolding(dictionary, start)) return
    const { word, frequency } = wordAt(dictionary, start)
    const key = fold(word)
    if (frequency > (differing.get(key)?.frequency ?? -1)) differing.set(key, { word, frequency })
  })
  // A folded form that is a word itself, and the more frequent one, stays.
  const firsts = new Set(Array.from(differing.keys(), (key) => key.charCodeAt(0)))
  eachLine(dictionary, (start) => {
    if (!firsts.has(dictionary.charCodeAt(start))) return
    const { word, frequency } = wordAt(dictionary, start)
    const rival = differing.get(word)
    if (rival !== undefined && frequency >= rival.frequency) differing.delete(word)
  })
  return new Map(Array.from(differing, ([key, { word }]) => [key, word]))
}

function eachLine(text: string, visit: (start: number) => void): void {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    visit(start)
    if (end < 0) return
    start = end + 1
  }
}

function wordAt(dictionary: string, start: number): { word: string; frequency: number } {
  const end = dictionary.indexOf('\n', start)
  const [word = '', frequency = '0'] = dictionary.slice(start, end < 0 ? undefined : end).split(' ')
  return { word, frequency: Number(frequency) }
}

/** By UTF-16 unit: 0 not yet known, 1 folds to itself, 2 does not. */
const foldings = new Uint8Array(0x10000)

/** Whether some character changes from `start` to the next space. */
function changesInFolding(dictionary: string, start: number): boolean {
  for (let i = start; i < dictionary.length; i++) {
    const unit = dictionary.charCodeAt(i)
    if (unit <= 0x20) return false
    if (foldings[unit] === 0) foldings[unit] = fold(dictionary[i]!) === dictionary[i] ? 1 : 2
    if (foldings[unit] === 2) return true
  }
  return false
}
