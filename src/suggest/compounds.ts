// Words that the dictionary does not have: rows of neighbouring words that headlines keep together (脱贫攻坚).
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { foldForms } from '../normalize/normalize.ts'
import { runToEnd, type Steps } from './steps.ts'

export interface Compound {
  /** Folded, but in standard simplified characters, as the segmenter reads it. */
  text: string
  /** Headlines that contain it as whole words. */
  headlines: number
}

export interface CompoundOptions {
  /** Headlines a row of words must stand in; 3 when absent. */
  leastHeadlines?: number
}

/** Units of a compound. */
const shortest = 2
const longest = 8
const mostWords = 4
/**
 * Normalised pointwise mutual information (Bouma 2009) at the weakest joint: 0 for words that meet by chance, 1 for
 * words that are never apart.
 */
const leastCohesion = 0.3
/** Headlines of a single word that no dictionary has, a name most often: it must not be taken for a mistake. */
const leastOfUnknown = 2
/** A row that stands inside one longer row in so large a share of its headlines is only a piece of it. */
const pieceShare = 0.8
/** Words that join others and belong to no name: no compound begins or ends with one. */
const joints = new Set(
  '的了在和与及为是将等对把被从向就也都不以并或而到于至着过让使由给同暨之其该这那您我你他她它们又再还很更最已正所则却若如因但即且',
)
/** A row that is followed, or led in, by one and the same word in so large a share of its headlines is cut off there. */
const cutOffShare = 0.7
/** Counters of the first pass, a power of two; rows that share one only cost a little memory. */
const counterCount = 2 ** 22

/**
 * Mines rows of two to four words, and single words the segmenter found without a dictionary. The cut headlines are
 * gone through twice, so that rows that stand in too few of them are never kept. Most headlines first.
 * @internal
 */
export function mineCompounds(
  headlines: Iterable<string>,
  analyzer: Analyzer,
  options: CompoundOptions = {},
): Compound[] {
  return runToEnd(compoundsInSteps(headlines, analyzer, options)).compounds
}

/** As `mineCompounds`, pausing; also tells in how many headlines each word and each compound stands. */
export function* compoundsInSteps(
  headlines: Iterable<string>,
  analyzer: Analyzer,
  options: CompoundOptions = {},
): Steps<{ compounds: Compound[]; headlinesWith: (text: string) => number }> {
  const least = options.leastHeadlines ?? 3
  const unknown = new Set<string>()
  const cuts: string[] = []
  for (const headline of headlines) {
    if (cuts.push(cutRuns(headline, analyzer, unknown)) % 32 === 0) yield
  }
  const guesses = new Uint8Array(counterCount)
  for (const [place, cut] of cuts.entries()) {
    if (place % 128 === 0) yield
    for (const row of rowsOf(cut)) {
      const slot = hash(row) & (counterCount - 1)
      if (guesses[slot]! < 255) guesses[slot]!++
    }
  }
  const counts = new Map<string, number>()
  for (const [place, cut] of cuts.entries()) {
    if (place % 128 === 0) yield
    for (const row of rowsOf(cut)) {
      const isWord = !row.includes(' ')
      if (isWord || guesses[hash(row) & (counterCount - 1)]! >= Math.min(least, 255)) {
        counts.set(row, (counts.get(row) ?? 0) + 1)
      }
    }
  }
  const kept = keptRows(counts, unknown, cuts.length, least)
  yield* dropCutOff(kept, cuts)
  const compounds = withoutPieces(kept)
  const whole = new Map(compounds.map(({ text, headlines }) => [text, headlines]))
  return { compounds, headlinesWith: (text) => whole.get(text) ?? counts.get(text) ?? 0 }
}

/** Runs of neighbouring words that are neither Latin nor signs: words parted by spaces, runs by line breaks. */
function cutRuns(headline: string, analyzer: Analyzer, unknown: Set<string>): string {
  const forms = foldForms(headline)
  let cut = ''
  let separator = ''
  for (const { start, end, kind } of analyzer.cut(forms.text)) {
    if (kind === 'latin' || kind === 'other') separator = '\n'
    else {
      const word = forms.simplified.slice(start, end)
      if (kind === 'unknown' && word.length > 1) unknown.add(word)
      cut += (cut === '' ? '' : separator) + word
      separator = ' '
    }
  }
  return cut
}

/** Distinct rows of words of a cut headline, parted by spaces; single words included. */
function rowsOf(cut: string): Set<string> {
  const rows = new Set<string>()
  for (const run of cut.split('\n')) {
    const words = run.split(' ')
    for (let start = 0; start < words.length; start++) {
      let row = ''
      let units = 0
      for (let end = start; end < Math.min(words.length, start + mostWords); end++) {
        const word = words[end]!
        units += word.length
        if (units > longest && end > start) break
        row += row === '' ? word : ` ${word}`
        rows.add(row)
      }
    }
  }
  return rows
}

/** Rows that are compounds by how often they stand together, with the number of their headlines. */
function keptRows(
  counts: ReadonlyMap<string, number>,
  unknown: ReadonlySet<string>,
  total: number,
  least: number,
): Map<string, number> {
  const kept = new Map<string, number>()
  for (const [row, count] of counts) {
    const words = row.split(' ')
    const text = words.join('')
    const enough = words.length === 1 ? Math.min(least, leastOfUnknown) : least
    if (count < enough || text.length < shortest || text.length > longest) continue
    if (words.length === 1 ? !unknown.has(row) : !isCompound(words, count, counts, total)) continue
    kept.set(row, count)
  }
  return kept
}

/**
 * Drops rows that end inside something longer (高质量打赢脱贫, always followed by 攻坚): a word of its own has various
 * neighbours on both sides. The edge of a headline is none.
 */
function* dropCutOff(kept: Map<string, number>, cuts: readonly string[]): Steps<void> {
  const beside = new Map<string, number>()
  const note = (key: string) => beside.set(key, (beside.get(key) ?? 0) + 1)
  for (const [place, cut] of cuts.entries()) {
    if (place % 128 === 0) yield
    for (const run of cut.split('\n')) {
      const words = run.split(' ')
      for (let start = 0; start < words.length; start++) {
        let row = ''
        for (let end = start; end < Math.min(words.length, start + mostWords); end++) {
          row += row === '' ? words[end]! : ` ${words[end]!}`
          if (!kept.has(row)) continue
          if (start > 0) note(`${row}\0<${words[start - 1]!}`)
          if (end + 1 < words.length) note(`${row}\0>${words[end + 1]!}`)
        }
      }
    }
  }
  for (const [key, count] of beside) {
    const row = key.slice(0, key.indexOf('\0'))
    if (count >= (kept.get(row) ?? Number.POSITIVE_INFINITY) * cutOffShare) kept.delete(row)
  }
}

/** Without rows that nearly always stand inside one longer row. */
function withoutPieces(kept: ReadonlyMap<string, number>): Compound[] {
  const pieces = new Set<string>()
  for (const [row, count] of kept) {
    const words = row.split(' ')
    for (const piece of [words.slice(1), words.slice(0, -1)]) {
      const inner = piece.join(' ')
      if (piece.length > 1 && count >= (kept.get(inner) ?? Number.POSITIVE_INFINITY) * pieceShare)
        pieces.add(inner)
    }
  }
  const compounds = new Map<string, number>()
  for (const [row, count] of kept) {
    const text = row.replaceAll(' ', '')
    if (!pieces.has(row)) compounds.set(text, Math.max(count, compounds.get(text) ?? 0))
  }
  return Array.from(compounds, ([text, headlines]) => ({ text, headlines })).sort(
    (a, b) => b.headlines - a.headlines || (a.text < b.text ? -1 : 1),
  )
}

function isCompound(
  words: readonly string[],
  count: number,
  counts: ReadonlyMap<string, number>,
  total: number,
): boolean {
  if (joints.has(words[0]!) || joints.has(words.at(-1)!)) return false
  for (let joint = 1; joint < words.length; joint++) {
    const left = counts.get(words.slice(0, joint).join(' ')) ?? count
    const right = counts.get(words.slice(joint).join(' ')) ?? count
    const information = Math.log((count * total) / (left * right))
    if (information < leastCohesion * Math.log(total / count)) return false
  }
  return true
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
