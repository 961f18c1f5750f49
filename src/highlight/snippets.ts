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

/** Signs after which a passage may well begin. */
const sentenceEnd = /[。！？；…!?;]/
/** Signs after which a passage may well end. */
const clauseEnd = /[。！？；…!?;，、,]/

/**
 * Passages in the order of the article. Those with the most different sought strings come first to be chosen;
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
    return first === undefined ? [] : [{ text: cutAt(first, 0, length), marks: [] }]
  }
  return chosen
    .sort((a, b) => a.text - b.text || a.start - b.start)
    .map((passage) => ({
      text: texts[passage.text]!.slice(passage.start, passage.end),
      marks: toMarks(
        passage.found.map(({ start, end }) => ({
          start: start - passage.start,
          end: Math.min(end, passage.end) - passage.start,
        })),
      ),
    }))
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
    const end = Math.max(place.end, start + cutAt(text, start, length).length)
    const inside = found.filter((other) => other.start >= start && other.end <= end)
    passages.push({ text: index, start, end, found: inside, value: Math.min(inside.length, 9) })
  }
  return passages
}

/** Where a passage begins: after the last sentence end within reach, else a little before the place. */
function beginning(text: string, place: number, reach: number): number {
  const earliest = Math.max(0, place - reach)
  if (earliest === 0) return 0
  for (let at = place; at > earliest; at--) {
    if (sentenceEnd.test(text[at - 1]!)) {
      const closing = /^[”’」』）)]+/.exec(text.slice(at, place))
      return at + (closing?.[0].length ?? 0)
    }
  }
  return withinCharacter(text, earliest) ? earliest + 1 : earliest
}

/** About `length` units from `start` on, ended after a sign of punctuation where one stands near the end. */
function cutAt(text: string, start: number, length: number): string {
  const end = Math.min(text.length, start + length)
  if (end === text.length) return text.slice(start)
  for (let at = end; at > start + length * 0.75; at--)
    if (clauseEnd.test(text[at - 1]!)) return text.slice(start, at)
  return text.slice(start, withinCharacter(text, end) ? end + 1 : end)
}

/** Whether an offset would split a surrogate pair. */
function withinCharacter(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000
}
