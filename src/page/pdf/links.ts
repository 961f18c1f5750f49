// Ties headings to columns and columns to columns: one assignment over the page, from geometry, type and text.
import { assignAll } from '../assignment.ts'
import type { Blocks, Column, Heading } from './block.ts'
import { readEnds } from './column-ends.ts'
import type { Fences } from './fences.ts'
import { never, scoreColumns, scoreHeading } from './link-scores.ts'
import type { PageStyle } from './page-style.ts'

/** One story: its heading, if it has one, and its columns in reading order. */
export interface Story {
  heading?: Heading
  columns: Column[]
  /** Lowest score of a link in the story; below zero the reader was not sure. */
  weakest: number
}

export interface LinkedPage {
  stories: Story[]
  /** Headings that no text followed. */
  orphans: Heading[]
  reasons: string[]
}

/** Finds each column's predecessor: a heading, another column, or nothing. */
export function linkBlocks(blocks: Blocks, style: PageStyle, fences: Fences): LinkedPage {
  const { columns, headings } = blocks
  const ends = columns.map((column) => readEnds(column, columns, style))
  const reasons: string[] = []
  // Very many fragments are no newspaper page; the exact method would take too long for them.
  const limit = 420
  const scored: number[][] = []
  const width = headings.length + columns.length
  if (columns.length <= limit && width <= 3 * limit) {
    for (let c = 0; c < columns.length; c++) {
      const row: number[] = []
      for (const heading of headings) row.push(scoreHeading(heading, ends[c]!, blocks, style, fences))
      for (let p = 0; p < columns.length; p++) {
        row.push(p === c ? never : scoreColumns(ends[p]!, ends[c]!, blocks, style, fences))
      }
      for (let none = 0; none < columns.length; none++) row.push(none === c ? -3 : never)
      scored.push(row)
    }
  }
  const chosen = scored.length > 0 ? assignAll(scored) : columns.map((_, c) => width + c)
  const next = new Map<number, number>()
  const before = new Map<number, { from: number; score: number }>()
  chosen.forEach((from, c) => {
    if (from < 0 || from >= width || scored[c]![from]! <= never / 2) return
    before.set(c, { from, score: scored[c]![from]! })
  })
  breakCycles(before, headings.length)
  for (const [c, { from }] of before) next.set(from, c)

  const stories: Story[] = []
  const follow = (start: number, heading: Heading | undefined): void => {
    const story: Story = { ...(heading ? { heading } : {}), columns: [], weakest: Number.POSITIVE_INFINITY }
    for (let at: number | undefined = start; at !== undefined; at = next.get(headings.length + at)) {
      story.columns.push(columns[at]!)
      story.weakest = Math.min(story.weakest, before.get(at)?.score ?? story.weakest)
    }
    stories.push(story)
  }
  headings.forEach((heading, h) => {
    const first = next.get(h)
    if (first !== undefined) follow(first, heading)
  })
  columns.forEach((_, c) => {
    if (!before.has(c)) follow(c, undefined)
  })
  for (const [c, { from, score }] of before) {
    const source = from < headings.length ? headings[from]!.lines : columns[from - headings.length]!.lines
    const kind = from < headings.length ? '标题' : '栏'
    reasons.push(
      `${kind}「${source.at(kind === '栏' ? -1 : 0)!.text.slice(0, 16)}」之后接「${columns[c]!.lines[0]!.text.slice(0, 16)}」，得分 ${score.toFixed(1)}`,
    )
  }
  return { stories, orphans: headings.filter((_, h) => !next.has(h)), reasons }
}

/** Cuts the weakest link of every circle of columns. */
function breakCycles(before: Map<number, { from: number; score: number }>, headings: number): void {
  const settled = new Set<number>()
  for (const start of [...before.keys()]) {
    const path: number[] = []
    let at: number | undefined = start
    while (at !== undefined && !settled.has(at) && !path.includes(at)) {
      path.push(at)
      const from: number | undefined = before.get(at)?.from
      at = from === undefined || from < headings ? undefined : from - headings
    }
    if (at !== undefined && path.includes(at)) {
      const circle = path.slice(path.indexOf(at))
      circle.sort((a, b) => before.get(a)!.score - before.get(b)!.score)
      before.delete(circle[0]!)
    }
    for (const each of path) settled.add(each)
  }
}
