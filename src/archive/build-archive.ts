// Rebuilds an archive: its index, and beside it the vocabulary that suggestions and corrections are read from.
import { type BuildOptions, buildIndex } from '../ingest/build-index.ts'
import type { BuildReport } from '../ingest/report.ts'
import { fewArticles, makeVocabulary } from './vocabulary-maker.ts'

/**
 * As `buildIndex`, and makes the vocabulary of an archive that is worth it while segments are merged. A vocabulary that
 * cannot be made is left to whoever opens the archive.
 */
export function buildArchive(options: BuildOptions): Promise<BuildReport> {
  return buildIndex(options, async ({ articles }) => {
    if (articles > fewArticles) await makeVocabulary(options.index).catch(() => undefined)
  })
}
