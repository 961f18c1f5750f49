// Dates as people write them: 2018-11, 2018年11月, 上周, 近三个月, open ranges; always whole days, both ends included.
import { lastDay, toDay } from '../model/calendar.ts'
import { valueOfNumeral } from '../normalize/numerals.ts'

/** Both ends included, YYYY-MM-DD; null is open. */
export interface DateRange {
  from: string | null
  to: string | null
  /** What was repaired, in plain words. */
  note?: string
}

interface Days {
  from: string
  to: string
}

const dayMs = 86_400_000

/** Reads the value of 日期:. `today` is YYYY-MM-DD. What cannot be read comes back as a problem in plain words. */
export function parseDates(typed: string, today: string): DateRange | { problem: string } {
  const text = typed.normalize('NFKC').replace(/\s+/g, '').replace(/[〜∼]/g, '~')
  if (text === '') return { problem: '日期后面没有内容，已忽略。' }
  const unknown = {
    problem: `读不懂日期“${typed}”，可写 2018-11、2018年11月7日、上周、2018-11-01..2018-11-30；已忽略。`,
  }

  const compared = /^(>=|<=|>|<|≥|≤)(.+)$/.exec(text)
  if (compared) {
    const days = readDays(compared[2]!, today)
    if (!days) return unknown
    if (compared[1] === '>') return { from: shiftDays(days.to, 1), to: null }
    if (compared[1] === '<') return { from: null, to: shiftDays(days.from, -1) }
    return compared[1]!.startsWith('>') || compared[1] === '≥'
      ? { from: days.from, to: null }
      : { from: null, to: days.to }
  }

  const open = /^(.+?)(以来|以后|之后|起|至今|以前|之前|为止)$/.exec(text)
  if (open) {
    const days = readDays(open[1]!, today)
    if (days) {
      switch (open[2]) {
        case '之前':
        case '以前':
          return { from: null, to: shiftDays(days.from, -1) }
        case '为止':
          return { from: null, to: days.to }
        case '至今':
          return { from: days.from, to: today }
        default:
          return { from: days.from, to: null }
      }
    }
  }

  const range = /^(.*?)(?:\.{2,}|…|~|至|到|—+|--)(.*)$/.exec(text)
  if (range && (range[1] !== '' || range[2] !== '')) {
    const from = range[1] === '' ? null : readDays(range[1]!, today)
    // 2018年3月至5月: the year of the beginning holds for the end.
    const to = range[2] === '' ? null : readDays(range[2]!, today, from?.from ?? today)
    if (from !== undefined && to !== undefined) {
      const first = from?.from ?? null
      const last = to?.to ?? null
      if (first === null || last === null || first <= last) return { from: first, to: last }
      return { from: to!.from, to: from!.to, note: '起止日期颠倒了，已对调。' }
    }
  }

  return readDays(text, today) ?? unknown
}

/** The days that one date expression covers; undefined when it is none. `near` lends its year. */
function readDays(text: string, today: string, near = today): Days | undefined {
  return readAbsolute(text, near) ?? readRelative(text, today)
}

function readAbsolute(text: string, near: string): Days | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})?$/.exec(text)
  if (compact)
    return daysOf(Number(compact[1]), Number(compact[2]), compact[3] ? Number(compact[3]) : undefined)
  const signs = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text)
  if (signs) return daysOf(Number(signs[1]), number(signs[2]), number(signs[3]))
  const half = /^(.*年|今年|去年|前年)?(上|下)半年$/.exec(text)
  if (half) {
    const year = readYear(half[1] ?? '今年', near)
    if (year === undefined) return undefined
    return half[2] === '上' ? months(year, 1, 6) : months(year, 7, 12)
  }
  const quarter = /^(.*年)?第?([一二三四1-4])季度$/.exec(text)
  if (quarter) {
    const year = readYear(quarter[1] ?? '今年', near)
    const first = (valueOfNumeral(quarter[2]!)! - 1) * 3 + 1
    return year === undefined ? undefined : months(year, first, first + 2)
  }
  const numeral = '[0-9〇零一二三四五六七八九十]+'
  const spelled = new RegExp(
    `^(?:(${numeral}|今|去|前|本)年)?(?:(${numeral})月份?)?(?:(${numeral})[日号])?$`,
  ).exec(text)
  if (!spelled || text === '') return undefined
  const [, year, month, day] = spelled
  if (year === undefined && month === undefined) return undefined
  if (day !== undefined && month === undefined) return undefined
  const yearValue = year === undefined ? Number(near.slice(0, 4)) : readYear(`${year}年`, near)
  if (yearValue === undefined) return undefined
  const monthValue = month === undefined ? undefined : (valueOfNumeral(month) ?? 0)
  const dayValue = day === undefined ? undefined : (valueOfNumeral(day) ?? 0)
  return daysOf(yearValue, monthValue, dayValue)
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

function readYear(text: string, near: string): number | undefined {
  const thisYear = Number(near.slice(0, 4))
  const word = text.replace(/年$/, '')
  if (word === '今' || word === '本') return thisYear
  if (word === '去') return thisYear - 1
  if (word === '前') return thisYear - 2
  const value = valueOfNumeral(word)
  if (value === undefined) return undefined
  // 98年 and 18年, as people say them.
  if (word.length === 2 && value < 100) return value > 50 ? 1900 + value : 2000 + value
  return value >= 1000 && value <= 9999 ? value : undefined
}

function readRelative(text: string, today: string): Days | undefined {
  const simple: Record<string, number> = {
    今天: 0,
    今日: 0,
    昨天: -1,
    昨日: -1,
    前天: -2,
    前日: -2,
    明天: 1,
    明日: 1,
  }
  const shift = simple[text]
  if (shift !== undefined) {
    const day = shiftDays(today, shift)
    return { from: day, to: day }
  }
  const named = /^(本|这|这个|上|上个|上上|下|下个)(周|星期|礼拜|月|季度)$/.exec(text)
  if (named) {
    const steps = named[1]!.startsWith('上上')
      ? -2
      : named[1]!.startsWith('上')
        ? -1
        : named[1]!.startsWith('下')
          ? 1
          : 0
    if (named[2] === '月') return monthOf(today, steps)
    if (named[2] === '季度') return quarterOf(today, steps)
    const monday = shiftDays(today, -((weekday(today) + 6) % 7) + steps * 7)
    return { from: monday, to: shiftDays(monday, 6) }
  }
  const last =
    /^(?:最近|近|过去)?([0-9]+|[一二两三四五六七八九十百]+|半)个?(天|日|周|星期|月|年)(?:内|以内|来)?$/.exec(
      text,
    )
  if (!last || !/^(最近|近|过去)|(内|来)$/.test(text)) return undefined
  const count = last[1] === '半' ? 0.5 : (valueOfNumeral(last[1]!) ?? 0)
  if (count <= 0 || count > 10_000) return undefined
  switch (last[2]) {
    case '年':
      return { from: shiftMonths(today, -Math.round(count * 12)), to: today }
    case '月':
      return count < 1
        ? { from: shiftDays(today, -14), to: today }
        : { from: shiftMonths(today, -Math.round(count)), to: today }
    case '周':
    case '星期':
      return { from: shiftDays(today, 1 - Math.round(count * 7)), to: today }
    default:
      return { from: shiftDays(today, 1 - Math.max(1, Math.round(count))), to: today }
  }
}

/** A year, a month or a day; undefined when the calendar has no such day. */
function daysOf(year: number, month: number | undefined, day: number | undefined): Days | undefined {
  if (year < 1000 || year > 9999) return undefined
  if (month === undefined) return months(year, 1, 12)
  if (month < 1 || month > 12) return undefined
  if (day === undefined) return months(year, month, month)
  const date = toDay(year, month, day)
  return date === null ? undefined : { from: date, to: date }
}

function months(year: number, first: number, last: number): Days {
  return { from: toDay(year, first, 1)!, to: toDay(year, last, lastDay(year, last))! }
}

function monthOf(today: string, steps: number): Days {
  const count = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + steps
  const month = (count % 12) + 1
  return months(Math.floor(count / 12), month, month)
}

function quarterOf(today: string, steps: number): Days {
  const count = Number(today.slice(0, 4)) * 4 + Math.floor((Number(today.slice(5, 7)) - 1) / 3) + steps
  const first = (count % 4) * 3 + 1
  return months(Math.floor(count / 4), first, first + 2)
}

function shiftDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** The same day so many months on, or the last day of a shorter month. */
function shiftMonths(date: string, by: number): string {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + by
  const year = Math.floor(count / 12)
  const month = (count % 12) + 1
  return toDay(year, month, Math.min(Number(date.slice(8, 10)), lastDay(year, month)))!
}

function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay()
}
