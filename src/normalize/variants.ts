// Traditional, simplified and variant characters: which ones may stand for each other, by opencc's dictionaries.
import hkVariants from 'opencc-js/dict/HKVariants'
import hkVariantPhrases from 'opencc-js/dict/HKVariantsPhrases'
import hkVariantsReverse from 'opencc-js/dict/HKVariantsRev'
import hkVariantReversePhrases from 'opencc-js/dict/HKVariantsRevPhrases'
import simplifiedCharacters from 'opencc-js/dict/STCharacters'
import simplifiedPhrases from 'opencc-js/dict/STPhrases'
import simplifiedRegionalPhrases from 'opencc-js/dict/STPhrases_GeneratedFromRegionalPhrases'
import traditionalCharacters from 'opencc-js/dict/TSCharacters'
import traditionalPhrases from 'opencc-js/dict/TSPhrases'
import twVariants from 'opencc-js/dict/TWVariants'
import twVariantPhrases from 'opencc-js/dict/TWVariantsPhrases'
import twVariantsReverse from 'opencc-js/dict/TWVariantsRev'
import twVariantReversePhrases from 'opencc-js/dict/TWVariantsRevPhrases'
import { unihanVariants } from './unihan-variants.ts'

const dictionaries = [
  simplifiedCharacters,
  traditionalCharacters,
  simplifiedPhrases,
  simplifiedRegionalPhrases,
  traditionalPhrases,
  hkVariants,
  hkVariantsReverse,
  hkVariantPhrases,
  hkVariantReversePhrases,
  twVariants,
  twVariantsReverse,
  twVariantPhrases,
  twVariantReversePhrases,
]

/**
 * Pairs that only a few words share (坐标 and 座標, 计划 and 計畫) while both characters are common by themselves
 * or would tie together two that are: one class for them would make 坐 and 座 the same everywhere.
 * Such words are told apart by `pairedPhrases` instead.
 */
const keptApart = new Set(
  ['划畫', '复覆', '呆待', '坐座', '俱具', '像象', '里哩', '链鍊', '沈沉', '坏坯'].flatMap((pair) => [
    pair,
    `${pair[1]}${pair[0]}`,
  ]),
)

/**
 * Variants that neither opencc nor Unihan has: of the list of 1955 that ended their use (第一批异体字整理表), and of
 * Japanese print.
 */
const moreVariants =
  '冨富 氷冰 甯宁 喆哲 堃坤 淼渺 㑹会 囯国 囻国 仝同 咊和 昰是 伱你 乹乾 苐第 徔从 圡土 亱夜 紬绸'

/** What the dictionaries say, made once. */
export interface Variants {
  /** Character to the representative of its class; characters alone in their class are absent. */
  readonly representative: ReadonlyMap<string, string>
  /** Words that are written with characters of different classes: both ways, each as printed. */
  readonly pairedPhrases: readonly (readonly [string, string])[]
  /** Whether a character is itself a standard simplified one. */
  isSimplified(character: string): boolean
  /** How often the words of simplified text hold a character. @internal Asked by scripts/make-variants.mjs. */
  usesOf(character: string): number
}

/** Reads the dictionaries: about 0.1 s, once per thread. `pairs` of characters are joined besides. */
export function readVariants(pairs = `${unihanVariants} ${moreVariants}`): Variants {
  const parent = new Map<string, string>()
  const pairedPhrases: [string, string][] = []
  for (const dictionary of dictionaries) {
    for (const entry of dictionary.split('|')) {
      const space = entry.indexOf(' ')
      const from = entry.slice(0, space)
      const to = entry.slice(space + 1)
      if (joinAligned(parent, from, to)) pairedPhrases.push([from, to])
    }
  }
  for (const pair of pairs.trim().split(/\s+/)) {
    const [from, to] = [...pair]
    if (from !== undefined && to !== undefined) join(parent, from, to)
  }
  const standard = gb2312Characters()
  const simplified = new Set(standard)
  for (const entry of simplifiedCharacters.split('|')) simplified.add(entry.slice(0, entry.indexOf(' ')))
  const uses = countUses()
  return {
    representative: chooseRepresentatives(parent, standard, uses),
    usesOf: (character) => (character.length === 1 ? uses[character.charCodeAt(0)]! : 0),
    pairedPhrases,
    isSimplified: (character) => simplified.has(character),
  }
}

/** Joins the classes of two words' characters, place by place; true when a pair was kept apart. */
function joinAligned(parent: Map<string, string>, from: string, to: string): boolean {
  if (from === to) return false
  const left = [...from]
  const right = [...to]
  let apart = false
  if (left.length !== right.length) return false
  for (let i = 0; i < left.length; i++) {
    const a = left[i]!
    const b = right[i]!
    if (a === b) continue
    if (keptApart.has(a + b)) apart = true
    else if (parent.get(a) !== b) join(parent, a, b)
  }
  return apart
}

function find(parent: Map<string, string>, character: string): string {
  let root = character
  for (let next = parent.get(root); next !== undefined && next !== root; next = parent.get(root)) root = next
  return root
}

function join(parent: Map<string, string>, a: string, b: string): void {
  const rootA = find(parent, a)
  const rootB = find(parent, b)
  if (!parent.has(rootA)) parent.set(rootA, rootA)
  if (!parent.has(rootB)) parent.set(rootB, rootB)
  if (rootA !== rootB) parent.set(rootA, rootB)
  if (!parent.has(a)) parent.set(a, rootB)
  if (!parent.has(b)) parent.set(b, rootB)
}

/** How often each character stands in the words of simplified text. */
function countUses(): Uint32Array {
  const uses = new Uint32Array(0x10000)
  let isFrom = true
  for (let i = 0; i < simplifiedPhrases.length; i++) {
    const unit = simplifiedPhrases.charCodeAt(i)
    if (unit === 0x20) isFrom = false
    else if (unit === 0x7c) isFrom = true
    else if (isFrom) uses[unit]!++
  }
  return uses
}

/** The member that simplified text uses most stands for its class, so that folded text reads naturally. */
function chooseRepresentatives(
  parent: Map<string, string>,
  standard: Set<string>,
  uses: Uint32Array,
): Map<string, string> {
  const rank = (character: string): number =>
    (standard.has(character) ? 2e6 : character.length === 1 ? 1e6 : 0) +
    (character.length === 1 ? uses[character.charCodeAt(0)]! : 0)
  const best = new Map<string, string>()
  for (const character of parent.keys()) {
    const root = find(parent, character)
    const current = best.get(root)
    const better =
      current === undefined ||
      rank(character) > rank(current) ||
      (rank(character) === rank(current) && character < current)
    if (better) best.set(root, character)
  }
  const representative = new Map<string, string>()
  for (const character of parent.keys()) {
    const chosen = best.get(find(parent, character))!
    if (chosen !== character) representative.set(character, chosen)
  }
  return representative
}

/** The 6,763 characters of GB 2312-80, in rows 16 to 87, by way of the decoder that every Node has. */
let standardHan: Set<string> | undefined

/** Whether a simplified character is one of the 6,763 of GB 2312 that newspapers print. */
export function isStandardHan(character: string): boolean {
  standardHan ??= gb2312Characters()
  return standardHan.has(character)
}

function gb2312Characters(): Set<string> {
  const bytes = new Uint8Array(72 * 94 * 2)
  let n = 0
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      bytes[n++] = row
      bytes[n++] = cell
    }
  }
  const characters = new Set(new TextDecoder('gb18030').decode(bytes))
  // Standard since 1986, but not in GB 2312: 瞭望 is not 了望.
  characters.add('瞭')
  for (const character of characters)
    if (character >= '\ue000' && character <= '\uf8ff') characters.delete(character)
  return characters
}
