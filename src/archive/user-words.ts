// The editor's words and synonyms beside an index: read again when their files change, so that they take effect at once.
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { canBeWord } from '../analysis/user-words.ts'
import { nodeStorage, replaceFile, type Storage } from '../index/directory/storage.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import { SearchError } from '../model/errors.ts'
import { fold } from '../normalize/normalize.ts'
import { equalForms, expand, parseSynonyms, type Synonyms } from '../query/alternatives.ts'
import type { QueryContext } from '../query/analyze-query.ts'

/** Names of the files in the index folder. */
const dictionaryFile = 'dict.txt'
const synonymsFile = 'synonyms.txt'

export interface UserWords {
  /** What planning needs, with the files as they are now; with what they last held where they cannot be read now. */
  context(): QueryContext
  /** A text with the editor's synonyms put in, normalised; without the text itself. */
  synonymsOf(text: string): string[]
  /** What is wrong with the files, naming file and line; null when nothing is. */
  fault(): string | null
  /** Another text when the files are others. */
  version(): string
  /** Looks at the files again with the next question, however short ago that was done. */
  refresh(): void
}

/** No list of words is longer. */
const mostBytes = 64 << 20
/** Files are looked at again after this time. */
const recheckMs = 500

export function openUserWords(directory: string, storage: Storage, analyzer: Analyzer): UserWords {
  // The editor's files lie in a folder; an archive in memory has none.
  const hasFolder = storage === nodeStorage
  const files = [dictionaryFile, synonymsFile].map((name) => join(directory, name))
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
    if (!hasFolder || now - checkedAt < recheckMs) return
    checkedAt = now
    const state = files.map(fileState).join()
    if (state === seen) return
    const isFirst = seen === null
    seen = state
    const faults = [readWords(isFirst), readSynonyms()]
    fault = faults.filter((message) => message !== null).join('；') || null
  }

  /** One bad word leaves the list as it was; at the first reading, when it was nothing, the other words count. */
  function readWords(isFirst: boolean): string | null {
    let listed: string[]
    try {
      const content = readText(files[0]!)
      if (content === '' && words.length > 0 && fileState(files[0]!) === '') throw new Error('文件不见了')
      listed = parseWordList(content)
    } catch (error) {
      return `读不了 ${dictionaryFile}：${(error as Error).message}：仍用改动以前的词表`
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
      : `${dictionaryFile} 第 ${unfit + 1} 个词“${listed[unfit]}”没有可以检索的字：仍用${isFirst ? '其余的词' : '改动以前的词表'}`
  }

  function readSynonyms(): string | null {
    try {
      const content = readText(files[1]!)
      if (content === '' && synonyms !== null && fileState(files[1]!) === '')
        throw new Error(`${synonymsFile} 不见了`)
      synonyms = content === '' ? null : parseSynonyms(content, synonymsFile)
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

/** The editor's words as they stand in the index folder. */
export function listUserWords(directory: string): string[] {
  return parseWordList(readText(join(directory, dictionaryFile)))
}

/**
 * Adds and removes user words, in turn with all other writers; on the disk when it resolves. The editor's comments and
 * order stay. Rejects with DICTIONARY_INVALID for a word that cannot be one or is not there, or with INDEX_LOCKED.
 */
export async function changeUserWords(
  directory: string,
  change: { add?: readonly string[]; remove?: readonly string[]; waitMs?: number },
): Promise<{ added: number; known: number; removed: number }> {
  const wanted = [...new Set((change.add ?? []).map((word) => word.trim()))]
  for (const word of wanted)
    if (/[#\r\n]/.test(word) || !canBeWord(word))
      throw new SearchError(
        'DICTIONARY_INVALID',
        `不能作用户词（没有可以检索的字，或含有 # 或换行）：${word}`,
      )
  const writer = await openIndexWriter(directory, { waitMilliseconds: change.waitMs ?? 0 })
  try {
    const content = readText(join(directory, dictionaryFile))
    const known = new Set(parseWordList(content))
    const gone = new Set((change.remove ?? []).map((word) => word.trim()))
    const missing = [...gone].filter((word) => !known.has(word))
    if (missing.length > 0) throw new SearchError('DICTIONARY_INVALID', `词表里没有：${missing.join('、')}`)
    const kept = content.split(/\r?\n/).filter((line) => !gone.has(parseWordList(line)[0] ?? ''))
    while (kept.at(-1) === '') kept.pop()
    const fresh = wanted.filter((word) => !known.has(word))
    replaceFile(nodeStorage, directory, dictionaryFile, Buffer.from([...kept, ...fresh, ''].join('\n')))
    nodeStorage.syncDirectory(directory)
    return { added: fresh.length, known: wanted.length - fresh.length, removed: gone.size }
  } finally {
    await writer.close()
  }
}

/** One word a line; # begins a comment. */
function parseWordList(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line.length > 0)
}

function fileState(file: string): string {
  const state = statSync(file, { throwIfNoEntry: false })
  return state ? `${state.mtimeMs}:${state.size}:${state.ino}` : ''
}

/** Empty where there is none. Throws with a sentence that names no path: readers of the archive may see it. */
function readText(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) return ''
  if (!stats.isFile() || stats.size > mostBytes)
    throw new Error(`${basename(file)} 不是普通文件，或超过 64 MB`)
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw new Error(`${basename(file)} 打不开（${(error as NodeJS.ErrnoException).code}）`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`${basename(file)} 不是 UTF-8，或只写了一半`)
  }
}
