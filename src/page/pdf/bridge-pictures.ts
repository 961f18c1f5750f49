// A picture let into a column divides it on paper, not in reading: the pieces above and below become one column.
import { endsClause } from '../structure/chars.ts'
import { type Blocks, startsStory } from './block.ts'
import type { PlacedCaption } from './captions.ts'
import { measureOf } from './column-ends.ts'
import { type Fences, ruleBetween } from './fences.ts'
import { type Box, overlapX, unionBox } from './sheet.ts'
import { endOf, startOf } from './text-lines.ts'

/** Joins column pieces that only a picture (and its caption) parts; they must share their edges, and their sentences fit. */
export function bridgePictures(blocks: Blocks, captions: readonly PlacedCaption[], fences: Fences): void {
  const { columns, headings } = blocks
  for (let joined = true; joined; ) {
    joined = false
    for (const upper of columns) {
      const em = upper.size
      const lower = columns.find((other) => {
        if (other === upper || other.panel !== upper.panel || Math.abs(other.size - em) > 0.06 * em)
          return false
        const gap = upper.box[1] - other.box[3]
        if (gap < 2 * em || upper.lines[0]!.vertical || other.lines[0]!.vertical) return false
        if (
          Math.abs(other.box[0] - upper.box[0]) > 2.6 * em ||
          Math.abs(other.box[2] - upper.box[2]) > 2.6 * em
        )
          return false
        const inGap = (box: Box): boolean =>
          overlapX(box, upper.box) > 0 && box[3] < upper.box[1] + em && box[1] > other.box[3] - em
        const pictures = fences.pictures.filter((picture) => inGap(picture))
        if (pictures.length === 0) return false
        const filled = [...pictures, ...captions.map((caption) => caption.box).filter(inGap)].reduce(
          (sum, box) => sum + box[3] - box[1],
          0,
        )
        if (gap - filled > 6 * em) return false
        if (headings.some((heading) => inGap(heading.box)) || columns.some((each) => inGap(each.box)))
          return false
        return !ruleBetween(fences, upper.box, other.box)
      })
      if (!lower) continue
      const last = upper.lines.at(-1)!
      const first = lower.lines[0]!
      const indented = lower.subheads.has(first) || startOf(first) > measureOf(lower, columns).left + 1.2 * em
      const ended = upper.subheads.has(last) || endsClause(last.text)
      const short = endOf(last) < upper.box[2] - 3 * em
      if (startsStory(first.text) || (indented && !ended) || (!indented && short)) continue
      upper.lines.push(...lower.lines)
      for (const line of lower.subheads) upper.subheads.add(line)
      upper.box = unionBox([upper.box, lower.box])
      columns.splice(columns.indexOf(lower), 1)
      joined = true
      break
    }
  }
}
