// The editor's words of an archive on a cluster, for those who change them without opening it.
import type { ClusterOptions } from '../archive/port.ts'
import { SearchError } from '../model/errors.ts'
import type { Connection } from './connection.ts'
import { changeClusterWords, listClusterWords } from './editor-lists.ts'
import { indicesBehind } from './indices.ts'
import type { ArchiveNames } from './names.ts'
import { withCluster } from './open.ts'

export function listWordsOnCluster(options: ClusterOptions): Promise<string[]> {
  return withArchive(options, listClusterWords)
}

/** Rejects with DICTIONARY_INVALID for a word that cannot be one or is not there. */
export function changeWordsOnCluster(
  options: ClusterOptions,
  change: { add?: readonly string[]; remove?: readonly string[] },
): Promise<{ added: number; known: number; removed: number }> {
  return withArchive(options, (connection, names) => changeClusterWords(connection, names, change))
}

function withArchive<T>(
  { cluster, name }: ClusterOptions,
  use: (connection: Connection, names: ArchiveNames) => Promise<T>,
): Promise<T> {
  return withCluster(cluster, name, async (connection, names) => {
    if ((await indicesBehind(connection, names)).length === 0)
      throw new SearchError('INDEX_MISSING', `集群里没有档案 ${names.alias}`)
    return use(connection, names)
  })
}
