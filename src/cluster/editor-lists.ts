// The editor's words and synonyms of an archive on a cluster: documents beside its articles.
import { changeWordList, dictionaryList, type EditorLists, parseWordList } from '../query/editor-words.ts'
import type { Connection } from './connection.ts'
import type { ArchiveNames } from './names.ts'
import { readNote, writeNote } from './notes.ts'

/** The lists as they were last seen. */
export function listsOf(lists: () => ReadonlyMap<string, { content: string; state: string }>): EditorLists {
  return {
    state: (name) => lists().get(name)?.state ?? '',
    read: (name) => lists().get(name)?.content ?? '',
  }
}

interface ListNote {
  content?: string
}

/** Empty where there is none. */
async function readList(connection: Connection, { notes }: ArchiveNames, name: string): Promise<string> {
  return (await readNote<ListNote>(connection, notes, name))?.content ?? ''
}

export function writeList(
  connection: Connection,
  { notes }: ArchiveNames,
  name: string,
  content: string,
): Promise<void> {
  return writeNote(connection, notes, name, { content } satisfies ListNote)
}

/** The editor's words as they stand on the cluster. */
export async function listClusterWords(connection: Connection, names: ArchiveNames): Promise<string[]> {
  return parseWordList(await readList(connection, names, dictionaryList))
}

/** Adds and removes user words, for all who search the archive. Rejects with DICTIONARY_INVALID as `changeWordList`. */
export async function changeClusterWords(
  connection: Connection,
  names: ArchiveNames,
  change: { add?: readonly string[]; remove?: readonly string[] },
): Promise<{ added: number; known: number; removed: number }> {
  const { content, ...counts } = changeWordList(await readList(connection, names, dictionaryList), change)
  await writeList(connection, names, dictionaryList, content)
  return counts
}
