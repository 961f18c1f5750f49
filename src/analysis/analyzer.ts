// Which words and keys does a text hold, and where? One analyzer per thread; the lexicon is shared by all of them.
import { isLatinUnit } from '../normalize/normalize.ts'
import type { Analyzer, Occurrences, Word } from './analyzer-types.ts'
import { hasJieba, markJiebaBorders } from './jieba.ts'
import { firstWordId, type Lexicon, openLexicon } from './lexicon.ts'
import { createRunKeys, longestRun } from './run-keys.ts'
import { createSegmenter, joinDigits } from './segmenter.ts'
import { keyField, slotSize, weightField } from './trie.ts'
import { createUserWords } from './user-words.ts'

/** Changes whenever `occurrences` reports other keys for some text, or borders elsewhere. */
const analysisVersion = 2

/** By UTF-16 unit: 1 for letters that are no Latin run: Han, kana, Hangul and the like. */
const letters = letterTable()

function letterTable(): Uint8Array {
  const table = new Uint8Array(0x10000)
  const letter = /[\p{L}\p{N}]/u
  for (let unit = 0x2e80; unit < 0xd800; unit++) {
    const han = unit >= 0x3400 && unit <= 0x9fff && (unit < 0x4dc0 || unit > 0x4dff)
    const hangul = unit >= 0xac00 && unit <= 0xd7a3
    if (han || hangul || letter.test(String.fromCharCode(unit))) table[unit] = 1
  }
  for (let unit = 0xf900; unit <= 0xffdc; unit++) if (letter.test(String.fromCharCode(unit))) table[unit] = 1
  return table
}

/** Empty, with room for a short article. */
export function createOccurrences(): Occurrences {
  const room = 4096
  return {
    count: 0,
    starts: new Uint32Array(room),
    lengths: new Uint8Array(room),
    bounded: new Uint8Array(room),
    keys: new Uint32Array(room),
  }
}

/** nodejieba, or its equal in segmenter.ts. */
export type SegmenterName = 'nodejieba' | 'segmenter'

/** Who cuts when much is indexed: nodejieba, where it is installed. */
export function indexingSegmenter(): SegmenterName {
  return hasJieba() ? 'nodejieba' : 'segmenter'
}

export interface AnalyzerOptions {
  userWords?: readonly string[]
  /**
   * Who says where the words of an indexed text begin and end. nodejieba itself takes 2 s and 250 MB to begin, for
   * rebuilds; its equal in segmenter.ts begins at once, for queries and small additions. Both read the same folded
   * dictionary and mark the same words.
   */
  indexedBy?: SegmenterName
}

/** Throws DICTIONARY_INVALID when nodejieba's dictionary is missing or damaged, or a user word holds nothing searchable. */
export function createAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  const lexicon = openLexicon()
  const userWords = createUserWords(lexicon)
  if (options.userWords) userWords.add(options.userWords)
  const runs = createRunKeys(lexicon.wordCount)
  const segmenter = createSegmenter(lexicon)
  const { trie } = lexicon

  let jiebaBorders = new Uint8Array(0)

  /** Borders of the words of a text to be indexed; leaves the words found in `segmenter.matches`. */
  function indexedBorders(text: string): Uint8Array {
    if (options.indexedBy !== 'nodejieba') return segmenter.borders(text)
    if (jiebaBorders.length <= text.length) jiebaBorders = new Uint8Array(2 * text.length + 2)
    if (!markJiebaBorders(text, jiebaBorders)) return segmenter.borders(text)
    joinDigits(text, jiebaBorders)
    segmenter.findWords(text)
    return jiebaBorders
  }

  function occurrences(text: string, into: Occurrences): void {
    runs.clear()
    const borders = indexedBorders(text)
    const { first, lengths: wordLengths, keys: wordKeys } = segmenter.matches
    const length = text.length
    into.count = 0
    let count = 0
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (letters[unit] === 1) {
        // Room for the character and for a word of every length.
        if (count + 256 > into.keys.length) grow(into, count)
        const { starts, lengths, bounded, keys } = into
        const border = borders[i]!
        starts[count] = i
        lengths[count] = 1
        bounded[count] = border & borders[i + 1]!
        keys[count++] = unit
        for (let match = first[i]!; match < first[i + 1]!; match++) {
          const id = wordKeys[match]!
          if (id === 0) continue
          const wordLength = wordLengths[match]!
          starts[count] = i
          lengths[count] = wordLength
          bounded[count] = border & borders[i + wordLength]!
          keys[count++] = id
        }
      } else if (isLatinUnit(unit)) {
        let end = i + 1
        while (end < length && isLatinUnit(text.charCodeAt(end))) end++
        if (count + 2 * (end - i) + 2 > into.keys.length) grow(into, count + 2 * (end - i))
        count = addRun(text, i, end, borders[i]! & borders[end]!, into, count)
        i = end - 1
      } else if (unit >= 0xd840 && unit <= 0xd8ff && i + 1 < length) {
        // Han characters of the supplementary planes.
        if (count + 1 > into.keys.length) grow(into, count)
        count = push(into, count, i, 2, borders[i]! & borders[i + 2]!, runs.idOf(text.slice(i, i + 2)))
        i++
      }
    }
    into.count = count
  }

  /** A whole run, and in order of their starts every three and four digits of it. */
  function addRun(
    text: string,
    start: number,
    end: number,
    isWord: number,
    into: Occurrences,
    before: number,
  ): number {
    let count = before
    const length = end - start
    const digitsOnly = digitsFrom(text, start, end) === length
    if (length === 1) count = push(into, count, start, 1, isWord, text.charCodeAt(start))
    else if (length <= longestRun && !(digitsOnly && (length === 3 || length === 4))) {
      count = push(into, count, start, length, isWord, runs.idOf(text.slice(start, end)))
    }
    for (let i = start; i + 3 <= end; i++) {
      const digits = digitsFrom(text, i, Math.min(end, i + 4))
      for (let size = 3; size <= digits; size++) {
        const whole = size === length ? isWord : 0
        count = push(into, count, i, size, whole, runs.idOfDigits(text, i, i + size))
      }
    }
    return count
  }

  function cut(text: string): Word[] {
    const borders = segmenter.borders(text, userWords)
    const words: Word[] = []
    let start = 0
    for (let i = 1; i <= text.length; i++) {
      if (i < text.length) {
        if (borders[i] === 0) continue
        // A Latin or digit run is one word, whatever the segmenter makes of it.
        if (isLatinUnit(text.charCodeAt(i - 1)) && isLatinUnit(text.charCodeAt(i))) continue
      }
      words.push(toWord(text, start, i))
      start = i
    }
    return words
  }

  function toWord(text: string, start: number, end: number): Word {
    const word = text.slice(start, end)
    return { text: word, start, end, subwords: subwordsOf(text, start, end), kind: kindOf(word) }
  }

  function kindOf(word: string): Word['kind'] {
    if (userWords.has(word)) return 'user'
    if (!/[\p{L}\p{N}]/u.test(word)) return 'other'
    if (isBaseWord(lexicon, word) || (word.length === 1 && letters[word.charCodeAt(0)] === 1))
      return 'lexicon'
    return isLatinUnit(word.charCodeAt(0)) ? 'latin' : 'unknown'
  }

  function subwordsOf(text: string, start: number, end: number): Word['subwords'] {
    const found: Word['subwords'] = []
    for (let i = start; i < end - 1; i++) {
      const ends = new Set<number>()
      let node = trie.first[text.charCodeAt(i)]!
      for (let j = i + 1; node !== 0 && j < end; j++) {
        node = trie.step(node, text.charCodeAt(j))
        if (trie.table[node * slotSize + keyField] !== 0) ends.add(j + 1)
      }
      userWords.startingAt(text, i, end, (length) => {
        if (length > 1) ends.add(i + length)
      })
      for (const to of [...ends].sort((a, b) => a - b)) {
        if (to - i < end - start) found.push({ text: text.slice(i, to), start: i, end: to })
      }
    }
    return found
  }

  return {
    signature: `lexicon=${lexicon.fingerprint};analysis=${analysisVersion}`,
    keyIdLimit: runs.limit,
    addWords: (words) => userWords.add(words),
    removeWords: (words) => userWords.remove(words),
    get userWords() {
      return userWords.words
    },
    isComplete: (key) => isComplete(lexicon, key),
    isWord: (key) => userWords.has(key) || isBaseWord(lexicon, key),
    occurrences,
    keyOf: (id) =>
      id < firstWordId
        ? String.fromCharCode(id)
        : id < runs.firstDigitId
          ? lexicon.wordOf(id)
          : runs.keyOf(id),
    cut,
  }
}

function isBaseWord(lexicon: Lexicon, key: string): boolean {
  const slot = lexicon.trie.find(key) * slotSize
  return (
    slot !== 0 && (lexicon.trie.table[slot + keyField] !== 0 || lexicon.trie.table[slot + weightField] !== 0)
  )
}

function isComplete(lexicon: Lexicon, key: string): boolean {
  if (key.length === 0) return false
  const unit = key.charCodeAt(0)
  if (key.length === 1) return letters[unit] === 1
  if (unit >= 0x30 && unit <= 0x39) {
    return (key.length === 3 || key.length === 4) && digitsFrom(key, 0, key.length) === key.length
  }
  if (key.length === 2 && unit >= 0xd840 && unit <= 0xd8ff) return true
  const { trie } = lexicon
  return trie.table[trie.find(key) * slotSize + keyField] !== 0
}

/** How many ASCII digits stand from `start` on, before `end`. */
function digitsFrom(text: string, start: number, end: number): number {
  let i = start
  while (i < end && text.charCodeAt(i) >= 0x30 && text.charCodeAt(i) <= 0x39) i++
  return i - start
}

function push(
  into: Occurrences,
  count: number,
  start: number,
  length: number,
  bounded: number,
  key: number,
): number {
  into.starts[count] = start
  into.lengths[count] = length
  into.bounded[count] = bounded
  into.keys[count] = key
  return count + 1
}

function grow(into: Occurrences, count: number): void {
  const room = Math.max(into.keys.length * 2, count + 1024)
  const { starts, lengths, bounded, keys } = into
  into.starts = new Uint32Array(room)
  into.lengths = new Uint8Array(room)
  into.bounded = new Uint8Array(room)
  into.keys = new Uint32Array(room)
  into.starts.set(starts)
  into.lengths.set(lengths)
  into.bounded.set(bounded)
  into.keys.set(keys)
}
