// Finds articles on the same matter: an article's own strongest words become the query.
import type { Snapshot } from '../index/directory/reader.ts'
import type { QueryContext } from '../query/analyze-query.ts'
import type { StringPlan } from '../query/plan.ts'
import type { Article } from '../schema/article.ts'
import { quantizeImpact, saturate } from '../schema/bm25f.ts'
import { createTermCounter, toIndexedText } from '../schema/index-document.ts'
import { similarShare, similarWords } from '../schema/ranking-parameters.ts'
import { createScorer } from './scorer.ts'
import { createStringResolver } from './string-resolver.ts'
import { type RankedHit, TopCollector } from './top-collector.ts'

/** An article's words by weight * impact, strongest first. */
function keywordsOf(
  snapshot: Snapshot,
  context: QueryContext,
  article: Article,
  count: number = similarWords,
): { text: string; score: number }[] {
  const resolver = createStringResolver(snapshot, context.analyzer)
  const { keys, frequencies } = createTermCounter(context.analyzer)(toIndexedText(article))
  const frequencyByKey = new Map(keys.map((key, i) => [key, frequencies[i]!]))
  return [...frequencyByKey]
    .filter(([key]) => key.length > 1 && !/^[0-9]+$/.test(key) && context.analyzer.isComplete(key))
    .map(([text, frequency]) => {
      const impact = quantizeImpact(saturate(frequency, article.type))
      const { weight } = resolver.resolve({ kind: 'string', forms: [text] })
      return { text, score: weight * impact }
    })
    .sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1))
    .slice(0, count)
}

/** The articles most like the given one, itself left out, best first. */
export async function findSimilar(
  snapshot: Snapshot,
  context: QueryContext,
  article: Article,
  size: number,
): Promise<RankedHit[]> {
  const resolver = createStringResolver(snapshot, context.analyzer)
  const scorer = createScorer(snapshot, resolver)
  const words = keywordsOf(snapshot, context, article).map(
    ({ text }): StringPlan => ({ kind: 'string', forms: [text] }),
  )
  if (words.length === 0) return []
  const top = new TopCollector(size + 1, 'relevance')
  for (const [index, segment] of snapshot.segments.entries())
    top.addAll(
      segment,
      await scorer.match({ kind: 'most', words, bridges: [], share: similarShare }, index, null),
    )
  return top
    .ranked()
    .filter((hit) => hit.segment.idOf(hit.document) !== article.id)
    .slice(0, size)
}
