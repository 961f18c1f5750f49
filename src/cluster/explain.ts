// Says in Chinese why an article is a hit: what the cluster counted for each string.

import type { Interpretation } from '../model/hit.ts'
import { readingLabels } from '../model/labels.ts'
import { escapePattern, patternAcrossMarks } from '../query/across-marks.ts'
import type { QueryContext } from '../query/analyze-query.ts'
import { longestContained } from '../query/nearest.ts'
import type { StringPlan } from '../query/plan.ts'
import type { Explanation, ExplanationPart } from '../schema/answers.ts'
import type { Article } from '../schema/article.ts'
import { toIndexedText } from '../schema/index-document.ts'
import { documentId } from './document.ts'
import { type ClusterOutcome, liftedQuery } from './search.ts'
import { type Asking, askShards } from './shards.ts'
import type { StringCounts } from './string-counts.ts'
import { keyOfString, stringsOf, weightOf } from './translate.ts'

/** Explains one article under the reading that a search of the query chose. */
export async function explainOnCluster(
  asking: Asking,
  counts: StringCounts,
  { analyzer }: QueryContext,
  { interpretation, plan, stricter }: Pick<ClusterOutcome, 'interpretation' | 'plan' | 'stricter'>,
  article: Article,
): Promise<Explanation> {
  const frequencies = await counts.learn(asking, stringsOf(plan), analyzer)
  const named: { string: StringPlan; isBridge: boolean }[] = []
  const query = liftedQuery(plan, stricter, frequencies, analyzer, (string, isBridge) =>
    String(named.push({ string, isBridge }) - 1),
  )
  const answer = await askShards(
    asking,
    {
      size: 1,
      track_total_hits: false,
      query: { bool: { must: [query], filter: [{ ids: { values: [documentId(article.id)] } }] } },
    },
    { include_named_queries_score: true },
  )
  const hit = answer.hits.hits[0]
  const reading = readingLabels[interpretation]
  const { text } = toIndexedText(article)
  if (!hit)
    return {
      id: article.id,
      found: false,
      score: 0,
      summary: `按“${reading}”查找，这篇不在结果中`,
      parts: [],
      nearest: nearestStrings(stringsOf(plan), text),
    }
  const parts: ExplanationPart[] = []
  for (const [name, value] of Object.entries(hit.matched_queries ?? {})) {
    if (name.startsWith('reading:')) {
      const closer = readingLabels[name.slice('reading:'.length) as Interpretation]
      parts.push({ text: `也符合更严的读法“${closer}”，排在前面`, value })
      continue
    }
    const { string, isBridge } = named[Number(name)]!
    const form = string.forms.find((one) => stands(string, one, text)) ?? string.forms[0]!
    const remark = isBridge ? '（相连的两词）' : ''
    const weight = weightOf(string, frequencies).toFixed(3)
    const count = frequencies.of(keyOfString(string))
    parts.push({ text: `“${form}”${remark}：${count} 篇含有，权重 ${weight}，集群给 ${value}`, value })
  }
  return {
    id: article.id,
    found: true,
    score: parts.reduce((sum, { value }) => sum + value, 0),
    summary: `按“${reading}”查找，这篇在结果中`,
    parts,
  }
}

function stands({ acrossMarks }: StringPlan, form: string, text: string): boolean {
  return new RegExp(acrossMarks ? patternAcrossMarks(form).source : escapePattern(form), 'u').test(text)
}

/** For each string that the article lacks, the longest part of it that the article holds. */
function nearestStrings(strings: readonly StringPlan[], text: string): string[] {
  const nearest = new Set<string>()
  for (const string of strings)
    if (!string.forms.some((form) => stands(string, form, text))) {
      const longest = longestContained(string.forms[0]!, text)
      if (longest.length > 0) nearest.add(longest)
    }
  return [...nearest]
}
