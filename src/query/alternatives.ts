// Other ways to write the same: numerals, words with two spellings, an editor's synonyms. Texts are folded.
import { fold, pairedPhrases } from '../normalize/normalize.ts'
import { digitsOfChinese, toChineseDigits, toChineseNumeral, valueOfNumeral } from '../normalize/numerals.ts'
import { replaceWith, type Synonyms } from './synonyms.ts'

export { parseSynonyms, type Synonyms } from './synonyms.ts'

/** Each form costs a search of its own. */
const mostForms = 8
/** Mixtures of numbers that are looked at. */
const mostCombinations = 64

/**
 * All equal forms of a folded text, itself first, at most eight: numerals, words with two spellings (坐标 and 座标),
 * and synonyms when given. `exactly` is for quoted text: digits may be Chinese (2019 and 二〇一九), but
 * 二十五条 and 25条, 坐标 and 座标 stay apart.
 */
export function equalForms(
  text: string,
  synonyms: Synonyms | null = null,
  options: { exactly?: boolean } = {},
): string[] {
  const forms = new Set(numeralForms(text, options))
  if (options.exactly !== true)
    for (const form of [...forms]) for (const other of spellingForms(form)) forms.add(other)
  if (synonyms !== null)
    for (const form of [...forms]) for (const other of expand(form, synonyms)) forms.add(other)
  forms.delete(text)
  return [text, ...forms].slice(0, mostForms)
}

/** The text with every synonym put in, itself first. @internal */
export function expand(text: string, synonyms: Synonyms): string[] {
  return replaceWith(text, synonyms.alternativesOf)
}

let spellings: ReadonlyMap<string, readonly string[]> | undefined

/** The text with words that have two spellings in the other one, itself first. @internal */
export function spellingForms(text: string): string[] {
  spellings ??= readSpellings()
  return replaceWith(text, spellings)
}

/** 坐标 and 座标 by the words that the dictionaries of scripts pair, in both directions. */
function readSpellings(): Map<string, string[]> {
  const table = new Map<string, string[]>()
  const put = (from: string, to: string) => {
    const known = table.get(from)
    if (known === undefined) table.set(from, [to])
    else if (!known.includes(to)) known.push(to)
  }
  for (const [printedFrom, printedTo] of pairedPhrases()) {
    const from = fold(printedFrom)
    const to = fold(printedTo)
    if (from === to || from === '' || to === '') continue
    put(from, to)
    put(to, from)
  }
  return table
}

/** A number in a text: where, and the ways to write it. */
interface NumeralPlace {
  start: number
  end: number
  /** ASCII digits first; the same list in the same order for each way of writing. */
  forms: string[]
}

/** Numbers are values only before these: 三年 is 3年, 三农 is no number. */
const units = new Set(
  '年月日号时点分秒岁届次条项个名人户家件例起所座栋间层批种类项位台辆架艘只头亩吨斤克米里元角块万亿倍度天周季代期版章节卷页篇部册本套场站处村组镇乡县市省区村届轮级等课步'.split(
    '',
  ),
)

const chineseNumeral = '〇零一二两三四五六七八九十百千'
const numberPattern = new RegExp(
  `[0-9]+(?:\\.[0-9]+)?|[${chineseNumeral}]+(?:点[〇零一二三四五六七八九]+)?`,
  'g',
)

/**
 * Equal forms of the numbers in a folded text, itself first, at most eight: three or more digits one by one
 * (2019, 二〇一九, 二零一九), and unless `exactly`, values before a unit (三百亿 and 300亿, 十一月 and 11月) and
 * per cent. Symmetrical but for years in full (二千零一十九年): every form has the same set, as long as all fit.
 * @internal
 */
export function numeralForms(text: string, options: { exactly?: boolean } = {}): string[] {
  const places = findNumerals(text, options.exactly === true)
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
    const other = (place: NumeralPlace): string => {
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
function fewEnough(text: string, places: readonly NumeralPlace[]): NumeralPlace[] {
  const kept = places.map((place) => ({ ...place, forms: [...place.forms] }))
  while (kept.reduce((product, place) => product * place.forms.length, 1) > mostForms) {
    const longest = kept.reduce((a, b) => (b.forms.length > a.forms.length ? b : a))
    if (longest.forms.length <= 2) break
    const typed = text.slice(longest.start, longest.end)
    longest.forms.splice(longest.forms.at(-1) === typed ? -2 : -1, 1)
  }
  return kept
}

function fill(
  text: string,
  places: readonly NumeralPlace[],
  choose: (place: NumeralPlace) => string,
): string {
  let filled = ''
  let at = 0
  for (const place of places) {
    filled += text.slice(at, place.start) + choose(place)
    at = place.end
  }
  return filled + text.slice(at)
}

function findNumerals(text: string, exactly: boolean): NumeralPlace[] {
  const places: NumeralPlace[] = []
  for (const match of text.matchAll(numberPattern)) {
    const start = match.index
    const end = start + match[0].length
    const place = exactly ? null : perCentPlace(text, match[0], start, end)
    const forms = place?.forms ?? numberForms(text, match[0], start, end, exactly)
    if (forms.length > 1) places.push(place ?? { start, end, forms })
  }
  return places
}

/** 25% and 百分之二十五. */
function perCentPlace(text: string, numeral: string, start: number, end: number): NumeralPlace | null {
  const spelled = text.slice(Math.max(0, start - 3), start) === '百分之' || numeral.startsWith('百')
  if (!spelled && text[end] !== '%') return null
  if (spelled) {
    // 百 of 百分之 is taken for a number of its own: the number proper is the next match.
    if (numeral.startsWith('百')) return null
    const ascii = asciiOf(numeral)
    return ascii === null ? null : { start: start - 3, end, forms: perCentForms(ascii) }
  }
  const ascii = isPlainNumber(text, numeral, start, end) ? asciiOf(numeral) : null
  return ascii === null ? null : { start, end: end + 1, forms: perCentForms(ascii) }
}

function perCentForms(ascii: string): string[] {
  const chinese = chineseOf(ascii)
  return chinese === null ? [] : [`${ascii}%`, `百分之${chinese}`]
}

function numberForms(text: string, numeral: string, start: number, end: number, exactly: boolean): string[] {
  const digits = digitsOf(numeral)
  const forms = new Set<string>()
  const beforeUnit = !exactly && units.has(text[end] ?? '')
  const ascii = digits ?? (beforeUnit ? asciiOf(numeral) : null)
  if (ascii === null || !isPlainNumber(text, numeral, start, end)) return []
  forms.add(ascii)
  const isYear = text[end] === '年' && /^[12][0-9]{3}$/.test(ascii)
  const chinese = beforeUnit && !isYear ? chineseOf(ascii) : null
  if (chinese !== null) forms.add(chinese)
  if (/^[0-9]{3,12}$/.test(ascii)) {
    forms.add(toChineseDigits(ascii, '〇'))
    forms.add(toChineseDigits(ascii, '零'))
  }
  if (chinese !== null) forms.add(withPairWord(chinese))
  // A year in full is said, hardly ever printed: it is understood, not sought.
  if (isYear && digits === null) forms.add(numeral)
  return forms.size > 1 ? [...forms] : []
}

/** Three or more digits one by one, as ASCII; null for anything else. */
function digitsOf(numeral: string): string | null {
  if (/^[0-9]{3,12}$/.test(numeral)) return numeral
  if (!/^[〇零一二三四五六七八九]{3,12}$/.test(numeral)) return null
  return digitsOfChinese(numeral) ?? null
}

/** A value of up to four digits before the point, as ASCII; null when it is none or written in another way. */
function asciiOf(numeral: string): string | null {
  if (/^[0-9]/.test(numeral))
    return /^(?:[1-9][0-9]{0,3}|0(?=\.))(?:\.[0-9]{1,4})?$/.test(numeral) ? numeral : null
  const [whole, fraction] = numeral.split('点')
  const value = whole === '零' ? 0 : valueOfNumeral(whole!)
  if (value === undefined || value > 9999 || (value === 0 && fraction === undefined)) return null
  // 二三 and 三五 are guesses (三五天), not numbers.
  if (/^[^十百千]{2,}$/.test(whole!)) return null
  const digits = fraction === undefined ? undefined : digitsOfChinese(fraction)
  return digits === undefined ? String(value) : `${value}.${digits}`
}

function chineseOf(ascii: string): string | null {
  const match = /^([0-9]{1,4})(?:\.([0-9]{1,4}))?$/.exec(ascii)
  if (!match || (match[1]!.startsWith('0') && match[1] !== '0')) return null
  const value = Number(match[1])
  if (value === 0 && match[2] === undefined) return null
  const whole = value === 0 ? '零' : toChineseNumeral(value)
  return match[2] === undefined ? whole : `${whole}点${toChineseDigits(match[2], '零')}`
}

/** 二百 as 两百, 二 as 两: both are said. */
function withPairWord(chinese: string): string {
  return chinese === '二' ? '两' : chinese.replace(/^二(?=[百千])/, '两')
}

/** Not part of a Latin word, a date with signs, a time, a sum with commas or a longer number. */
function isPlainNumber(text: string, numeral: string, start: number, end: number): boolean {
  const before = text[start - 1] ?? ''
  const after = text[end] ?? ''
  if (/[0-9]/.test(numeral)) {
    // 2016-2020年 is two years, 5-6月 no two values.
    if (numeral.length < 4 && (before === '-' || after === '-')) return false
    if (/[a-z:/,.]/.test(before) || /[a-z:/]/.test(after)) return false
    if (/[,.]/.test(after) && /[0-9]/.test(text[end + 1] ?? '')) return false
    return !chineseNumeral.includes(before || ' ') && !chineseNumeral.includes(after || ' ')
  }
  return !/[0-9.]/.test(before) && !/[0-9]/.test(after)
}
