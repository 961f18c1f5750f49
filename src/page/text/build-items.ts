// Bodies, headings, bylines and captions become items: paragraphs are joined, names are read, nothing is dropped.
import type { Item } from '../../model/item.ts'
import { toPlainScript } from '../../normalize/normalize.ts'
import { parseBylineLine } from '../structure/byline.ts'
import { endsSentence } from '../structure/chars.ts'
import { finishItem, numberItems } from '../structure/finish-item.ts'
import { joinLines, removeLetterSpacing } from '../structure/join-lines.ts'
import type { CaptionBlock } from './find-captions.ts'
import type { Junctions } from './junction.ts'
import { placeSubheadings } from './place-subheadings.ts'
import type { Unit } from './print-lines.ts'
import type { Body } from './reading-order.ts'
import { type Heading, printedHeadings, type TiedHeadings } from './tie-headings.ts'

/** A paragraph and the units that it was joined from. */
interface Paragraph {
  units: number[]
  text: string
}

/** Splits a body's units into paragraphs and joins their lines. */
function toParagraphs(units: readonly Unit[], body: readonly number[], junctions: Junctions): Paragraph[] {
  const groups: number[][] = []
  for (const i of body) {
    const last = groups.at(-1)
    const previous = last?.at(-1)
    if (last === undefined || previous === undefined || breaksBetween(units, previous, i, junctions))
      groups.push([i])
    else last.push(i)
  }
  return groups.map((group) => ({
    units: group,
    text: closeGaps(joinLines(group.map((i) => units[i]!.text))),
  }))
}

const names =
  /[（(](?:[^（）()]{0,40}(?:记者|通讯员|实习生|作者)[^（）()]{0,60}|[\p{Script=Han} ]{2,20})[）)]/gu

/** Removes the spaces between wide characters, save those that part names in brackets (记者 许廷合 通讯员 周明阁). */
function closeGaps(text: string): string {
  let out = ''
  let at = 0
  for (const { index, 0: found } of toPlainScript(text).matchAll(names)) {
    const bracket = text.slice(index, index + found.length)
    out += `${text.slice(at, index)}\u0000${bracket.replace(/\s+/gu, '\u0001')}\u0000`
    at = index + found.length
  }
  out += text.slice(at)
  return removeLetterSpacing(out)
    .replaceAll('\u0000', '')
    .replaceAll('\u0001', ' ')
    .replace(/ +(?=[（(]\p{Script=Han})/gu, '')
}

/** Is there a paragraph break between two units that follow each other in a text? */
function breaksBetween(units: readonly Unit[], a: number, b: number, junctions: Junctions): boolean {
  const from = units[a]!
  const to = units[b]!
  const end = junctions.ends[a]!
  const begin = junctions.ends[b]!
  if (begin.dateline) return true
  if (/^[）)，。、；]/u.test(to.text)) return false
  const sentence = endsSentence(from.text)
  if (sentence) return end.ends * (begin.begins + 0.05) > (1 - end.ends) * (1 - begin.begins)
  if (/[：:]$/u.test(from.text)) return end.ends * begin.begins > 0.35
  return (
    begin.begins > 0.8 && from.width < from.measure - 1.2 && !from.stretched && !/[，、；]$/u.test(from.text)
  )
}

export interface Parts {
  units: readonly Unit[]
  junctions: Junctions
  bodies: readonly Body[]
  headings: readonly TiedHeadings[]
  bylines: ReadonlyMap<number, number[]>
  captions: readonly CaptionBlock[]
}

/** Builds the items of a page in the order in which they begin in the file. */
export function buildItems(parts: Parts): { items: Item[]; leftovers: number[] } {
  const { units } = parts
  const drafts: { first: number; item: Omit<Item, 'id'> }[] = []
  const leftovers: number[] = []
  parts.bodies.forEach((body, b) => {
    const tied = parts.headings[b]!
    const bylines = parts.bylines.get(b) ?? []
    const characters = body.units.reduce((sum, i) => sum + units[i]!.text.length, 0)
    if (tied.headline === undefined && bylines.length === 0 && characters < 24) {
      leftovers.push(...body.units, ...printedHeadings(tied).flatMap((each) => each.units))
      return
    }
    const item = buildText(parts, body, tied, bylines)
    const all = [...body.units, ...bylines, ...printedHeadings(tied).flatMap((heading) => heading.units)]
    item.sourceLines = toRanges(all.map((i) => units[i]!.line))
    drafts.push({ first: Math.min(...all), item })
  })
  for (const block of parts.captions) {
    for (const caption of block.captions) {
      const item: Omit<Item, 'id'> = {
        type: 'photo',
        paragraphs: [],
        caption: caption.caption,
        credits: caption.credits,
      }
      item.sourceLines = toRanges(block.units.map((i) => units[i]!.line))
      drafts.push({ first: block.units[0]!, item })
    }
  }
  drafts.sort((a, b) => a.first - b.first)
  const items = numberItems(drafts.map(({ item }) => item))
  return { items, leftovers }
}

function buildText(
  parts: Parts,
  body: Body,
  tied: TiedHeadings,
  bylineUnits: readonly number[],
): Omit<Item, 'id'> {
  const { units, junctions } = parts
  const paragraphs = toParagraphs(units, body.units, junctions)
  const item = finishItem({
    kicker: tied.kicker && headingText(tied.kicker),
    headline: tied.headline && headingText(tied.headline),
    subtitle: tied.subtitle && headingText(tied.subtitle),
    bylines: bylineUnits.flatMap((i) => parseBylineLine(units[i]!.text) ?? []),
    paragraphs: paragraphs.map((paragraph) => paragraph.text),
    subheadings: placeSubheadings(tied.subheadings, paragraphs, units),
  })
  if (body.confidence < 0.9) item.confidence = Math.round(body.confidence * 100) / 100
  return item
}

function headingText(heading: Heading): string {
  return heading.text.replace(/\s+/gu, ' ').trim()
}

/** Line numbers to ascending ranges, both ends included. */
export function toRanges(lines: readonly number[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && line === last[1] + 1) last[1] = line
    else if (last === undefined || line > last[1]) ranges.push([line, line])
  }
  return ranges
}
