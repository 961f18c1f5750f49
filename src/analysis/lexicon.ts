// The base lexicon: nodejieba's dictionary as one trie with weights for cutting and ids for counting.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { SearchError } from '../model/errors.ts'
import { fold, normalizationFingerprint } from '../normalize/normalize.ts'
import { type BorderModel, parseBorderModel } from './border-model.ts'
import { jiebaFiles } from './jieba.ts'
import { createTrie, firstValue, secondValue, slotSize, type Trie, unitField } from './trie.ts'

/** Ids below are single units. */
export const firstWordId = 0x10000

export interface Lexicon {
  /**
   * Values of a node: key id of a folded word of two or more Han characters (0: none ends here); number of the weight
   * in `weights` for a word in its folded spelling; and above the unit, for the spelling of the dictionary.
   */
  readonly trie: Trie
  /**
   * Log probabilities; number 0 is for no word. A folded spelling that no dictionary word has weighs as much as the
   * likeliest word that folds to it.
   */
  readonly weights: Float64Array
  /** Folded words by key id less `firstWordId`. */
  readonly words: readonly string[]
  /** Weight of a character that is no word. */
  readonly minWeight: number
  /** Weight of a word of middling frequency. */
  readonly medianWeight: number
  readonly model: BorderModel
  /** Changes with the dictionary, the model and the normalisation. */
  readonly fingerprint: string
}

let shared: Lexicon | undefined

/** The lexicon, read when first needed: about half a second, once per thread. Throws DICTIONARY_INVALID. */
export function openLexicon(): Lexicon {
  if (shared === undefined) {
    const files = jiebaFiles()
    const dictionary = readFileSync(files.dictionary)
    const model = readFileSync(files.model)
    const extraWords = readFileSync(files.extraWords)
    const fingerprint = createHash('sha256')
      .update(dictionary)
      .update(extraWords)
      .update(model)
      .update(normalizationFingerprint())
    shared = {
      ...parseLexicon(dictionary.toString('utf8'), files.dictionary, extraWords.toString('utf8')),
      model: parseBorderModel(model.toString('utf8'), files.model),
      fingerprint: fingerprint.digest('hex').slice(0, 16),
    }
  }
  return shared
}

/**
 * Lines of "word frequency tag", and lines that begin with a word that is given the median weight.
 * Throws DICTIONARY_INVALID naming file and line.
 */
export function parseLexicon(
  content: string,
  file: string,
  extraWords = '',
): Omit<Lexicon, 'model' | 'fingerprint'> {
  const spelled: string[] = []
  const frequencies: number[] = []
  let sum = 0
  let lineNumber = 0
  for (let start = 0; start < content.length; ) {
    lineNumber++
    let end = content.indexOf('\n', start)
    if (end < 0) end = content.length
    const wordEnd = content.indexOf(' ', start)
    const frequencyEnd = content.indexOf(' ', wordEnd + 1)
    const frequency = Number(content.slice(wordEnd + 1, frequencyEnd))
    if (wordEnd <= start || frequencyEnd > end || frequencyEnd < 0 || !(frequency > 0)) {
      throw new SearchError('DICTIONARY_INVALID', `词典有误：${file} 第 ${lineNumber} 行应为“词 频率 词性”`, {
        file,
        line: lineNumber,
      })
    }
    spelled.push(content.slice(start, wordEnd))
    frequencies.push(frequency)
    sum += frequency
    start = end + 1
  }
  if (spelled.length === 0) throw new SearchError('DICTIONARY_INVALID', `词典是空的：${file}`, { file })

  const medianFrequency = medianOf(frequencies)
  for (const line of extraWords.split('\n')) {
    const word = line.trim().split(' ')[0]!
    if (word === '') continue
    spelled.push(word)
    frequencies.push(medianFrequency)
  }
  const count = spelled.length
  // Each word as it is spelled, then in its folded spelling where that is another.
  const folded: number[] = []
  const isFoldedAway = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const word = fold(spelled[i]!)
    if (word === spelled[i]) continue
    isFoldedAway[i] = 1
    if (word === '') continue
    folded.push(i)
    spelled.push(word)
  }
  const nodes = new Int32Array(spelled.length)
  const trie = createTrie(spelled, 1 << 20, nodes)
  const { table } = trie
  const words: string[] = []
  const putKey = (slot: number, word: string) => {
    if (table[slot + firstValue] !== 0 || !isHanWord(word)) return
    table[slot + firstValue] = firstWordId + words.length
    words.push(word)
  }
  /** Frequency to the number of its weight. */
  const numbers = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    const frequency = frequencies[i]!
    let number = numbers.get(frequency)
    if (number === undefined) {
      number = numbers.size + 1
      numbers.set(frequency, number)
    }
    const slot = nodes[i]! * slotSize
    table[slot + unitField] = (table[slot + unitField]! & 0xffff) | (number << 16)
    table[slot + secondValue] = number
    if (isFoldedAway[i] === 0) putKey(slot, spelled[i]!)
  }
  if (numbers.size > 0xffff) throw new SearchError('DICTIONARY_INVALID', `词典的频率过多：${file}`, { file })
  const weights = Float64Array.from([Number.NaN, ...numbers.keys()], (frequency) => Math.log(frequency / sum))
  for (let i = count; i < spelled.length; i++) {
    const slot = nodes[i]! * slotSize
    const number = numbers.get(frequencies[folded[i - count]!]!)!
    if (!(weights[table[slot + secondValue]!]! >= weights[number]!)) table[slot + secondValue] = number
    putKey(slot, spelled[i]!)
  }
  return {
    trie,
    weights,
    words,
    minWeight: Math.log(frequencies.reduce((least, frequency) => Math.min(least, frequency)) / sum),
    medianWeight: Math.log(medianFrequency / sum),
  }
}

/** The upper median, as nodejieba takes it. */
function medianOf(frequencies: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const frequency of frequencies) counts.set(frequency, (counts.get(frequency) ?? 0) + 1)
  let before = 0
  for (const [frequency, count] of [...counts].sort(([a], [b]) => a - b)) {
    before += count
    if (before > frequencies.length >> 1) return frequency
  }
  return 1
}

/** Two or more Han characters of one unit each, short enough for a length in one byte. */
function isHanWord(word: string): boolean {
  if (word.length < 2 || word.length > 255) return false
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i)
    if (
      !(
        (unit >= 0x4e00 && unit <= 0x9fff) ||
        (unit >= 0x3400 && unit <= 0x4dbf) ||
        unit === 0x3007 ||
        unit === 0x3005
      )
    ) {
      return false
    }
  }
  return true
}
