// One line of head or foot taken apart: what it says about the page, and the words left over.
import type { PageFields } from '../../model/item.ts'
import { toPlainScript } from '../../normalize/normalize.ts'
import { findDates, findWeekday } from './dates.ts'
import { blank, readContact, readParticulars, readStaff } from './imprint.ts'
import { removeLetterSpacing } from './join-lines.ts'
import { isPaperName, isSection, looksLikePaper } from './page-names.ts'
import { findPageNumber } from './page-number.ts'

/** A word of furniture: NEWS. */
export const latinOnly = /^[A-Za-z][A-Za-z .·&'-]{1,40}$/u
const separators = /[\s|｜:：·•・—－/／,，、()（）《》【】[\]■□◆★☆●…_-]+/u
/** Nothing longer stands in a masthead, in UTF-16 units. */
const longestLine = 110

/** One line of print taken apart: what it says about the page, and the words left over as printed. */
export interface MastheadFacts {
  staff?: Record<string, string>
  contact?: NonNullable<PageFields['contact']>
  date?: { value: string; hasWeekday: boolean }
  number?: number
  hasParticulars: boolean
  isFront: boolean
  words: string[]
}

/** What one line says; null for a line that says nothing of head or foot. */
export function readMastheadLine(text: string): MastheadFacts | null {
  const printed = removeLetterSpacing(text, true)
  if (printed === '' || printed.length > longestLine) return null
  const plain = toPlainScript(printed)
  const isProse = /[。；！？]/u.test(plain) || (plain.length > 12 && /，/u.test(plain))
  if (isProse && !/电话|热线|@|天气|℃/u.test(plain)) return null
  const line: MastheadFacts = { hasParticulars: false, isFront: false, words: [] }
  let rest = plain
  const staff = /[，。；！？]/u.test(rest) ? null : readStaff(rest, printed)
  if (staff !== null) {
    line.staff = staff.staff
    rest = staff.rest
  }
  const contact = readContact(rest)
  if (contact !== null) {
    line.contact = contact.contact
    rest = contact.rest
  }
  const [date] = findDates(rest)
  if (date !== undefined) {
    rest = blank(rest, date.start, date.end)
    const weekday = findWeekday(rest)
    if (weekday !== null) rest = blank(rest, ...weekday)
    line.date = { value: date.date, hasWeekday: date.weekday || weekday !== null }
  }
  const particulars = readParticulars(rest)
  line.hasParticulars = particulars.found
  line.isFront = particulars.front
  rest = particulars.rest
  const number = findPageNumber(rest)
  if (number !== null) {
    line.number = number.value
    rest = blank(rest, number.start, number.end)
  }
  line.words = leftWords(rest, printed)
  if (number === null) takeBareNumber(line)
  if (!staff && !contact && !date && line.number === undefined && !particulars.found) return null
  return line
}

/** A number beside nothing but names is the page's: 社会新闻 03, 03 要闻 魏都晚报. */
function takeBareNumber(line: MastheadFacts): void {
  const bare = line.words.filter((word) => /^\d{1,2}$/u.test(word))
  const others = line.words.filter((word) => !bare.includes(word)).map(toPlainScript)
  if (bare.length !== 1 || others.length === 0 || Number(bare[0]) === 0) return
  if (!others.every((word) => isSection(word) || isPaperName(word))) return
  line.number = Number(bare[0])
  line.words = line.words.filter((word) => !bare.includes(word))
}

/** The words that are not blanked out, as printed; single characters set apart are one word. */
function leftWords(rest: string, printed: string): string[] {
  const words: string[] = []
  let at = 0
  for (const piece of rest.split(separators)) {
    const start = piece === '' ? at : rest.indexOf(piece, at)
    at = start + piece.length
    if (piece !== '') words.push(printed.slice(start, at))
  }
  const singles = words.filter((word) => /^\p{Script=Han}$/u.test(word))
  if (singles.length < 2) return words
  return [...words.filter((word) => !singles.includes(word)), singles.join('')]
}

/** Whether nothing is left over but names of papers and sections. */
export function saysOnlyNames({ words, number }: MastheadFacts): boolean {
  return (
    words.length <= 4 &&
    words.every((word) => {
      const plain = toPlainScript(word)
      if (latinOnly.test(word)) return true
      if (!/^\p{Script=Han}{1,8}$/u.test(plain)) return false
      return isSection(plain) || looksLikePaper(plain) || (number !== undefined && plain.length <= 6)
    })
  )
}
