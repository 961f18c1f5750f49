// Finds searched strings in printed text and says which printed characters to highlight; spans, never HTML.
import type { Marked } from '../model/span.ts'
import { normalize, toPrintedSpan } from '../normalize/normalize.ts'

/** What to look for: normalised strings, and patterns over normalised text. */
export interface Sought {
  strings: readonly string[]
  patterns: readonly RegExp[]
}

/** One place of a sought string in a printed text. */
export interface Found {
  start: number
  end: number
  /** Which of the sought strings or patterns it is: the number tells them apart, nothing more. */
  needle: number
}

/** All places of what is sought, by their start; spans of printed UTF-16 units, possibly overlapping. */
export function findSought(printed: string, sought: Sought): Found[] {
  const normalized = normalize(printed)
  const found: Found[] = []
  const add = (start: number, end: number, needle: number) => {
    if (end <= start) return
    const [printedStart, printedEnd] = toPrintedSpan(normalized, start, end)
    found.push({ start: printedStart, end: printedEnd, needle })
  }
  for (const [needle, string] of sought.strings.entries()) {
    if (string.length === 0) continue
    for (let at = normalized.text.indexOf(string); at >= 0; at = normalized.text.indexOf(string, at + 1))
      add(at, at + string.length, needle)
  }
  for (const [index, pattern] of sought.patterns.entries()) {
    const everywhere = new RegExp(pattern.source, 'gu')
    for (const match of normalized.text.matchAll(everywhere))
      add(match.index, match.index + match[0].length, sought.strings.length + index)
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Ascending spans that cover what was found; what overlaps or touches is one. */
export function toMarks(found: readonly { start: number; end: number }[]): [number, number][] {
  const marks: [number, number][] = []
  for (const { start, end } of found) {
    const last = marks.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else marks.push([start, end])
  }
  return marks
}

/** A printed text with everything sought marked in it. */
export function markText(printed: string, sought: Sought): Marked {
  return { text: printed, marks: toMarks(findSought(printed, sought)) }
}
