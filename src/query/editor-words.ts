// The editor's words and synonyms beside an archive: read again when their lists change, so that they take effect at once.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { canBeWord } from '../analysis/user-words.ts'
import { SearchError } from '../model/errors.ts'
import { fold } from '../normalize/normalize.ts'
import { equalForms, expand, parseSynonyms, type Synonyms } from './alternatives.ts'
import type { QueryContext } from './analyze-query.ts'

export const dictionaryList = 'dict.txt'
export const synonymList = 'synonyms.txt'

/** Where the lists of an editor are kept. */
export interface EditorLists {
  /** Another text whenever a list may be another; empty where there is none. */
  state(name: string): string
  /** The list; empty where there is none. Throws with a sentence for the readers of the archive where it cannot be read. */
  read(name: string): string
}

export interface EditorWords {
  /** What planning needs, with the lists as they are now; with what they last held where they cannot be read now. */
  context(): QueryContext
  /** A text with the editor's synonyms put in, normalised; without the text itself. */
  synonymsOf(text: string): string[]
  /** What is wrong with the lists, naming list and line; null when nothing is. */
  fault(): string | null
  /** Another text when the lists are others. */
  version(): string
  /** Looks at the lists again with the next question, however short ago that was done. */
  refresh(): void
}

/** Lists are looked at again after this time. */
const recheckMs = 500

/** Follows the lists of an editor, none of which an archive in memory has. */
export function followEditorWords(lists: EditorLists | null, analyzer: Analyzer): EditorWords {
  let checkedAt = -Infinity
  let seen: string | null = null
  let words: string[] = []
  let synonyms: Synonyms | null = null
  let fault: string | null = null

  const context: QueryContext = {
    analyzer,
    formsOf: (text, exactly = false) => equalForms(text, synonyms, { exactly }),
  }

  function readAgain(): void {
    const now = performance.now()
    if (!lists || now - checkedAt < recheckMs) return
    checkedAt = now
    const state = [dictionaryList, synonymList].map(lists.state).join()
    if (state === seen) return
    const isFirst = seen === null
    seen = state
    const faults = [readWords(lists, isFirst), readSynonyms(lists)]
    fault = faults.filter((message) => message !== null).join('；') || null
  }

  /** One bad word leaves the list as it was; at the first reading, when it was nothing, the other words count. */
  function readWords(from: EditorLists, isFirst: boolean): string | null {
    let listed: string[]
    try {
      const content = from.read(dictionaryList)
      if (content === '' && words.length > 0 && from.state(dictionaryList) === '')
        throw new Error('文件不见了')
      listed = parseWordList(content)
    } catch (error) {
      return `读不了 ${dictionaryList}：${(error as Error).message}：仍用改动以前的词表`
    }
    const unfit = listed.findIndex((word) => !canBeWord(word))
    if (unfit < 0 || isFirst) {
      const fit = listed.filter(canBeWord)
      analyzer.removeWords(words)
      analyzer.addWords(fit)
      words = fit
    }
    return unfit < 0
      ? null
      : `${dictionaryList} 第 ${unfit + 1} 个词“${listed[unfit]}”没有可以检索的字：仍用${isFirst ? '其余的词' : '改动以前的词表'}`
  }

  function readSynonyms(from: EditorLists): string | null {
    try {
      const content = from.read(synonymList)
      if (content === '' && synonyms !== null && from.state(synonymList) === '')
        throw new Error(`${synonymList} 不见了`)
      synonyms = content === '' ? null : parseSynonyms(content, synonymList)
      return null
    } catch (error) {
      return `${(error as Error).message}：仍用改动以前的同义词`
    }
  }

  return {
    context() {
      readAgain()
      return context
    },
    synonymsOf(text) {
      readAgain()
      return synonyms === null ? [] : expand(fold(text), synonyms).slice(1)
    },
    fault() {
      readAgain()
      return fault
    },
    version() {
      readAgain()
      return seen ?? ''
    },
    refresh() {
      checkedAt = -Infinity
    },
  }
}

/**
 * A word list with words added and removed; the editor's comments and order stay. Throws DICTIONARY_INVALID for a word that
 * cannot be one or is not there.
 */
export function changeWordList(
  content: string,
  change: { add?: readonly string[]; remove?: readonly string[] },
): { content: string; added: number; known: number; removed: number } {
  const wanted = [...new Set((change.add ?? []).map((word) => word.trim()))]
  for (const word of wanted)
    if (/[#\r\n]/.test(word) || !canBeWord(word))
      throw new SearchError(
        'DICTIONARY_INVALID',
        `不能作用户词（没有可以检索的字，或含有 # 或换行）：${word}`,
      )
  const known = new Set(parseWordList(content))
  const gone = new Set((change.remove ?? []).map((word) => word.trim()))
  const missing = [...gone].filter((word) => !known.has(word))
  if (missing.length > 0) throw new SearchError('DICTIONARY_INVALID', `词表里没有：${missing.join('、')}`)
  const kept = content.split(/\r?\n/).filter((line) => !gone.has(parseWordList(line)[0] ?? ''))
  while (kept.at(-1) === '') kept.pop()
  const fresh = wanted.filter((word) => !known.has(word))
  return {
    content: [...kept, ...fresh, ''].join('\n'),
    added: fresh.length,
    known: wanted.length - fresh.length,
    removed: gone.size,
  }
}

/** One word a line; # begins a comment. */
export function parseWordList(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line.length > 0)
}
