// Does a text layer mean anything? A font without its table of characters gives letters of many scripts, or the wrong Han.
import { toPlainScript } from '../../normalize/normalize.ts'
import { isStandardHan } from '../../normalize/variants.ts'
import { commonCharacters } from './common-characters.ts'

/** Letters of a line that no Chinese newspaper prints, and at least so many of them: the line is no text. */
const strangeShare = 0.4
const fewestStrange = 4
/** Han characters from which on a page's language can be judged. */
const fewestHan = 100
/** Of these common Chinese prints about two thirds, and of the words of grammar one in eight. */
const leastCommon = 0.2
const leastGrammar = 0.02
/** Latin letters from which on a page without Han can be judged, and the share of vowels in any language. */
const fewestLatin = 200
const leastVowels = 0.22

const grammar = new Set('的一是在了和有不人年月日这中大为上个以对')

/** A letter that a Chinese newspaper may print: Han of the standard sets, Latin, kana, Greek and Russian. */
const known =
  /[\p{ASCII}\u00c0-\u017f\u01cd-\u01dc\u0391-\u03c9\u0410-\u044f\u3041-\u30ff\u3105-\u312f\u2160-\u217f\u2460-\u24ff]/u

/** True for a line of which most is no text of any newspaper. */
export function isGibberishLine(text: string): boolean {
  let letters = 0
  let strange = 0
  for (const character of toPlainScript(text)) {
    if (!/[\p{L}\p{N}\p{M}\p{Co}\p{Cn}\ufffd]/u.test(character)) continue
    letters++
    if (/\p{Script=Han}/u.test(character) ? !isStandardHan(character) : !known.test(character)) strange++
  }
  return strange >= fewestStrange && strange > strangeShare * letters
}

/** True for the text of a whole page whose characters stand for others: right letters, but no language. */
export function isGibberishPage(text: string): boolean {
  let han = 0
  let common = 0
  let words = 0
  let latin = 0
  let vowels = 0
  for (const character of toPlainScript(text)) {
    if (/\p{Script=Han}/u.test(character)) {
      han++
      if (commonCharacters.has(character)) common++
      if (grammar.has(character)) words++
    } else if (/[A-Za-z]/.test(character)) {
      latin++
      if (/[aeiouy]/i.test(character)) vowels++
    }
  }
  if (han >= fewestHan) return common < leastCommon * han && words < leastGrammar * han
  return latin >= fewestLatin && han < 0.05 * latin && vowels < leastVowels * latin
}
