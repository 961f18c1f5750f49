// Whether a headline's words typed in another way mean the same, and whether any string is read as a query in time.
// Run: npx tsx bench/analysis-equal.ts CORPUS.jsonl[.gz] [words] [random queries]
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Converter } from 'opencc-js'
import { createAnalyzer } from '../src/analysis/analyzer.ts'
import { fold } from '../src/normalize/normalize.ts'
import { equalForms } from '../src/query/alternatives.ts'
import { parseQuery } from '../src/query/parse-query.ts'
import { printQuery } from '../test/support/print-query.ts'

const [file, wordLimit = '20000', queryLimit = '200000'] = process.argv.slice(2)
if (file === undefined) {
  console.error('用法：npx tsx bench/analysis-equal.ts CORPUS.jsonl[.gz] [词数] [随机查询数]')
  process.exit(2)
}
const bytes = readFileSync(file)
const analyzer = createAnalyzer()
const words = new Set<string>()
const headlines: string[] = []
for (const line of (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')) {
  if (line === '') continue
  const { title = '' } = JSON.parse(line) as { title?: string }
  headlines.push(title)
  if (words.size >= Number(wordLimit)) continue
  for (const word of analyzer.cut(fold(title))) if (word.kind !== 'other') words.add(word.text)
}

/** How many stay equal when typed in another way; the first few that do not. */
function compare(name: string, texts: Iterable<string>, typed: (text: string) => string): void {
  let all = 0
  let equal = 0
  const others: string[] = []
  for (const text of texts) {
    all++
    if (equalForms(fold(typed(text))).includes(fold(text))) equal++
    else if (others.length < 10) others.push(`${text}/${typed(text)}`)
  }
  console.log(`| ${name} | ${all} | ${((100 * equal) / all).toFixed(3)} % | ${others.join(' ')} |`)
}

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replace(/ /g, '\u3000')
console.log('| typed as | texts | equal | not equal |\n|---|---|---|---|')
for (const [to, name] of [
  ['t', 'traditional'],
  ['tw', 'traditional, Taiwan'],
  ['hk', 'traditional, Hong Kong'],
] as const) {
  const convert = Converter({ from: 'cn', to })
  compare(`headline words, ${name}`, words, convert)
  compare(`headlines, ${name}`, headlines, convert)
}
compare('headlines, full width', headlines, fullWidth)
compare('headlines, upper case', headlines, (text) => text.toUpperCase())
compare('headlines, spaces between characters', headlines, (text) =>
  text.replace(/(?<=\p{Script=Han})(?=\p{Script=Han})/gu, '\u3000'),
)
compare(
  'years in Chinese digits',
  headlines.filter((text) => /(?<![0-9.])[12][0-9]{3}年/.test(text)),
  (text) =>
    text.replace(/(?<![0-9.])[12][0-9]{3}(?=年)/g, (year) =>
      [...year].map((digit) => '〇一二三四五六七八九'[Number(digit)]).join(''),
    ),
)

const signs = [
  ...'社区养老AND OR NOT或|-－+()（）"“”「」『』《》‘’~～?？*＊\\:：，。 \u3000\n0129aZ😀',
  '标题:',
  '日期:',
  '版:',
  '类型:',
  '\ud800',
]
let seed = 20181107
const random = (below: number): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}
let slowestMs = 0
let over = 0
let totalMs = 0
for (let i = 0; i < Number(queryLimit); i++) {
  let text = ''
  for (let n = random(64); n >= 0; n--) {
    text += random(3) === 0 ? String.fromCodePoint(random(0x110000)) : signs[random(signs.length)]!
  }
  // Processor time, so that other work on the machine does not count.
  const before = process.cpuUsage()
  printQuery(parseQuery(text).tree)
  const { user, system } = process.cpuUsage(before)
  const tookMs = (user + system) / 1000
  totalMs += tookMs
  slowestMs = Math.max(slowestMs, tookMs)
  if (tookMs > 100) over++
}
const meanUs = ((totalMs * 1000) / Number(queryLimit)).toFixed(0)
console.log(
  `${queryLimit} random queries: none threw, ${over} over 100 ms, slowest ${slowestMs.toFixed(1)} ms, mean ${meanUs} µs of processor time`,
)
