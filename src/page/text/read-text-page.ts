// One text page: lines in, page fields and items out.
import type { Page, Unplaced } from '../../model/item.ts'
import type { PageFix } from '../corrections.ts'
import { parseBylineLine } from '../structure/byline.ts'
import { endsSentence } from '../structure/chars.ts'
import { cleanCharacters } from '../structure/join-lines.ts'
import { readMasthead } from '../structure/masthead.ts'
import { contradictions, toPageFields } from '../structure/page-fields.ts'
import { splitSignature } from '../structure/signature.ts'
import { droppedLines, fieldsAsStated, joinAsStated, markedUnits, tieAsStated } from './apply-fix.ts'
import { buildItems, toRanges } from './build-items.ts'
import { findCaptions } from './find-captions.ts'
import { joinBodies } from './join-bodies.ts'
import { Junctions } from './junction.ts'
import { toUnits, type Unit } from './print-lines.ts'
import { type Body, findReadingOrder } from './reading-order.ts'
import { groupHeadings, tieHeadings } from './tie-headings.ts'

export interface TextPageOptions {
  reasons: boolean
  fix?: PageFix
}

/** Reads the lines of one page; `firstLine` is the 1-based number of the first of them in the file. */
export function readTextPage(
  rawLines: readonly string[],
  firstLine: number,
  hint: { path?: string; paper?: string },
  options: TextPageOptions,
): Page {
  const texts = rawLines.map((raw) => cleanCharacters(raw))
  const masthead = readMasthead(
    texts.map((text, i) => ({
      text,
      alone: isEdge(texts[i - 1]) && isEdge(texts[i + 1]),
    })),
  )
  const { fix } = options
  const dropped = new Set(
    [...droppedLines(fix)].map((line) => line - firstLine).filter((i) => /\S/u.test(texts[i] ?? '')),
  )
  for (const i of dropped) masthead.used.delete(i)
  const imprint = masthead.imprint.filter((i) => !dropped.has(i)).map((i) => texts[i]!.trim())
  const furniture = new Set([...masthead.furniture, ...dropped])
  const units = toUnits(rawLines, firstLine, new Set([...masthead.used, ...furniture]))
  const captions = findCaptions(units)
  const bylines = new Set<number>()
  const fixed = new Set(captions.flatMap((caption) => caption.units))
  const dashes: number[] = []
  for (const unit of units) {
    if (fixed.has(unit.index)) continue
    if (parseBylineLine(unit.text) !== null) bylines.add(unit.index)
    else if (/^[—]{1,3}\s*[^—\s]/u.test(unit.text) && unit.blankAfter > 0 && isDashedHeading(unit.text))
      dashes.push(unit.index)
  }
  for (const i of [...bylines, ...dashes]) fixed.add(i)

  const junctions = new Junctions(units)
  const marked = markedUnits(fix, units)
  for (const i of marked) {
    fixed.add(i)
    bylines.delete(i)
  }
  const order = findReadingOrder(units, junctions, { fixed, bylines })
  // Scraps of a few characters that no sentence closes are no texts: they must not draw headlines to themselves.
  // A few characters that no sentence closes are no text: together they are a heading, else scraps.
  let bodies = order.bodies.filter((body) => !isScrap(body, units, junctions))
  const scraps: number[] = []
  for (const body of order.bodies) {
    if (!isScrap(body, units, junctions)) continue
    const together = body.units.every((i, k) => k === 0 || i === body.units[k - 1]! + 1)
    const text = body.units.map((i) => units[i]!.text).join('')
    if (together && text.length >= 4 && !/[，、；：,（(]$/u.test(text)) order.headings.push(...body.units)
    else scraps.push(...body.units)
  }
  bodies = joinAsStated(bodies, fix, units)
  const inBodies = new Set(bodies.flatMap((body) => body.units))
  const headingUnits = [...new Set([...order.headings, ...dashes, ...marked])]
    .filter((i) => !inBodies.has(i))
    .sort((a, b) => a - b)
  const groups = groupHeadings(units, headingUnits)
  let headings = tieHeadings(units, groups, bodies, bylines)
  const headless = findHeadless(bodies, headings, bylines, new Set(headingUnits))
  if (headless.size > 0) {
    const joined = joinBodies(bodies, headless, units, junctions, { fixed, bylines })
    if (joined.length < bodies.length && fix?.join === undefined) {
      bodies = joined
      headings = tieHeadings(units, groups, bodies, bylines)
    }
  }
  headings = tieAsStated(headings, fix, units, bodies)
  const { owners, strays } = ownBylines(bylines, bodies, headings, new Set(headingUnits))
  const { items, leftovers } = buildItems({ units, junctions, bodies, headings, bylines: owners, captions })

  const unplaced: Unplaced[] = [...furniture].map((i) => ({
    lines: [firstLine + i, firstLine + i],
    text: texts[i]!.trim(),
  }))
  const loose = [...leftovers, ...scraps, ...strays, ...(bodies.length === 0 ? headingUnits : [])]
  for (const range of toRanges(loose.map((i) => units[i]!.line))) {
    unplaced.push({ lines: range, text: textOf(units, loose, range) })
  }
  unplaced.sort((a, b) => a.lines[0] - b.lines[0])
  const page: Page = { page: fieldsAsStated(toPageFields(masthead.fields, hint), fix), items }
  if (options.reasons) page.reasons = explain(units, bodies, headings, masthead.used.size)
  if (imprint.length > 0) page.page.imprint = imprint
  if (masthead.used.size > 0) page.page.sourceLines = toRanges([...masthead.used].map((i) => firstLine + i))
  if (unplaced.length > 0) page.unplaced = unplaced
  const problems = fix?.page === undefined ? contradictions(masthead.fields, hint) : []
  if (problems.length > 0) page.problems = problems
  return page
}

/** Bodies that nothing opens: no byline above, and the heading above, if any, is another's. */
function findHeadless(
  bodies: readonly Body[],
  headings: ReturnType<typeof tieHeadings>,
  bylines: ReadonlySet<number>,
  headingUnits: ReadonlySet<number>,
): Set<number> {
  const headless = new Set<number>()
  bodies.forEach((body, b) => {
    let above = body.units[0]! - 1
    if (bylines.has(above)) return
    if (headingUnits.has(above)) {
      // A heading right above opens it, unless that is the headline of the text that ends above.
      while (headingUnits.has(above)) above--
      if (bylines.has(above)) return
      const other = bodies.findIndex((each) => each.units.at(-1) === above)
      const claimed = other < 0 ? undefined : headings[other]!.headline
      if (claimed === undefined || !claimed.units.includes(above + 1)) return
    }
    headless.add(b)
  })
  return headless
}

/** White space, or a short Latin word such as NEWS, which belongs to the furniture. */
function isEdge(text: string | undefined): boolean {
  return text === undefined || /^[\sA-Za-z]{0,16}$/u.test(text)
}

/** A line with dashes before it is a subtitle unless it closes a sentence. */
function isDashedHeading(text: string): boolean {
  return !endsSentence(text) && splitSignature(text) === null && !/[。，、]$/u.test(text)
}

function isScrap(body: Body, units: readonly Unit[], junctions: Junctions): boolean {
  if (junctions.ends[body.units[0]!]!.dateline) return false
  const text = body.units.map((i) => units[i]!.text).join('')
  return text.length < 24 && !endsSentence(text)
}

/** Why the page was read as it was, in Chinese: one sentence per text. */
function explain(
  units: readonly Unit[],
  bodies: readonly Body[],
  headings: ReturnType<typeof tieHeadings>,
  mastheadLines: number,
): string[] {
  const reasons = [`报头、报尾共 ${mastheadLines} 行。`]
  bodies.forEach((body, b) => {
    const ranges = body.units.reduce<string[]>((list, unit, at) => {
      const line = units[unit]!.line
      const previous = at > 0 ? units[body.units[at - 1]!]!.line : -1
      if (line === previous + 1) list[list.length - 1] = `${list.at(-1)!.split('–')[0]}–${line}`
      else if (line !== previous) list.push(String(line))
      return list
    }, [])
    const title = headings[b]!.headline?.text ?? '（无标题）'
    const doubt = body.confidence < 0.9 ? `，最弱一处衔接的把握为 ${Math.round(body.confidence * 100)}%` : ''
    reasons.push(`“${title}”的正文依次取自第 ${ranges.join('、')} 行${doubt}。`)
  })
  return reasons
}

function textOf(units: readonly Unit[], among: readonly number[], range: readonly [number, number]): string {
  return [...among]
    .sort((a, b) => a - b)
    .map((i) => units[i]!)
    .filter((unit) => unit.line >= range[0] && unit.line <= range[1])
    .map((unit) => unit.text)
    .join('\n')
}

/** Each byline line goes to the body that begins below it, else to the one whose headline stands above it. */
function ownBylines(
  bylines: ReadonlySet<number>,
  bodies: readonly Body[],
  headings: ReturnType<typeof tieHeadings>,
  headingUnits: ReadonlySet<number>,
): { owners: Map<number, number[]>; strays: number[] } {
  const owners = new Map<number, number[]>()
  const strays: number[] = []
  const starts = new Map(bodies.map((body, b) => [body.units[0]!, b]))
  const ofBody = new Map(bodies.flatMap((body, b) => body.units.map((unit) => [unit, b] as const)))
  const ofHeading = new Map(
    headings.flatMap((tied, b) =>
      [tied.kicker, tied.headline, tied.subtitle].flatMap((each) =>
        (each?.units ?? []).map((unit) => [unit, b] as const),
      ),
    ),
  )
  for (const unit of bylines) {
    let below = unit + 1
    while (headingUnits.has(below) || bylines.has(below)) below++
    const b =
      starts.get(below) ??
      ofHeading.get(unit - 1) ??
      ofHeading.get(unit + 1) ??
      ofBody.get(unit - 1) ??
      ofBody.get(below)
    if (b === undefined) {
      strays.push(unit)
      continue
    }
    const own = owners.get(b)
    if (own === undefined) owners.set(b, [unit])
    else own.push(unit)
  }
  return { owners, strays }
}
