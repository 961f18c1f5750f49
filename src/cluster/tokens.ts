// How our own analysis is written down as words between blanks, which the plainest analyzer of any cluster leaves as they
// are: single characters, pairs of them, and words with their weights. Characters are code points.

import { isLatinUnit } from '../normalize/normalize.ts'
import { innerMarks } from '../query/across-marks.ts'

/** Closes the last pair of a text that has no end of its own; no folded text holds it. */
const end = '\u0001'

/** What a tokenizer would cut at stands as a character that is none (Unicode's noncharacters). */
function inToken(character: string): string {
  // Half of a surrogate pair cannot be sent.
  if (/\p{Cs}/u.test(character)) return '\ufffd'
  if (!/\s/.test(character) && !(character >= '\u001c' && character <= '\u001f')) return character
  return character === ' ' ? '\ufdd0' : character === '\n' ? '\ufdd1' : '\ufdd2'
}

/** The characters of a text as they stand in tokens. */
function charactersOf(text: string): string[] {
  return Array.from(text, inToken)
}

/** Every character of a text: its place in the list is its position. */
export function toCharacters(text: string): string {
  return charactersOf(text).join(' ')
}

/** Every character with the one behind it; positions are those of the first ones. */
export function toPairs(text: string): string {
  const characters = charactersOf(text)
  return characters.map((character, at) => character + (characters[at + 1] ?? end)).join(' ')
}

/** The pairs inside a string that is looked for; none for a single character. */
export function pairsWithin(text: string): string[] {
  const characters = charactersOf(text)
  return characters.slice(1).map((character, at) => characters[at]! + character)
}

/** h: a Han character, which ? and * of a query stand for. x: any other. */
export const kindOf = { han: 'h', other: 'x', titleEnd: 'T', authorStart: 'A', both: 'B' } as const

/**
 * What stands at each place of a text: a Han character or another one, and the barriers behind the headlines and before
 * the authors.
 * @param titleEnd, authorStart offsets in UTF-16 units at which these fields end and begin
 */
export function toKinds(text: string, titleEnd: number, authorStart: number): string {
  const kinds: string[] = []
  let at = 0
  for (const character of text) {
    at += character.length
    const endsTitle = at === titleEnd
    const isBeforeAuthors = at === authorStart
    if (endsTitle && isBeforeAuthors) kinds.push(kindOf.both)
    else if (endsTitle) kinds.push(kindOf.titleEnd)
    else if (isBeforeAuthors) kinds.push(kindOf.authorStart)
    else kinds.push(/\p{Script=Han}/u.test(character) ? kindOf.han : kindOf.other)
  }
  return kinds.join(' ')
}

const marks = new Set(innerMarks)

/**
 * A folded text without the marks that may part a term (“三农”问题 is found as 三农问题): single ones, not between two
 * letters of a Latin word. In it stands every term that `patternAcrossMarks` finds in the text, and no other.
 */
export function withoutInnerMarks(text: string): string {
  let kept = ''
  for (let at = 0; at < text.length; at++) {
    const [before, unit, after] = [text.charAt(at - 1), text.charAt(at), text.charAt(at + 1)]
    const isSingle = marks.has(unit) && !marks.has(before) && !marks.has(after)
    const isInLatin =
      before !== '' && after !== '' && isLatinUnit(before.charCodeAt(0)) && isLatinUnit(after.charCodeAt(0))
    if (!isSingle || isInLatin) kept += unit
  }
  return kept
}

export function holdsMark(text: string): boolean {
  return [...text].some((character) => marks.has(character))
}
