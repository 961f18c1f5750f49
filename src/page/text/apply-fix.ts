// An archivist's repairs of one page, applied to what the reader made of it: stated facts win over evidence.
import type { PageFields } from '../../model/item.ts'
import type { PageFix } from '../corrections.ts'
import type { Unit } from './print-lines.ts'
import type { Body } from './reading-order.ts'
import type { Heading, TiedHeadings } from './tie-headings.ts'

type Range = readonly [number, number]

/** Lines (1-based) that a repair drops. */
export function droppedLines(fix: PageFix | undefined): Set<number> {
  const lines = new Set<number>()
  for (const [from, to] of fix?.drop ?? []) for (let line = from; line <= to; line++) lines.add(line)
  return lines
}

/** Units of the lines that a repair says are headings. */
export function markedUnits(fix: PageFix | undefined, units: readonly Unit[]): Set<number> {
  return new Set((fix?.mark ?? []).flatMap((mark) => unitsIn(units, mark.lines)))
}

/** Bodies with the repaired reading orders in place of the reader's; their lines leave all other bodies. */
export function joinAsStated(
  bodies: readonly Body[],
  fix: PageFix | undefined,
  units: readonly Unit[],
): Body[] {
  const stated = (fix?.join ?? []).map((ranges) => ranges.flatMap((range) => unitsIn(units, range)))
  const taken = new Set(stated.flat())
  const rest = bodies
    .map((body) => ({ ...body, units: body.units.filter((unit) => !taken.has(unit)) }))
    .filter((body) => body.units.length > 0)
  return [
    ...rest,
    ...stated.filter((each) => each.length > 0).map((each) => ({ units: each, confidence: 1 })),
  ]
}

/** Gives marked lines to the items that a repair names; what stood in their place becomes a subheading. */
export function tieAsStated(
  tied: readonly TiedHeadings[],
  fix: PageFix | undefined,
  units: readonly Unit[],
  bodies: readonly Body[],
): TiedHeadings[] {
  const result = tied.map((each) => ({ ...each, subheadings: [...each.subheadings] }))
  for (const mark of fix?.mark ?? []) {
    const own = unitsIn(units, mark.lines)
    if (own.length === 0) continue
    const marked = new Set(own)
    const at = bodies.findIndex((body) =>
      mark.of === undefined
        ? body.units[0] === own.at(-1)! + 1 || body.units.at(-1) === own[0]! - 1
        : body.units.some((unit) => units[unit]!.line === mark.of),
    )
    const target = result[at]
    if (target === undefined) continue
    for (const each of result) {
      if (each.headline !== undefined && touches(each.headline, marked)) delete each.headline
      if (each.kicker !== undefined && touches(each.kicker, marked)) delete each.kicker
      if (each.subtitle !== undefined && touches(each.subtitle, marked)) delete each.subtitle
      each.subheadings = each.subheadings.filter((heading) => !touches(heading, marked))
    }
    const heading: Heading = {
      units: own,
      text: own.map((unit) => units[unit]!.text).join(' '),
      dashed: false,
    }
    if (mark.as === 'subheading') target.subheadings.push(heading)
    else {
      const before = target[mark.as]
      if (before !== undefined) target.subheadings.push(before)
      target[mark.as] = heading
    }
  }
  return result
}

/** Page fields as a repair states them. */
export function fieldsAsStated(fields: PageFields, fix: PageFix | undefined): PageFields {
  return { ...fields, ...fix?.page }
}

function touches(heading: Heading, units: ReadonlySet<number>): boolean {
  return heading.units.some((unit) => units.has(unit))
}

function unitsIn(units: readonly Unit[], [from, to]: Range): number[] {
  return units.filter((unit) => unit.line >= from && unit.line <= to).map((unit) => unit.index)
}
