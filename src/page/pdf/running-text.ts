// Articles that run on over sheets: digests, print-outs of web editions. One column a sheet, one story after the other.
import type { Byline, Item, Page, PageFields } from '../../model/item.ts'
import { parseBylineLine } from '../structure/byline.ts'
import { endsSentence } from '../structure/chars.ts'
import { finishItem, numberItems } from '../structure/finish-item.ts'
import { cleanCharacters, joinLines, removeLetterSpacing } from '../structure/join-lines.ts'
import { type MastheadFields, readMasthead } from '../structure/masthead.ts'
import { readMastheadLine } from '../structure/masthead-line.ts'
import { toPageFields } from '../structure/page-fields.ts'
import { isDisplay } from './block.ts'
import { readHeading } from './heading-parts.ts'
import { measureStyle, type PageStyle } from './page-style.ts'
import { arePages, findFurniture, isSingleColumn } from './running-sheets.ts'
import { unionBox } from './sheet.ts'
import { median, type TextLine } from './text-lines.ts'
import { toUnplaced } from './unplaced.ts'

/** Share of the sheets that must look like running text. */
const leastSheets = 0.8
/** Sheets that begin inside a story, as a share, where no story names its source. */
const leastGoingOn = 0.2
/** Lines of names and source looked for under a headline. */
const linesUnderHeadline = 4
const leaders = /[.…·．]{4,}\s*\d{1,4}\s*$/u

interface FlowLine {
  line: TextLine
  sheet: number
  /** Left edge of the sheet's column. */
  left: number
  /** Right edge of the sheet's column. */
  right: number
}

interface Story {
  heading: TextLine[]
  names: Byline[]
  source: MastheadFields | null
  parts: { subheading: TextLine[]; lines: FlowLine[] }[]
}

/**
 * The pages of a document whose stories run on over its sheets, one for each paper, date and page that the stories name;
 * null when its sheets are pages of a newspaper.
 */
export function readRunningText(
  sheets: readonly { lines: readonly TextLine[]; width: number }[],
  hint: { path?: string; paper?: string },
): Page[] | null {
  const printed = sheets.map((sheet) => sheet.lines)
  if (printed.length === 0) return null
  if (printed.some((lines) => lines.filter((line) => line.vertical).length * 2 > lines.length)) return null
  const style = measureStyle(printed.flat())
  const single = printed.filter((lines, at) => isSingleColumn(lines, style, sheets[at]!.width)).length
  if (single < leastSheets * printed.length) return null
  const hasSources = printed.flat().some((line) => sourceOf(line.text) !== null)
  if (!hasSources && (printed.length < 2 || arePages(printed))) return null

  const furniture = findFurniture(printed)
  // Where every sheet begins with a headline of its own, nothing runs on.
  const goesOn = printed.slice(1).filter((lines) => {
    const first = lines.find((line) => !furniture.has(line))
    return first !== undefined && !isDisplay(first.size, style)
  }).length
  if (!hasSources && goesOn < leastGoingOn * printed.length) return null
  const flow = printed.flatMap((lines, sheet) => {
    const kept = lines.filter((line) => !furniture.has(line))
    const body = kept.filter((line) => !isDisplay(line.size, style))
    const left = Math.min(...(body.length > 0 ? body : kept).map((line) => line.box[0]))
    const right = Math.max(...(body.length > 0 ? body : kept).map((line) => line.box[2]))
    return kept.map((line): FlowLine => ({ line, sheet, left, right }))
  })
  const stories = toStories(flow, style)
  if (!stories.some((story) => story.heading.length > 0)) return null
  return toPages(stories, hint, printed.flat(), furniture)
}

/** 《魏都晚报》（2025年10月20日 第 01 版）: where an article was printed; null for any other line. */
function sourceOf(text: string): MastheadFields | null {
  const stated = text.replace(/^\s*(?:来源|原载|摘自|出处)\s*[:：]\s*/u, '')
  if (stated === text && !/[《（(]/u.test(text)) return null
  const facts = readMastheadLine(stated)
  if (!facts?.date || facts.staff || facts.words.length > 3 || stated.length > 60) return null
  const { fields } = readMasthead([{ text: stated, alone: true }])
  const paper = /《([^》]{2,20})》/u.exec(stated)?.[1] ?? fields.paper
  if (paper === undefined && fields.pageNo === undefined) return null
  const { pageNo, section } = fields
  return {
    date: facts.date.value,
    ...(paper !== undefined && { paper }),
    ...(pageNo !== undefined && { pageNo }),
    ...(section !== undefined && section !== paper && { section }),
  }
}

function toStories(flow: readonly FlowLine[], style: PageStyle): Story[] {
  const blocks = toHeadingBlocks(flow, style)
  const confirmed = blocks.filter((block) => block.names.length > 0 || block.source !== null)
  // Where headlines have names or a source under them, their size tells the others; else the largest that returns.
  const sizes = (confirmed.length > 0 ? confirmed : blocks).map((block) => sizeOf(block.heading))
  const size =
    confirmed.length > 0 ? median(sizes) : Math.max(0, ...sizes.filter((each) => isFrequent(each, sizes)))
  const stories: Story[] = []
  const current = (): Story => {
    if (stories.length === 0) stories.push({ heading: [], names: [], source: null, parts: [] })
    return stories.at(-1)!
  }
  let next = 0
  for (let at = 0; at < flow.length; ) {
    const block = blocks[next]
    if (block?.start !== at) {
      const parts = current().parts
      if (parts.length === 0) parts.push({ subheading: [], lines: [] })
      parts.at(-1)!.lines.push(flow[at]!)
      at++
      continue
    }
    next++
    const isHeadline = block.names.length > 0 || block.source !== null || sizeOf(block.heading) > 0.94 * size
    const last = stories.at(-1)
    if (isHeadline) stories.push({ ...block, parts: [] })
    // A smaller line right above a headline, or below it before its text, belongs to it.
    else if (
      last !== undefined &&
      last.parts.length === 0 &&
      blocks[next - 2]?.end === at &&
      last.source === null
    )
      last.heading.push(...block.heading)
    else if (isKickerOf(block, blocks[next], size)) blocks[next]!.heading.unshift(...block.heading)
    else current().parts.push({ subheading: block.heading, lines: [] })
    at = block.end
  }
  return stories
}

interface HeadingBlock {
  /** Places in the flow, half open; lines of names and source under the heading are within. */
  start: number
  end: number
  heading: TextLine[]
  names: Byline[]
  source: MastheadFields | null
}

/** Lines of display type, or bold and short, that stand together; with what names the author and the source below. */
function toHeadingBlocks(flow: readonly FlowLine[], style: PageStyle): HeadingBlock[] {
  const boldShare = flow.filter(({ line }) => line.bold).length / Math.max(1, flow.length)
  const isHeading = ({ line, left, right }: FlowLine): boolean => {
    if (isDisplay(line.size, style)) return true
    if (/[。；，、：]$/u.test(line.text) || endsSentence(line.text)) return false
    const isShort = line.box[2] - line.box[0] < 0.8 * (right - left)
    const isBold = line.bold && boldShare < 0.3
    const isCentred =
      line.box[0] > left + 3 * line.size &&
      Math.abs((line.box[0] + line.box[2] - left - right) / 2) < 1.5 * line.size
    return (
      isShort && (isBold || isCentred) && parseBylineLine(line.text) === null && sourceOf(line.text) === null
    )
  }
  const blocks: HeadingBlock[] = []
  for (let at = 0; at < flow.length; ) {
    if (!isHeading(flow[at]!) || leaders.test(flow[at]!.line.text)) {
      at++
      continue
    }
    const start = at
    const heading = [flow[at]!.line]
    at++
    while (
      at < flow.length &&
      heading.length < 8 &&
      isHeading(flow[at]!) &&
      stands(heading.at(-1)!, flow[at - 1]!, flow[at]!)
    )
      heading.push(flow[at++]!.line)
    const names: Byline[] = []
    let source: MastheadFields | null = null
    for (let k = 0; k < linesUnderHeadline && at < flow.length; k++) {
      const { text } = flow[at]!.line
      const byline = parseBylineLine(text)
      const found: MastheadFields | null = source === null ? sourceOf(text) : null
      if (byline !== null) names.push(...byline)
      else if (found !== null) source = found
      else break
      at++
    }
    blocks.push({ start, end: at, heading, names, source })
  }
  return blocks
}

/** Two lines of one heading: on one sheet, no further apart than lines of their size are. */
function stands(above: TextLine, from: FlowLine, to: FlowLine): boolean {
  return (
    from.sheet === to.sheet && above.baseline - to.line.baseline < 2.4 * Math.max(above.size, to.line.size)
  )
}

const sizeOf = (heading: readonly TextLine[]): number => Math.max(...heading.map((line) => line.size))

const isFrequent = (size: number, sizes: readonly number[]): boolean =>
  sizes.filter((each) => Math.abs(each - size) < 0.06 * size).length >= Math.min(2, sizes.length)

function isKickerOf(block: HeadingBlock, below: HeadingBlock | undefined, size: number): boolean {
  return below !== undefined && below.start === block.end && sizeOf(below.heading) > 0.94 * size
}

function toPages(
  stories: readonly Story[],
  hint: { path?: string; paper?: string },
  lines: readonly TextLine[],
  furniture: ReadonlySet<TextLine>,
): Page[] {
  const groups = new Map<string, { page: PageFields; items: Omit<Item, 'id'>[] }>()
  const loose: TextLine[] = [...furniture]
  for (const story of stories) {
    const page = storyPage(story, hint)
    const key = JSON.stringify([page.paper, page.date, page.pageNo])
    const group = groups.get(key) ?? { page, items: [] }
    const text = readStory(story)
    if (story.heading.length === 0 && text.paragraphs.join('').length < 30)
      loose.push(...story.parts.flatMap((part) => part.lines.map(({ line }) => line)))
    else {
      groups.set(key, group)
      group.items.push(finishItem({ ...toHeadingParts(story), ...text }))
    }
  }
  const pages = [...groups.values()].map(({ page, items }): Page => ({ page, items: numberItems(items) }))
  const unplaced = toUnplaced(loose, lines)
  if (unplaced.length > 0 && pages[0]) pages[0].unplaced = unplaced
  return pages
}

/** What the story names as its source; the folder and the file fill in the rest. */
function storyPage({ source }: Story, hint: { path?: string; paper?: string }): PageFields {
  return toPageFields(source ?? {}, { ...hint, ...(source?.paper !== undefined && { paper: source.paper }) })
}

function toHeadingParts(story: Story) {
  if (story.heading.length === 0) return { bylines: story.names }
  const box = unionBox(story.heading.map((line) => line.box))
  const { bylines, ...parts } = readHeading({ kind: 'heading', lines: story.heading, box, panel: -1 })
  return { ...parts, bylines: [...bylines, ...story.names] }
}

/** Paragraphs by their indents, or by short last lines where nothing is indented; they run on over the sheets. */
function readStory(story: Story) {
  const paragraphs: string[][] = []
  const subheadings: { text: string; beforeParagraph: number }[] = []
  const all = story.parts.flatMap((part) => part.lines)
  const isIndented = ({ line, left }: FlowLine): boolean =>
    line.box[0] > left + 1.2 * line.size && line.box[0] < left + 4 * line.size
  const indents = all.some(isIndented)
  for (const { subheading, lines } of story.parts) {
    if (subheading.length > 0)
      subheadings.push({
        text: cleanCharacters(joinLines(subheading.map((line) => removeLetterSpacing(line.text, true)))),
        beforeParagraph: paragraphs.length,
      })
    let before: FlowLine | undefined
    for (const each of lines) {
      const opens =
        before === undefined ||
        (indents
          ? isIndented(each)
          : endsSentence(before.line.text) && before.line.box[2] < before.right - 1.3 * each.line.size)
      if (opens) paragraphs.push([])
      paragraphs.at(-1)!.push(removeLetterSpacing(each.line.text))
      before = each
    }
  }
  return {
    paragraphs: paragraphs.map((lines) => cleanCharacters(removeLetterSpacing(joinLines(lines)))),
    subheadings,
  }
}
