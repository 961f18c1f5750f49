// Lines that were wrapped or letter-spaced by the typesetter become running text again.
import { privateUse } from '../../normalize/private-use.ts'
import { mapRadicals } from '../../normalize/radicals.ts'
import { endsInsideWord } from './chars.ts'

/** Between wide characters a space is the typesetter's; inside Latin text it is the writer's. */
const wide =
  '[\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026\\u00b7\\u2e80-\\u303f\\u3040-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef]'
const betweenWide = new RegExp(`(?<=${wide})[ \\u3000\\u00a0\\t]+(?=${wide})`, 'gu')

/** Forms that vertical print has of its signs, and the signs: ︵ is （. */
const verticalForms = new Map(
  [
    ...'︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︰‥︱—︲–︳_︵（︶）︷{︸}︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇[﹈]',
  ].flatMap((form, at, all) => (at % 2 === 0 ? [[form, all[at + 1]!] as const] : [])),
)

/**
 * Maps radicals, the signs of vertical print and GBK's private use to ordinary characters, and the two-em dash to two
 * dashes; the text may grow.
 */
export function cleanCharacters(text: string): string {
  const clean = mapRadicals(text)
  if (!/[\u2e3a\u2e3b\ufe10-\ufe19\ufe30-\ufe48\ue000-\uf8ff]/u.test(clean)) return clean
  return clean
    .replace(/\u2e3a/gu, '——')
    .replace(/\u2e3b/gu, '———')
    .replace(/[\ufe10-\ufe19\ufe30-\ufe48]/gu, (form) => verticalForms.get(form) ?? form)
    .replace(/[\ue000-\uf8ff]/gu, (unit) => privateUse.get(unit.charCodeAt(0)) ?? unit)
}

/**
 * True when single spaces stand between (nearly) all characters: `全 国 和 谐`, `18.3% 。 从 出 口 看`.
 * A space between two parts of a headline is not letter-spacing.
 */
export function isLetterSpaced(text: string): boolean {
  const tokens = text.trim().split(/\s+/u)
  if (tokens.length < 4) return false
  let single = 0
  for (const token of tokens) if ([...token].length === 1 || /^[\d.%A-Za-z,]+$/u.test(token)) single++
  return single / tokens.length >= 0.7
}

/**
 * Removes the spaces of letter-spacing and of justification between wide characters; spaces at Latin letters and
 * digits stay. With `keepGaps`, single spaces in a line that is not letter-spaced stay (headlines in two parts).
 */
export function removeLetterSpacing(text: string, keepGaps = false): string {
  const trimmed = text.trim()
  if (keepGaps && !isLetterSpaced(trimmed)) return trimmed.replace(/[ \u3000\u00a0\t]+/gu, ' ')
  if (isLetterSpaced(trimmed)) {
    return trimmed
      .replace(/[ \u3000\u00a0\t]+/gu, ' ')
      .replace(betweenWide, '')
      .replace(/(?<=[\d%]) (?=[\u3000-\u303f\uff00-\uffef])|(?<=[\u3000-\u303f\uff00-\uffef]) (?=\d)/gu, '')
  }
  return trimmed.replace(betweenWide, '')
}

/**
 * Joins wrapped lines: nothing between them, but a space where a Latin word meets a Latin word. A hyphen between two small
 * letters at the line's end is the typesetter's (busi-/ness) and goes; before a capital or a digit it is the word's own.
 */
export function joinLines(lines: readonly string[]): string {
  let out = ''
  for (const raw of lines) {
    const line = raw.trim()
    if (line === '') continue
    if (endsInsideWord(out) && /^\p{Ll}/u.test(line)) out = out.slice(0, -1)
    else if (/[A-Za-z,;]$/u.test(out) && /^[A-Za-z]/u.test(line)) out += ' '
    out += line
  }
  return out
}
