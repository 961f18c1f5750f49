// The base lexicon: the folded dictionary as one trie with weights for cutting and ids for counting.
import { createHash } from 'node:crypto'
import { SearchError } from '../model/errors.ts'
import { normalizationFingerprint } from '../normalize/normalize.ts'
import { type BorderModel, parseBorderModel } from './border-model.ts'
import { lexiconFiles, readLexiconFile } from './lexicon-files.ts'
import { createTrieWithin, keyField, slotSize, spell, type Trie, weightField } from './trie.ts'

/** Ids below are single units. */
export const firstWordId = 0x10000

export interface Lexicon {
  /**
   * Values of a node: in `keyField` the key id of a word of two or more Han characters (0: none ends here), in
   * `weightField` the number of a word's weight in `weights`.
   */
  readonly trie: Trie
  /** Log probabilities; number 0 is for no word. */
  readonly weights: Float64Array
  /** Words with a key id: all ids from `firstWordId` on. */
  readonly wordCount: number
  /** The folded word of a key id. */
  wordOf(id: number): string
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
    const files = lexiconFiles()
    const dictionary = readLexiconFile(files.words)
    const model = readLexiconFile(files.model)
    const fingerprint = createHash('sha256')
      .update(dictionary)
      .update(model)
      .update(normalizationFingerprint())
    shared = {
      ...parseLexicon(dictionary.toString('utf8'), files.words),
      model: parseBorderModel(model.toString('utf8'), files.model),
      fingerprint: fingerprint.digest('hex').slice(0, 16),
    }
  }
  return shared
}

/** Log probability of a folded word; undefined when the dictionary does not know it. Opens the lexicon. */
export function wordWeight(word: string): number | undefined {
  const { trie, weights } = openLexicon()
  const number = trie.table[trie.find(word) * slotSize + weightField]!
  return number === 0 ? undefined : weights[number]
}

/** Reads lines of "word frequency tag", the words folded. Throws DICTIONARY_INVALID naming file and line. @internal */
export function parseLexicon(content: string, file: string): Omit<Lexicon, 'model' | 'fingerprint'> {
  /** Where the words stand; 350,000 strings of their own would take longer to make than all the rest. */
  const bounds: number[] = []
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
    bounds.push(start, wordEnd)
    frequencies.push(frequency)
    sum += frequency
    start = end + 1
  }
  if (bounds.length === 0) throw new SearchError('DICTIONARY_INVALID', `词典是空的：${file}`, { file })

  const nodes = new Int32Array(frequencies.length)
  const trie = createTrieWithin(content, bounds, 1 << 20, nodes)
  /** Nodes by key id less `firstWordId`. */
  const nodeOf = new Int32Array(frequencies.length)
  let wordCount = 0
  /** Frequency to the number of its weight. */
  const numbers = new Map<number, number>()
  for (const [i, frequency] of frequencies.entries()) {
    let number = numbers.get(frequency)
    if (number === undefined) {
      number = numbers.size + 1
      numbers.set(frequency, number)
    }
    const slot = nodes[i]! * slotSize
    trie.table[slot + weightField] = number
    if (!isHanWord(content, bounds[2 * i]!, bounds[2 * i + 1]!)) continue
    trie.table[slot + keyField] = firstWordId + wordCount
    nodeOf[wordCount++] = nodes[i]!
  }
  const spelled: string[] = []
  const sorted = Float64Array.from(frequencies).sort()
  return {
    trie,
    weights: Float64Array.from([Number.NaN, ...numbers.keys()], (frequency) => Math.log(frequency / sum)),
    wordCount,
    wordOf(id) {
      const index = id - firstWordId
      spelled[index] ??= spell(trie, nodeOf[index]!)
      return spelled[index]
    },
    minWeight: Math.log(sorted[0]! / sum),
    medianWeight: Math.log(sorted[sorted.length >> 1]! / sum),
  }
}

/** Two or more Han characters of one unit each, short enough for a length in one byte. */
function isHanWord(text: string, start: number, end: number): boolean {
  if (end - start < 2 || end - start > 255) return false
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i)
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
