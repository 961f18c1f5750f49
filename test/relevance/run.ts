// Measures ranking on every judged set and prints a table:  npx tsx test/relevance/run.ts [tune|test|all] [set name part]
import { archiveOf } from '../support/archive-of.ts'
import { measureSet } from './measure.ts'
import { type JudgedSet, readCorpus, readSets, sharedFolder } from './sets.ts'

const [half = 'test', part = ''] = process.argv.slice(2)
const shared = sharedFolder()
if (!shared) {
  console.log('跳过：这里没有度量用的数据（../shared/data）')
  process.exit(0)
}
const chosen = readSets(shared).filter((set) => set.name.includes(part))
const byCorpus = new Map<JudgedSet['corpus'], JudgedSet[]>()
for (const set of chosen) byCorpus.set(set.corpus, [...(byCorpus.get(set.corpus) ?? []), set])
console.log('| set | queries | MRR@10 | S@1 | S@10 | nDCG@10 | recall@100 |\n|---|--:|--:|--:|--:|--:|--:|')
for (const [corpus, sets] of byCorpus) await measure(corpus, sets)

async function measure(corpus: JudgedSet['corpus'], sets: readonly JudgedSet[]): Promise<void> {
  const { archive, dispose } = await archiveOf(readCorpus(shared!, corpus))
  for (const set of sets) {
    const { figures, count } = await measureSet(archive, set, half)
    const row = Object.values(figures).map((value) => value.toFixed(3))
    console.log(`| ${set.name} (${half}) | ${count} | ${row.join(' | ')} |`)
  }
  await dispose()
}
