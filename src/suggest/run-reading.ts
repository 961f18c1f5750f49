// Reads one run as a row of terms: the likeliest rows, weighed as a noisy channel with the terms' frequencies.
import type { CorrectionReason } from './correction.ts'
import type { NearTerms } from './near-terms.ts'
import {
  candidatesForInitials,
  candidatesForSound,
  candidatesForText,
  hasSoundBeginning,
  type RunCandidate,
} from './run-candidates.ts'
import type { TypedToken } from './syllables.ts'
import type { TermTable } from './term-table.ts'

/** One way to read a run. */
export interface RunReading {
  /** The parts one after the other; a part that is no term stands as typed. */
  parts: string[]
  /** Natural logarithm of the likelihood, up to a constant. */
  score: number
  /** Of the costliest correction. */
  cost: number
  /** Parts that are not as typed. */
  corrected: number
  /** Of that correction; null when there is none. */
  reason: CorrectionReason | null
  /** Articles of the rarest term; 0 when there is none. */
  count: number
  /** Characters or letters that belong to no term. */
  strange: number
}

/** One character or letter of a run. */
interface Unit {
  kind: TypedToken['kind']
  char: string
  isBreak: boolean
}

/** Units in a part. */
const longestPart = { text: 8, letters: 32 } as const
/** Ways kept to read the beginning of a run up to each place. */
const beam = 8
/** Terms tried for one part. */
const candidateLimit = 6
const mostCorrections = 3
/** Logarithm of the likelihood of a character, and of a letter, that belongs to no term. */
const strangeScore = { text: -10, letters: -16 } as const

/** Weighs terms by how often they occur among all terms. */
export function createRunReader(table: TermTable, near: NearTerms): (tokens: TypedToken[]) => RunReading[] {
  let total = 1
  for (const count of table.counts) total += count
  const logTotal = Math.log(total)
  const logShare = (term: number) => Math.log(table.counts[term]!) - logTotal

  /** The likeliest readings of a run, best first; text tokens are folded. */
  return (tokens) => {
    const units = unitsOf(tokens)
    const ways: RunReading[][] = Array.from({ length: units.length + 1 }, () => [])
    ways[0]!.push({ parts: [], score: 0, cost: 0, corrected: 0, reason: null, count: 0, strange: 0 })
    for (let start = 0; start < units.length; start++) {
      const here = best(ways[start]!)
      if (here.length === 0) continue
      for (const way of here) ways[start + 1]!.push(strange(way, units[start]!))
      forEachPart(table, near, units, start, (end, candidates) => {
        const likeliest = candidates
          .map((candidate) => ({ candidate, score: logShare(candidate.term) - candidate.cost }))
          .sort((a, b) => b.score - a.score)
          .slice(0, candidateLimit)
        for (const way of here) {
          for (const { candidate, score } of likeliest) {
            const next = extended(way, candidate, score, table)
            if (next.corrected <= mostCorrections || candidate.reason === 'pinyin') ways[end]!.push(next)
          }
        }
      })
    }
    return best(ways[units.length]!)
  }
}

function unitsOf(tokens: readonly TypedToken[]): Unit[] {
  return tokens.flatMap((token): Unit[] =>
    token.kind === 'letters'
      ? Array.from(token.letters, (char, i) => ({
          kind: token.kind,
          char,
          isBreak: token.breaks[i] === true,
        }))
      : Array.from(token.text, (char) => ({ kind: token.kind, char, isBreak: true })),
  )
}

function tokensOf(units: readonly Unit[]): TypedToken[] {
  const tokens: TypedToken[] = []
  for (const { kind, char, isBreak } of units) {
    const last = tokens.at(-1)
    if (kind === 'letters') {
      if (last?.kind === 'letters') {
        last.letters += char
        last.breaks.push(isBreak)
      } else tokens.push({ kind, letters: char, breaks: [isBreak] })
    } else if (last?.kind === 'text') last.text += char
    else tokens.push({ kind, text: char })
  }
  return tokens
}

function forEachPart(
  table: TermTable,
  near: NearTerms,
  units: readonly Unit[],
  start: number,
  visit: (end: number, candidates: RunCandidate[]) => void,
): void {
  let text = ''
  for (let end = start + 1; end <= units.length && units[end - 1]!.kind === 'text'; end++) {
    text += units[end - 1]!.char
    if (end - start > longestPart.text) break
    if (end - start > 1) visit(end, candidatesForText(table, near, text))
  }
  for (let end = start + 1; end <= Math.min(units.length, start + longestPart.letters); end++) {
    const part = units.slice(start, end)
    if (!part.some((unit) => unit.kind === 'letters')) continue
    const tokens = tokensOf(part)
    if (!hasSoundBeginning(table, tokens)) break
    visit(end, candidatesForSound(table, tokens))
  }
  const initials = initialsFrom(units, start)
  if (initials !== '') visit(start + initials.length, candidatesForInitials(table, initials, candidateLimit))
}

/** A whole stretch of letters between two breaks, or letters that are all parted; empty when none starts here. */
function initialsFrom(units: readonly Unit[], start: number): string {
  if (units[start]!.kind !== 'letters' || !units[start]!.isBreak) return ''
  let end = start + 1
  while (end < units.length && units[end]!.kind === 'letters' && !units[end]!.isBreak) end++
  if (end === start + 1) while (units[end]?.kind === 'letters' && units[end]!.isBreak) end++
  return units
    .slice(start, end)
    .map((unit) => unit.char)
    .join('')
}

function strange(way: RunReading, unit: Unit): RunReading {
  return {
    ...way,
    parts: [...way.parts, unit.char],
    score: way.score + strangeScore[unit.kind],
    strange: way.strange + 1,
  }
}

function extended(way: RunReading, candidate: RunCandidate, score: number, table: TermTable): RunReading {
  const { term, cost, reason } = candidate
  const count = table.counts[term]!
  const isCostliest = reason !== null && (way.reason === null || cost > way.cost)
  return {
    parts: [...way.parts, table.texts.at(term)!],
    score: way.score + score,
    cost: isCostliest ? cost : way.cost,
    corrected: way.corrected + (reason === null ? 0 : 1),
    reason: isCostliest ? reason : way.reason,
    count: way.count === 0 ? count : Math.min(way.count, count),
    strange: way.strange,
  }
}

/** The likeliest ways, one for each text. */
function best(ways: RunReading[]): RunReading[] {
  const seen = new Set<string>()
  const kept: RunReading[] = []
  for (const way of ways.sort((a, b) => b.score - a.score)) {
    const text = way.parts.join('')
    if (seen.has(text)) continue
    seen.add(text)
    kept.push(way)
    if (kept.length === beam) break
  }
  return kept
}
