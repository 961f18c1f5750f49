// The door of the PDF half: bytes of a PDF in, one page with its items out for each PDF page.
import { SearchError } from '../../model/errors.ts'
import type { Item, Page, PageProblem } from '../../model/item.ts'
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
import { toUnplaced } from './unplaced.ts'

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
  if (!sheets.some(hasText))
    throw unreadable(hint, '没有文字层，只有图像；请先做文字识别（OCR），再导入带文字层的 PDF。')
  const texts = sheets.map((sheet, at) => readText(sheet, at + 1))
  const readable = texts.filter((text) => text.lines.length > 0)
  const running = readRunningText(
    readable.map(({ sheet, lines }) => ({ width: sheet.width, lines })),
    hint,
  )
  const pages = texts.flatMap(({ sheet, lines, lost }, at): Page[] => {
    if (lines.length === 0 || running)
      return lost ? [{ page: toPageFields({}, hint), items: [], problems: [lost] }] : []
    const [first, ...rest] = splitSpread(sheet).map((page) =>
      readSheetPage(page, hint, options.reasons === true, page === sheet ? lines : undefined),
    )
    // Of a file with several pages, whoever looks for the print must know which.
    if (sheets.length > 1) for (const page of [first!, ...rest]) page.page.sheet = at + 1
    if (lost) first!.problems = [lost, ...(first!.problems ?? [])]
    return [first!, ...rest]
  })
  if (running) pages.unshift(...running)
  if (pages.every(isUnread))
    throw unreadable(hint, pages.flatMap((page) => page.problems!.map(({ message }) => message)).join(''))
  return pages
}

/** The text of a sheet that means something, and what of it could not be read. */
interface SheetText {
  sheet: Sheet
  /** Empty for a picture, a blank sheet and a text layer of which most means nothing. */
  lines: readonly TextLine[]
  lost?: PageProblem
}

function readText(sheet: Sheet, number: number): SheetText {
  if (!hasText(sheet)) {
    if (!isPicture(sheet)) return { sheet, lines: [] }
    const message = `第 ${number} 页只有图像，没有文字层；请先做文字识别（OCR）。`
    return { sheet, lines: [], lost: { kind: 'unread', message } }
  }
  const all = toLines(sheet.glyphs)
  const lines = isGibberishPage(all.map((line) => line.text).join('\n'))
    ? []
    : all.filter((line) => !isGibberishLine(line.text))
  if (lines.length === all.length) return { sheet, lines }
  const glyphs = lines.flatMap((line) => line.glyphs).sort((a, b) => a.order - b.order)
  const message = `第 ${number} 页有 ${sheet.glyphs.length - glyphs.length} 个字的文字层没有意义（字体缺少字符对照表），没有收录；请换一种方式导出，或先做文字识别（OCR）。`
  const isMostlyLost = glyphs.length < 0.5 * sheet.glyphs.length
  return {
    sheet: { ...sheet, glyphs },
    lines: isMostlyLost ? [] : lines,
    lost: { kind: 'unread', message },
  }
}

/** Nothing of it could be read; a page of which only the head is printed was. */
function isUnread({ items, unplaced, problems = [] }: Page): boolean {
  return items.length === 0 && unplaced === undefined && problems.some((problem) => problem.kind === 'unread')
}

function unreadable({ path }: { path?: string }, why: string): SearchError {
  const name = path ?? '（未命名）'
  return new SearchError('PAGE_NO_TEXT_LAYER', `${name}：${why}`, path === undefined ? {} : { file: path })
}

const hasText = (sheet: Sheet): boolean => sheet.glyphs.length > 0

/** Share of a sheet that a picture covers when the sheet is a scan. */
const scanShare = 0.3

function isPicture(sheet: Sheet): boolean {
  return sheet.pictures.some((box) => boxWidth(box) * boxHeight(box) > scanShare * sheet.width * sheet.height)
}

/** One upright sheet to one page. @internal */
export function readSheetPage(
  sheet: Sheet,
  hint: { path?: string; paper?: string },
  reasons: boolean,
  printedLines: readonly TextLine[] = toLines(sheet.glyphs),
): Page {
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
  if (masthead.imprint.length > 0)
    page.page.imprint = masthead.imprint.map((index) => cleanCharacters(strips[index]!.text))
  const unplaced = toUnplaced(loose, [...strips, ...rest])
  if (unplaced.length > 0) page.unplaced = unplaced
  const problems = contradictions(masthead.fields, hint)
  if (problems.length > 0) page.problems = problems
  if (reasons) page.reasons = linked.reasons
  return page
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
