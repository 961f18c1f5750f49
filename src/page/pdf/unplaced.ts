// Print of a PDF that no item could claim.
import type { Unplaced } from '../../model/item.ts'
import { cleanCharacters } from '../structure/join-lines.ts'
import type { TextLine } from './text-lines.ts'

/** The loose ones among `lines`; their numbers count these from the top, 1-based. */
export function toUnplaced(loose: readonly TextLine[], lines: readonly TextLine[]): Unplaced[] {
  const place = new Map(lines.map((line, index) => [line, index + 1]))
  return loose
    .map((line): Unplaced => {
      const at = place.get(line) ?? 1
      return { lines: [at, at], text: cleanCharacters(line.text) }
    })
    .sort((a, b) => a.lines[0] - b.lines[0])
}
