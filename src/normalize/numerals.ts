// Chinese numerals and what they are worth.

const digitValues: ReadonlyMap<string, number> = new Map([
  ['〇', 0],
  ['零', 0],
  ['一', 1],
  ['二', 2],
  ['两', 2],
  ['三', 3],
  ['四', 4],
  ['五', 5],
  ['六', 6],
  ['七', 7],
  ['八', 8],
  ['九', 9],
])

const multipliers: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])

const digits = '零一二三四五六七八九'

/**
 * The value of ASCII digits, of Chinese digits one by one (二〇一九), or of a Chinese numeral (二千零一十九, 十一, 廿一,
 * 一万二千, 三百亿, 五万亿); undefined when it is none of them.
 */
export function valueOfNumeral(text: string): number | undefined {
  if (/^[0-9]+$/.test(text)) return Number(text)
  const digitwise = digitsOfChinese(text)
  if (digitwise !== undefined) return Number(digitwise)
  const [, trillions, hundredMillions, tenThousands, rest] =
    /^(?:([^万亿]+)万亿)?(?:([^万亿]+)亿)?(?:([^万亿]+)万)?([^万亿]*)$/.exec(text) ?? []
  if (rest === undefined) return undefined
  let value = 0
  for (const [part, scale] of [
    [trillions, 1e12],
    [hundredMillions, 1e8],
    [tenThousands, 1e4],
    [rest === '' ? undefined : rest, 1],
  ] as const) {
    if (part === undefined) continue
    // 一万零五百: a place is left out behind 万, and said so.
    const places = valueOfPlaces(
      (value > 0 ? part.replace(/^[零〇]/, '') : part).replace(/^廿/, '二十').replace(/^卅/, '三十'),
    )
    if (places === undefined) return undefined
    value += places * scale
  }
  return value
}

/** 二〇一九 to 2019, digit by digit; undefined when another character stands in it. */
export function digitsOfChinese(text: string): string | undefined {
  let ascii = ''
  for (const character of text) {
    const value = digitValues.get(character)
    if (value === undefined) return undefined
    ascii += value
  }
  return ascii === '' ? undefined : ascii
}

/** 二百零五 to 205: places in falling order, 零 exactly where a place is left out. */
function valueOfPlaces(text: string): number | undefined {
  let value = 0
  let place = 10_000
  let zero = false
  const characters = [...text]
  for (let i = 0; i < characters.length; ) {
    const character = characters[i]!
    if (character === '零' || character === '〇') {
      if (zero || value === 0) return undefined
      zero = true
      i++
      continue
    }
    let digit = digitValues.get(character)
    const bareTen = digit === undefined && character === '十' && i === 0
    if (bareTen) digit = 1
    if (digit === undefined) return undefined
    const multiplier = multipliers.get(characters[bareTen ? i : i + 1] ?? '') ?? 1
    const skipped = place / 10 > multiplier && value > 0
    if (multiplier >= place || skipped !== zero) return undefined
    value += digit * multiplier
    place = multiplier
    zero = false
    i += multiplier === 1 || bareTen ? 1 : 2
    if (multiplier === 1 && i < characters.length) return undefined
  }
  return zero || value === 0 ? undefined : value
}

/** 205 to 二百零五, 12,000 to 一万二千; 10 to 19 begin with 十. Throws RangeError outside 1 to 10^12 - 1. */
export function toChineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value >= 1e12) throw new RangeError(`no numeral for ${value}`)
  for (const [scale, sign] of [
    [1e8, '亿'],
    [1e4, '万'],
  ] as const) {
    if (value < scale) continue
    const rest = value % scale
    const zero = rest > 0 && rest < scale / 10 ? '零' : ''
    return `${toChineseNumeral(Math.floor(value / scale))}${sign}${zero}${rest > 0 ? toChineseNumeral(rest) : ''}`
  }
  let text = ''
  let zero = false
  for (const [multiplier, sign] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / multiplier) % 10
    if (digit === 0) {
      zero = text !== ''
      continue
    }
    if (zero) text += '零'
    zero = false
    text += multiplier === 10 && digit === 1 && text === '' ? sign : digits[digit]! + sign
  }
  return text
}

/** 2019 to 二〇一九, with the zero that is wanted. */
export function toChineseDigits(ascii: string, zero: '〇' | '零'): string {
  return [...ascii].map((digit) => (digit === '0' ? zero : digits[Number(digit)]!)).join('')
}
