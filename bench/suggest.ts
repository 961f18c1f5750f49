// Suggestions over a made archive: npx tsx bench/suggest.ts [HEADLINES] [TERMS] (1,000,000 and 200,000 when absent).
import { firstWordId, openLexicon } from '../src/analysis/lexicon.ts'
import { readingsOf } from '../src/suggest/readings.ts'
import { createSuggester, openSuggester } from '../src/suggest/suggester.ts'
import type { Suggester, VocabularyEntry } from '../src/suggest/vocabulary.ts'

const [headlineText = '1000000', termText = '200000'] = process.argv.slice(2)
const headlineCount = Number(headlineText)
const termCount = Number(termText)
const keystrokes = 4000

let state = 1
/** Lehmer generator; the same archive in every run. */
function random(): number {
  state = (state * 48271) % 0x7fffffff
  return state / 0x7fffffff
}

const { wordCount, wordOf } = openLexicon()
const vocabulary = Array.from({ length: Math.min(termCount, wordCount) }, (_, i) =>
  wordOf(firstWordId + Math.floor((i * wordCount) / Math.min(termCount, wordCount))),
)

/** Words as unevenly used as in print (Zipf): the n-th with a share of 1/n. */
function word(): string {
  return vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? vocabulary[0]!
}

function headline(): string {
  let text = word()
  while (text.length < 17) text += word()
  return text
}

function* entries(): Generator<VocabularyEntry> {
  for (const [i, text] of vocabulary.entries()) {
    yield { text, kind: 'term', count: Math.ceil(headlineCount / (i + 1)) }
  }
  for (let i = 0; i < headlineCount; i++) {
    yield { text: headline(), kind: 'headline', count: 1, id: `paper-2018-11-07-03-${i}` }
  }
}

/** Processor time of this process in milliseconds, so that other work on the machine counts less. */
function milliseconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function seconds(work: () => void): string {
  return (milliseconds(work) / 1000).toFixed(2)
}

function megabytes(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}

/** What a reader types one key after the other: the beginnings of a text, its sound, its initials, its middle. */
function typedBy(): string[] {
  const text = random() < 0.5 ? word() : headline()
  const kind = Math.floor(random() * 5)
  if (kind === 0) return beginnings(text.slice(0, 8))
  if (kind === 1) return beginnings(text.slice(Math.floor(random() * text.length)).slice(0, 6))
  const sounds = Array.from(text.slice(0, 4), (char) => readingsOf(char)[0] ?? '')
  if (kind === 2) return beginnings(sounds.join(''))
  if (kind === 3) return beginnings(sounds.map((sound) => sound.slice(0, 1)).join(''))
  return beginnings(text[0] + sounds.slice(1).join(''))
}

function beginnings(text: string): string[] {
  return Array.from({ length: text.length }, (_, i) => text.slice(0, i + 1))
}

function measure(suggester: Suggester, what: string): void {
  const times: number[] = []
  let slowest = ''
  while (times.length < keystrokes) {
    for (const q of typedBy()) {
      const time = milliseconds(() => suggester.suggest(q, 10))
      if (times.every((other) => other < time)) slowest = q
      times.push(time)
    }
  }
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(2)
  console.log(
    `${what}: ${times.length} keystrokes, median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, ` +
      `slowest ${at(1)} ms (${slowest})`,
  )
}

let packed: Uint8Array = new Uint8Array(0)
console.log(`made and packed in ${seconds(() => (packed = createSuggester(entries()).toBytes()))} s`)
const before = megabytes() - packed.byteLength / 1e6
let suggester!: Suggester
console.log(
  `${(packed.byteLength / 1e6).toFixed(0)} MB packed, opened in ${seconds(() => (suggester = openSuggester(packed)))} s`,
)
console.log(`${suggester.size} things to suggest`)
measure(suggester, 'before the middles of terms are in')
console.log(`middles of terms filled in ${seconds(() => suggester.addSome(Number.POSITIVE_INFINITY))} s`)
console.log(`memory ${(megabytes() - before).toFixed(0)} MB (packed bytes included; run with --expose-gc)`)
measure(suggester, 'complete')
