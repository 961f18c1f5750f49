// The editor's words and synonyms beside an index: read again when their files change, so that they take effect at once.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { equalForms, parseSynonyms, type Synonyms } from '../query/alternatives.ts'
import type { PlanContext } from '../search/plan.ts'

/** Names of the files in the index folder. */
export const dictionaryFile = 'dict.txt'
export const synonymsFile = 'synonyms.txt'

export interface UserWords {
  /** What planning needs, with the files as they are now. Throws DICTIONARY_INVALID naming file and line. */
  context(): PlanContext
}

/** Files are looked at again after this time. */
const recheckMs = 500

export function openUserWords(directory: string, analyzer: Analyzer): UserWords {
  const files = [dictionaryFile, synonymsFile].map((name) => join(directory, name))
  let checkedAt = -Infinity
  let seen = ''
  let words: string[] = []
  let synonyms: Synonyms | null = null

  const context: PlanContext = {
    analyzer,
    formsOf: (text, exactly = false) => equalForms(text, synonyms, { exactly }),
  }

  return {
    context() {
      const now = performance.now()
      if (now - checkedAt < recheckMs) return context
      checkedAt = now
      const state = files.map(fileState).join()
      if (state === seen) return context
      const [dictionaryText, synonymsText] = files.map(readText)
      const newWords = parseWordList(dictionaryText!)
      analyzer.removeWords(words)
      analyzer.addWords(newWords)
      words = newWords
      synonyms = synonymsText === '' ? null : parseSynonyms(synonymsText!, files[1]!)
      seen = state
      return context
    },
  }
}

/** One word a line; # begins a comment. */
export function parseWordList(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line.length > 0)
}

function fileState(file: string): string {
  const state = statSync(file, { throwIfNoEntry: false })
  return state ? `${state.mtimeMs}:${state.size}:${state.ino}` : ''
}

function readText(file: string): string {
  return fileState(file) === '' ? '' : readFileSync(file, 'utf8')
}
