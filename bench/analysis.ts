// How fast texts are folded, cut and searched for keys: units per second of processor time, medians of several rounds.
// Run: npx tsx bench/analysis.ts CORPUS.jsonl[.gz] [articles]
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createAnalyzer, createOccurrences } from '../src/analysis/analyzer.ts'
import { jiebaCut } from '../src/analysis/jieba.ts'
import { fold, foldForms, normalize } from '../src/normalize/normalize.ts'

const [file, count = '6000'] = process.argv.slice(2)
if (file === undefined) {
  console.error('用法：npx tsx bench/analysis.ts CORPUS.jsonl[.gz] [篇数]')
  process.exit(2)
}

const bytes = readFileSync(file)
const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  .toString('utf8')
  .split('\n')
  .slice(0, Number(count))
const printed = lines
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { title?: string; body?: string })
  .map(({ title = '', body = '' }) => `${title}\n${body}`)

/** Processor time of this process, so that other work on the machine counts less. */
function seconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

function row(name: string, texts: readonly string[], work: (text: string) => void, rounds = 7): void {
  const units = texts.reduce((sum, text) => sum + text.length, 0)
  const speeds = Array.from({ length: rounds }, () => units / seconds(() => texts.forEach(work)) / 1e6)
  const median = speeds.sort((a, b) => a - b)[rounds >> 1]!
  console.log(`| ${name} | ${median.toFixed(1)} |`)
}

console.log(`${printed.length} articles; million units per second of processor time, median of 7`)
const opening = seconds(() => createAnalyzer())
row('fold', printed, fold)
row('foldForms (indexing)', printed, foldForms)
row('normalize (with the way back)', printed, normalize)

const analyzer = createAnalyzer()
const forms = printed.map(foldForms)
const folded = forms.map(({ text }) => text)
const occurrences = createOccurrences()
let at = 0
let found = 0
row('occurrences', folded, () => {
  analyzer.occurrences(folded[at++ % folded.length]!, occurrences)
  found += occurrences.count
})
row('cut', folded, (text) => analyzer.cut(text), 3)
row('nodejieba.cut alone', folded, jiebaCut, 3)
const units = folded.reduce((sum, text) => sum + text.length, 0)
console.log(`| opening the lexicon, ms | ${(opening * 1000).toFixed(0)} |`)
console.log(`| occurrences per unit | ${(found / 7 / units).toFixed(2)} |`)
