// Which printed characters mean the same: folds a text to its identity key, with the way back to the print.
import { createHash } from 'node:crypto'
import type { Span } from '../model/span.ts'
import { createFoldTable, dropped, expanded, spacing, surrogate } from './characters.ts'

/** Changes whenever `fold` gives another result for some text: indexes made before must be rebuilt. */
const normalizationVersion = 2

/** A folded text; unit i of `text` (and of `simplified`) was printed at [starts[i], ends[i]) of `printed`. */
export interface NormalizedText {
  readonly printed: string
  /** The identity key: equal texts mean the same. Never holds a line break. */
  readonly text: string
  /** Same length; standard simplified characters stay themselves. What a segmenter reads. */
  readonly simplified: string
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

const table = createFoldTable()
const { unit: foldedUnit, simplified: simplifiedUnit, latin, traditional } = table

/** From this share of traditional-only characters on, a text is read as traditional: 乾 is 干 there. */
const traditionalShare = 0.05

// Working memory of the one loop below; the texts made from it are copies.
let capacity = 0
let folded = new Uint16Array(0)
let simplified = new Uint16Array(0)
let starts = new Uint32Array(0)
let ends = new Uint32Array(0)
let foldedBytes = Buffer.alloc(0)
let simplifiedBytes = Buffer.alloc(0)
/** Units of the last text that only traditional text has. */
let traditionalCount = 0
/** Whether the last text's two forms differ. */
let formsDiffer = false
/** Whether the last text differs from its print. */
let changed = false

function reserve(units: number): void {
  if (units <= capacity) return
  const grown = Math.max(units, capacity * 2, 4096)
  const oldFolded = folded
  const oldSimplified = simplified
  const oldStarts = starts
  const oldEnds = ends
  folded = new Uint16Array(grown)
  simplified = new Uint16Array(grown)
  starts = new Uint32Array(grown)
  ends = new Uint32Array(grown)
  folded.set(oldFolded)
  simplified.set(oldSimplified)
  starts.set(oldStarts)
  ends.set(oldEnds)
  foldedBytes = Buffer.from(folded.buffer)
  simplifiedBytes = Buffer.from(simplified.buffer)
  capacity = grown
}

/** Folds into the working memory and returns the number of units. */
function run(printed: string): number {
  const length = printed.length
  reserve(length + 64)
  traditionalCount = 0
  let difference = 0
  let change = 0
  let n = 0
  /** Where the spacing before the next character began; -1 when there is none, or none that could count. */
  let gapStart = -1
  for (let i = 0; i < length; i++) {
    const printedUnit = printed.charCodeAt(i)
    const unit = foldedUnit[printedUnit]!
    if (unit > spacing) {
      if (gapStart >= 0) {
        if (latin[unit] === 1) n = pushSpace(n, gapStart, i)
        gapStart = -1
      }
      const own = simplifiedUnit[printedUnit]!
      folded[n] = unit
      simplified[n] = own
      starts[n] = i
      ends[n++] = i + 1
      difference |= unit ^ own
      change |= unit ^ printedUnit
      traditionalCount += traditional[printedUnit]!
    } else if (unit === spacing) {
      change = 1
      if (gapStart < 0 && n > 0 && latin[folded[n - 1]!] === 1) gapStart = i
    } else if (unit === dropped) {
      change = 1
    } else {
      change = 1
      let text = '\ufffd'
      let end = i + 1
      if (unit === expanded) {
        text = table.expansions.get(printedUnit)!
      } else if (unit === surrogate && printedUnit < 0xdc00 && end < length) {
        const codePoint = printed.codePointAt(i)!
        if (codePoint > 0xffff) {
          end = i + 2
          text = table.supplementary(codePoint)
        }
      }
      if (text !== '') {
        reserve(n + length - i + text.length + 64)
        if (gapStart >= 0) {
          if (latin[text.charCodeAt(0)] === 1) n = pushSpace(n, gapStart, i)
          gapStart = -1
        }
        for (let k = 0; k < text.length; k++) {
          folded[n] = simplified[n] = text.charCodeAt(k)
          starts[n] = i
          ends[n++] = end
        }
      }
      i = end - 1
    }
  }
  formsDiffer = difference !== 0
  changed = change !== 0
  return n
}

function pushSpace(n: number, gapStart: number, gapEnd: number): number {
  folded[n] = simplified[n] = spacing
  starts[n] = gapStart
  ends[n] = gapEnd
  return n + 1
}

function foldedText(printed: string, n: number): string {
  return changed ? foldedBytes.toString('utf16le', 0, n * 2) : printed
}

function simplifiedText(text: string, n: number): string {
  if (!formsDiffer || traditionalCount > n * traditionalShare) return text
  return simplifiedBytes.toString('utf16le', 0, n * 2)
}

/**
 * The identity key of a text: two texts that mean the same have the same key.
 *
 * Law: characters are folded one by one, whatever stands beside them; white space and middle dots are left out
 * except between two Latin letters or digits, where any run of them is one space. So for every part b of a text a
 * (cut between characters), fold(b) is contained in fold(a). Folding twice changes nothing.
 */
export function fold(text: string): string {
  return foldedText(text, run(text))
}

/** `fold` and the segmenter's form of it, without the map: for indexing. */
export function foldForms(text: string): { text: string; simplified: string } {
  const n = run(text)
  const key = foldedText(text, n)
  return { text: key, simplified: simplifiedText(key, n) }
}

/**
 * The text in simplified characters and half-width letters and digits, unit for unit as long as it was: what the words
 * of mastheads, bylines and notices are compared with. Signs and spaces stay.
 */
export function toPlainScript(text: string): string {
  let plain = ''
  /** Up to here `plain` is written: most texts are plain and are given back as they are. */
  let copied = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    let own = unit
    if (unit >= 0x3400 && unit <= 0x9fff) {
      if (foldedUnit[unit]! > spacing) own = foldedUnit[unit]!
    } else if (
      (unit >= 0xff10 && unit <= 0xff19) ||
      (unit >= 0xff21 && unit <= 0xff3a) ||
      (unit >= 0xff41 && unit <= 0xff5a)
    )
      own = unit - 0xfee0
    if (own === unit) continue
    plain += text.slice(copied, i) + String.fromCharCode(own)
    copied = i + 1
  }
  return copied === 0 ? text : plain + text.slice(copied)
}

/** Folds a text and remembers where each unit was printed. */
export function normalize(printed: string): NormalizedText {
  const n = run(printed)
  const text = foldedText(printed, n)
  return {
    printed,
    text,
    simplified: simplifiedText(text, n),
    starts: starts.slice(0, n),
    ends: ends.slice(0, n),
  }
}

/**
 * Where units [start, end) of the folded text were printed, in UTF-16 units; what was dropped inside the span
 * (spaces between Han, middle dots) belongs to it. An empty span stays empty.
 */
export function toPrintedSpan(n: NormalizedText, start: number, end: number): Span {
  const from = start < n.starts.length ? n.starts[start]! : n.printed.length
  return [from, end > start ? n.ends[end - 1]! : from]
}

/** Whether a folded unit is a letter or digit of a script that parts words with spaces. */
export function isLatinUnit(unit: number): boolean {
  return latin[unit] === 1
}

/** Differs between two normalisations that fold some character of two bytes differently. */
export function normalizationFingerprint(): string {
  const hash = createHash('sha256').update(`version ${normalizationVersion}`)
  hash.update(foldedUnit).update(simplifiedUnit).update(latin)
  for (const [unit, text] of table.expansions) hash.update(`${unit}=${text};`)
  return hash.digest('hex').slice(0, 16)
}

/** Words with two spellings that fold apart, as printed: 坐标 and 座標, 计划 and 計畫. */
export function pairedPhrases(): readonly (readonly [string, string])[] {
  return table.pairedPhrases
}
