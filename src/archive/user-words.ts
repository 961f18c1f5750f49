// The lists of an editor that lie in the folder of an index.
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { nodeStorage, replaceFile, type Storage } from '../index/directory/storage.ts'
import { openIndexWriter } from '../index/directory/writer.ts'
import { changeWordList, dictionaryList, type EditorLists, parseWordList } from '../query/editor-words.ts'

/** No list of words is longer. */
const mostBytes = 64 << 20

/** null for an archive in memory. */
export function listsInFolder(directory: string, storage: Storage): EditorLists | null {
  if (storage !== nodeStorage) return null
  return {
    state: (name) => fileState(join(directory, name)),
    read: (name) => readText(join(directory, name)),
  }
}

/** The editor's words as they stand in the index folder. */
export function listUserWords(directory: string): string[] {
  return parseWordList(readText(join(directory, dictionaryList)))
}

/**
 * Adds and removes user words, in turn with all other writers; on the disk when it resolves. Rejects with
 * DICTIONARY_INVALID for a word that cannot be one or is not there, or with INDEX_LOCKED.
 */
export async function changeUserWords(
  directory: string,
  change: { add?: readonly string[]; remove?: readonly string[]; waitMs?: number },
): Promise<{ added: number; known: number; removed: number }> {
  // What can be refused without waiting is.
  changeWordList('', { add: change.add ?? [] })
  const writer = await openIndexWriter(directory, { waitMilliseconds: change.waitMs ?? 0 })
  try {
    const { content, ...counts } = changeWordList(readText(join(directory, dictionaryList)), change)
    replaceFile(nodeStorage, directory, dictionaryList, Buffer.from(content))
    nodeStorage.syncDirectory(directory)
    return counts
  } finally {
    await writer.close()
  }
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
