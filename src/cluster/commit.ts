// Carries out changes on a cluster: documents written and removed under the ids of their articles, so that a change that
// is sent again comes to the same.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { type Commit, planChange } from '../ingest/plan-change.ts'
import { SearchError } from '../model/errors.ts'
import { type BulkOperation, writeBulk } from './bulk.ts'
import type { Connection } from './connection.ts'
import { createClusterConverter } from './document.ts'
import type { ClusterHoldings } from './holdings.ts'
import type { ArticleIndices } from './indices.ts'

/** Changes wait for one another. A commit rejects with STORAGE naming the articles that the cluster did not take; the others are in. */
export function createClusterCommit(
  connection: Connection,
  indices: ArticleIndices,
  holdings: ClusterHoldings,
  analyzer: Analyzer,
): Commit {
  const convert = createClusterConverter(analyzer)

  const commitNow: Commit = async (change) => {
    const { counts, written, gone } = await planChange(holdings, change)
    const before = await holdings.find([...gone, ...written.map(({ article }) => article.id)])
    const home = await indices.homeOf(written.map(({ article }) => article))
    const homes = new Map(written.map(({ article }) => [article.id, home(article)]))
    const operations: BulkOperation[] = []
    // Also where another index holds it now: an article whose day was mended moves.
    for (const { document, index, article } of new Set(before.values()))
      if (homes.get(article.id) !== index) operations.push({ id: document, index })
    for (const { article, isFromPage } of written) {
      const { id, body } = convert(article, { isAdded: true, isFromPage })
      operations.push({ id, index: homes.get(article.id)!, body })
    }
    const refused = await writeBulk(connection, operations)
    await indices.refresh()
    const [first] = refused
    if (first)
      throw new SearchError(
        'STORAGE',
        `集群没有收下 ${refused.length} 篇（如 ${first.id}：${first.reason}），其余的都已写入`,
        { id: first.id },
      )
    return counts
  }

  let turn: Promise<unknown> = Promise.resolve()
  return (change) => {
    const mine = turn.then(() => commitNow(change))
    turn = mine.catch(() => undefined)
    return mine
  }
}
