// A term though quotation marks, title marks or brackets are printed inside it: 三农问题 in “三农”问题.
import { isLatinUnit } from '../normalize/normalize.ts'

/** Folded: all quotation marks are ", all brackets ASCII. */
export const innerMarks = [...'"\'《》〈〉()[]']
const optionalMark = `[${innerMarks.map(escapePattern).join('')}]?`

/** Whether marks may part a term: not one of two characters, nor a Latin word. Longer ones are sentences. */
export function canBeParted(text: string): boolean {
  return text.length >= 3 && text.length <= 64 && markBoundaries(text).length > 0
}

/** Offsets at which a mark may stand: between two characters that do not belong to one word of Latin letters. */
export function markBoundaries(text: string): number[] {
  const boundaries: number[] = []
  for (let at = 1; at < text.length; at++) {
    const before = text.charCodeAt(at - 1)
    const after = text.charCodeAt(at)
    if ((isLatinUnit(before) && isLatinUnit(after)) || (after >= 0xdc00 && after <= 0xdfff)) continue
    boundaries.push(at)
  }
  return boundaries
}

/** The term as a regular expression over normalised text, with or without marks where they may part it. */
export function patternAcrossMarks(text: string): RegExp {
  const boundaries = new Set(canBeParted(text) ? markBoundaries(text) : [])
  let source = ''
  for (let at = 0; at < text.length; at++)
    source += (boundaries.has(at) ? optionalMark : '') + escapePattern(text[at]!)
  return new RegExp(source, 'u')
}

export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
