// Copies of an archive to a cluster and back.
import { afterAll, beforeAll, describe } from 'vitest'
import { describeCopies } from '../contract/support/copy-contract.ts'
import { missing, type RunningCluster, start } from './support/nodes.ts'

let cluster: RunningCluster
let names = 0
const newName = () => `c${Date.now().toString(36)}${names++}`

describe.skipIf(missing !== null)('on one node', () => {
  beforeAll(async () => {
    cluster = await start({ nodes: 1 })
  }, 600_000)
  afterAll(async () => {
    await cluster?.close()
  }, 60_000)

  describeCopies('a copy on a cluster', () => ({ cluster: cluster.url, name: newName(), replicas: 0 }))
  describeCopies('a copy laid by year', () => ({
    cluster: cluster.url,
    name: newName(),
    replicas: 0,
    split: 'year',
  }))
})
