// The ways to write a number: in digits, with commas, in 万 and 亿, in characters; and the ways to write a code.
import { digitsOfChinese, toChineseDigits, toChineseNumeral, valueOfNumeral } from '../normalize/numerals.ts'

/** Each form costs a search of its own. */
export const mostForms = 8
/** Mixtures of numbers that are looked at. */
const mostCombinations = 64

/** A number in a text: where, and the ways to write it, the likeliest first. */
interface NumberPlace {
  start: number
  end: number
  forms: string[]
}

const han = '〇零一二两三四五六七八九十百千万亿廿卅'
/** Percentages, codes of letters and digits, digits with commas or a point and 万 or 亿, numerals in characters. */
const numberPattern = new RegExp(
  [
    `百分之[${han}点]+`,
    '[a-z]+[0-9][a-z0-9]*|[a-z]+(?:[ -][0-9]+)+[a-z]*',
    '(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[. ][0-9]+)?(?:万亿|[千百]?[万亿千百]|%)?',
    `[${han}]+(?:点[〇零一二三四五六七八九]+[万亿]*)?`,
  ].join('|'),
  'g',
)

/**
 * Equal forms of the numbers in a folded text, itself first, at most eight. Digits one by one always (2019, 二〇一九,
 * 二零一九); unless `exactly`, values wherever something is counted (21世纪 and 二十一世纪, 300余人, 1,391人 and 1391人,
 * 1.2万 and 12000), per cent, days between points or dots (5.12, 5·12) and codes (K12345, K·12345, COVID-19).
 * Symmetrical: every form has the same set, as long as all fit.
 */
export function numberForms(text: string, options: { exactly?: boolean } = {}): string[] {
  const places = findNumbers(text, options.exactly === true)
  if (places.length === 0) return [text]
  const kept = fewEnough(text, places)
  const combinations = kept.reduce((product, place) => product * place.forms.length, 1)
  const forms = new Set<string>()
  for (let n = 0; n < Math.min(combinations, mostCombinations); n++) {
    let rest = n
    const chosen = fill(text, kept, (place) => {
      const form = place.forms[rest % place.forms.length]!
      rest = Math.floor(rest / place.forms.length)
      return form
    })
    forms.add(chosen)
  }
  if (combinations > mostForms) {
    // Too many to mix: all numbers in digits, all in characters, the years alone in the other way, and each alone.
    const mixed = [...forms]
    forms.clear()
    for (const round of [0, 1]) forms.add(fill(text, kept, (place) => place.forms[round]!))
    const other = (place: NumberPlace): string => {
      const typed = text.slice(place.start, place.end)
      return place.forms.find((form) => form !== typed)!
    }
    const years = kept.filter((place) => /^[0-9]{3,}$/.test(place.forms[0]!))
    forms.add(fill(text, years, other))
    for (const one of kept) forms.add(fill(text, [one], other))
    for (const form of mixed) forms.add(form)
  }
  forms.delete(text)
  return [text, ...forms].slice(0, mostForms)
}

/** Drops the rarest ways of writing, never the typed one, until the mixtures fit or two ways are left of each. */
function fewEnough(text: string, places: readonly NumberPlace[]): NumberPlace[] {
  const kept = places.map((place) => ({ ...place, forms: [...place.forms] }))
  while (kept.reduce((product, place) => product * place.forms.length, 1) > mostForms) {
    const longest = kept.reduce((a, b) => (b.forms.length > a.forms.length ? b : a))
    if (longest.forms.length <= 2) break
    const typed = text.slice(longest.start, longest.end)
    longest.forms.splice(longest.forms.at(-1) === typed ? -2 : -1, 1)
  }
  return kept
}

function fill(text: string, places: readonly NumberPlace[], choose: (place: NumberPlace) => string): string {
  let filled = ''
  let at = 0
  for (const place of places) {
    filled += text.slice(at, place.start) + choose(place)
    at = place.end
  }
  return filled + text.slice(at)
}

function findNumbers(text: string, exactly: boolean): NumberPlace[] {
  const places: NumberPlace[] = []
  for (const match of text.matchAll(numberPattern)) {
    const [typed] = match
    const start = match.index
    const end = start + typed.length
    if (!standsAlone(text, typed, start, end)) continue
    const forms = new Set(exactly ? digitForms(typed) : formsOf(typed, text[end]))
    if (forms.size > 1 && forms.has(typed)) places.push({ start, end, forms: [...forms] })
  }
  return places
}

/** Not part of a longer word, a date with signs, a time, a version or a telephone number. */
function standsAlone(text: string, typed: string, start: number, end: number): boolean {
  const before = text[start - 1] ?? ''
  const after = text[end] ?? ''
  if (/^[a-z]/.test(typed)) return !/[-a-z0-9./:]/.test(before) && !/[-a-z0-9./:]/.test(after)
  if (/^[0-9]/.test(typed)) {
    if (han.includes(before || ' ') || han.includes(after || ' ')) return false
    // 2016-2020年 is two years, 5-6月 no two values.
    if (typed.length < 4 && (before === '-' || after === '-')) return false
    return (
      !/[a-z:/,. ]/.test(before) && !/[a-z:/]/.test(after) && !/^[,. -][0-9]/.test(text.slice(end, end + 2))
    )
  }
  return !/[0-9.]/.test(before) && !/[0-9]/.test(after)
}

function formsOf(typed: string, after: string | undefined): string[] {
  if (/^[a-z]/.test(typed)) return codeForms(typed)
  if (typed.endsWith('%') || typed.startsWith('百分之')) return perCentForms(typed)
  const day = /^([0-9]{1,2})[. ]([0-9]{1,2})$/.exec(typed)
  const number = typed.replace(' ', '.')
  const value = isCounted(number, after) ? readValue(number) : null
  const forms = value === null ? digitForms(typed) : valueForms(value, typed, after)
  return day ? [...dayForms(day), ...forms] : forms
}

/** Something follows that can be counted, or the numeral is long enough to mean a number by itself. */
function isCounted(typed: string, after: string | undefined): boolean {
  if (/^[0-9]/.test(typed))
    return /[,万亿]/.test(typed) || /\p{Script=Han}/u.test(after ?? '') || typed.length >= 4
  // 十分 is a word; 万一, 千万 and 百万 are no numbers.
  if (/^[百千万亿]/.test(typed) || (typed === '十' && after === '分')) return false
  if (/[万亿]/.test(typed) || /^[〇零一二三四五六七八九]{3,}$/.test(typed)) return true
  return /\p{Script=Han}/u.test(after ?? '') || /[十百千廿卅]./.test(typed)
}

/** 5.12 and 5·12 (folded: a space), of a day that has a name. */
function dayForms([, month, day]: RegExpExecArray): string[] {
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
  return isDay ? [`${month}.${day}`, `${month} ${day}`] : []
}

/** K12345, K·12345 (folded: a space) and K-12345. */
function codeForms(typed: string): string[] {
  const parts = typed.match(/[a-z]+|[0-9]+/g)!
  return ['', ' ', '-'].map((sign) => parts.join(sign))
}

/** 25% and 百分之二十五. */
function perCentForms(typed: string): string[] {
  const value = readValue(typed.replace('百分之', '').replace('%', ''))
  const chinese = value === null ? null : numeralOf(value)
  return value === null || chinese === null ? [typed] : [`${digitsOf(value)}%`, `百分之${chinese}`]
}

/** Three or more digits, one by one. */
function digitForms(typed: string): string[] {
  const ascii = /^[0-9]{3,12}$/.test(typed)
    ? typed
    : /^[〇零一二三四五六七八九]{3,12}$/.test(typed)
      ? digitsOfChinese(typed)!
      : null
  return ascii === null ? [typed] : [ascii, toChineseDigits(ascii, '〇'), toChineseDigits(ascii, '零')]
}

/** The value of a number as it was typed; null when it is none, or a guess (三五天). */
function readValue(typed: string): number | null {
  if (/^[0-9]/.test(typed)) {
    const [, digits, unit] = /^([0-9.,]+)(.*)$/.exec(typed)!
    const plain = digits!.replaceAll(',', '')
    // 007 is a name; more digits than a number holds exactly are one too.
    if (/^0[0-9]/.test(plain) || plain.length > 12) return null
    return exact(Number(plain) * [...unit!].reduce((product, sign) => product * scaleOf(sign), 1))
  }
  const [, whole, fraction, unit] = /^([^点]+?)(?:点([〇零一二三四五六七八九]+)([万亿]*))?$/.exec(typed) ?? []
  if (whole === undefined) return null
  const isDigits = /^[〇零一二三四五六七八九]{2,}$/.test(whole)
  if (isDigits && (whole.length < 3 || /^[〇零]/.test(whole) || fraction !== undefined)) return null
  const value = whole === '零' ? 0 : valueOfNumeral(whole)
  if (value === undefined || (value === 0 && fraction === undefined)) return null
  if (fraction === undefined) return value
  return exact(
    Number(`${value}.${digitsOfChinese(fraction)}`) *
      [...unit!].reduce((product, sign) => product * scaleOf(sign), 1),
  )
}

function scaleOf(sign: string): number {
  return { 百: 1e2, 千: 1e3, 万: 1e4, 亿: 1e8 }[sign] ?? 1
}

/** Without what binary fractions add: 1.1 × 10,000 is 11,000. */
function exact(value: number): number {
  return Number(value.toPrecision(12))
}

/** All ways to write a value, the usual ones first. */
function valueForms(value: number, typed: string, after: string | undefined): string[] {
  const ascii = digitsOf(value)
  const chinese = numeralOf(value)
  // A year is read digit by digit: 二千零一十九年 is said, hardly ever printed; it is understood, not sought.
  const isCounted = /\p{Script=Han}/u.test(after ?? '') && after !== '年'
  const isYear = !isCounted && /^[12][0-9]{3}$/.test(ascii)
  const forms = new Set<string>()
  if (ascii.length <= 9) forms.add(ascii)
  if (isYear) {
    for (const form of digitForms(ascii)) forms.add(form)
    forms.add(typed)
    return [...forms]
  }
  for (const [scale, sign] of [
    [1e12, '万亿'],
    [1e8, '亿'],
    [1e4, '万'],
  ] as const)
    if (value >= scale && digitsOf(value / scale).length <= 6) {
      const scaled = digitsOf(value / scale)
      forms.add(`${scaled}${sign}`)
      // 三点五亿; what 三百亿 is called follows from the whole value.
      const numeral = scaled.includes('.') || scale === 1e12 ? numeralOf(value / scale) : null
      if (numeral !== null) for (const form of withPairWord(numeral)) forms.add(`${form}${sign}`)
    }
  if (chinese !== null) forms.add(chinese)
  if (/^[0-9]{4,9}$/.test(ascii)) forms.add(ascii.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, ','))
  if (/^[0-9]{3,9}$/.test(ascii)) for (const form of digitForms(ascii)) forms.add(form)
  if (chinese !== null)
    for (const other of [
      ...withPairWord(chinese),
      chinese.replace(/^二十(?!万|亿)/, '廿').replace(/^三十(?!万|亿)/, '卅'),
    ])
      forms.add(other)
  // 一万二千 and 1万2千: as it was typed, where that is none of the usual ways.
  forms.add(typed)
  return [...forms]
}

/** 二百 as 两百, 二 as 两: both are said. */
function withPairWord(chinese: string): string[] {
  return [chinese, chinese === '二' ? '两' : chinese.replace(/^二(?=[百千万亿])/, '两')]
}

/** Plain ASCII digits, with a point where there is a fraction. */
function digitsOf(value: number): string {
  return String(exact(value))
}

/** Characters for a value: 三百亿, 一万二千, 三点五亿; null when nobody writes it so. */
function numeralOf(value: number): string | null {
  if (Number.isInteger(value)) {
    if (value < 1) return null
    // 一亿五千万 and 一点五亿 are both written; the numeral stands for both.
    return value < 1e12 ? toChineseNumeral(value) : null
  }
  const [whole, fraction] = digitsOf(value).split('.')
  if (fraction === undefined || fraction.length > 4 || Number(whole) > 9999) return null
  return `${Number(whole) === 0 ? '零' : toChineseNumeral(Number(whole))}点${toChineseDigits(fraction, '零')}`
}
