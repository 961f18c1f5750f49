// Corrects what was typed: run by run, with nothing but terms that the archive contains.
import { fold } from '../normalize/normalize.ts'
import type { Correction, CorrectionReason, CorrectOptions, Corrector, CountedTerm } from './correction.ts'
import { createNearTerms, nearPairsInSteps } from './near-terms.ts'
import { termOf } from './run-candidates.ts'
import { createRunReader, type RunReading } from './run-reading.ts'
import { runToEnd } from './steps.ts'
import { isSyllable, longestSyllable, parseTyped, type TypedToken } from './syllables.ts'
import { createTermTable, type TermTable } from './term-table.ts'

/** A longer run is a passage that was copied, not typed. */
const longestRun = 40
/** Characters of all runs of a query that are looked at; the runs behind them stay as typed. */
const mostCorrected = 64
const defaultLimit = 5
/** A correction must be so much likelier than the run as typed, in natural logarithm units. */
const leastGain = 1
/** ... or at most so much less likely, when no article has the run and some of its characters belong to no term. */
const lossAccepted = 6
/** A string that stands in some article, but is no term, may be corrected to a term in so many times more articles. */
const leastRatio = 10
/** From this length on a string that stands in some article is right; shorter ones stand across words by chance. */
const surelyMeant = 3

/** A piece of a query: a run that can be corrected, or what stands between runs. */
interface Piece {
  text: string
  isRun: boolean
}

interface RunCorrection {
  text: string
  score: number
  cost: number
  reason: CorrectionReason
  count: number
}

/** A corrector with the terms of an archive; terms with a count below 1 are left out. @internal */
export function createCorrector(terms: Iterable<CountedTerm>): Corrector {
  const table = createTermTable(asEntries(terms))
  return correctorOver(table, runToEnd(nearPairsInSteps(table.keys)))
}

function* asEntries(terms: Iterable<CountedTerm>) {
  for (const { text, count } of terms) yield { text, count, kind: 'term' as const }
}

/** A corrector over tables that are already made. */
export function correctorOver(table: TermTable, nearPairs: Float64Array): Corrector {
  const read = createRunReader(table, createNearTerms(table, nearPairs))

  function correctRun(run: string, options: CorrectOptions): RunCorrection[] {
    const key = fold(run)
    if (key.length < 2 || termOf(table, key) >= 0) return []
    const tokens = parseTyped(run).map(foldedToken)
    const hasLetters = tokens.some((token) => token.kind === 'letters')
    const occurring = options.countOf?.(run)
    if (!hasLetters && occurring !== undefined && occurring > 0 && key.length >= surelyMeant) return []
    const readings = [...read(tokens), ...(hasLetters ? withUmlauts(tokens) : [])].sort(
      (a, b) => b.score - a.score,
    )
    const asTyped = readings.find((reading) => reading.corrected === 0)
    if (!hasLetters && occurring === undefined && asTyped?.strange === 0) return []
    const isHopeless = occurring === 0 && asTyped !== undefined && asTyped.strange > 0
    const leastScore = (asTyped?.score ?? Number.NEGATIVE_INFINITY) + (isHopeless ? -lossAccepted : leastGain)
    const found: RunCorrection[] = []
    let leastStrange = hasLetters ? 0 : Number.POSITIVE_INFINITY
    for (const reading of readings) {
      const { reason, count, strange, score, cost } = reading
      // A way that leaves more characters unexplained than a likelier one is no help to anybody.
      if (reason === null || strange > leastStrange) continue
      leastStrange = strange
      if (!hasLetters && score < leastScore) continue
      if (occurring !== undefined && count < occurring * leastRatio) continue
      found.push({ text: joined(reading, options), score, cost, reason, count })
    }
    return found
  }

  /** As if every u behind n or l were ü, which many keyboards do not have: nuxing is 女性 too. */
  function withUmlauts(tokens: readonly TypedToken[]): RunReading[] {
    const other = tokens.map((token) =>
      token.kind === 'letters'
        ? { ...token, letters: token.letters.replace(/([nl])u(?![aeio])/g, '$1v') }
        : token,
    )
    const isSame = other.every(
      (token, i) => token === tokens[i] || JSON.stringify(token) === JSON.stringify(tokens[i]),
    )
    return isSame ? [] : read(other)
  }

  function correct(query: string, options: CorrectOptions = {}): Correction[] {
    const limit = options.limit ?? defaultLimit
    const pieces = piecesOf(query)
    const answers = pieces.map(({ text, isRun }) => (isRun ? correctRun(text, options) : []))
    if (answers.every((answer) => answer.length === 0)) return []
    const firsts = answers.map((answer) => answer[0] ?? null)
    const rows = [firsts]
    for (const [place, answer] of answers.entries()) {
      for (const other of answer.slice(1)) rows.push(firsts.with(place, other))
    }
    const scored = rows.map((row) => ({ row, score: row.reduce((sum, run) => sum + (run?.score ?? 0), 0) }))
    scored.sort((a, b) => b.score - a.score)
    const corrections = new Map<string, Correction>()
    for (const { row } of scored) {
      const text = pieces.map((piece, i) => row[i]?.text ?? piece.text).join('')
      if (text !== query && !corrections.has(text)) corrections.set(text, toCorrection(text, row))
    }
    return [...corrections.values()].slice(0, limit)
  }

  return { size: table.texts.length, has: (text) => termOf(table, fold(text)) >= 0, correct }
}

function foldedToken(token: TypedToken): TypedToken {
  return token.kind === 'text' ? { kind: 'text', text: fold(token.text) } : token
}

/** One string where some article has it (or nobody can tell), else the parts with spaces: all of them are sought. */
function joined({ parts }: RunReading, { countOf }: CorrectOptions): string {
  const text = parts.join('')
  return parts.length > 1 && countOf !== undefined && countOf(text) === 0 ? parts.join(' ') : text
}

function toCorrection(text: string, row: readonly (RunCorrection | null)[]): Correction {
  const corrected = row.filter((run) => run !== null)
  const worst = corrected.reduce((a, b) => (b.cost > a.cost ? b : a))
  return {
    text,
    closeness: Math.exp(-worst.cost / 10),
    reason: worst.reason,
    count: Math.min(...corrected.map((run) => run.count)),
  }
}

const letter = '[A-Za-z\\u00c0-\\u024f\\u0300-\\u036f]'
const runPattern = new RegExp(
  `(?:\\p{Script=Han}|${letter}|(?<=${letter})[1-5](?!\\d)|(?<=${letter}[1-5]?)[\\s'’]+(?=${letter}))+`,
  'gu',
)

/**
 * Cuts a query into runs and what is between them. Letters parted by spaces are one run. Operators in capitals, names
 * of fields (in front of a colon) and everything that is neither Han nor letter stay as they are.
 */
function piecesOf(query: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  let looked = 0
  for (const found of query.matchAll(runPattern)) {
    const [text] = found
    if (found.index > end) pieces.push({ text: query.slice(end, found.index), isRun: false })
    end = found.index + text.length
    const code = codeBefore(query, found.index, text)
    if (code > 0) pieces.push({ text: text.slice(0, code), isRun: false })
    const isField = /^\s*[:：]/.test(query.slice(end))
    const isOperator = /\b(?:AND|OR|NOT)\b/.test(text)
    const isTypable = !isField && !isOperator && text.length <= longestRun
    if (isTypable) looked += text.length
    pieces.push({ text: text.slice(code), isRun: isTypable && looked <= mostCorrected })
  }
  if (end < query.length) pieces.push({ text: query.slice(end), isRun: false })
  return pieces
}

/** Letters at the beginning of a run that belong to a digit before it, where only the others are pinyin: 5gwangluo. */
function codeBefore(query: string, start: number, run: string): number {
  if (!/[0-9]$/.test(query.slice(0, start)) || isPinyin(run)) return 0
  return [1, 2].find((length) => isPinyin(run.slice(length))) ?? 0
}

function isPinyin(letters: string): boolean {
  if (!/^[a-z]+$/i.test(letters)) return false
  const isEnd = new Array<boolean>(letters.length + 1).fill(false)
  isEnd[0] = true
  for (let at = 0; at < letters.length; at++)
    for (let end = at + 1; isEnd[at] && end <= Math.min(letters.length, at + longestSyllable); end++)
      if (isSyllable(letters.slice(at, end).toLowerCase())) isEnd[end] = true
  return isEnd[letters.length]!
}
