// Says in Chinese why an article is a hit and what its score is made of, by the very functions that search.
import type { Snapshot } from '../index/directory/reader.ts'
import { readingLabels } from '../model/labels.ts'
import { escapePattern, patternAcrossMarks } from '../query/across-marks.ts'
import type { QueryContext } from '../query/analyze-query.ts'
import { longestContained } from '../query/nearest.ts'
import type { Plan, StringPlan } from '../query/plan.ts'
import type { Explanation, ExplanationPart } from '../schema/answers.ts'
import type { Article } from '../schema/article.ts'
import { scoreUnit } from '../schema/bm25f.ts'
import { fieldNames } from '../schema/fields.ts'
import { type IndexedText, toIndexedText } from '../schema/index-document.ts'
import { onlyMatch } from './matches.ts'
import { bridgeWeight, createScorer } from './scorer.ts'
import type { SearchOutcome } from './searcher.ts'
import { createStringResolver, type StringResolver } from './string-resolver.ts'

const fieldLabels: Record<(typeof fieldNames)[number], string> = {
  headline: '标题',
  kicker: '引题',
  subtitle: '副题',
  subheading: '小标题',
  lead: '导语',
  body: '正文',
  caption: '图片说明',
  author: '署名',
}

/** Explains one article under the reading that a search of the query chose. */
export async function explainArticle(
  snapshot: Snapshot,
  context: QueryContext,
  { interpretation, plan, stricter }: Pick<SearchOutcome, 'interpretation' | 'plan' | 'stricter'>,
  segmentIndex: number,
  document: number,
): Promise<Explanation> {
  const resolver = createStringResolver(snapshot, context.analyzer)
  const scorer = createScorer(snapshot, resolver)
  const segment = snapshot.segments[segmentIndex]!
  const id = segment.idOf(document)
  const indexed = toIndexedText(JSON.parse(segment.stored(document)) as Article)
  const only = (candidate: number) => candidate === document

  const matches = await scorer.match(plan, segmentIndex, only)
  if (matches.count === 0) {
    return {
      id,
      found: false,
      score: 0,
      summary: `按“${readingLabels[interpretation]}”查找，这篇不在结果中`,
      parts: [],
      nearest: nearestStrings(plan, indexed.text, resolver, segmentIndex, document),
    }
  }
  const parts = await partsOf(plan)
  const lift = scorer.scoreBound(plan)
  for (const closer of stricter)
    if ((await scorer.match(closer.plan, segmentIndex, only)).count > 0)
      parts.push({
        text: `也符合更严的读法“${readingLabels[closer.interpretation]}”，排在前面`,
        value: lift / scoreUnit,
      })
  return {
    id,
    found: true,
    score: parts.reduce((sum, part) => sum + part.value, 0),
    summary: `按“${readingLabels[interpretation]}”查找，这篇在结果中`,
    parts,
  }

  async function partsOf(part: Plan): Promise<ExplanationPart[]> {
    switch (part.kind) {
      case 'string':
        return stringPart(part, resolver.resolve(part).weight, '')
      case 'all':
      case 'any':
        return (await Promise.all(part.children.map(partsOf))).flat()
      case 'most':
        return [
          ...part.words.flatMap((word) => stringPart(word, resolver.resolve(word).weight, '')),
          ...part.bridges.flatMap((bridge) =>
            stringPart(bridge, bridgeWeight(resolver.resolve(bridge).weight), '（相连的两词）'),
          ),
        ]
      case 'near':
      case 'wildcard': {
        const alone = await scorer.match(part, segmentIndex, only)
        if (alone.count === 0) return []
        const text = part.kind === 'near' ? `相距不超过 ${part.distance} 字` : '符合通配形式'
        return [{ text, value: alone.scores[0]! / scoreUnit }]
      }
      default:
        return []
    }
  }

  function stringPart(string: StringPlan, weight: number, remark: string): ExplanationPart[] {
    const { leaves, documentFrequency } = resolver.resolve(string)
    const found = leaves[segmentIndex]?.intersect(onlyMatch(document), weight)
    if (!found || found.count === 0) return []
    const score = found.scores[0]!
    const patternOf = (text: string) =>
      new RegExp(string.acrossMarks ? patternAcrossMarks(text).source : escapePattern(text), 'gu')
    const form = string.forms.find((text) => patternOf(text).test(indexed.text)) ?? string.forms[0]!
    const where = occurrencesByField(indexed, patternOf(form))
    return [
      {
        text: `“${form}”${remark}：${documentFrequency} 篇含有，权重 ${weight}/32 × 强度 ${score / weight}/255（${where}）`,
        value: score / scoreUnit,
      },
    ]
  }
}

function occurrencesByField({ text, fieldEnds }: IndexedText, pattern: RegExp): string {
  const counts = new Array<number>(fieldNames.length).fill(0)
  for (const { index } of text.matchAll(pattern)) counts[fieldEnds.findIndex((end) => index < end)]!++
  return counts
    .flatMap((count, field) => (count > 0 ? [`${fieldLabels[fieldNames[field]!]} ${count} 次`] : []))
    .join('，')
}

/** For each string that the article lacks, the longest part of it that the article holds. */
function nearestStrings(
  plan: Plan,
  text: string,
  resolver: StringResolver,
  segmentIndex: number,
  document: number,
): string[] {
  const nearest = new Set<string>()
  visit(plan)
  return [...nearest]

  function visit(part: Plan): void {
    if (part.kind === 'all' || part.kind === 'any') part.children.forEach(visit)
    else if (part.kind === 'most') part.words.forEach(visit)
    else if (part.kind === 'near') part.strings.forEach(visit)
    else if (part.kind === 'string' && !contains(part)) {
      const longest = longestContained(part.forms[0]!, text)
      if (longest.length > 0) nearest.add(longest)
    }
  }

  function contains(string: StringPlan): boolean {
    return (resolver.resolve(string).leaves[segmentIndex]?.intersect(onlyMatch(document), 1).count ?? 0) > 0
  }
}
