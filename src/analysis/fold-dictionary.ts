// Makes the lexicon's files of a jieba dictionary: folded once, when the project is compiled, for every segmenter alike.
import { SearchError } from '../model/errors.ts'
import { fold } from '../normalize/normalize.ts'

/** The content of the files in `lexiconFiles()`. */
export interface FoldedDictionary {
  /** Lines of "word frequency tag", each folded word once, as jieba reads them. */
  words: string
  /** Lines of "folded word, tab, spelling": words that are mostly written otherwise, 着名 for 著名. */
  spellings: string
  /** The hidden Markov model with folded characters. */
  model: string
}

interface Source {
  content: string
  /** For errors. */
  file: string
}

/**
 * Folds a dictionary, the words that jieba adds to it and its model of word borders. Words that fold alike become one
 * with the sum of their frequencies, characters that fold alike one with the sum of their probabilities.
 * Throws DICTIONARY_INVALID naming file and line.
 */
export function foldDictionary(sources: {
  dictionary: Source
  extraWords: Source
  model: Source
}): FoldedDictionary {
  const { dictionary, extraWords } = sources
  const entries = parseDictionary(dictionary)
  const middling = [...entries].sort((a, b) => a.frequency - b.frequency)[entries.length >> 1]!.frequency
  for (const line of extraWords.content.split('\n')) {
    const [word = '', frequency, tag] = line.trim().split(' ')
    if (word !== '') entries.push({ word, frequency: tag ? Number(frequency) : middling, tag: tag ?? 'x' })
  }
  const folded = new Map<string, { frequency: number; tag: string; spelling: string; most: number }>()
  for (const { word, frequency, tag } of entries) {
    const key = fold(word)
    // What holds a space or stands at a border of jieba's own is no word for it.
    if (key === '' || /[\s，。]/.test(key)) continue
    const known = folded.get(key)
    if (!known) folded.set(key, { frequency, tag, spelling: word, most: frequency })
    else {
      known.frequency += frequency
      if (frequency > known.most) Object.assign(known, { tag, spelling: word, most: frequency })
    }
  }
  let words = ''
  let spellings = ''
  for (const [key, { frequency, tag, spelling }] of folded) {
    words += `${key} ${frequency} ${tag}\n`
    if (spelling !== key) spellings += `${key}\t${spelling}\n`
  }
  return { words, spellings, model: foldModel(sources.model) }
}

/** Lines of "word frequency tag". */
function parseDictionary({ content, file }: Source): { word: string; frequency: number; tag: string }[] {
  const entries: { word: string; frequency: number; tag: string }[] = []
  for (const [index, line] of content.split('\n').entries()) {
    if (line === '') continue
    const [word, frequency, tag, more] = line.split(' ')
    if (!word || !(Number(frequency) > 0) || tag === undefined || more !== undefined) {
      throw new SearchError('DICTIONARY_INVALID', `词典有误：${file} 第 ${index + 1} 行应为“词 频率 词性”`, {
        file,
        line: index + 1,
      })
    }
    entries.push({ word, frequency: Number(frequency), tag })
  }
  if (entries.length === 0) throw new SearchError('DICTIONARY_INVALID', `词典是空的：${file}`, { file })
  return entries
}

/** Lines of "character:log probability,…" are folded, all others stay. */
function foldModel({ content }: Source): string {
  return content
    .split('\n')
    .map((line) => (/^.:-?[0-9]/u.test(line) ? foldEmissions(line) : line))
    .join('\n')
}

function foldEmissions(line: string): string {
  const emissions = new Map<string, number>()
  for (const entry of line.trim().split(',')) {
    const [character = '', value = ''] = entry.split(':')
    const key = fold(character)
    // ASCII never comes to the model, and its signs part the entries of the file.
    if ([...key].length !== 1 || key < '\u0080') continue
    emissions.set(key, (emissions.get(key) ?? 0) + Math.exp(Number(value)))
  }
  return Array.from(emissions, ([key, probability]) => `${key}:${Math.log(probability)}`).join(',')
}
