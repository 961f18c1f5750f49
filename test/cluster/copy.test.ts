// Copies of an archive to a cluster and back.
import { describeCopies } from '../contract/support/copy-contract.ts'
import { describeOnNodes } from './support/nodes.ts'

let names = 0
const newName = () => `c${Date.now().toString(36)}${names++}`

describeOnNodes(1, (running) => {
  describeCopies('a copy on a cluster', () => ({
    cluster: running.cluster.url,
    name: newName(),
    replicas: 0,
  }))
  describeCopies('a copy laid by year', () => ({
    cluster: running.cluster.url,
    name: newName(),
    replicas: 0,
    split: 'year',
  }))
})
