// Learns the ranking parameters from judged queries by coordinate ascent:  npx tsx scripts/tune-ranking.ts [rounds=2]
// The hundred best candidates of each query are gathered once by the engine as it is; what each candidate holds of the
// query is counted by the engine's own functions, so that any parameters can be tried on it without an index.
// Learns on the tune half, prints both halves. What it finds goes into src/schema/ranking-parameters.ts by hand.
import { createAnalyzer, createOccurrences } from '../src/analysis/analyzer.ts'
import { analyzeQuery } from '../src/query/analyze-query.ts'
import { parseQuery } from '../src/query/parse-query.ts'
import { planQuery } from '../src/query/plan.ts'
import type { Article } from '../src/schema/article.ts'
import { fieldCount, fieldGains, saturate, termWeight } from '../src/schema/bm25f.ts'
import type { FieldName } from '../src/schema/fields.ts'
import { fieldLengths, occurrenceWeight, toIndexedText } from '../src/schema/index-document.ts'
import { rankingParameters } from '../src/schema/ranking-parameters.ts'
import { type Judgements, judge, mean } from '../test/relevance/metrics.ts'
import { readCorpus, readSets, sharedFolder } from '../test/relevance/sets.ts'
import { archiveOf } from '../test/support/archive-of.ts'

interface Counted {
  /** Inverse document frequency as an integer, and whether the term bridges two words. */
  weight: number
  bridge: boolean
  /** Occurrences by field, those at word borders and the others. */
  bounded: number[]
  unbounded: number[]
}

interface Candidate {
  id: string
  type: Article['type']
  lengths: Float64Array
  terms: Counted[]
}

interface Query {
  set: string
  half: 'tune' | 'test'
  relevant: Judgements
  candidates: Candidate[]
}

const shared = sharedFolder()
if (!shared) throw new Error('没有度量用的数据（../shared/data）')
const rounds = Number(process.argv[2] ?? 2)
const queries = await gather()

/** The parameters that are tried, and the factors by which each is moved. */
const mutable = rankingParameters as unknown as {
  k1: number
  unboundedOccurrence: number
  bridgeGram: number
  fields: Record<FieldName, { weight: number; b: number; referenceLength: number; minimumLength: number }>
}
const knobs: { name: string; get(): number; set(value: number): void; most: number }[] = [
  knob('k1', mutable, 'k1', 5),
  knob('unboundedOccurrence', mutable, 'unboundedOccurrence', 1),
  knob('bridgeGram', mutable, 'bridgeGram', 3),
  ...(['headline', 'lead'] as const).map((field) =>
    knob(`${field}.weight`, mutable.fields[field], 'weight', 20),
  ),
  knob('headline.b', mutable.fields.headline, 'b', 1),
  knob('lead.b', mutable.fields.lead, 'b', 1),
  knob('body.b', mutable.fields.body, 'b', 1),
  knob('body.referenceLength', mutable.fields.body, 'referenceLength', 5000),
  knob('body.minimumLength', mutable.fields.body, 'minimumLength', 1000),
]

report('as it is')
for (let round = 0; round < rounds; round++) {
  for (const { name, get, set, most } of knobs) {
    const before = get()
    let best = before
    let bestScore = objective()
    for (const factor of [0.4, 0.6, 0.8, 1.25, 1.6, 2.5]) {
      const value = Math.min(most, Math.max(before, 0.05) * factor)
      set(value)
      const score = objective()
      if (score > bestScore + 0.0003) {
        bestScore = score
        best = value
      }
    }
    set(best)
    console.log(
      `round ${round + 1}  ${name}: ${before.toFixed(3)} -> ${best.toFixed(3)}  objective ${bestScore.toFixed(4)}`,
    )
  }
}
report('learned')

function knob<Key extends string>(name: string, of: Record<Key, number>, key: Key, most: number) {
  return {
    name,
    most,
    get: () => of[key],
    set: (value: number) => {
      of[key] = value
    },
  }
}

/** Mean over the sets of MRR@10 on the tune half. */
function objective(): number {
  const figures = figuresBySet('tune')
  return [...figures.values()].reduce((sum, f) => sum + f.mrr10, 0) / figures.size
}

function report(title: string): void {
  for (const half of ['tune', 'test'] as const)
    for (const [set, f] of figuresBySet(half))
      console.log(
        `${title} | ${half} | ${set} | MRR@10 ${f.mrr10.toFixed(3)} S@1 ${f.s1.toFixed(3)} S@10 ${f.s10.toFixed(3)}`,
      )
}

function figuresBySet(half: 'tune' | 'test') {
  const bySet = new Map<string, ReturnType<typeof judge>[]>()
  for (const query of queries) {
    if (query.half !== half) continue
    const ranked = query.candidates
      .map((candidate) => ({ id: candidate.id, score: scoreOf(candidate) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    const figures = bySet.get(query.set) ?? []
    figures.push(
      judge(
        ranked.map(({ id }) => id),
        query.relevant,
      ),
    )
    bySet.set(query.set, figures)
  }
  return new Map([...bySet].map(([set, figures]) => [set, mean(figures)]))
}

function scoreOf({ type, lengths, terms }: Candidate): number {
  const gains = new Float64Array(fieldCount)
  fieldGains(lengths, gains)
  let score = 0
  for (const { weight, bridge, bounded, unbounded } of terms) {
    let frequency = 0
    for (let field = 0; field < fieldCount; field++)
      frequency += gains[field]! * (bounded[field]! + unbounded[field]! * occurrenceWeight(2, 0))
    if (frequency > 0)
      score += weight * saturate(frequency, type) * (bridge ? rankingParameters.bridgeGram : 1)
  }
  return score
}

async function gather(): Promise<Query[]> {
  const analyzer = createAnalyzer()
  const context = { analyzer, formsOf: (text: string) => [text] }
  const occurrences = createOccurrences()
  const gathered: Query[] = []
  const sets = readSets(shared!).filter((set) => !set.name.includes('verbatim'))
  for (const corpus of new Set(sets.map((set) => set.corpus))) {
    const articles = new Map(readCorpus(shared!, corpus).map((article) => [article.id, article]))
    const { archive, dispose } = await archiveOf([...articles.values()])
    const countOf = memoize(
      async (text: string) => (await archive.search({ q: `"${text}"`, size: 1, view: 'ids' })).total,
    )
    for (const set of sets.filter((s) => s.corpus === corpus)) {
      for (const { text, relevant, half } of set.queries.slice(0, 600)) {
        const { hits } = await archive.search({ q: text, size: 100, view: 'ids' })
        const plan = planQuery(
          analyzeQuery(parseQuery(text).tree, context),
          'anyWords',
          rankingParameters.mostWordsShare,
        )
        const most = plan.kind === 'all' ? plan.children.find((child) => child.kind === 'most') : plan
        if (most?.kind !== 'most') continue
        const terms: { text: string; weight: number; bridge: boolean }[] = []
        for (const [strings, bridge] of [
          [most.words, false],
          [most.bridges, true],
        ] as const)
          for (const { forms } of strings)
            terms.push({
              text: forms[0]!,
              bridge,
              weight: termWeight(articles.size, await countOf(forms[0]!)),
            })
        const candidates = hits.map(({ id }) => {
          const article = articles.get(id)!
          const indexed = toIndexedText(article)
          const lengths = new Float64Array(fieldCount)
          fieldLengths(indexed.fieldEnds, lengths)
          analyzer.occurrences(indexed.text, occurrences)
          const atBorder = new Set<string>()
          for (let i = 0; i < occurrences.count; i++)
            if (occurrences.bounded[i]) atBorder.add(`${occurrences.starts[i]}+${occurrences.lengths[i]}`)
          const counted = terms.map(({ text: term, weight, bridge }): Counted => {
            const bounded = new Array<number>(fieldCount).fill(0)
            const unbounded = new Array<number>(fieldCount).fill(0)
            for (let at = indexed.text.indexOf(term); at >= 0; at = indexed.text.indexOf(term, at + 1)) {
              const field = indexed.fieldEnds.findIndex((end) => at < end)
              if (bridge || atBorder.has(`${at}+${term.length}`)) bounded[field]!++
              else unbounded[field]!++
            }
            return { weight, bridge, bounded, unbounded }
          })
          return {
            id,
            type: article.type,
            lengths,
            terms: counted.filter((c) => [...c.bounded, ...c.unbounded].some((n) => n > 0)),
          }
        })
        gathered.push({ set: set.name, half, relevant, candidates })
      }
    }
    await dispose()
  }
  return gathered
}

function memoize(compute: (text: string) => Promise<number>): (text: string) => Promise<number> {
  const known = new Map<string, Promise<number>>()
  return (text) => {
    const found = known.get(text) ?? compute(text)
    known.set(text, found)
    return found
  }
}
