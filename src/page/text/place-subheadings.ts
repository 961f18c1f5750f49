// Where do the subheadings of a text stand? Exporters often sweep them together at the end of the page.
import type { Subheading } from '../../model/item.ts'
import { emWidth } from '../structure/chars.ts'
import type { Unit } from './print-lines.ts'
import type { Heading } from './tie-headings.ts'
import { containment, readTopics, type Topic } from './topic.ts'

/** What a section is worth whose paragraphs speak of its subheading, and what one is whose first paragraph does. */
const spokenOf = 2
const spokenOfAtOnce = 0.3
/** Sections of one text are about equally long: cost of a section by the square of how much it is not, at most 1 each. */
const uneven = 1

interface Paragraph {
  units: readonly number[]
  text: string
}

/**
 * The subheadings of a text with their places. One that the file prints right before a paragraph stands there; the others
 * are placed in their order, where the words that follow speak of them and the sections are even; never after the last.
 */
export function placeSubheadings(
  headings: readonly Heading[],
  paragraphs: readonly Paragraph[],
  units: readonly Unit[],
): Subheading[] {
  const sorted = [...headings].sort((a, b) => a.units[0]! - b.units[0]!)
  const texts = inPattern(sorted, units)
  const places = sorted.map((heading) => touchedPlace(heading, sorted, paragraphs))
  const topics = readTopics([...texts, ...paragraphs.map((paragraph) => paragraph.text)])
  const free = sorted.flatMap((_, i) => (places[i] === null ? [i] : []))
  const found = placeFree(
    free.map((i) => topics[i]!),
    topics.slice(sorted.length),
    places.filter((place) => place !== null),
  )
  return sorted.map((_, i) => ({
    text: texts[i]!,
    beforeParagraph: places[i] ?? found[free.indexOf(i)]!,
  }))
}

/** The paragraph that begins right below a heading, or follows the one that ends right above; null when none does. */
function touchedPlace(
  heading: Heading,
  all: readonly Heading[],
  paragraphs: readonly Paragraph[],
): number | null {
  const first = heading.units[0]!
  const last = Math.max(heading.units.at(-1)!, heading.subtitle?.units.at(-1) ?? -1)
  const after = paragraphs.findIndex((paragraph) => paragraph.units[0] === last + 1)
  if (after >= 0) return after
  // Swept together: what stands above the first of them is where the text ends in the file.
  const isSwept = all.some(
    (other) => other !== heading && (other.units[0] === last + 1 || other.units.at(-1) === first - 1),
  )
  if (isSwept) return null
  const before = paragraphs.findIndex((paragraph) => paragraph.units.includes(first - 1))
  return before >= 0 && before + 1 < paragraphs.length ? before + 1 : null
}

/** The best rising places for subheadings in their order, by dynamic programming over (subheading, place). */
function placeFree(
  headings: readonly Topic[],
  paragraphs: readonly Topic[],
  taken: readonly number[],
): number[] {
  const size = paragraphs.length
  const count = headings.length
  if (count === 0) return []
  // More subheadings than paragraphs: one before each, the rest before the last.
  if (count >= size) return headings.map((_, i) => Math.max(0, Math.min(i, size - 1)))
  const mean = size / (count + taken.length + 1)
  const bounds = [...taken, size].sort((a, b) => a - b)
  const endOf = (from: number, to: number): number =>
    Math.min(to, bounds.find((bound) => bound > from) ?? size)
  const evenness = (length: number): number => -uneven * Math.min(1, (length / mean - 1) ** 2)
  const section = (i: number, from: number, to: number): number => {
    const end = endOf(from, to)
    let most = 0
    for (let p = from; p < end; p++) most = Math.max(most, containment(headings[i]!, paragraphs[p]!))
    return (
      spokenOf * most + spokenOfAtOnce * containment(headings[i]!, paragraphs[from]!) + evenness(end - from)
    )
  }
  const isFree = (place: number): boolean => !taken.includes(place)
  // best[i][p]: subheadings 0 to i - 1 are settled, and i stands before paragraph p.
  const best = headings.map(() => new Float64Array(size).fill(Number.NEGATIVE_INFINITY))
  const from = headings.map(() => new Int32Array(size).fill(-1))
  for (let p = 0; p < size; p++) {
    const opening = bounds.filter((bound) => bound <= p).at(-1) ?? 0
    // A text does not open with a subheading that the file prints elsewhere.
    if (isFree(p) && p > 0) best[0]![p] = evenness(p - opening)
  }
  for (let i = 1; i < count; i++)
    for (let p = 1; p < size; p++) {
      if (!isFree(p)) continue
      for (let q = 1; q < p; q++) {
        const value = best[i - 1]![q]! + section(i - 1, q, p)
        if (value > best[i]![p]!) {
          best[i]![p] = value
          from[i]![p] = q
        }
      }
    }
  let at = -1
  let most = Number.NEGATIVE_INFINITY
  for (let p = 0; p < size; p++) {
    const value = best[count - 1]![p]! + section(count - 1, p, size)
    if (value > most) {
      most = value
      at = p
    }
  }
  if (at < 0) return headings.map((_, i) => Math.min(i + 1, size - 1))
  const places: number[] = []
  for (let i = count - 1; i >= 0; i--) {
    places.unshift(at)
    at = from[i]![at]!
  }
  return places
}

/** Texts of the headings; where two lines of one stand the other way round than those of its siblings, they are turned. */
function inPattern(headings: readonly Heading[], units: readonly Unit[]): string[] {
  const lines = headings.map((heading) => heading.units.map((i) => units[i]!.text.trim()))
  const rises = ([first, second]: readonly string[]): number => Math.sign(emWidth(second!) - emWidth(first!))
  const pairs = lines.filter((each) => each.length === 2)
  const rising = pairs.filter((each) => rises(each) > 0).length
  const falling = pairs.filter((each) => rises(each) < 0).length
  const usual = rising > falling && rising > 1 ? 1 : falling > rising && falling > 1 ? -1 : 0
  return headings.map((heading, i) => {
    const own = lines[i]!
    const turned = own.length === 2 && usual !== 0 && rises(own) === -usual
    const text = turned ? `${own[1]} ${own[0]}` : heading.text
    const subtitle = heading.subtitle === undefined ? '' : ` ${heading.subtitle.text}`
    return `${text}${subtitle}`.replace(/\s+/gu, ' ').trim()
  })
}
