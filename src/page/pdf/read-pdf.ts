// The door of the PDF half: bytes of a PDF in, one page with its items out for each PDF page.
import { SearchError } from '../../model/errors.ts'
import type { Item, Page, Unplaced } from '../../model/item.ts'
import { cleanCharacters } from '../structure/join-lines.ts'
import { readMasthead } from '../structure/masthead.ts'
import { toPageFields } from '../structure/page-fields.ts'
import { toBlocks } from './blocks.ts'
import { bridgePictures } from './bridge-pictures.ts'
import { takeCaptions } from './captions.ts'
import { extractSheets } from './extract.ts'
import type { Fences } from './fences.ts'
import { adoptSmallTitles, cutLabels } from './heading-parts.ts'
import { toItem, toPhoto } from './items.ts'
import { linkBlocks } from './links.ts'
import { turnBoxBack, turnFences, turnLine } from './orientation.ts'
import { takeStrips } from './page-strips.ts'
import { measureStyle } from './page-style.ts'
import { type Box, boxHeight, boxWidth, contains, type Sheet } from './sheet.ts'
import { type TextLine, toLines } from './text-lines.ts'

/**
 * Reads the pages of a PDF with a text layer. Boxes of items are in points, origin at the lower left.
 * @throws SearchError PAGE_DAMAGED (no PDF, or locked) and PAGE_NO_TEXT_LAYER (only pictures), naming the file.
 */
export async function readPdfPages(
  bytes: Uint8Array,
  hint: { path?: string; paper?: string },
  options: { reasons?: boolean } = {},
): Promise<Page[]> {
  const sheets = await extractSheets(bytes, hint.path)
  const printed = sheets.filter((sheet) => sheet.glyphs.length > 0)
  if (printed.length === 0) {
    throw new SearchError(
      'PAGE_NO_TEXT_LAYER',
      `${hint.path ?? '（未命名）'} 没有文字层，只有图像；请先做文字识别（OCR），再导入带文字层的 PDF。`,
      hint.path === undefined ? {} : { file: hint.path },
    )
  }
  return printed.map((sheet) => readSheetPage(sheet, hint, options.reasons === true))
}

/** One upright sheet to one page. @internal */
export function readSheetPage(sheet: Sheet, hint: { path?: string; paper?: string }, reasons: boolean): Page {
  const printedLines = toLines(sheet.glyphs)
  const { strips, rest: printedRest } = takeStrips(sheet, printedLines)
  const downward =
    printedRest.reduce((sum, line) => sum + (line.vertical ? 1 : -1) * line.glyphs.length, 0) > 0
  // A page of vertical text is read turned; its boxes are turned back at the end.
  const rest = downward ? printedRest.map(turnLine) : printedRest
  const upright = toFences(sheet, printedLines)
  const fences = downward ? turnFences(upright) : upright
  const toFile: Sheet['toFile'] = (box) => sheet.toFile(downward ? turnBoxBack(box) : box)
  const along = rest.filter((line) => !line.vertical)
  const style = measureStyle(along.length > 0 ? along : rest)
  const blocks = toBlocks(rest, style, fences)
  const labels = cutLabels(blocks.headings)
  const captions = takeCaptions(blocks, style, fences)
  bridgePictures(blocks, captions, fences)
  adoptSmallTitles(blocks.headings, blocks.columns, style)
  const linked = linkBlocks(blocks, style, fences)

  const masthead = readMasthead(strips.map((line) => ({ text: line.text, alone: true })))
  const loose: TextLine[] = [...strips.filter((_, index) => !masthead.used.has(index)), ...labels]
  const drafts: { box: Box; item: Omit<Item, 'id'> }[] = []
  for (const story of linked.stories) {
    const head = story.heading?.box ?? story.columns[0]!.box
    const text = story.columns.flatMap((column) => column.lines)
    const printed = text.reduce((count, line) => count + line.glyphs.length, 0)
    if (!story.heading && (printed < 30 || !/[。！？；：，]/u.test(text.map((line) => line.text).join('')))) {
      loose.push(...text)
      continue
    }
    drafts.push({ box: head, item: toItem(story, blocks.columns, toFile) })
  }
  for (const heading of linked.orphans) {
    if (heading.lines.reduce((count, line) => count + line.glyphs.length, 0) < 4) loose.push(...heading.lines)
    else
      drafts.push({
        box: heading.box,
        item: toItem({ heading, columns: [], weakest: -1 }, blocks.columns, toFile),
      })
  }
  for (const placed of captions)
    for (const item of toPhoto(placed, toFile)) drafts.push({ box: placed.box, item })
  drafts.sort((a, b) => b.box[3] - a.box[3] || a.box[0] - b.box[0])

  const page: Page = {
    page: toPageFields(masthead.fields, hint),
    items: drafts.map(({ item }, index): Item => ({ id: String(index + 1), ...item })),
  }
  const unplaced = toUnplaced(loose, [...strips, ...rest])
  if (unplaced.length > 0) page.unplaced = unplaced
  if (reasons) page.reasons = linked.reasons
  return page
}

/** Line numbers of `unplaced` count the page's lines from the top, 1-based. */
function toUnplaced(loose: readonly TextLine[], lines: readonly TextLine[]): Unplaced[] {
  const place = new Map(lines.map((line, index) => [line, index + 1]))
  return loose
    .map((line): Unplaced => {
      const at = place.get(line) ?? 1
      return { lines: [at, at], text: cleanCharacters(line.text) }
    })
    .sort((a, b) => a.lines[0] - b.lines[0])
}

/** Sorts what is drawn into what parts text: rules, frames, and pictures (tinted areas without text count as such). */
function toFences(sheet: Sheet, lines: readonly TextLine[]): Fences {
  const area = sheet.width * sheet.height
  const panels: Box[] = []
  const pictures: Box[] = sheet.pictures.filter(
    (box) => boxWidth(box) > 30 && boxHeight(box) > 30 && boxWidth(box) * boxHeight(box) < 0.7 * area,
  )
  for (const panel of sheet.panels) {
    if (boxWidth(panel) * boxHeight(panel) > 0.9 * area) continue
    const inside = lines.filter((line) => contains(panel, line.box, line.size))
    if (inside.length > 0) panels.push(panel)
    else if (boxWidth(panel) > 40 && boxHeight(panel) > 40) pictures.push(panel)
  }
  return {
    horizontal: sheet.rules.filter((rule) => boxWidth(rule) > boxHeight(rule)),
    vertical: sheet.rules.filter((rule) => boxHeight(rule) >= boxWidth(rule)),
    panels,
    pictures,
  }
}
