// Where the lexicon lies: the folded dictionary that `npm run compile` writes beside the compiled program.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SearchError } from '../model/errors.ts'

/** The same folder for the compiled program (dist/analysis) and for its TypeScript source (src/analysis). */
const folder = new URL('../../dist/lexicon/', import.meta.url)

/** Paths of the lexicon's files, which both segmenters read; see `FoldedDictionary`. */
export function lexiconFiles() {
  const path = (name: string) => fileURLToPath(new URL(name, folder))
  return {
    words: path('words.utf8'),
    spellings: path('spellings.utf8'),
    model: path('model.utf8'),
    /** What nodejieba wants besides, for things that nobody asks of it here: as good as empty. */
    noUserWords: path('no-user-words.utf8'),
    noKeywords: path('no-keywords.utf8'),
    noStopWords: path('no-stop-words.utf8'),
  }
}

/** Throws DICTIONARY_INVALID naming the file. */
export function readLexiconFile(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new SearchError(
      'DICTIONARY_INVALID',
      `读不到分词词典：${file}（由 npm run compile 生成）`,
      { file },
      { cause },
    )
  }
}
