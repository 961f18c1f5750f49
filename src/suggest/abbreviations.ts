// Proposes short forms and what they stand for (棚改 = 棚户区改造), with the articles that say so; an editor decides.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { foldForms } from '../normalize/normalize.ts'

/** An article as the miner reads it. */
export interface MinedArticle {
  id: string
  headline: string
  body: string
}

export interface AbbreviationProposal {
  short: string
  full: string
  /** Articles whose headline has the short form and whose body has the full one. */
  articles: number
  /** Articles with the short form in the headline. */
  shortArticles: number
  /** How many times likelier the full form is in the articles with the short form than in all articles. */
  lift: number
  /** At most three of the articles. */
  examples: string[]
}

export interface ProposeOptions {
  /** Articles a pair must stand in; 3 when absent. */
  leastArticles?: number
  /** At most so many proposals; 200 when absent. */
  limit?: number
}

const shortLengths = { least: 2, most: 4 } as const
const fullLengths = { least: 4, most: 10 } as const
/** Words of a full form: 环境|保护, 全国|人民|代表|大会. */
const mostWords = 4
/** A pair must be so many times likelier together than apart. */
const leastLift = 3
const exampleCount = 3
const han = /^\p{Script=Han}+$/u

/** Where a full form was seen, or how often. */
interface Pair {
  short: string
  full: string
  articles: number
  examples: string[]
}

/**
 * A short form takes, in order, at least one character of each word of the full form, its first character being the
 * full form's first; the full form does not contain it. Pairs are looked for between a headline and its own body (and
 * the other way round), since papers shorten in headlines what they write out below. Articles are read twice: call
 * `articles` gives them afresh. Most articles first.
 */
export function proposeAbbreviations(
  articles: () => Iterable<MinedArticle>,
  analyzer: Analyzer,
  options: ProposeOptions = {},
): AbbreviationProposal[] {
  const least = options.leastArticles ?? 3
  const pairs = new Map<string, Pair>()
  const shortArticles = new Map<string, number>()
  let total = 0
  for (const { id, headline, body } of articles()) {
    total++
    const shorts = shortForms(headline, analyzer)
    for (const short of shorts) shortArticles.set(short, (shortArticles.get(short) ?? 0) + 1)
    for (const [short, full] of pairsIn(shorts, body, analyzer)) note(pairs, short, full, id)
  }
  const enough = [...pairs.values()].filter((pair) => pair.articles >= least)
  const fullArticles = countArticles(new Set(enough.map(({ full }) => full)), articles())
  const proposals: AbbreviationProposal[] = []
  for (const { short, full, articles: together, examples } of enough) {
    const withShort = shortArticles.get(short) ?? together
    const lift = together / withShort / ((fullArticles.get(full) ?? together) / total)
    if (lift >= leastLift) {
      proposals.push({ short, full, articles: together, shortArticles: withShort, lift, examples })
    }
  }
  return best(proposals).slice(0, options.limit ?? 200)
}

/** Han words of a headline that are short enough, simplified. */
function shortForms(headline: string, analyzer: Analyzer): Set<string> {
  const forms = foldForms(headline)
  const shorts = new Set<string>()
  for (const { start, end } of analyzer.cut(forms)) {
    const word = forms.simplified.slice(start, end)
    if (word.length >= shortLengths.least && word.length <= shortLengths.most && han.test(word))
      shorts.add(word)
  }
  return shorts
}

/** Distinct pairs of a short form and a row of words of the body. */
function pairsIn(
  shorts: ReadonlySet<string>,
  body: string,
  analyzer: Analyzer,
): [short: string, full: string][] {
  const byFirst = new Map<string, string[]>()
  for (const short of shorts) byFirst.set(short[0]!, [...(byFirst.get(short[0]!) ?? []), short])
  const found = new Map<string, [string, string]>()
  const forms = foldForms(body)
  const words = analyzer.cut(forms).map(({ start, end }) => forms.simplified.slice(start, end))
  for (const [place, word] of words.entries()) {
    const candidates = byFirst.get(word[0]!)
    if (candidates === undefined || word.length < 2) continue
    const row: string[] = []
    for (let end = place; end < Math.min(words.length, place + mostWords); end++) {
      row.push(words[end]!)
      const full = row.join('')
      if (full.length > fullLengths.most || words[end]!.length < 2 || !han.test(full)) break
      if (full.length < fullLengths.least) continue
      // The dictionary has 医疗保险 as one word: its first two characters count as one of two.
      const parts = row.length > 1 ? row : [full.slice(0, 2), full.slice(2)]
      for (const short of candidates) {
        if (shortens(short, parts)) found.set(`${short}=${full}`, [short, full])
      }
    }
  }
  return [...found.values()]
}

/** Whether the short form takes at least one character of each word, in order, and is shorter by half. */
export function shortens(short: string, words: readonly string[]): boolean {
  const full = words.join('')
  if (short.length * 2 > full.length || short[0] !== full[0] || full.includes(short)) return false
  // places[w] after k characters: whether k characters can end in word w, every earlier word having given one.
  const fits = (character: number, word: number, from: number): boolean => {
    if (character === short.length) return word === words.length - 1
    for (const next of [word, word + 1]) {
      const at = words[next]?.indexOf(short[character]!, next === word ? from : 0) ?? -1
      if (at >= 0 && fits(character + 1, next, at + 1)) return true
    }
    return false
  }
  return fits(1, 0, 1)
}

function note(pairs: Map<string, Pair>, short: string, full: string, id: string): void {
  const key = `${short}=${full}`
  const pair = pairs.get(key)
  if (pair === undefined) pairs.set(key, { short, full, articles: 1, examples: [id] })
  else {
    pair.articles++
    if (pair.examples.length < exampleCount) pair.examples.push(id)
  }
}

/** Articles whose headline or body contains each full form. */
function countArticles(fulls: ReadonlySet<string>, articles: Iterable<MinedArticle>): Map<string, number> {
  const starts = new Map<string, string[]>()
  for (const full of fulls) {
    const start = full.slice(0, 2)
    starts.set(start, [...(starts.get(start) ?? []), full])
  }
  const counts = new Map<string, number>()
  if (fulls.size === 0) return counts
  for (const { headline, body } of articles) {
    const text = foldForms(`${headline}\n${body}`).simplified
    const seen = new Set<string>()
    for (let at = 0; at + 1 < text.length; at++) {
      for (const full of starts.get(text.slice(at, at + 2)) ?? []) {
        if (!seen.has(full) && text.startsWith(full, at)) seen.add(full)
      }
    }
    for (const full of seen) counts.set(full, (counts.get(full) ?? 0) + 1)
  }
  return counts
}

/** One full form for a short one where another contains it, and most articles first. */
function best(proposals: AbbreviationProposal[]): AbbreviationProposal[] {
  const kept: AbbreviationProposal[] = []
  const ranked = proposals.sort((a, b) => b.articles * Math.log(b.lift) - a.articles * Math.log(a.lift))
  for (const proposal of ranked) {
    const isVariant = kept.some(
      ({ short, full }) =>
        short === proposal.short && (full.includes(proposal.full) || proposal.full.includes(full)),
    )
    if (!isVariant) kept.push(proposal)
  }
  return kept
}
