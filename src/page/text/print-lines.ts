// The lines of a text page as units of print: cleaned, measured, and parted where two columns share a line.
import { emWidth, endsClause } from '../structure/chars.ts'
import { cleanCharacters, isLetterSpaced, removeLetterSpacing } from '../structure/join-lines.ts'
import { mayCloseCaption } from './find-captions.ts'
import type { Unit } from './unit.ts'

export type { Unit } from './unit.ts'

interface Line {
  line: number
  raw: string
  text: string
  stretched: boolean
  /** Two full-width blanks are how a paragraph is opened; other white space may be the exporter's. */
  indent: 'none' | 'some' | 'paragraph'
  width: number
}

/** Units of the lines whose index is not in `skip`; measures and blanks are filled in. */
export function toUnits(rawLines: readonly string[], firstLine: number, skip: ReadonlySet<number>): Unit[] {
  const lines: (Line | null)[] = rawLines.map((raw, i) => {
    if (skip.has(i)) return null
    const clean = cleanCharacters(raw)
    if (clean.trim() === '') return null
    const stretched = isLetterSpaced(clean)
    const text = removeLetterSpacing(clean, true)
    return {
      line: firstLine + i,
      raw,
      text,
      stretched,
      indent: stretched
        ? 'none'
        : /^\u3000{2}(?=\S)/u.test(clean)
          ? 'paragraph'
          : /^(?:\u3000|\u3000{3,4}|\t| {2,8})(?=\S)/u.test(clean)
            ? 'some'
            : 'none',
      width: emWidth(text),
    }
  })
  const present = lines.filter((line): line is Line => line !== null)
  // Where every line is indented (pdftotext -layout) an indent says nothing.
  const share = (indent: Line['indent']): number =>
    present.filter((line) => line.indent === indent).length / Math.max(1, present.length)
  const tells = {
    none: false,
    some: share('some') < 0.5,
    paragraph: share('paragraph') < 1 || present.length < 3,
  }
  const measures = findMeasures(present)
  const units: Unit[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    if (line === null || line === undefined) continue
    const parts = splitMixed(line, measures)
    parts.forEach((text, part) => {
      units.push({
        index: units.length,
        line: line.line,
        part,
        text,
        width: emWidth(text),
        measure: 0,
        stretched: line.stretched,
        indented: part === 0 && tells[line.indent],
        blankBefore: part > 0 ? 0 : countBlank(lines, rawLines, i, -1),
        blankAfter: part < parts.length - 1 ? 0 : countBlank(lines, rawLines, i, 1),
      })
    })
  }
  for (const unit of units) unit.measure = localMeasure(units, unit.index)
  return units
}

/** Blank or skipped lines up to the next printed line in a direction. */
function countBlank(
  lines: readonly (Line | null)[],
  raw: readonly string[],
  from: number,
  step: 1 | -1,
): number {
  let count = 0
  for (let i = from + step; i >= 0 && i < raw.length; i += step) {
    if (lines[i] !== null && lines[i] !== undefined) return count
    count++
  }
  return Math.max(count, 1)
}

/** Widths at which many lines of the page end, widest evidence first. */
function findMeasures(lines: readonly Line[]): number[] {
  const counts = new Map<number, number>()
  for (const line of lines) {
    if (line.width < 6) continue
    const key = Math.round(line.width * 2) / 2
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const peaks: { width: number; count: number }[] = []
  for (const [width] of counts) {
    const count = (counts.get(width) ?? 0) + (counts.get(width - 0.5) ?? 0) + (counts.get(width + 0.5) ?? 0)
    if (
      count >= 5 &&
      (counts.get(width) ?? 0) >= (counts.get(width - 0.5) ?? 0) &&
      (counts.get(width) ?? 0) >= (counts.get(width + 0.5) ?? 0)
    )
      peaks.push({ width, count })
  }
  return peaks
    .sort((a, b) => b.count - a.count)
    .slice(0, 12)
    .map((peak) => peak.width)
}

/**
 * Parts a line on which neighbouring columns were printed side by side. It is parted at those gaps that leave
 * parts as wide as columns of this page are; a headline with a gap, or a number with spaces, stays whole.
 */
function splitMixed(line: Line, measures: readonly number[]): string[] {
  const pieces = line.text.split(/ +/u)
  if (pieces.length < 2 || line.stretched || line.width < 16 || mayCloseCaption(line.text)) return [line.text]
  const gaps = pieces.length - 1
  if (gaps > 12) return [line.text]
  let best = fitness(line.width, line.text, measures, true, true)
  let bestParts = [line.text]
  // Bit k set: part the line at gap k.
  const visit = (at: number, parts: string[], score: number): void => {
    if (at === pieces.length) {
      if (parts.length < 2) return
      const mean = score / parts.length
      if (mean > best + 0.25) {
        best = mean
        bestParts = parts
      }
      return
    }
    for (let end = at + 1; end <= pieces.length; end++) {
      if (at === 0 && end === pieces.length) continue
      const text = pieces.slice(at, end).join(' ')
      // A space that the print holds is about a third of an em wide.
      const fit = fitness(
        emWidth(text) + 0.3 * (end - at - 1),
        text,
        measures,
        at === 0,
        end === pieces.length,
      )
      if (fit < -0.2 && end < pieces.length) continue
      visit(end, [...parts, text], score + fit)
    }
  }
  visit(0, [], 0)
  return bestParts
}

/** How much a stretch of print looks like one line of a column: 1 like a full line, 0.8 like a first line, less for others. */
function fitness(
  width: number,
  text: string,
  measures: readonly number[],
  first: boolean,
  last: boolean,
): number {
  let fit = -0.5
  measures.forEach((measure, rank) => {
    const weight = 1 - rank * 0.02
    // Digits and squeezed punctuation make a line look wider or narrower than it is.
    const loose = /[\dA-Za-z“”，。、：；（）《》]/u.test(text) ? 1.1 : 0.55
    if (Math.abs(width - measure) <= 0.55) fit = Math.max(fit, weight)
    else if (Math.abs(width - measure) <= loose) fit = Math.max(fit, 0.85 * weight)
    else if (Math.abs(width - (measure - 2)) <= 0.55) fit = Math.max(fit, 0.7 * weight)
    else if (width < measure - 1 && endsClause(text) && width >= 2) fit = Math.max(fit, last ? 0.35 : 0.3)
  })
  // A signature stays with its text.
  if (!first && last && width < 8 && /^[（(]/u.test(text)) fit = -2
  // A dateline's bracket is not a place to part.
  if (!last && /[（(](?:[^（）()]{0,6})?$/u.test(text)) fit = -1
  if (!first && last && width < 3 && !endsClause(text)) fit = -1
  return fit
}

/**
 * The width of a full line around a unit: the width at which most lines near it end. A unit that is wider than its
 * neighbours takes their measure all the same: it is no line of their column.
 */
function localMeasure(units: readonly Unit[], at: number): number {
  const own = units[at]!
  const reach = 12
  const low = Math.max(0, at - reach)
  const high = Math.min(units.length - 1, at + reach)
  const candidates = new Set<number>([Math.round(own.width * 2) / 2])
  for (let i = low; i <= high; i++)
    if (units[i]!.width >= 5) candidates.add(Math.round(units[i]!.width * 2) / 2)
  let best = Math.max(own.width, 4)
  let bestScore = 0
  for (const measure of candidates) {
    let score = 0
    for (let i = low; i <= high; i++) {
      if (i === at) continue
      const weight = 1 / (1 + Math.abs(i - at) / 3)
      const gap = units[i]!.width - measure
      if (Math.abs(gap) <= 0.55) score += weight
      else if (Math.abs(gap + 2) <= 0.55) score += weight * 0.4
      else if (gap > 0.55 && gap < 1.6) score += weight * 0.5
      else if (gap >= 1.6 && gap < 3.5) score -= weight * 0.3
    }
    const over = own.width - measure
    if (over > 1.6) score *= 0.35
    else if (over > -0.6 || Math.abs(over + 2) <= 0.6) score *= 1.25
    if (score > bestScore) {
      bestScore = score
      best = measure
    }
  }
  return best
}
