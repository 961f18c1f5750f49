// The date of an issue, in the ways in which mastheads and folders write it.
import { toDay } from '../../model/calendar.ts'
import { valueOfNumeral } from '../../normalize/numerals.ts'

export interface FoundDate {
  /** YYYY-MM-DD. */
  date: string
  /** Half-open span in the text, weekday included. */
  start: number
  end: number
  weekday: boolean
}

const s = '[ \\t\\u3000]*'
const digit = '[\\d０-９]'
const twoDigits = `${digit}(?:${s}${digit})?`
const fourDigits = `${digit}(?:${s}${digit}){3}`
const hanNumeral = `[〇零○Ｏ一二三四五六七八九十廿卅元](?:${s}[〇零○Ｏ一二三四五六七八九十百千廿卅])*`
const weekday = `(?:${s}[（(]?${s}(?:星${s}期|礼${s}拜|禮${s}拜|周|週)${s}[一二三四五六日天]${s}[）)]?)?`
const western = new RegExp(
  `(${fourDigits})${s}年${s}(${twoDigits})${s}月${s}(${twoDigits})${s}[日號号]${weekday}`,
  'gu',
)
const chinese = new RegExp(
  `((?:中${s}[华華]${s})?民${s}[国國])?${s}(${hanNumeral})${s}年${s}(${hanNumeral})${s}月${s}(${hanNumeral})${s}[日號号]?${weekday}`,
  'gu',
)
const iso = /(?<![\d.])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d.])/gu
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const english = new RegExp(
  `\\b${monthName}\\s+(\\d{1,2})(?:st|nd|rd|th)?\\s*,?\\s*(\\d{4})\\b|\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+${monthName}\\s*,?\\s*(\\d{4})\\b`,
  'giu',
)
const weekdayAnywhere =
  /[（(]?(?:星\s*期|礼\s*拜|禮\s*拜|周|週)\s*[一二三四五六日天](?!报|刊)[）)]?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/iu
const compact = /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/gu

/** All dates with year, month and day in a text, in the order in which they are printed. */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = []
  const add = (match: RegExpMatchArray, year: number, month: number, day: number): void => {
    const date = toIsoDate(year, month, day)
    if (date === null) return
    const start = match.index ?? 0
    found.push({ date, start, end: start + match[0].length, weekday: /[期拜周週]/u.test(match[0].slice(-8)) })
  }
  for (const m of text.matchAll(western)) add(m, toNumber(m[1]!), toNumber(m[2]!), toNumber(m[3]!))
  for (const m of text.matchAll(chinese)) {
    const year = fromHanNumeral(m[2]!)
    add(m, m[1] === undefined ? year : year + 1911, fromHanNumeral(m[3]!), fromHanNumeral(m[4]!))
  }
  for (const m of text.matchAll(iso)) add(m, Number(m[1]), Number(m[3]), Number(m[4]))
  for (const m of text.matchAll(english)) {
    const month = monthNames.indexOf((m[1] ?? m[5])!.slice(0, 3).toLowerCase()) + 1
    add(m, Number(m[3] ?? m[6]), month, Number(m[2] ?? m[4]))
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Where a day of the week stands in a text; null when none does. */
export function findWeekday(text: string): [start: number, end: number] | null {
  const found = weekdayAnywhere.exec(text)
  return found && [found.index, found.index + found[0].length]
}

/** A date in a folder or file name: 2018-11-07, 2018.11.07, 20181107, 2018年11月7日. */
export function findDateInName(name: string): string | null {
  const found = findDates(name)[0]
  if (found !== undefined) return found.date
  for (const m of name.matchAll(compact)) {
    const date = toIsoDate(Number(m[1]), Number(m[2]), Number(m[3]))
    if (date !== null) return date
  }
  const loose = /(?<!\d)(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)/u.exec(name)
  return loose === null ? null : toIsoDate(Number(loose[1]), Number(loose[2]), Number(loose[3]))
}

/** 二十一 is 21, 廿一 is 21, 二一 is 21, 元 is 1; NaN for anything else. */
export function fromHanNumeral(text: string): number {
  const digits = text.replace(/\s/gu, '').replace(/[○Ｏ]/gu, '〇')
  return digits === '元' ? 1 : (valueOfNumeral(digits) ?? Number.NaN)
}

function toNumber(text: string): number {
  return Number(
    text.replace(/\s/gu, '').replace(/[０-９]/gu, (d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0)),
  )
}

/** Mastheads of newspapers lie between these years. */
function toIsoDate(year: number, month: number, day: number): string | null {
  return year >= 1800 && year <= 2200 ? toDay(year, month, day) : null
}
