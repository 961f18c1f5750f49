// What the head and foot of a page say: paper, date, page number, section, staff, contact.
import type { PageFields } from '../../model/item.ts'
import { toPlainScript } from '../../normalize/normalize.ts'
import { latinOnly, type MastheadFacts, readMastheadLine, saysOnlyNames } from './masthead-line.ts'
import {
  isColumnLabel,
  isDaily,
  isPaperName,
  isPlainSection,
  isSection,
  isWholePaperName,
  looksLikePaper,
} from './page-names.ts'
import { wholePageNumber } from './page-number.ts'

/** What the print says about the page; what it does not say is absent. */
export interface MastheadFields {
  paper?: string
  date?: string
  pageNo?: number
  /** No number is printed, but the number of the issue or how many pages it has: only a front page does. */
  isFront?: boolean
  section?: string
  staff?: NonNullable<PageFields['staff']>
  contact?: NonNullable<PageFields['contact']>
}

export interface Masthead {
  fields: MastheadFields
  /** Indexes (into the lines given) that belong to head or foot and are said in `fields`. */
  used: Set<number>
  /** Those of `used` that say more than name, date and number of the page: staff, contact, issue number, weather. */
  imprint: number[]
  /** Indexes of lines that are furniture (NEWS, 要闻简报) and say nothing that `fields` holds. */
  furniture: Set<number>
}

/** A line of print that may be masthead: its text with radicals mapped, and whether it stands by itself. */
export interface MastheadLine {
  text: string
  /** White space, a rule or a gap separates it from what comes before and after. */
  alone: boolean
}

/** Printed lines from the top and from the bottom of the page among which the head and foot are looked for. */
const headLines = 8
const footLines = 5

interface ReadLine extends MastheadFacts {
  index: number
}

interface Candidate<T> {
  index: number
  value: T
  score: number
}

/** Reads head and foot off the lines of a page, wherever they stand. */
export function readMasthead(lines: readonly MastheadLine[]): Masthead {
  return new MastheadReader(lines).read()
}

class MastheadReader {
  private readonly fields: MastheadFields = {}
  private readonly used = new Set<number>()
  private readonly imprint: number[] = []
  private readonly furniture = new Set<number>()
  private readonly dates: Candidate<string>[] = []
  private readonly numbers: (Candidate<number> & { plain: boolean })[] = []
  private readonly sections: Candidate<string>[] = []
  private readonly papers: Candidate<string>[] = []
  /** Lines that surely belong to head or foot. */
  private readonly anchors: number[] = []
  private readonly lines: readonly MastheadLine[]
  /** Printed lines before each line, so that distances are differences. */
  private readonly printedBefore: Int32Array
  private readonly firstLine: number

  constructor(lines: readonly MastheadLine[]) {
    this.lines = lines
    this.printedBefore = new Int32Array(lines.length + 1)
    lines.forEach((line, i) => {
      this.printedBefore[i + 1] = this.printedBefore[i]! + (line.text.trim() === '' ? 0 : 1)
    })
    this.firstLine = lines.findIndex((line) => line.text.trim() !== '')
  }

  read(): Masthead {
    const { lines, fields, used, furniture } = this
    let isFront = false
    const loose: { index: number; word: string; beside: boolean }[] = []
    for (let index = 0; index < lines.length; index++) {
      const facts = readMastheadLine(lines[index]!.text)
      if (facts === null) continue
      const line = { ...facts, index }
      if (!this.belongs(line)) continue
      if (line.isFront) isFront = true
      this.anchors.push(index)
      if (line.staff) fields.staff = { ...line.staff, ...fields.staff }
      if (line.contact) fields.contact = { ...line.contact, ...fields.contact }
      const names = line.words.some((word) => isPaperName(toPlainScript(word))) ? 1 : 0
      const edge = this.isEdge(index) ? 1 : 0
      if (line.date)
        this.dates.push({
          index,
          value: line.date.value,
          score: edge + names + (line.date.hasWeekday ? 2 : 0) + (line.number !== undefined ? 2 : 0),
        })
      if (line.number !== undefined)
        this.numbers.push({
          index,
          value: line.number,
          plain: false,
          score: edge + names + (line.date ? 3 : 0) + (lines[index]!.alone ? 1 : 0),
        })
      if (line.staff || line.contact || line.hasParticulars) this.imprint.push(index)
      used.add(index)
      for (const word of line.words) loose.push({ index, word, beside: line.number !== undefined })
    }

    // Short words that stand alone near the sure parts: the paper, the section, the page number.
    for (const { index, word, beside } of loose) this.consider(index, word, true, beside)
    // A Latin word in a line that says something does not make the line furniture.
    furniture.clear()
    for (let index = 0; index < lines.length; index++) {
      if (used.has(index) || furniture.has(index)) continue
      this.consider(index, lines[index]!.text.trim(), lines[index]!.alone, false)
    }
    this.choose(isFront)
    return { fields, used, furniture, imprint: this.imprint }
  }

  /** Whether a line with such facts is head or foot, and no sentence that holds a date or a number of a page. */
  private belongs(line: ReadLine): boolean {
    const { alone } = this.lines[line.index]!
    const others = line.words.join('').length
    if (line.staff) return true
    const namesOnly = saysOnlyNames(line)
    if (line.contact) return others <= 12 || namesOnly
    const placed = alone || this.isEdge(line.index)
    if (line.date && (line.date.hasWeekday || line.number !== undefined || line.hasParticulars))
      return others <= 24
    if (line.date) return (alone && others <= 6) || (placed && namesOnly)
    if (line.number !== undefined) return placed && namesOnly
    return line.hasParticulars && (others <= 4 || namesOnly)
  }

  private isEdge(index: number): boolean {
    const before = this.printedBefore[index]!
    return before < headLines || this.printedBefore.at(-1)! - before <= footLines
  }

  /** Printed lines up to the nearest sure part or the top of the page. */
  private distanceTo(index: number): number {
    // The top of the file is where most tools put the head of the page.
    let least =
      this.firstLine < 0 ? 99 : this.between(this.firstLine, index) + (index === this.firstLine ? 0 : 1)
    for (const anchor of this.anchors) least = Math.min(least, this.between(anchor, index))
    return least
  }

  /** How many printed lines lie between two indexes, 0 for neighbours. */
  private between(a: number, b: number): number {
    if (a === b) return 0
    const [low, high] = a < b ? [a, b] : [b, a]
    return this.printedBefore[high]! - this.printedBefore[low + 1]!
  }

  /** Weighs a word as name of the paper, section or page number; `beside` a page number on its line. */
  private consider(index: number, printed: string, alone: boolean, beside: boolean): void {
    if (printed === '' || printed.length > 60) return
    const plain = toPlainScript(printed)
    const tight = plain.replace(/\s+/gu, '')
    const number = wholePageNumber(plain)
    if (number !== null && alone) {
      this.numbers.push({ index, value: number.value, plain: number.plain, score: 0 })
      return
    }
    const name = printed.replace(/\s+/gu, '')
    const distance = this.distanceTo(index)
    if (
      !alone &&
      distance <= 3 &&
      (isWholePaperName(tight) ||
        (distance <= 1 && this.isEdge(index) && /^\p{Script=Han}{1,5}报$/u.test(tight))) &&
      !isPlainSection(tight)
    ) {
      this.papers.push({ index, value: name, score: 2 })
      return
    }
    if (latinOnly.test(plain)) {
      if (distance <= (alone ? 6 : 2)) this.furniture.add(index)
      return
    }
    const isByEdge = distance === 0 && this.isEdge(index) && isPlainSection(tight)
    if (!(alone || isByEdge) || [...tight].length > 9 || [...tight].length < 2) return
    if (!/^[\p{Script=Han}·•・/\s]+$/u.test(plain)) return
    if (distance > 6) {
      if (isColumnLabel(tight)) this.furniture.add(index)
      else if (isDaily(tight)) this.papers.push({ index, value: name, score: 1 })
      return
    }
    const section = isSection(tight)
    const label = isColumnLabel(tight)
    const pure = isPlainSection(tight)
    if (looksLikePaper(tight) && !(section && !isDaily(tight) && pure))
      this.papers.push({
        index,
        value: name,
        score: (label ? -3 : 0) + (isDaily(tight) || /^今日/u.test(tight) ? 3 : 1) - distance * 0.1,
      })
    if ((section && (pure || tight.length <= 6)) || (tight.length <= 4 && distance <= 2) || beside)
      this.sections.push({
        index,
        value: printed,
        score:
          (pure ? 3 : section ? 2.5 : 1.2) +
          (beside ? 1 : 0) -
          (label && !pure ? 4 : 0) -
          distance * 0.2 -
          (/新闻$/u.test(tight) && /^[览看读]/u.test(tight) ? 2 : 0),
      })
  }

  private choose(isFront: boolean): void {
    const { fields, used, furniture } = this
    const date = best(this.dates)
    if (date) fields.date = date.value
    const paper = best(this.papers.filter((each) => each.score > 0))
    if (paper) {
      fields.paper = paper.value
      for (const each of this.papers) if (each.value === paper.value) used.add(each.index)
    }
    const squeezed = (each: Candidate<string>) => each.value.replace(/\s/gu, '')
    const section = best(this.sections.filter((each) => squeezed(each) !== paper?.value && each.score > 0))
    if (section) {
      fields.section = section.value
      used.add(section.index)
    }
    for (const each of this.sections) {
      if (each === section || used.has(each.index) || squeezed(each).length > 6) continue
      const tight = toPlainScript(squeezed(each))
      if (isColumnLabel(tight) || isSection(tight)) furniture.add(each.index)
    }
    const near = (index: number) => this.distanceTo(index) <= 8
    const number =
      best(this.numbers.filter((each) => !each.plain)) ??
      this.numbers.find((each) => near(each.index)) ??
      this.numbers[0]
    if (number) {
      fields.pageNo = number.value
      used.add(number.index)
      for (const each of this.numbers)
        if (each.value === number.value && near(each.index)) used.add(each.index)
    } else if (isFront) fields.isFront = true
    for (const index of used) furniture.delete(index)
  }
}

/** The candidate of the highest score; the first of equals. */
function best<C extends Candidate<unknown>>(candidates: readonly C[]): C | undefined {
  let chosen: C | undefined
  for (const each of candidates) if (chosen === undefined || each.score > chosen.score) chosen = each
  return chosen
}
