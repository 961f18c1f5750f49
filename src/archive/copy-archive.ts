// Moves an archive from a folder to a cluster and back.
import { type CopyReport, type CopySource, type CopySteps, copyArticles } from '../ingest/copy-articles.ts'
import { openFolderSource, openFolderTarget } from './copy-folder.ts'
import type { ClusterOptions } from './port.ts'

export type { CopyReport } from '../ingest/copy-articles.ts'

/** A folder on this machine, or a cluster. */
export type CopyPlace = { index: string } | Omit<ClusterOptions, 'pageLimits'>

export interface CopyOptions extends CopySteps {
  from: CopyPlace
  /** Where nothing is yet. Of a cluster, `shards`, `replicas` and `split` are those of the new indices. */
  to: CopyPlace
}

/**
 * Copies all articles with what is known of their origin, the editor's lists and the note of the last rebuild; files and
 * pictures of pages stay where they are. Nobody sees the copy before it is whole, counted, and read back with the same
 * checksum. Called again after an interruption it goes on, unless the source has changed meanwhile; then it begins anew.
 * Rejects with REQUEST_INVALID where there is something already, with INDEX_MISSING, INDEX_LOCKED or STORAGE.
 */
export async function copyArchive({ from, to, ...steps }: CopyOptions): Promise<CopyReport> {
  const source: CopySource =
    'cluster' in from
      ? await (await import('../cluster/copy-cluster.ts')).openClusterSource(from)
      : openFolderSource(from.index)
  try {
    const target =
      'cluster' in to
        ? await (await import('../cluster/copy-cluster.ts')).openClusterTarget(to, source)
        : await openFolderTarget(to.index, source)
    try {
      return await copyArticles(source, target, steps)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
