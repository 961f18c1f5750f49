// Fragments in file order to columns: each goes on an open column, begins one, or is a heading; rows tell which.
import { bracketScore, type Junctions, openAfter } from './junction.ts'
import type { Unit } from './print-lines.ts'

/** Units that are read one after the other beyond doubt. */
export interface Fragment {
  units: number[]
  /** Brackets open at its end. */
  open: string
}

/** What weaving needs to know about the units of a page. */
export interface WeaveContext {
  units: readonly Unit[]
  junctions: Junctions
  /** Probability of being a heading, per unit. */
  heads: readonly number[]
  /** Probability that a unit goes on the one before it in the file, per unit. */
  goesOn: Float64Array
  /** Chance that a text begins with this unit. */
  startChance(unit: number): number
  fixed: ReadonlySet<number>
}

interface OpenColumn {
  id: number
  last: number
  measure: number
  /** Rows of print down to here, from the top of the area. */
  bottom: number
  open: string
}

interface Hypothesis {
  score: number
  columns: readonly OpenColumn[]
  nextId: number
  /** Row at which the last block of print begins. */
  top: number
  lastColumn: number
  key: number
  parent: Hypothesis | null
  choice: number
}

const maxColumns = 9
const perRow = 0.22
const slackRows = 2.5

/** Weaves fragments (in file order) into columns; headings come back as fragments of their own. */
export function weave(fragments: readonly Fragment[], context: WeaveContext, width: number): { columns: Fragment[]; headings: Fragment[] } {
  let beam: Hypothesis[] = [{ score: 0, columns: [], nextId: 0, top: 0, lastColumn: -1, key: 0, parent: null, choice: -1 }]
  for (let f = 0; f < fragments.length; f++) {
    const next: Hypothesis[] = []
    const judge = evidenceFor(fragments, f, context)
    for (const hypothesis of beam) judge(hypothesis, next)
    next.sort((a, b) => b.score - a.score)
    const floor = next[0]!.score - 12
    const seen = new Set<number>()
    beam = []
    for (const each of next) {
      if (each.score < floor || beam.length >= width) break
      if (seen.has(each.key)) continue
      seen.add(each.key)
      beam.push(each)
    }
  }
  const choices: number[] = []
  for (let at: Hypothesis | null = beam[0] ?? null; at !== null && at.parent !== null; at = at.parent) choices.push(at.choice)
  choices.reverse()
  const columns = new Map<number, Fragment>()
  const headings: Fragment[] = []
  choices.forEach((choice, f) => {
    const fragment = fragments[f]!
    if (choice < 0) {
      headings.push(fragment)
      return
    }
    const column = columns.get(choice)
    if (column === undefined) columns.set(choice, { units: [...fragment.units], open: fragment.open })
    else {
      column.units.push(...fragment.units)
      column.open = fragment.open === '' ? column.open : fragment.open
    }
  })
  return { columns: [...columns.values()], headings }
}

function evidenceFor(fragments: readonly Fragment[], f: number, context: WeaveContext): (from: Hypothesis, into: Hypothesis[]) => void {
  const { units, junctions, heads, goesOn } = context
  const fragment = fragments[f]!
  const first = fragment.units[0]!
  const last = fragment.units.at(-1)!
  const unit = units[first]!
  const ends = junctions.ends[first]!
  const rows = fragment.units.length
  const measure = units[fragment.units[rows >> 1]!]!.measure
  const widest = fragment.units.reduce((most, i) => Math.max(most, units[i]!.width), 0)
  let headChance = 1
  for (const i of fragment.units) headChance *= heads[i]!
  if (rows > 3) headChance = 0
  const asHeading = Math.log(headChance + 1e-5)
  const asBody = Math.log(1 - headChance + 1e-5)
  const start = context.startChance(first)
  // Between neighbours in the file headings do not count; how sure is it that those between are headings?
  const goingOn = goesOn[first]!
  const bridge = new Map<number, number>()
  let sure = 1
  for (let i = first - 1; i >= 0 && i >= first - 6; i--) {
    bridge.set(i, goingOn * sure)
    sure *= context.fixed.has(i) ? 0.9 : heads[i]! * 0.9
    if (sure < 0.05) break
  }
  const lastOpen = fragment.units.slice(1).reduce((open, i) => openAfter(open, junctions.ends[i]!), '')

  return (from, into) => {
    if (headChance > 0.02) {
      into.push({ ...from, score: from.score + asHeading, lastColumn: -1, key: from.key, parent: from, choice: -1 })
    }
    const headedNow = f > 0 && from.lastColumn < 0
    const begins = Math.log(0.12 * (1 - goingOn) + 0.9 * start + 0.002)
    const newTop = start > 0.2 || headedNow ? from.columns.reduce((low, column) => Math.max(low, column.bottom), from.top) : from.top
    const column: OpenColumn = { id: from.nextId, last, measure, bottom: newTop + rows, open: lastOpen === '' ? openAfter('', junctions.ends[first]!) : lastOpen }
    const columns = from.columns.length >= maxColumns ? from.columns.slice(1) : from.columns.slice()
    columns.push(column)
    into.push({
      score: from.score + begins + asBody + 0.6,
      columns,
      nextId: from.nextId + 1,
      top: newTop,
      lastColumn: column.id,
      key: keyOf(columns),
      parent: from,
      choice: column.id,
    })
    for (let c = 0; c < from.columns.length; c++) {
      const to = from.columns[c]!
      const end = units[to.last]!
      if (end.line === unit.line) continue
      let score = junctions.score(to.last, first) + bracketScore(to.open, ends) * 0.6
      const near = bridge.get(to.last) ?? 0
      const up = Math.max(0, from.top - to.bottom - slackRows)
      let far = ((1 - goingOn) * Math.exp(-Math.min(14, perRow * up))) / Math.max(2, from.columns.length)
      if (end.line === unit.line - 1 && end.part === unit.part && to.last !== first - 1) far = Math.max(far, 0.45)
      score += Math.log(Math.max(near, far) + 1e-6)
      score -= Math.log(start + 0.02) * 0 + (start > 0.2 ? Math.log(1 / (1.001 - start)) : 0)
      if (widest > to.measure + 1.6) score -= 2.5
      else if (Math.abs(to.measure - measure) > 1) score -= near > 0.5 ? 0.4 : 1.5
      const sameBlock = from.lastColumn === to.id
      const grown: OpenColumn = {
        id: to.id,
        last,
        measure: rows > 3 ? measure : to.measure,
        bottom: to.bottom + rows,
        open: lastOpen === '' ? openAfter(to.open, ends) : lastOpen,
      }
      // The column touched last stands last: the one untouched longest is given up first.
      const grownColumns = from.columns.slice()
      grownColumns.splice(c, 1)
      grownColumns.push(grown)
      into.push({
        score: from.score + score + asBody,
        columns: grownColumns,
        nextId: from.nextId,
        top: sameBlock ? from.top : to.bottom,
        lastColumn: to.id,
        key: keyOf(grownColumns),
        parent: from,
        choice: to.id,
      })
    }
  }
}

/** Hypotheses with the same open ends are the same for all that follows. */
function keyOf(columns: readonly OpenColumn[]): number {
  let key = 17
  for (const column of columns) key = (Math.imul(key, 31) + column.last * 131 + column.bottom) | 0
  return key
}
