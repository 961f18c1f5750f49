// Adds what sources hold to an archive on a cluster; makes the archive where there is none.
import { createAnalyzer } from '../analysis/analyzer.ts'
import type { ClusterOptions } from '../archive/port.ts'
import { type AddReport, addFound } from '../ingest/add-sources.ts'
import { findSources } from '../ingest/source-files.ts'
import { createClusterCommit } from './commit.ts'
import { holdingsOn } from './holdings.ts'
import { createOnCluster, indicesBehind, openArticleIndices } from './indices.ts'
import { mappingSignature } from './mapping.ts'
import { withCluster } from './open.ts'

/** As `addSources`, on a cluster. */
export function addSourcesOnCluster({
  cluster,
  name,
  sources,
  paper,
  ...settings
}: ClusterOptions & { sources: readonly string[]; paper?: string }): Promise<AddReport> {
  return withCluster(cluster, name, async (connection, names) => {
    const analyzer = createAnalyzer()
    const signature = mappingSignature(analyzer)
    if ((await indicesBehind(connection, names)).length === 0)
      await createOnCluster(connection, names, signature, settings)
    const indices = await openArticleIndices(connection, names, signature)
    const asking = () => ({ connection, target: names.alias, indices: [], missing: { failed: 0, total: 0 } })
    const holdings = holdingsOn(asking, { whole: true })
    const commit = createClusterCommit(connection, indices, holdings, analyzer)
    return addFound(findSources(sources), paper, commit)
  })
}
