// Rebuilds an archive: its index, and beside it the vocabulary that suggestions and corrections are read from.
import { type BuildOptions, buildIndex } from '../ingest/build-index.ts'
import type { BuildReport } from '../ingest/report.ts'
import type { ClusterOptions } from './port.ts'
import { fewArticles, makeVocabulary } from './vocabulary-maker.ts'

/** A rebuild on a cluster is told the same, but for what concerns this machine. */
export type ClusterBuildOptions = Omit<BuildOptions, 'index' | 'budgetBytes' | 'waitMs'> & ClusterOptions

/**
 * As `buildIndex`, and makes the vocabulary of an archive that is worth it while segments are merged. A vocabulary that
 * cannot be made is left to whoever opens the archive. On a cluster with `options.cluster`.
 */
export async function buildArchive(options: BuildOptions | ClusterBuildOptions): Promise<BuildReport> {
  if ('cluster' in options) return (await import('../cluster/rebuild.ts')).buildOnCluster(options)
  return buildIndex(options, async ({ articles }) => {
    if (articles > fewArticles) await makeVocabulary(options.index).catch(() => undefined)
  })
}
