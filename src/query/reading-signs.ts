// Which ? and * leave characters open, and which are signs of ordinary prose; and what stands in a query unseen.
import { anyWild, oneWild } from './signs.ts'

/** Words that make a sentence a question: a mark beside them asks. */
const asking =
  /[谁誰哪吗嗎呢啥咋怎]|什么|什麼|甚麼|[为為]何|如何|何[时時处處以人在]|多少|是否|能否|可否|有没有|有沒有|[难難]道|几[个個时時年月日岁歲点點]|幾[個時年月日歲點]|么$|麼$/u

/** Characters of a pattern at most: nobody leaves one character open in a sentence. */
const longestPattern = 8
/** Characters before an open end at most: a longer run with a mark behind it asks. */
const longestBeforeOpenEnd = 3

const han = /\p{Script=Han}/u

/**
 * Whether the ? and * in a stretch without blanks leave characters open. They do in a few Han characters, beside one
 * of them, where nothing asks (社?, 社*务, 何?芳); in 谁来养老？, 什么是5G?, F-16?, a?b=c and **重点** they are text.
 */
export function isPattern(stretch: string): boolean {
  const characters = [...stretch]
  const isWild = (character: string | undefined) =>
    character !== undefined && `${oneWild}${anyWild}`.includes(character)
  const literal = characters.filter((character) => !isWild(character))
  // Alone they are everything, or nothing; the parser says which.
  if (literal.length === 0) return true
  if (literal.length > longestPattern) return false
  if (!literal.every((character) => /[\p{L}\p{N}\p{M}]/u.test(character))) return false
  if (asking.test(literal.join(''))) return false
  const last = characters.findLastIndex((character) => !isWild(character))
  if (last < characters.length - 1 && last + 1 > longestBeforeOpenEnd) return false
  // Each group of signs must touch a Han character and no letter or digit.
  for (let at = 0; at < characters.length; at++) {
    if (!isWild(characters[at])) continue
    let end = at
    while (isWild(characters[end])) end++
    const beside = [characters[at - 1], characters[end]].filter((character) => character !== undefined)
    if (!beside.every((character) => han.test(character))) return false
    at = end
  }
  return true
}

/** A text without what nobody sees (zero-width spaces, soft hyphens, joiners, byte order marks, variation selectors). */
export interface VisibleText {
  text: string
  /** Where each unit of `text` stands in what was typed; one more for the end. */
  places: number[]
}

export function toVisible(typed: string): VisibleText {
  let text = ''
  const places: number[] = []
  for (let at = 0; at < typed.length; ) {
    const character = String.fromCodePoint(typed.codePointAt(at)!)
    if (!/[\p{Cf}\p{Variation_Selector}]/u.test(character)) {
      text += character
      for (let unit = 0; unit < character.length; unit++) places.push(at + unit)
    }
    at += character.length
  }
  places.push(typed.length)
  return { text, places }
}
