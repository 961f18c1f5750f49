// Measures ranking on every judged set and prints a table:
//   npx tsx test/relevance/run.ts [tune|test|all] [set name part] [address of an OpenSearch cluster to measure beside it]
import { type Archive, buildArchive, openArchive } from '../../src/xunbao.ts'
import { archiveOf } from '../support/archive-of.ts'
import { measureSet } from './measure.ts'
import { type JudgedSet, readCorpus, readSets, sharedFolder } from './sets.ts'

const [half = 'test', part = '', cluster] = process.argv.slice(2)
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
  const articles = readCorpus(shared!, corpus)
  const { archive, dispose } = await archiveOf(articles)
  const archives = [['', archive]] as [name: string, archive: Archive][]
  if (cluster) {
    const place = { cluster, name: `relevance-${corpus.toLowerCase()}` }
    await buildArchive({ ...place, articles: [...articles], replicas: 0, force: true })
    archives.push([' on the cluster', await openArchive(place)])
  }
  for (const set of sets)
    for (const [name, one] of archives) {
      const { figures, count } = await measureSet(one, set, half)
      const row = Object.values(figures).map((value) => value.toFixed(3))
      console.log(`| ${set.name}${name} (${half}) | ${count} | ${row.join(' | ')} |`)
    }
  for (const [, one] of archives) await one.close()
  await dispose()
}
