// How a folded word is written: folding makes 着名 of 著名, and a reader must see 著名.
import { lexiconFiles, readLexiconFile } from '../analysis/lexicon-files.ts'

let spellings: ReadonlyMap<string, string> | undefined

/** The dictionary's most frequent spelling of a folded word; the word itself when it is that, or no word. */
export function spellingOf(key: string): string {
  spellings ??= new Map(
    readLexiconFile(lexiconFiles().spellings)
      .toString('utf8')
      .split('\n')
      .map((line) => line.split('\t', 2) as [string, string]),
  )
  return spellings.get(key) ?? key
}
