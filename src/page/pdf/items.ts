// Stories become items: paragraphs, subheadings, bylines and signature, with the boxes they were read from.
import type { Byline, Item, ItemType, Subheading } from '../../model/item.ts'
import { looksLikeNames, splitNames } from '../../normalize/names.ts'
import { parseBylineLine, parseDateline } from '../structure/byline.ts'
import { splitCaptions } from '../structure/caption.ts'
import { endsSentence } from '../structure/chars.ts'
import { cleanCharacters, joinLines, removeLetterSpacing } from '../structure/join-lines.ts'
import { takeJumps } from '../structure/jump-lines.ts'
import { isNoticeHeadline } from '../structure/notice.ts'
import { type Signed, splitSignature } from '../structure/signature.ts'
import type { Column } from './block.ts'
import type { PlacedCaption } from './captions.ts'
import { isIndented, measureOf } from './column-ends.ts'
import { readHeading } from './heading-parts.ts'
import type { Story } from './links.ts'
import { overlapX, type Sheet } from './sheet.ts'
import { endOf, type TextLine } from './text-lines.ts'

type ItemDraft = Omit<Item, 'id'>

/** The running text of a story: wrapped lines joined, subheadings lifted out with their places. */
function readText(columns: readonly Column[], all: readonly Column[]) {
  const paragraphs: string[][] = []
  const subheadings: Subheading[] = []
  const indents = columns.some((column) => {
    const { left } = measureOf(column, all)
    return column.lines.some((line) => !column.subheads.has(line) && isIndented(line, left, column.size))
  })
  let before: { line: TextLine; right: number; size: number } | undefined
  let lastWasSubhead = false
  let lastWasByline = false
  for (const column of columns) {
    const { left, right } = measureOf(column, all)
    for (const line of column.lines) {
      if (column.subheads.has(line)) {
        const last = subheadings.at(-1)
        if (lastWasSubhead && last)
          last.text = joinLines([last.text, cleanCharacters(removeLetterSpacing(line.text, true))])
        else
          subheadings.push({
            text: cleanCharacters(removeLetterSpacing(line.text, true)),
            beforeParagraph: paragraphs.length,
          })
        lastWasSubhead = true
        continue
      }
      const opens =
        before === undefined ||
        (indents
          ? isIndented(line, left, column.size)
          : endsSentence(before.line.text) && endOf(before.line) < before.right - 1.3 * before.size)
      // A byline stands in a paragraph of its own, though the text after it may not be indented.
      const byline = (opens || /^[□■◎◇◆●○△▲☆★]/u.test(line.text)) && parseBylineLine(line.text) !== null
      const whole = byline || lastWasByline
      lastWasByline = byline
      if (opens || whole || paragraphs.length === 0) paragraphs.push([])
      paragraphs.at(-1)!.push(removeLetterSpacing(line.text))
      before = { line, right, size: column.size }
      lastWasSubhead = false
    }
  }
  return {
    paragraphs: paragraphs.map((lines) => cleanCharacters(removeLetterSpacing(joinLines(lines)))),
    subheadings,
  }
}

function dropParagraph(paragraphs: string[], subheadings: readonly Subheading[], at: number): void {
  paragraphs.splice(at, 1)
  for (const each of subheadings) if (each.beforeParagraph > at) each.beforeParagraph--
}

/** A closing name; where no full stop stands before it, the space that sets it off in print must. */
function signatureOf(text: string, story: Story): Signed | null {
  const found = splitSignature(text)
  if (found) return found
  const last = story.columns.at(-1)?.lines.at(-1)?.text ?? ''
  const apart = /\s[（(]([^（）()]{2,12})[）)]$/u.exec(last)
  if (!apart || !looksLikeNames(apart[1]!) || !text.endsWith(apart[0].trim())) return null
  return { text: text.slice(0, -apart[0].trim().length), signature: splitNames(apart[1]!).join(' ') }
}

/** One item of a story. `columns` are all of the page, which tell the measure of short ones. */
export function toItem(story: Story, columns: readonly Column[], toFile: Sheet['toFile']): ItemDraft {
  const { paragraphs, subheadings } = readText(story.columns, columns)
  const parts = story.heading ? readHeading(story.heading) : undefined
  const bylines: Byline[] = [...(parts?.bylines ?? [])]
  const continues: NonNullable<Item['continues']> = {}
  for (let at = paragraphs.length - 1; at >= 0; at--) {
    const { text, to, from } = takeJumps(paragraphs[at]!)
    if (to !== undefined) continues.to = to
    if (from !== undefined) continues.from = from
    if (text !== '' || paragraphs.length === 1) paragraphs[at] = text
    else dropParagraph(paragraphs, subheadings, at)
  }
  const take = (at: number): void => {
    const found = paragraphs[at] === undefined ? null : parseBylineLine(paragraphs[at]!)
    if (found === null || paragraphs.length < 2) return
    bylines.push(...found)
    // A closing line in brackets is printed as part of the text and stays there.
    if (!/^[（(]/u.test(paragraphs[at]!)) dropParagraph(paragraphs, subheadings, at)
  }
  take(0)
  take(paragraphs.length - 1)
  const dateline = parseDateline(paragraphs[0] ?? '')
  if (dateline) bylines.push(...dateline.bylines)

  const item: ItemDraft = { type: 'article', paragraphs }
  const single = story.columns.every((column) => overlapX(column.box, story.columns[0]!.box) > 0)
  const length = paragraphs.reduce((sum, text) => sum + text.length, 0)
  const signed =
    single && length < 700 && bylines.length === 0 ? signatureOf(paragraphs.at(-1) ?? '', story) : null
  if (signed && signed.text !== '') {
    paragraphs[paragraphs.length - 1] = signed.text
    item.signature = signed.signature
    item.type = 'brief'
  }
  if (parts) {
    if (parts.kicker !== '') item.kicker = parts.kicker
    if (parts.headline !== '') item.headline = parts.headline
    if (parts.subtitle !== '') item.subtitle = parts.subtitle
    if (isNoticeHeadline(parts.headline)) item.type = 'notice'
  }
  if (continues.to !== undefined || continues.from !== undefined) item.continues = continues
  if (bylines.length > 0) item.bylines = bylines
  if (subheadings.length > 0) item.subheadings = subheadings
  item.boxes = [
    ...(story.heading ? [story.heading.box] : []),
    ...story.columns.map((column) => column.box),
  ].map(toFile)
  if (!story.heading) item.confidence = 0.4
  else if (story.weakest < 2) item.confidence = story.weakest < 0 ? 0.5 : 0.7
  return item
}

/** A photo with its caption; the picture's box comes first. */
export function toPhoto(placed: PlacedCaption, toFile: Sheet['toFile']): ItemDraft[] {
  const text = cleanCharacters(removeLetterSpacing(joinLines(placed.lines.map((line) => line.text)), true))
  const boxes = [placed.picture, placed.box].map(toFile)
  const captions = splitCaptions(text)
  const rest = captions.length > 0 ? text.slice(captions.at(-1)!.end).trim() : text
  const items: ItemDraft[] = captions.map(({ caption, credits }) => ({
    type: 'photo' as ItemType,
    paragraphs: [],
    caption: removeLetterSpacing(caption),
    credits,
    boxes,
  }))
  if (rest !== '') items.push({ type: 'photo', paragraphs: [], caption: removeLetterSpacing(rest), boxes })
  return items
}
