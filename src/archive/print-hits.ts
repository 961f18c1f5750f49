// Where the marked words of an item stand on its printed page.
import type { PrintLine } from '../page/pdf/render-page.ts'
import type { ArticleMarks, PageItem } from '../schema/answers.ts'

type Box = readonly [number, number, number, number]

/** Boxes of every place in the item's boxes where one of its marked words is printed, also across the ends of lines. */
export function findOnPage(
  lines: readonly PrintLine[],
  boxes: readonly Box[],
  item: PageItem,
): [number, number, number, number][] {
  const words = markedWords(item)
  if (words.length === 0 || boxes.length === 0) return []
  // One box after the other, and in each from the top: as the item is read.
  const inside = boxes.flatMap((box) => lines.filter((line) => isInside(line.box, box)))
  const units: { line: PrintLine; at: number }[] = []
  let text = ''
  for (const line of new Set(inside))
    for (let at = 0; at < line.text.length; at++) {
      const unit = line.text[at]!
      if (/\s/.test(unit)) continue
      text += unit
      units.push({ line, at })
    }
  const found: [number, number, number, number][] = []
  for (const word of words)
    for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + word.length))
      found.push(...toBoxes(units.slice(from, from + word.length)))
  return found
}

/** The printed texts of the marks, without spaces, longest first. */
function markedWords(item: PageItem): string[] {
  const { marks } = item
  if (!marks) return []
  const words = new Set<string>()
  const take = (text: string | undefined, spans: ArticleMarks['headline'] = []) => {
    for (const [start, end] of spans) words.add((text ?? '').slice(start, end).replace(/\s+/g, ''))
  }
  for (const name of ['kicker', 'headline', 'subtitle', 'caption'] as const) take(item[name], marks[name])
  item.paragraphs.forEach((text, at) => {
    take(text, marks.paragraphs?.[at])
  })
  item.subheadings?.forEach(({ text }, at) => {
    take(text, marks.subheadings?.[at])
  })
  words.delete('')
  return [...words].sort((a, b) => b.length - a.length)
}

function isInside(line: Box, box: Box): boolean {
  const x = (line[0] + line[2]) / 2
  const y = (line[1] + line[3]) / 2
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]
}

/** One box for each line that the units stand in. */
function toBoxes(units: readonly { line: PrintLine; at: number }[]): [number, number, number, number][] {
  const byLine = new Map<PrintLine, [number, number]>()
  for (const { line, at } of units) {
    const [from, to] = byLine.get(line) ?? [at, at]
    byLine.set(line, [Math.min(from, at), Math.max(to, at)])
  }
  return [...byLine].map(([{ edges, box, vertical }, [from, to]]) => {
    const [start, end] = [edges[from]!, edges[to + 1]!]
    return vertical ? [box[0], end, box[2], start] : [start, box[1], end, box[3]]
  })
}
