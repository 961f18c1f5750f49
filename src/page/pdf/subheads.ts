// 小标题 or headline: judged by all lines of one style together.
import { parseBylineLine } from '../structure/byline.ts'
import { endsClause } from '../structure/chars.ts'
import { isDisplay, sameSize, startsStory } from './block.ts'
import type { PageStyle } from './page-style.ts'
import { type Box, boxWidth, overlapX, unionBox } from './sheet.ts'
import type { TextLine } from './text-lines.ts'

/**
 * 小标题 stand in the column that they divide. A type style (size and weight) is judged by all its lines together,
 * because the ten headlines of a briefs column look like subheadings one by one.
 */
export function findSubheads(lines: readonly TextLine[], style: PageStyle): Set<TextLine> {
  const found = new Set<TextLine>()
  const groups = new Map<string, TextLine[][]>()
  const candidates = lines.filter(
    (line) =>
      line.size < 1.62 * style.bodySize &&
      line.size > 0.95 * style.bodySize &&
      (isDisplay(line.size, style) || (line.bold && !endsClause(line.text) && line.glyphs.length <= 24)) &&
      parseBylineLine(line.text) === null,
  )
  for (const group of stackAlike(candidates)) {
    const first = group[0]!
    const key = `${Math.round(first.size * 2)}${first.bold ? 'b' : ''}`
    const list = groups.get(key)
    if (list) list.push(group)
    else groups.set(key, [group])
  }
  const candidate = new Set(candidates)
  const plain = downwards(lines.filter((line) => !isDisplay(line.size, style) && !candidate.has(line)))
  const everything = downwards(lines)
  for (const list of groups.values()) {
    const ratio = list[0]![0]!.size / style.bodySize
    const prior = ratio < 1.12 ? 1 : ratio < 1.25 ? 2 : ratio < 1.35 ? 0 : -2
    let sum = 0
    const own: [TextLine[], number][] = []
    for (const group of list) {
      const box = unionBox(group.map((line) => line.box))
      const reach = 12 * style.bodySize + 3 * style.pitch
      const vote = voteForSubhead(group, within(plain, box, reach), within(everything, box, reach), style)
      own.push([group, vote])
      sum += Math.max(-4, Math.min(3, vote))
    }
    // The mean, not the sum: a hundred weak votes are no stronger than one.
    if (prior + sum / list.length <= 0) continue
    for (const [group, vote] of own)
      if (vote > -4 && group.length <= 3) for (const line of group) found.add(line)
  }
  return found
}

/** Positive: a subheading of the column; negative: a headline. */
function voteForSubhead(
  group: readonly TextLine[],
  plain: readonly TextLine[],
  all: readonly TextLine[],
  style: PageStyle,
): number {
  const box = unionBox(group.map((line) => line.box))
  const reach = 2.2 * style.pitch
  let above: TextLine | undefined
  let below: TextLine | undefined
  for (const line of plain) {
    if (overlapX(line.box, box) < 0.3 * Math.min(boxWidth(line.box), boxWidth(box))) continue
    const up = line.box[1] - box[3]
    const down = box[1] - line.box[3]
    if (up > -2 && up < reach && (!above || line.box[1] < above.box[1])) above = line
    if (down > -2 && down < reach && (!below || line.box[3] > below.box[3])) below = line
  }
  const column = columnAround(above, below, plain)
  if (!column) return -3
  let vote = 0
  if (box[0] < column[0] - style.bodySize || box[2] > column[2] + style.bodySize) vote -= 5
  const headAbove = all.some(
    (line) =>
      !group.includes(line) &&
      line.size > 1.12 * style.bodySize &&
      line.box[1] >= box[3] - 2 &&
      line.box[1] - box[3] < 2 * line.size &&
      overlapX(line.box, box) > 0 &&
      (!above || line.box[1] < above.box[1]),
  )
  if (headAbove && !above) {
    // A subheading may open a column; a subtitle stands above the row in which the columns begin.
    const row = plain.some(
      (line) =>
        overlapX(line.box, box) < 0 &&
        Math.abs(line.box[3] - box[3]) < 0.7 * style.pitch &&
        Math.max(line.box[0] - column[2], column[0] - line.box[2]) < 25 * style.bodySize,
    )
    vote -= row ? 2 : 5
  } else if (headAbove) vote -= 2
  if (/^(?:⸺|[—―─]{1,2})/u.test(first(group).text)) vote -= 4
  if (!below) vote += above ? 2 : -3
  if (!above) vote += headAbove ? 0 : 1
  if (below && startsStory(below.text)) vote -= 4
  if (above && /[）)]$/u.test(above.text) && !/[。！？][”’]?$/u.test(above.text)) vote -= 3
  if (group.length > 1) vote -= 2
  const centred = Math.abs((box[0] + box[2]) / 2 - (column[0] + column[2]) / 2) < style.bodySize
  if (centred && box[0] > column[0] + 1.2 * style.bodySize) vote += 1
  if (above && below) vote += 1
  return vote
}

const first = (group: readonly TextLine[]): TextLine => group[0]!

/** The width in which the lines above and below stand. */
function columnAround(
  above: TextLine | undefined,
  below: TextLine | undefined,
  plain: readonly TextLine[],
): Box | undefined {
  const seeds = [above, below].filter((line) => line !== undefined)
  if (seeds.length === 0) return undefined
  const boxes: Box[] = seeds.map((line) => line.box)
  for (const seed of seeds) {
    for (const line of plain) {
      if (
        sameSize(line.size, seed.size) &&
        overlapX(line.box, seed.box) > 0 &&
        Math.abs(line.baseline - seed.baseline) < 5 * seed.size
      ) {
        boxes.push(line.box)
      }
    }
  }
  return unionBox(boxes)
}

/** Lines of one style directly under each other, as groups. */
function stackAlike(lines: readonly TextLine[]): TextLine[][] {
  const groups: TextLine[][] = []
  for (const line of [...lines].sort((a, b) => b.baseline - a.baseline)) {
    const group = groups.find((each) => {
      const last = each.at(-1)!
      const step = last.baseline - line.baseline
      return (
        sameSize(last.size, line.size) &&
        last.bold === line.bold &&
        step > 0.8 * line.size &&
        step < 1.75 * line.size &&
        overlapX(last.box, line.box) > 0
      )
    })
    if (group) group.push(line)
    else groups.push([line])
  }
  return groups
}

const downwards = (lines: readonly TextLine[]): TextLine[] =>
  [...lines].sort((a, b) => b.baseline - a.baseline)

/** Lines, sorted downwards, whose baselines lie at most `reach` above or below a box. */
function within(sorted: readonly TextLine[], box: Box, reach: number): TextLine[] {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]!.baseline > box[3] + reach) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < sorted.length && sorted[end]!.baseline >= box[1] - reach) end++
  return sorted.slice(low, end)
}
