// Columns of print to whole texts: which column goes on in which, settled for all of them at once.
import { assign } from './assignment.ts'
import { bracketScore, type Junctions, openAfter } from './junction.ts'
import type { Unit } from './print-lines.ts'
import { readTopics, similarity } from './topic.ts'
import type { Column } from './weave.ts'

/** One text of the page: its units in reading order. */
export interface Body {
  units: number[]
  /** Least certain link inside, as a probability; 1 when it is one column. */
  confidence: number
}

export interface LinkContext {
  units: readonly Unit[]
  junctions: Junctions
  /** Units that are byline lines: a text begins below them. */
  bylines: ReadonlySet<number>
  headings: ReadonlySet<number>
}

/** Links columns into bodies by the assignment of ends to beginnings with the most evidence. */
export function linkColumns(columns: readonly Column[], context: LinkContext): Body[] {
  const { units, junctions } = context
  const count = columns.length
  if (count === 0) return []
  const topics = readTopics(columns.map((column) => column.units.map((i) => units[i]!.text).join('')))
  const measures = columns.map((column) => median(column.units.map((i) => units[i]!.measure)))
  const opens = columns.map((column) =>
    column.units.reduce((open, i) => openAfter(open, junctions.ends[i]!), ''),
  )
  const firsts = columns.map((column) => column.units[0]!)
  const lasts = columns.map((column) => column.units.at(-1)!)
  const starts = firsts.map((first) => startPenalty(first, context))
  const gains = columns.map((_, a) =>
    columns.map((__, b) => {
      if (a === b) return -1e3
      const end = junctions.ends[lasts[a]!]!
      const begin = junctions.ends[firsts[b]!]!
      if (end.signed || begin.dateline) return -50
      let score = junctions.score(lasts[a]!, firsts[b]!) + bracketScore(opens[a]!, begin)
      score += Math.min(2.5, 5 * similarity(topics[a]!, topics[b]!))
      const gap = Math.abs(measures[a]! - measures[b]!)
      if (gap > 0.8) score -= Math.min(2.5, 0.8 + gap * 0.25)
      if (firsts[b]! > lasts[a]!) score -= Math.min(1.2, 0.012 * (firsts[b]! - lasts[a]!))
      else if (firsts[b]! > firsts[a]!) score -= 0.3
      else score -= 1.2
      let between = 0
      for (let c = 0; c < count; c++) {
        if (firsts[c]! > firsts[a]! && firsts[c]! < firsts[b]! && starts[c]! > 1) between++
      }
      score -= 0.12 * Math.min(between, 6)
      return score + starts[b]! + (end.ends < 0.25 ? 2.5 : end.ends < 0.5 ? 0.6 : 0)
    }),
  )
  let next: number[] = []
  for (let round = 0; round < 12; round++) {
    next = assign(gains)
    const cycle = findCycle(next)
    if (cycle === null) break
    let weakest = cycle[0]!
    for (const a of cycle) if (gains[a]![next[a]!]! < gains[weakest]![next[weakest]!]!) weakest = a
    gains[weakest]![next[weakest]!] = -1e3
  }
  const isTarget = new Set(next.filter((b) => b >= 0))
  const bodies: Body[] = []
  const visited = new Set<number>()
  for (let a = 0; a < count; a++) {
    if (isTarget.has(a)) continue
    const body: Body = { units: [], confidence: 1 }
    for (let at = a; at >= 0 && !visited.has(at); at = next[at]!) {
      visited.add(at)
      body.units.push(...columns[at]!.units)
      const to = next[at]!
      if (to >= 0) body.confidence = Math.min(body.confidence, 1 / (1 + Math.exp(-gains[at]![to]!)))
    }
    bodies.push(body)
  }
  return bodies
}

/** What is lost when nothing leads into this unit: much in the middle of a sentence, nothing below a byline. */
function startPenalty(first: number, { units, junctions, bylines, headings }: LinkContext): number {
  const begin = junctions.ends[first]!
  if (begin.dateline || bylines.has(first - 1)) return -3
  const headed = headings.has(first - 1)
  if (begin.begins < 0.2) return headed ? 2 : 3
  if (headed && units[first]!.part === 0) return -0.6
  return begin.begins < 0.5 ? 1.8 : 1
}

function findCycle(next: readonly number[]): number[] | null {
  const state = new Uint8Array(next.length)
  for (let start = 0; start < next.length; start++) {
    const path: number[] = []
    let at = start
    while (at >= 0 && state[at] === 0) {
      state[at] = 1
      path.push(at)
      at = next[at]!
    }
    if (at >= 0 && state[at] === 1 && path.includes(at)) return path.slice(path.indexOf(at))
    for (const each of path) state[each] = 2
  }
  return null
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
