// Whose headline is it? Headings and bodies as one matching, then what is left becomes kickers and subheadings.

import { assign } from '../assignment.ts'
import { emWidth, squeeze } from '../structure/chars.ts'
import type { Unit } from './print-lines.ts'
import type { Body } from './reading-order.ts'
import { containment, readTopics } from './topic.ts'

/** Heading lines that belong together. */
export interface Heading {
  units: number[]
  text: string
  /** Set with dashes before it: a subtitle. */
  dashed: boolean
  /** The dashed line below it. */
  subtitle?: Heading
}

export interface TiedHeadings {
  headline?: Heading
  kicker?: Heading
  subtitle?: Heading
  subheadings: Heading[]
}

/** Groups heading units: lines that touch are one heading; a line that begins with dashes is a subtitle of its own. */
export function groupHeadings(units: readonly Unit[], headings: readonly number[]): Heading[] {
  const groups: Heading[] = []
  for (const i of headings) {
    const unit = units[i]!
    const dashed = /^[—－-]{1,3}\s*\S/u.test(unit.text)
    const last = groups.at(-1)
    if (
      last !== undefined &&
      last.units.at(-1) === i - 1 &&
      unit.blankBefore === 0 &&
      unit.part === 0 &&
      !dashed &&
      last.units.length < 4
    ) {
      last.units.push(i)
      last.text = last.dashed ? `${last.text}${unit.text}` : `${last.text} ${unit.text}`
    } else if (
      dashed &&
      last !== undefined &&
      !last.dashed &&
      last.subtitle === undefined &&
      last.units.at(-1) === i - 1
    ) {
      last.subtitle = { units: [i], text: unit.text, dashed }
    } else if (
      !dashed &&
      last?.subtitle !== undefined &&
      last.subtitle.units.at(-1) === i - 1 &&
      unit.blankBefore === 0
    ) {
      last.subtitle.units.push(i)
      last.subtitle.text += unit.text
    } else groups.push({ units: [i], text: unit.text, dashed })
  }
  // A kicker may stand between a headline and its subtitle: the subtitle is the larger one's.
  groups.forEach((group, g) => {
    const above = groups[g - 1]
    if (group.subtitle === undefined || above === undefined || above.subtitle !== undefined || above.dashed)
      return
    if (above.units.at(-1) === group.units[0]! - 1 && emWidth(above.text) > emWidth(group.text) + 2) {
      above.subtitle = group.subtitle
      delete group.subtitle
    }
  })
  return groups
}

/** All units of a heading, its subtitle's included. */
function unitsOf(heading: Heading): number[] {
  return heading.subtitle === undefined ? heading.units : [...heading.units, ...heading.subtitle.units]
}

/** Ties headings to bodies; bodies may stay without. `skippable` are units that stand between a heading and its body (bylines). */
export function tieHeadings(
  units: readonly Unit[],
  groups: readonly Heading[],
  bodies: readonly Body[],
  skippable: ReadonlySet<number>,
): TiedHeadings[] {
  const tied: TiedHeadings[] = bodies.map(() => ({ subheadings: [] }))
  if (bodies.length === 0) return tied
  const owner = new Int32Array(units.length).fill(-1)
  const place = new Int32Array(units.length).fill(-1)
  bodies.forEach((body, b) => {
    body.units.forEach((unit, at) => {
      owner[unit] = b
      place[unit] = at
    })
  })
  const inHeading = new Set(groups.flatMap(unitsOf))
  const passes = (unit: number): boolean => inHeading.has(unit) || skippable.has(unit)
  const topics = readTopics([
    ...bodies.map((body) => body.units.map((i) => units[i]!.text).join('')),
    ...groups.map((group) => group.text + (group.subtitle?.text ?? '')),
  ])
  const headTopics = topics.slice(bodies.length)
  const texts = bodies.map((body) => squeeze(body.units.map((i) => units[i]!.text).join('')))
  const heads = groups.map((group, g) => ({ group, g })).filter(({ group }) => !group.dashed)
  const near = groups.map((group) => neighbours(group, units.length, passes))

  const gains = heads.map(({ group, g }) => {
    const width = emWidth(group.text)
    const { before, after } = near[g]!
    const under = unitsOf(group).at(-1)! + 1
    const hasByline = skippable.has(under)
    return bodies.map((body, b) => {
      const start = body.units[0]!
      let gain = 0.2
      if (after >= 0 && owner[after] === b && place[after] === 0)
        gain += 3 - 0.25 * Math.min(4, after - under)
      if (before >= 0 && owner[before] === b) {
        const following = body.units[place[before]! + 1]
        // Below the end of a text, or of one of its columns.
        if (following === undefined) gain += 1.6
        else if (following < before || following > before + 12) gain += 1
      }
      // In the middle of one text a heading is a subheading.
      if (
        before >= 0 &&
        after >= 0 &&
        owner[before] === b &&
        owner[after] === b &&
        place[after] === place[before]! + 1
      )
        gain -= 2.5
      gain += 1.2 * Math.exp(-Math.abs(start - under) / 15)
      gain += 6 * containment(headTopics[g]!, topics[b]!)
      if (group.subtitle !== undefined) gain += 3
      if (hasByline && after >= 0 && owner[after] === b && place[after] === 0) gain += 1
      // A headline sums up; a line that the text holds word for word is rather a subheading or a kicker.
      if (width >= 7 && texts[b]!.includes(squeeze(group.text))) gain -= 1.5
      if (width < 7) gain -= 1.2
      gain += 0.06 * Math.min(width, 28)
      return gain - 0.2
    })
  })
  const chosen = assign(gains)
  chosen.forEach((b, row) => {
    if (b < 0) return
    const { group } = heads[row]!
    tied[b]!.headline = group
    if (group.subtitle !== undefined) tied[b]!.subtitle = group.subtitle
  })
  const used = new Set(chosen.flatMap((b, row) => (b >= 0 ? [heads[row]!.g] : [])))

  const headlineAt = new Map<number, number>()
  tied.forEach((each, b) => {
    if (each.headline !== undefined) for (const unit of unitsOf(each.headline)) headlineAt.set(unit, b)
  })
  for (const [g, group] of groups.entries()) {
    if (used.has(g)) continue
    const first = group.units[0]!
    const last = unitsOf(group).at(-1)!
    const above = headlineAt.get(last + 1)
    const below = headlineAt.get(first - 1)
    if (group.dashed) {
      const b =
        below ??
        above ??
        nearestHeadline(first, headlineAt) ??
        bestBody(headTopics[g]!, topics, bodies, near[g]!, owner)
      if (tied[b]!.subtitle === undefined) {
        tied[b]!.subtitle = group
        continue
      }
    }
    const beside = above ?? below
    const headline = beside === undefined ? undefined : tied[beside]!.headline
    if (
      beside !== undefined &&
      headline !== undefined &&
      emWidth(group.text) >= 9 &&
      group.units.length + headline.units.length <= 5 &&
      !texts[beside]!.includes(squeeze(group.text)) &&
      !texts[beside]!.includes(squeeze(headline.text))
    ) {
      // Two lines of one headline, set apart.
      const ordered = first < headline.units[0]! ? [group, headline] : [headline, group]
      const subtitle = ordered[1]!.subtitle ?? ordered[0]!.subtitle
      const whole: Heading = {
        units: ordered.flatMap((each) => each.units),
        text: ordered.map((each) => each.text).join(' '),
        dashed: false,
      }
      if (subtitle !== undefined) {
        whole.subtitle = subtitle
        tied[beside]!.subtitle = subtitle
      }
      tied[beside]!.headline = whole
      for (const unit of group.units) headlineAt.set(unit, beside)
      continue
    }
    if (beside !== undefined && tied[beside]!.kicker === undefined && group.units.length <= 2) {
      tied[beside]!.kicker = group
      headlineAt.set(first, beside)
      continue
    }
    const b = bestBody(headTopics[g]!, topics, bodies, near[g]!, owner)
    tied[b]!.subheadings.push(group)
  }
  // A subtitle may have lost its place to another one: it is printed all the same.
  const placed = new Set(tied.flatMap(printedHeadings).flatMap((heading) => heading.units))
  for (const [g, group] of groups.entries())
    for (const heading of [group, group.subtitle]) {
      if (heading === undefined || heading.units.every((unit) => placed.has(unit))) continue
      const { subtitle: _, ...alone } = heading
      tied[bestBody(headTopics[g]!, topics, bodies, near[g]!, owner)]!.subheadings.push(alone)
    }
  return tied
}

/** All headings of a text that its item prints. */
export function printedHeadings(tied: TiedHeadings): Heading[] {
  return [
    tied.kicker,
    tied.headline,
    tied.subtitle,
    ...tied.subheadings,
    ...tied.subheadings.map((each) => each.subtitle),
  ].filter((each) => each !== undefined)
}

/** The nearest units before and after a heading that are neither headings nor bylines; -1 at the page's ends. */
function neighbours(
  group: Heading,
  size: number,
  passes: (unit: number) => boolean,
): { before: number; after: number } {
  let before = group.units[0]! - 1
  while (before >= 0 && passes(before)) before--
  let after = unitsOf(group).at(-1)! + 1
  while (after < size && passes(after)) after++
  return { before, after: after < size ? after : -1 }
}

function nearestHeadline(at: number, headlineAt: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined
  let least = 6
  for (const [unit, b] of headlineAt) {
    const distance = Math.abs(unit - at)
    if (distance < least) {
      least = distance
      best = b
    }
  }
  return best
}

/** The body that a subheading belongs to: by what it says and by where it stands. */
function bestBody(
  topic: ReturnType<typeof readTopics>[number],
  topics: ReturnType<typeof readTopics>,
  bodies: readonly Body[],
  near: { before: number; after: number },
  owner: Int32Array,
): number {
  let best = 0
  let most = Number.NEGATIVE_INFINITY
  bodies.forEach((body, b) => {
    let score = 3 * containment(topic, topics[b]!)
    if (near.before >= 0 && owner[near.before] === b) score += 0.8
    if (near.after >= 0 && owner[near.after] === b) score += 0.8
    score += Math.min(0.5, body.units.length / 200)
    if (score > most) {
      most = score
      best = b
    }
  })
  return best
}
