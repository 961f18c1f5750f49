// One text page: lines in, page fields and items out.
import type { Page, Unplaced } from '../../model/item.ts'
import type { PageFix } from '../corrections.ts'
import { cleanCharacters } from '../structure/join-lines.ts'
import { readMasthead } from '../structure/masthead.ts'
import { toPageFields } from '../structure/page-fields.ts'

export interface TextPageOptions {
  reasons: boolean
  fix?: PageFix
}

/** Reads the lines of one page; `firstLine` is the 1-based number of the first of them in the file. */
export function readTextPage(
  rawLines: readonly string[],
  firstLine: number,
  hint: { path?: string; paper?: string },
  _options: TextPageOptions,
): Page {
  const texts = rawLines.map((raw) => cleanCharacters(raw))
  const masthead = readMasthead(
    texts.map((text, i) => ({
      text,
      alone: (texts[i - 1] ?? '').trim() === '' && (texts[i + 1] ?? '').trim() === '',
    })),
  )
  const unplaced: Unplaced[] = []
  texts.forEach((text, i) => {
    if (text.trim() !== '' && !masthead.used.has(i))
      unplaced.push({ lines: [firstLine + i, firstLine + i], text: text.trim() })
  })
  return { page: toPageFields(masthead.fields, hint), items: [], unplaced }
}
