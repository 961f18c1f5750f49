// Rebuilds an archive: its index, and beside it the vocabulary that suggestions and corrections are read from.
import { type BuildOptions, buildIndex } from '../ingest/build-index.ts'
import type { BuildReport } from '../ingest/report.ts'
import { makeVocabulary } from './vocabulary-maker.ts'

/**
 * As `buildIndex`, and makes the vocabulary while segments are merged. A vocabulary that cannot be written is made by
 * whoever opens the archive.
 */
export function buildArchive(options: BuildOptions): Promise<BuildReport> {
  return buildIndex(options, () =>
    makeVocabulary(options.index).then(
      () => undefined,
      () => undefined,
    ),
  )
}
