// Stories become items: paragraphs, subheadings, bylines and signature, with the boxes they were read from.
import type { Item, ItemType, Subheading } from '../../model/item.ts'
import { looksLikeNames, splitNames } from '../../normalize/names.ts'
import { parseBylineLine } from '../structure/byline.ts'
import { splitCaptions } from '../structure/caption.ts'
import { endsSentence } from '../structure/chars.ts'
import { finishItem } from '../structure/finish-item.ts'
import { cleanCharacters, joinLines, removeLetterSpacing } from '../structure/join-lines.ts'
import { type Signed, splitSignature } from '../structure/signature.ts'
import type { Column } from './block.ts'
import type { PlacedCaption } from './captions.ts'
import { isIndented, measureOf } from './column-ends.ts'
import { readHeading } from './heading-parts.ts'
import type { Story } from './links.ts'
import { overlapX, type Sheet } from './sheet.ts'
import { endOf, type TextLine } from './text-lines.ts'

type ItemDraft = Omit<Item, 'id'>

/** A longer text closes with a name in brackets for other reasons, in UTF-16 units. */
const longestSigned = 700

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
  const text = readText(story.columns, columns)
  const single = story.columns.every((column) => overlapX(column.box, story.columns[0]!.box) > 0)
  const length = text.paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0)
  const item = finishItem({ ...(story.heading && readHeading(story.heading)), ...text }, (last, bylines) =>
    single && length < longestSigned && bylines.length === 0 ? signatureOf(last, story) : null,
  )
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
