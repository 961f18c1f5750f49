// Finds articles on the same matter on a cluster: an article's own strongest words become the query.
import type { QueryContext } from '../query/analyze-query.ts'
import type { StringPlan } from '../query/plan.ts'
import type { Article } from '../schema/article.ts'
import { saturate } from '../schema/bm25f.ts'
import { createTermCounter, toIndexedText } from '../schema/index-document.ts'
import { similarShare, similarWords } from '../schema/ranking-parameters.ts'
import { type FoundHit, sortOf, toFound } from './search.ts'
import { type Asking, askShards } from './shards.ts'
import type { StringCounts } from './string-counts.ts'
import { planQueryOf, weightOf } from './translate.ts'

/** Words whose rarity is asked for: those that count most in the article itself. */
const candidateWords = 150

/** The articles most like the given one, itself left out, best first. */
export async function findSimilarOnCluster(
  asking: Asking,
  counts: StringCounts,
  { analyzer }: QueryContext,
  article: Article,
  size: number,
): Promise<FoundHit[]> {
  const { keys, frequencies } = createTermCounter(analyzer)(toIndexedText(article))
  const strengths = keys
    .map((key, at) => ({ key, strength: saturate(frequencies[at]!, article.type) }))
    .filter(({ key }) => key.length > 1 && !/^[0-9]+$/.test(key) && analyzer.isComplete(key))
    .sort((a, b) => b.strength - a.strength || (a.key < b.key ? -1 : 1))
    .slice(0, candidateWords)
    .map(({ key, strength }) => ({ strength, string: { kind: 'string', forms: [key] } as StringPlan }))
  const known = await counts.learn(
    asking,
    strengths.map(({ string }) => string),
    analyzer,
  )
  const words = strengths
    .map(({ string, strength }) => ({ string, score: strength * weightOf(string, known) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, similarWords)
    .map(({ string }) => string)
  if (words.length === 0) return []
  const query = planQueryOf({ kind: 'most', words, bridges: [], share: similarShare }, analyzer, known)
  const answer = await askShards(asking, {
    size: size + 1,
    track_total_hits: false,
    query,
    sort: sortOf('relevance'),
    track_scores: true,
  })
  return answer.hits.hits
    .map(toFound)
    .filter(({ id }) => id !== article.id)
    .slice(0, size)
}
