// What one printed character means: width, case, punctuation, radicals and script, character by character.
import { privateUse } from './private-use.ts'
import { mapRadicals } from './radicals.ts'
import { readVariants, type Variants } from './variants.ts'

/** Actions in `FoldTable.unit` for units that do not become exactly one unit. */
export const dropped = 0
export const expanded = 1
export const surrogate = 2
export const spacing = 0x20

/** Tables by UTF-16 unit; made once. */
export interface FoldTable {
  /** The folded unit, or one of the actions above. */
  unit: Uint16Array
  /** As `unit`, but standard simplified characters stay themselves. */
  simplified: Uint16Array
  /** The folded units of units whose action is `expanded`. */
  expansions: ReadonlyMap<number, string>
  /** 1 for folded units of Latin letters, digits and the like: scripts that part words with spaces. */
  latin: Uint8Array
  /** 1 for printed characters that only traditional text has. */
  traditional: Uint8Array
  /** The folded form of a character of two units; empty when it is dropped. */
  supplementary(codePoint: number): string
  /** Words that are written with characters of different classes, see `Variants`. */
  readonly pairedPhrases: Variants['pairedPhrases']
}

/** Different signs that mean the same; the first of each group stands for all. */
const equalSigns = [
  '"“”„‟″〝〞〟＂「」『』﹁﹂﹃﹄｢｣',
  "'‘’‚‛′`´＇｀",
  '-‐‑‒–—―−─﹘﹣－⸺',
  '~～〜∼˜',
  '…⋯‥︙',
  '[［【〔〖﹝︵︻',
  ']］】〕〗﹞︶︼',
  '《«︽',
  '》»︾',
  '〈‹︿',
  '〉›﹀',
  '、､﹑︑',
  '。｡︒',
  '/⁄∕／',
  ':：∶﹕︓',
  '〇○◯',
  '¥￥',
  '×✕✖',
  '\u3099゛ﾞ',
  '\u309a゜ﾟ',
  'σς',
]

/** Dots between the parts of foreign names; like white space they count only between Latin letters and digits. */
const middleDots = '·•‧・･∙⋅˙᛫⸱'

/** Makes the tables: about 0.2 s, once per thread. */
export function createFoldTable(): FoldTable {
  const variants = readVariants()
  const signs = new Map<string, string>()
  for (const group of equalSigns) {
    const [chosen, ...others] = [...group]
    for (const sign of [chosen, ...others]) signs.set(sign!, chosen!)
  }
  const table = {
    unit: new Uint16Array(0x10000),
    simplified: new Uint16Array(0x10000),
    latin: new Uint8Array(0x10000),
    traditional: new Uint8Array(0x10000),
  }
  const expansions = new Map<number, string>()
  for (let unit = 0; unit < 0x10000; unit++) {
    if (unit < 0x2e80 && /[\p{L}\p{N}]/u.test(String.fromCharCode(unit))) table.latin[unit] = 1
    if (unit >= 0xd800 && unit <= 0xdfff) {
      table.unit[unit] = table.simplified[unit] = surrogate
      continue
    }
    const meant = privateUse.get(unit) ?? String.fromCharCode(unit)
    const plain = foldWidth(mapRadicals(meant), signs)
    const folded = toRepresentatives(plain, variants)
    if (folded.length === 1) {
      table.unit[unit] = folded.charCodeAt(0)
      table.simplified[unit] = variants.isSimplified(plain) ? plain.charCodeAt(0) : folded.charCodeAt(0)
      if (plain !== folded && !variants.isSimplified(plain)) table.traditional[unit] = 1
    } else {
      table.unit[unit] = table.simplified[unit] = folded === '' ? dropped : expanded
      if (folded !== '') expansions.set(unit, folded)
    }
  }
  return {
    ...table,
    expansions,
    pairedPhrases: variants.pairedPhrases,
    supplementary: (codePoint) => foldSupplementary(codePoint, signs, variants),
  }
}

function toRepresentatives(text: string, variants: Variants): string {
  let folded = ''
  for (const character of text) folded += variants.representative.get(character) ?? character
  return folded
}

/** Width, case, compatibility forms and signs of one character; ' ' for spacing, '' for what has no meaning. */
function foldWidth(character: string, signs: ReadonlyMap<string, string>): string {
  // Ideographs, Hangul and private use, most of the table, have one width and no case.
  if (/[\u3400-\u9fff\uac00-\ud7a3\ue000-\uf8ff]/.test(character)) return character
  if (/\s/.test(character) || character === '\u0085' || middleDots.includes(character)) return ' '
  if (
    /[\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Noncharacter_Code_Point}]/u.test(character) &&
    !/[\u3099\u309a]/.test(character)
  ) {
    return ''
  }
  const sign = signs.get(character)
  if (sign !== undefined) return sign
  let folded = ''
  // Decomposed, so that a letter and its accent are the same printed as one character or as two.
  for (const part of character
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')) {
    // Spacing accents decompose into a space and a mark: they stay as they are.
    if (part === ' ') return character
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(part) && !/[\u3099\u309a]/.test(part)) continue
    folded += middleDots.includes(part) ? '' : (signs.get(part) ?? part)
  }
  return /[\uac00-\ud7a3\u1100-\u11ff]/.test(folded) ? folded.normalize('NFC') : folded
}

function foldSupplementary(
  codePoint: number,
  signs: ReadonlyMap<string, string>,
  variants: Variants,
): string {
  const character = String.fromCodePoint(codePoint)
  const own = variants.representative.get(character)
  if (own !== undefined) return own
  // Ideographs and emoji, nearly all there is, need no closer look.
  if (codePoint >= 0x20000 && codePoint < 0x2f800) return character
  return toRepresentatives(foldWidth(character, signs), variants)
}
