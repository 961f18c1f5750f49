// The pieces of a page: columns of running text and headings.
import { parseBylineLine, parseDateline } from '../structure/byline.ts'
import type { PageStyle } from './page-style.ts'
import type { Box } from './sheet.ts'
import type { TextLine } from './text-lines.ts'

/** A column of running text, or a piece of one: lines from top to bottom, subheadings among them. */
export interface Column {
  kind: 'column'
  box: Box
  size: number
  lines: TextLine[]
  subheads: Set<TextLine>
  panel: number
}

/** Lines of display type that stand together. */
export interface Heading {
  kind: 'heading'
  box: Box
  lines: TextLine[]
  panel: number
}

export interface Blocks {
  columns: Column[]
  headings: Heading[]
}

/** True when `size` is display type on this page. */
export const isDisplay = (size: number, style: PageStyle): boolean => size > 1.12 * style.bodySize

/** Sizes that differ by rounding only. */
export const sameSize = (a: number, b: number): boolean => Math.abs(a - b) <= 0.06 * Math.max(a, b)

/** A text that opens a story: a dateline, or a line of names. */
export function startsStory(text: string): boolean {
  return parseDateline(text) !== null || parseBylineLine(text) !== null
}
