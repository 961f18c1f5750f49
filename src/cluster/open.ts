// Opens and makes archives on a cluster.
import { createAnalyzer } from '../analysis/analyzer.ts'
import type { Archive, ClusterOptions } from '../archive/port.ts'
import { type Connection, connect } from './connection.ts'
import { createOnCluster } from './indices.ts'
import { mappingSignature } from './mapping.ts'
import { type ArchiveNames, namesOf, usualName } from './names.ts'
import { openOnCluster } from './open-cluster-archive.ts'

/** Rejects with INDEX_MISSING, with INDEX_FORMAT for another analysis or an old cluster, with STORAGE out of reach. */
export function openClusterArchive({ cluster, name, pageLimits }: ClusterOptions): Promise<Archive> {
  return connectFor(cluster, name, (connection, names) =>
    openOnCluster({ connection, names, ...(pageLimits && { pageLimits }) }),
  )
}

/** Makes an empty archive. Rejects with REQUEST_INVALID where there is one of that name. */
export function createClusterArchive({
  cluster,
  name,
  pageLimits,
  ...settings
}: ClusterOptions): Promise<Archive> {
  return connectFor(cluster, name, async (connection, names) => {
    await createOnCluster(connection, names, mappingSignature(createAnalyzer()), settings)
    return openOnCluster({ connection, names, ...(pageLimits && { pageLimits }) })
  })
}

/** Connects for as long as what `use` makes; where nothing comes of it the connection is closed. */
export async function connectFor<T>(
  cluster: string,
  name: string | undefined,
  use: (connection: Connection, names: ArchiveNames) => Promise<T>,
): Promise<T> {
  const names = namesOf(name ?? usualName)
  const connection = await connect(cluster)
  try {
    return await use(connection, names)
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** Connects for as long as `use` runs. */
export function withCluster<T>(
  cluster: string,
  name: string | undefined,
  use: (connection: Connection, names: ArchiveNames) => Promise<T>,
): Promise<T> {
  return connectFor(cluster, name, async (connection, names) => {
    const result = await use(connection, names)
    await connection.close()
    return result
  })
}
