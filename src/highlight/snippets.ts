// Chooses the passages of an article that show best why it was found.
import type { Marked } from '../model/span.ts'
import { type Found, findSought, type Sought, toMarks } from './marks.ts'

export interface SnippetOptions {
  /** Passages at most. */
  count?: number
  /** UTF-16 units of a passage, about. */
  length?: number
}

interface Passage {
  text: number
  start: number
  end: number
  found: Found[]
  value: number
}

/** Signs after which a sentence begins. */
const sentenceEnd = /[。！？；…!?;]/
/** Signs after which a clause begins, or may well end. */
const clauseEnd = /[。！？；…!?;，、：,:]/
/** Signs that go with the sentence before them. */
const closingSigns = /^[”’」』》）)\]]+/
/** What stands for the part of a sentence that is left out. */
const ellipsis = '……'

const words = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * Passages in the order of the article. One that begins or ends inside a sentence says so with ……; it begins at a
 * clause, or else at a word. Those with the most different sought strings come first to be chosen;
 * without any, the beginning of the first text stands for the article.
 */
export function toSnippets(
  texts: readonly string[],
  sought: Sought,
  { count = 2, length = 110 }: SnippetOptions = {},
): Marked[] {
  const passages = texts.flatMap((text, index) => passagesOf(text, index, findSought(text, sought), length))
  const chosen: Passage[] = []
  const shown = new Set<number>()
  while (chosen.length < count && passages.length > 0) {
    // What earlier passages already show is worth less than what they lack.
    const worth = (p: Passage) =>
      new Set(p.found.map((f) => f.needle).filter((needle) => !shown.has(needle))).size * 10 + p.value
    let best = passages[0]!
    for (const passage of passages) if (worth(passage) > worth(best)) best = passage
    chosen.push(best)
    for (const { needle } of best.found) shown.add(needle)
    for (let i = passages.length - 1; i >= 0; i--)
      if (passages[i]!.text === best.text && passages[i]!.start < best.end && passages[i]!.end > best.start)
        passages.splice(i, 1)
  }
  if (chosen.length === 0) {
    const first = texts.find((text) => text.trim().length > 0)
    return first === undefined ? [] : [excerpt(first, 0, cutAt(first, 0, length), [])]
  }
  return chosen
    .sort((a, b) => a.text - b.text || a.start - b.start)
    .map(({ text, start, end, found }) => excerpt(texts[text]!, start, end, found))
}

/** A stretch of a text with its marks, and …… where a sentence is cut. */
function excerpt(text: string, start: number, end: number, found: readonly Found[]): Marked {
  let shown = text.slice(start, end)
  const lead = start > 0 && !sentenceEnd.test(lastSign(text.slice(0, start))) ? ellipsis : ''
  if (end < text.length && !sentenceEnd.test(lastSign(shown)))
    shown = `${shown.replace(/[，、：,:\s]+$/, '')}${ellipsis}`
  const at = lead.length - start
  return {
    text: lead + shown,
    marks: toMarks(found.map((place) => ({ start: place.start + at, end: Math.min(place.end, end) + at }))),
  }
}

/** The last sign of a text, closing signs and blanks left out. */
function lastSign(text: string): string {
  return text.replace(/[”’」』》）)\]\s]+$/, '').at(-1) ?? ''
}

/** One passage around each place that the passage before does not show already. */
function passagesOf(text: string, index: number, found: readonly Found[], length: number): Passage[] {
  const passages: Passage[] = []
  for (const place of found) {
    const last = passages.at(-1)
    if (last && place.end <= last.end) continue
    const start = beginning(
      text,
      place.start,
      Math.max(0, Math.floor((length - (place.end - place.start)) / 3)),
    )
    const end = Math.max(place.end, cutAt(text, start, length))
    const inside = found.filter((other) => other.start >= start && other.end <= end)
    passages.push({ text: index, start, end, found: inside, value: Math.min(inside.length, 9) })
  }
  return passages
}

/** Where a passage begins: after the last sentence end within reach, else at the first clause, else at the first word. */
function beginning(text: string, place: number, reach: number): number {
  const earliest = Math.max(0, place - reach)
  if (earliest === 0) return 0
  let clause = -1
  for (let at = place; at > earliest; at--) {
    if (sentenceEnd.test(text[at - 1]!)) return at + closingAt(text, at, place)
    if (clauseEnd.test(text[at - 1]!) && !isInNumber(text, at)) clause = at + closingAt(text, at, place)
  }
  if (clause >= 0) return clause
  for (const { index } of words.segment(text.slice(earliest, place)))
    if (index > 0 && !isInNumber(text, earliest + index)) return earliest + index
  return place
}

function closingAt(text: string, at: number, limit: number): number {
  return closingSigns.exec(text.slice(at, limit))?.[0].length ?? 0
}

/** Whether an offset would part a number from what it counts, or a date. */
function isInNumber(text: string, at: number): boolean {
  return (
    /[0-9０-９.,:：第零〇一二三四五六七八九十百千万亿年月]$/.test(text.slice(Math.max(0, at - 1), at)) &&
    !/^[\p{Script=Latin}]/u.test(text.slice(at))
  )
}

/** Where a passage from `start` on ends: after about `length` units, at a sign of punctuation where one stands near. */
function cutAt(text: string, start: number, length: number): number {
  const end = Math.min(text.length, start + length)
  if (end === text.length) return end
  for (let at = end; at > start + length * 0.75; at--) if (clauseEnd.test(text[at - 1]!)) return at
  return withinCharacter(text, end) ? end + 1 : end
}

/** Whether an offset would split a surrogate pair. */
function withinCharacter(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000
}
