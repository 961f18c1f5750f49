// What this page's own body type looks like; every other size is judged against it.
import { boxWidth } from './sheet.ts'
import { median, type TextLine } from './text-lines.ts'

export interface PageStyle {
  /** The size in which most characters are set, in points. */
  bodySize: number
  /** Usual distance between baselines of body lines, in points. */
  pitch: number
}

/** Measures the lines of one writing direction; a page without lines gets a harmless style. */
export function measureStyle(lines: readonly TextLine[]): PageStyle {
  const counts = new Map<number, number>()
  for (const line of lines) {
    const key = Math.round(line.size * 2) / 2
    counts.set(key, (counts.get(key) ?? 0) + line.glyphs.length)
  }
  let rough = 10
  let most = 0
  for (const [size, count] of counts) {
    if (count > most) {
      most = count
      rough = size
    }
  }
  const near = lines.filter((line) => Math.abs(line.size - rough) <= 0.3 && line.glyphs.length > 1)
  const bodySize = median(near.map((line) => line.size)) || rough
  const steps: number[] = []
  const sorted = [...near].sort((a, b) => b.baseline - a.baseline)
  for (let i = 0; i < sorted.length; i++) {
    for (let j = i + 1; j < Math.min(sorted.length, i + 40); j++) {
      const step = sorted[i]!.baseline - sorted[j]!.baseline
      if (step > 2.5 * bodySize) break
      const shared =
        Math.min(sorted[i]!.box[2], sorted[j]!.box[2]) - Math.max(sorted[i]!.box[0], sorted[j]!.box[0])
      if (
        step > 0.9 * bodySize &&
        shared > 0.5 * Math.min(boxWidth(sorted[i]!.box), boxWidth(sorted[j]!.box))
      ) {
        steps.push(step)
        break
      }
    }
  }
  return { bodySize, pitch: median(steps) || 1.5 * bodySize }
}
