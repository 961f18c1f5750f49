// Lines in file order to columns of running text: each unit continues an open column, begins one, or is a heading.
import { headingOdds } from './heading-odds.ts'
import { bracketScore, type Junctions, openAfter } from './junction.ts'
import type { Unit } from './print-lines.ts'

/** Units that read on into each other, top to bottom: a stretch of one column of one text. */
export interface Column {
  units: number[]
}

interface OpenColumn {
  id: number
  last: number
  measure: number
  /** Rows of print so far, counted from the top of the area: where the next unit would stand. */
  bottom: number
  /** Brackets not yet closed. */
  open: string
  touched: number
}

interface Hypothesis {
  score: number
  columns: readonly OpenColumn[]
  nextId: number
  /** Row at which the block of print read last begins, and the column it went to (-1: a heading). */
  blockTop: number
  lastColumn: number
  parent: Hypothesis | null
  /** Column that the unit went to, -1 when it is a heading. */
  choice: number
}

const beamWidth = 14
const beamDelta = 14
const openColumns = 14

/** The likeliest reading of the units (those in `fixed` are no body text and pass by as headings do). */
export function weave(
  units: readonly Unit[],
  junctions: Junctions,
  fixed: ReadonlySet<number>,
): { columns: Column[]; headings: number[] } {
  let beam: Hypothesis[] = [
    { score: 0, columns: [], nextId: 0, blockTop: 0, lastColumn: -1, parent: null, choice: -1 },
  ]
  for (const unit of units) {
    const next: Hypothesis[] = []
    for (const hypothesis of beam) expand(hypothesis, unit, units, junctions, fixed, next)
    next.sort((a, b) => b.score - a.score)
    const floor = next[0]!.score - beamDelta
    const seen = new Set<string>()
    beam = []
    for (const each of next) {
      if (each.score < floor || beam.length >= beamWidth) break
      const key = `${each.lastColumn}:${each.columns.map((column) => column.last).join()}`
      if (seen.has(key)) continue
      seen.add(key)
      beam.push(each)
    }
  }
  const choices: number[] = []
  for (let at: Hypothesis | null = beam[0] ?? null; at !== null && at.parent !== null; at = at.parent)
    choices.push(at.choice)
  choices.reverse()
  const columns = new Map<number, Column>()
  const headings: number[] = []
  choices.forEach((choice, i) => {
    if (choice < 0) {
      if (!fixed.has(i)) headings.push(i)
      return
    }
    const column = columns.get(choice)
    if (column === undefined) columns.set(choice, { units: [i] })
    else column.units.push(i)
  })
  return { columns: [...columns.values()], headings }
}

function expand(
  from: Hypothesis,
  unit: Unit,
  units: readonly Unit[],
  junctions: Junctions,
  fixed: ReadonlySet<number>,
  into: Hypothesis[],
): void {
  const i = unit.index
  const pass = (score: number): void => {
    into.push({ ...from, score: from.score + score, lastColumn: -1, parent: from, choice: -1 })
  }
  if (fixed.has(i)) {
    pass(0)
    return
  }
  const afterHeading = i > 0 && from.lastColumn < 0
  let heading = headingOdds(unit)
  if (afterHeading && from.choice < 0 && unit.blankBefore === 0 && i > 0 && !fixed.has(i - 1)) heading += 0.8
  pass(heading)

  const ends = junctions.ends[i]!
  // A column begins: cheap below a heading or at a dateline, dear in the middle of a sentence.
  let start = -2.6
  if (ends.dateline) start = afterHeading ? 0.6 : -0.2
  else if (afterHeading) start = -0.4 + Math.log(ends.begins + 0.12)
  else if (unit.blankBefore > 0 || unit.part > 0) start = -1.8
  const column: OpenColumn = {
    id: from.nextId,
    last: i,
    measure: unit.measure,
    bottom: from.blockTop + 1,
    open: openAfter('', ends),
    touched: i,
  }
  into.push({
    score: from.score + start,
    columns: trim([...from.columns, column]),
    nextId: from.nextId + 1,
    blockTop: from.blockTop,
    lastColumn: column.id,
    parent: from,
    choice: column.id,
  })

  for (let c = 0; c < from.columns.length; c++) {
    const to = from.columns[c]!
    const last = units[to.last]!
    if (last.line === unit.line) continue
    let score = junctions.score(to.last, i) + bracketScore(to.open, ends)
    const skipped = i - to.last - 1
    if (skipped === 0) score += unit.blankBefore === 0 ? 2 : 0.6
    else if (last.line === unit.line - 1 && last.part === unit.part) score += 0.8
    else score -= 0.2 + 0.02 * Math.min(skipped, 60)
    if (afterHeading && junctions.ends[to.last]!.ends > 0.5) score -= 1
    const gap = Math.abs(to.measure - unit.measure)
    if (unit.width > to.measure + 1.2) score -= 2.5
    else if (gap > 1) score -= skipped === 0 && unit.blankBefore === 0 ? 0.4 : 1.5
    // Blocks come from the file top to bottom: a step back up is unlikely.
    const sameBlock = from.lastColumn === to.id
    if (!sameBlock) score -= Math.min(3, 0.35 * Math.max(0, from.blockTop - to.bottom - 2.5))
    const grown: OpenColumn = {
      id: to.id,
      last: i,
      measure: unit.width > to.measure - 1.2 || gap <= 1 ? to.measure * 0.5 + unit.measure * 0.5 : to.measure,
      bottom: to.bottom + 1,
      open: openAfter(to.open, ends),
      touched: i,
    }
    const columns = from.columns.slice()
    columns[c] = grown
    into.push({
      score: from.score + score,
      columns,
      nextId: from.nextId,
      blockTop: sameBlock ? from.blockTop : to.bottom,
      lastColumn: to.id,
      parent: from,
      choice: to.id,
    })
  }
}

/** Columns untouched the longest are closed when there are too many. */
function trim(columns: OpenColumn[]): OpenColumn[] {
  if (columns.length <= openColumns) return columns
  let oldest = 0
  for (let i = 1; i < columns.length; i++) if (columns[i]!.touched < columns[oldest]!.touched) oldest = i
  return columns.filter((_, i) => i !== oldest)
}
