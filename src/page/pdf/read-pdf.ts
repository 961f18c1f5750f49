// The door of the PDF half: bytes of a PDF in, one page with its items out for each PDF page.
import { SearchError } from '../../model/errors.ts'
import type { Item, Page, PageProblem, Unplaced } from '../../model/item.ts'
import { numberItems } from '../structure/finish-item.ts'
import { cleanCharacters } from '../structure/join-lines.ts'
import { isGibberishLine, isGibberishPage } from '../structure/legible.ts'
import { readMasthead } from '../structure/masthead.ts'
import { contradictions, toPageFields } from '../structure/page-fields.ts'
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
import { readRunningText } from './running-text.ts'
import { type Box, boxHeight, boxWidth, contains, type Sheet } from './sheet.ts'
import { splitSpread } from './spreads.ts'
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
  const running = readRunningText(sheets.filter(hasText), hint)
  const pages = sheets.flatMap((sheet, at) => {
    if (hasText(sheet))
      return running
        ? []
        : splitSpread(sheet).map((page) => readSheetPage(page, hint, options.reasons === true, at + 1))
    return isPicture(sheet)
      ? [unreadPage(hint, `第 ${at + 1} 页只有图像，没有文字层；请先做文字识别（OCR）。`)]
      : []
  })
  if (running) pages.unshift(...running)
  if (pages.every((page) => page.items.length === 0 && page.unplaced === undefined)) {
    const name = hint.path ?? '（未命名）'
    const why = pages
      .flatMap((page) => page.problems ?? [])
      .find((problem) => /没有意义/u.test(problem.message))
    throw new SearchError(
      'PAGE_NO_TEXT_LAYER',
      why === undefined
        ? `${name} 没有文字层，只有图像；请先做文字识别（OCR），再导入带文字层的 PDF。`
        : `${name}：${why.message}`,
      hint.path === undefined ? {} : { file: hint.path },
    )
  }
  return pages
}

const hasText = (sheet: Sheet): boolean => sheet.glyphs.length > 0

/** Share of a sheet that a picture covers when the sheet is a scan. */
const scanShare = 0.3

function isPicture(sheet: Sheet): boolean {
  return sheet.pictures.some((box) => boxWidth(box) * boxHeight(box) > scanShare * sheet.width * sheet.height)
}

function unreadPage(hint: { path?: string; paper?: string }, message: string): Page {
  return { page: toPageFields({}, hint), items: [], problems: [{ kind: 'unread', message }] }
}

/** One upright sheet to one page. @internal */
export function readSheetPage(
  sheet: Sheet,
  hint: { path?: string; paper?: string },
  reasons: boolean,
  sheetNumber = 1,
): Page {
  const allLines = toLines(sheet.glyphs)
  const printedLines = isGibberishPage(allLines.map((line) => line.text).join('\n'))
    ? []
    : allLines.filter((line) => !isGibberishLine(line.text))
  const [total, kept] = [allLines, printedLines].map((lines) =>
    lines.reduce((sum, line) => sum + line.glyphs.length, 0),
  ) as [number, number]
  const unread = `第 ${sheetNumber} 页有 ${total - kept} 个字的文字层没有意义（字体缺少字符对照表），没有收录；请换一种方式导出，或先做文字识别（OCR）。`
  if (kept < 0.5 * total) return unreadPage(hint, unread)
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
    items: numberItems(drafts.map(({ item }) => item)),
  }
  const unplaced = toUnplaced(loose, [...strips, ...rest])
  if (unplaced.length > 0) page.unplaced = unplaced
  const problems: PageProblem[] = contradictions(masthead.fields, hint)
  if (kept < total) problems.unshift({ kind: 'unread', message: unread })
  if (problems.length > 0) page.problems = problems
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
