// Measures suggestions and corrections on a collection of real articles: npx tsx scripts/measure-corrections.ts FILE.jsonl.gz
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createAnalyzer, createOccurrences } from '../src/analysis/analyzer.ts'
import { fold, foldForms } from '../src/normalize/normalize.ts'
import { mineCompounds } from '../src/suggest/compounds.ts'
import type { Correction, CountedTerm } from '../src/suggest/correction.ts'
import { readingsOf, wordReading } from '../src/suggest/readings.ts'
import { createSuggester } from '../src/suggest/suggester.ts'
import type { VocabularyEntry } from '../src/suggest/vocabulary.ts'

interface SourceArticle {
  id: string
  title: string
  body: string
}

/** How often the right answer was first, among the first three and among the first five. */
class Tally {
  readonly #what: string
  readonly #places: number[] = []
  readonly #missed: string[] = []

  constructor(what: string) {
    this.#what = what
  }

  add(place: number, example: string): void {
    this.#places.push(place)
    if (place !== 0) this.#missed.push(`${example}${place < 0 ? '' : `@${place + 1}`}`)
  }

  print(): void {
    const share = (within: number) => {
      const hits = this.#places.filter((place) => place >= 0 && place < within).length
      return `${((100 * hits) / Math.max(1, this.#places.length)).toFixed(1)} %`
    }
    console.log(
      `${this.#what}: ${this.#places.length} tried, first ${share(1)}, first three ${share(3)}, first five ${share(5)}`,
    )
    console.log(`  not first: ${this.#missed.slice(0, 24).join(' ')}`)
  }
}

const sampleSize = 500
const rightTerms = 2000
const leastCount = 3

const [file, seedText = '1'] = process.argv.slice(2)
if (file === undefined) {
  console.error('用法：npx tsx scripts/measure-corrections.ts FILE.jsonl.gz [SEED]')
  process.exit(2)
}
const random = seededRandom(Number(seedText))
const articles = gunzipSync(readFileSync(file))
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as SourceArticle)
const analyzer = createAnalyzer()
const started = performance.now()
const lap = (what: string) => console.log(`${what} ${((performance.now() - started) / 1000).toFixed(1)} s`)

const texts = articles.map(({ title, body }) => `${fold(title)}\n${fold(body.replaceAll('\n', ' '))}`)
const terms = countedTerms()
lap(`${articles.length} articles, ${terms.length} terms,`)
const headlineWords = countHeadlineWords()
const sampled = sample(
  [...headlineWords].filter(([, count]) => count >= leastCount).map(([word]) => word),
  sampleSize,
)
const entries: VocabularyEntry[] = [
  ...terms.map(({ text, count }) => ({ text, count, kind: 'term' as const })),
  ...articles.toReversed().map(({ title, id }) => ({ text: title, id, count: 1, kind: 'headline' as const })),
]
const termCounts = new Map(terms.map(({ text, count }) => [text, count]))
const suggester = createSuggester(entries, {
  compounds: { analyzer, countOf: (text) => termCounts.get(text) ?? 0 },
})
while (!suggester.addSome(1000));
const corrector = suggester.corrector()!
lap('suggester and corrector made')

const counts = new Map<string, number>()
const archiveText = texts.join('\n')
measureSuggestions()
measureMistakes()
measureRightTerms()

/** Every lexicon word and every mined compound with the number of articles that contain it. */
function countedTerms(): CountedTerm[] {
  const occurrences = createOccurrences()
  const byId = new Uint32Array(analyzer.keyIdLimit)
  const lastArticle = new Int32Array(analyzer.keyIdLimit).fill(-1)
  const compounds = mineCompounds(
    articles.map(({ title }) => title),
    analyzer,
  )
  lap(`${compounds.length} compounds mined,`)
  const compoundCounts = new Map(compounds.map(({ text }) => [fold(text), { text, count: 0, last: -1 }]))
  // Most places begin no compound: one look at a table of hashed pairs tells.
  const starts = new Uint8Array(2 ** 20)
  const slotAt = (key: string, at: number) =>
    Math.imul(key.charCodeAt(at) * 65536 + key.charCodeAt(at + 1), 0x9e3779b1) >>> 12
  for (const key of compoundCounts.keys()) starts[slotAt(key, 0)] = 1
  for (const [number, text] of texts.entries()) {
    analyzer.occurrences(text, occurrences)
    for (let i = 0; i < occurrences.count; i++) {
      const id = occurrences.keys[i]!
      if (id < 0x10000 || id >= analyzer.keyIdLimit || lastArticle[id] === number) continue
      lastArticle[id] = number
      byId[id] = byId[id]! + 1
    }
    for (let at = 0; at + 1 < text.length; at++) {
      if (starts[slotAt(text, at)] === 0) continue
      for (let length = 2; length <= 8; length++) {
        const compound = compoundCounts.get(text.slice(at, at + length))
        if (compound === undefined || compound.last === number) continue
        compound.last = number
        compound.count++
      }
    }
  }
  const counted: CountedTerm[] = [...compoundCounts.values()]
  for (let id = 0x10000; id < analyzer.keyIdLimit; id++) {
    if (byId[id]! > 0) counted.push({ text: analyzer.keyOf(id), count: byId[id]! })
  }
  return counted
}

function countHeadlineWords(): Map<string, number> {
  const words = new Map<string, number>()
  for (const { title } of articles) {
    const forms = foldForms(title)
    const inTitle = new Set(
      analyzer.cut(forms.text).map(({ start, end }) => forms.simplified.slice(start, end)),
    )
    for (const word of inTitle)
      if (/^\p{Script=Han}{2,}$/u.test(word)) words.set(word, (words.get(word) ?? 0) + 1)
  }
  return words
}

function measureSuggestions(): void {
  const sounds = new Tally('full pinyin, suggestions')
  const spaced = new Tally('full pinyin with spaces, suggestions')
  const initials = new Tally('initials, suggestions (words of all lengths)')
  const longInitials = new Tally('initials, suggestions (words of three and more)')
  const weightedInitials = new Tally('initials, suggestions (words drawn by how often they are printed)')
  const offered = new Tally('full pinyin, corrections')
  const rankOf = (q: string, word: string) => suggester.suggest(q, 10).findIndex(({ text }) => text === word)
  const firstLetters = (reading: string[]) => reading.map((syllable) => syllable[0]).join('')
  for (const word of sampled) {
    const reading = wordReading(word)
    if (reading === null) continue
    sounds.add(rankOf(reading.join(''), word), word)
    spaced.add(rankOf(reading.join(' '), word), word)
    initials.add(rankOf(firstLetters(reading), word), word)
    if (word.length >= 3) longInitials.add(rankOf(firstLetters(reading), word), word)
    offered.add(placeOf(corrector.correct(reading.join(''), { countOf }), word), word)
  }
  for (const word of sampleByCount()) {
    const reading = wordReading(word)
    if (reading !== null) weightedInitials.add(rankOf(firstLetters(reading), word), word)
  }
  for (const tally of [sounds, spaced, initials, longInitials, weightedInitials, offered]) tally.print()
}

function measureMistakes(): void {
  const homophones = new Tally('one homophone, corrections')
  const wrong = new Tally('one wrong character in three and more, corrections')
  const missing = new Tally('one missing character in four and more, corrections')
  const swapped = new Tally('two swapped characters in three and more, corrections')
  const bySound = charactersBySound()
  const characters = [...new Set(sampled.join(''))]
  for (const word of sampled) {
    const place = Math.floor(random() * word.length)
    const others = (bySound.get(readingsOf(word[place]!)[0] ?? '') ?? []).filter(
      (char) => char !== word[place],
    )
    tryMistake(homophones, word, others.length > 0 ? replaced(word, place, pick(others)) : word)
    if (word.length < 3) continue
    tryMistake(wrong, word, replaced(word, place, pick(characters)))
    if (word.length >= 4) tryMistake(missing, word, word.slice(0, place) + word.slice(place + 1))
    const at = Math.min(place, word.length - 2)
    tryMistake(swapped, word, word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2))
  }
  for (const tally of [homophones, wrong, missing, swapped]) tally.print()
}

function tryMistake(tally: Tally, word: string, typed: string): void {
  if (typed === word || corrector.has(typed) || headlineWords.has(typed)) return
  tally.add(placeOf(corrector.correct(typed, { countOf }), word), `${typed}（${word}，${countOf(typed)}）`)
}

function measureRightTerms(): void {
  const right = sample(
    [...headlineWords].filter(([, count]) => count >= leastCount).map(([word]) => word),
    rightTerms,
  )
  for (const [how, options] of [
    ['', {}],
    [' with counts of the archive', { countOf }],
  ] as const) {
    const corrected = right.flatMap((word) =>
      corrector.correct(word, options).map(({ text }) => `${word}→${text}`),
    )
    console.log(
      `right terms corrected${how}: ${corrected.length} of ${right.length} ${corrected.slice(0, 8).join(' ')}`,
    )
  }
}

/** Places in which the archive has a string, at most 100,000. */
function countOf(text: string): number {
  const key = fold(text)
  let count = counts.get(key)
  if (count === undefined) {
    count = 0
    for (let at = archiveText.indexOf(key); at >= 0 && count < 100_000; at = archiveText.indexOf(key, at + 1))
      count++
    counts.set(key, count)
  }
  return count
}

function placeOf(corrections: Correction[], word: string): number {
  return corrections.findIndex(({ text }) => text === word)
}

/** Characters of the headlines by their usual sound, so that mistakes are characters a reader knows. */
function charactersBySound(): Map<string, string[]> {
  const bySound = new Map<string, string[]>()
  for (const char of new Set([...headlineWords.keys()].join(''))) {
    const [sound] = readingsOf(char)
    if (sound !== undefined) bySound.set(sound, [...(bySound.get(sound) ?? []), char])
  }
  return bySound
}

function sampleByCount(): string[] {
  const bag = [...headlineWords].flatMap(([word, count]) => new Array<string>(count).fill(word))
  return Array.from({ length: sampleSize }, () => pick(bag))
}

function replaced(word: string, place: number, char: string): string {
  return word.slice(0, place) + char + word.slice(place + 1)
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!
}

function sample<T>(items: T[], size: number): T[] {
  const rest = [...items]
  return Array.from({ length: Math.min(size, rest.length) }, () => {
    const [item] = rest.splice(Math.floor(random() * rest.length), 1)
    return item!
  })
}

/** Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
