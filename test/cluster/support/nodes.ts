// Real nodes for a test file; what is missing here is said once.
// @ts-expect-error a plain script, without types
import { startCluster, whatIsMissing } from '../../../scripts/start-opensearch.mjs'

export interface RunningCluster {
  url: string
  nodes: { name: string; url: string; child: { kill(signal: string): void } }[]
  close(): Promise<void>
}

/** null where nodes can be started here. */
export const missing: string | null = whatIsMissing()
if (missing !== null) console.warn(`集群测试没有运行：${missing}。`)

export const start: (options: { nodes: number; heapMegabytes?: number }) => Promise<RunningCluster> =
  startCluster
