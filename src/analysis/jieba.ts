// The one door to nodejieba: where its dictionaries are, and its own segmenter and tagger, loaded when first needed.
import { accessSync, constants } from 'node:fs'
import nodejieba from 'nodejieba'
import { SearchError } from '../model/errors.ts'

/** Paths of the files that nodejieba ships with. */
export interface JiebaFiles {
  /** Words with their frequencies and tags. */
  dictionary: string
  /** Words that nodejieba adds to them. */
  extraWords: string
  /** Hidden Markov model of word borders, for words that no dictionary knows. */
  model: string
}

interface JiebaPaths {
  DEFAULT_DICT: string
  DEFAULT_HMM_DICT: string
  DEFAULT_USER_DICT: string
  DEFAULT_IDF_DICT: string
  DEFAULT_STOP_WORD_DICT: string
}

let loaded = false

/**
 * Where the dictionary and the model lie. Throws DICTIONARY_INVALID naming the file when one cannot be read:
 * nodejieba itself would end the process.
 */
export function jiebaFiles(): JiebaFiles {
  const paths = nodejieba as typeof nodejieba & JiebaPaths
  return {
    dictionary: readable(paths.DEFAULT_DICT),
    extraWords: readable(paths.DEFAULT_USER_DICT),
    model: readable(paths.DEFAULT_HMM_DICT),
  }
}

/** nodejieba's own cut, with its model for unknown words; the words joined are the sentence. */
export function jiebaCut(sentence: string): string[] {
  load()
  return nodejieba.cut(sentence, true)
}

/**
 * Marks where the words of nodejieba's cut begin or end: `borders[i]` for 0 <= i <= sentence.length.
 * @returns false when its words joined are not the sentence, as with lone surrogates; nothing is marked then
 */
export function markJiebaBorders(sentence: string, borders: Uint8Array): boolean {
  const words = jiebaCut(sentence)
  borders.fill(0, 0, sentence.length + 1)
  borders[0] = 1
  let end = 0
  for (const word of words) {
    end += word.length
    borders[end] = 1
  }
  return end === sentence.length
}

/** nodejieba's words with their parts of speech (nr: a person, ns: a place, nt: an organisation). */
export function jiebaTag(sentence: string): { word: string; tag: string }[] {
  load()
  return nodejieba.tag(sentence)
}

/** Takes about 2 s and 250 MB, once per thread. */
function load(): void {
  if (loaded) return
  const paths = nodejieba as typeof nodejieba & JiebaPaths
  nodejieba.load({
    dict: readable(paths.DEFAULT_DICT),
    hmmDict: readable(paths.DEFAULT_HMM_DICT),
    userDict: readable(paths.DEFAULT_USER_DICT),
    idfDict: readable(paths.DEFAULT_IDF_DICT),
    stopWordDict: readable(paths.DEFAULT_STOP_WORD_DICT),
  })
  loaded = true
}

function readable(file: string): string {
  try {
    accessSync(file, constants.R_OK)
    return file
  } catch (cause) {
    throw new SearchError('DICTIONARY_INVALID', `读不到分词词典：${file}`, { file }, { cause })
  }
}
