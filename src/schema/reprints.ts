// Which hits print the same story: the first that ranks stands for the others.
import { fold } from '../normalize/normalize.ts'
import type { Article } from './article.ts'
import type { CheckedRequest } from './search-request.ts'

/** A hit with those behind it that print the same story. */
export interface Story<Hit> {
  hit: Hit
  also: Hit[]
}

/** Characters of the running text that are compared, and the fewest that tell a story. */
const compared = 400
const fewest = 40
/** Characters of a shingle. */
const shingle = 6
/** Stories are printed again within so many days. */
const mostDays = 31

/** The best hits among which reprints are looked for; behind them each hit stands for itself. */
const groupedHits = 100

/** How many of the best hits a page of a result is chosen from: grouping draws hits forward. */
export function hitsNeeded({ page, size, group }: CheckedRequest): number {
  return page * size + (group && size > 0 ? groupedHits : 0)
}

/**
 * The hits of the page asked for, of the best ones in their order.
 * @param groups hits to page through where reprints are grouped, else null
 */
export function pageOf<Hit>(
  ranked: readonly Hit[],
  { page, size, group }: CheckedRequest,
  total: number,
  sketchOf: (hit: Hit) => StorySketch,
): { hits: Story<Hit>[]; groups: number | null } {
  const start = (page - 1) * size
  const alone = (hit: Hit): Story<Hit> => ({ hit, also: [] })
  if (!group || size === 0) return { hits: ranked.slice(start, start + size).map(alone), groups: null }
  const best = groupReprints(ranked.slice(0, groupedHits), sketchOf)
  const groups = total - Math.min(ranked.length, groupedHits) + best.length
  return { hits: [...best, ...ranked.slice(groupedHits).map(alone)].slice(start, start + size), groups }
}

/**
 * Groups hits in their order. Two texts are one story when three of the four least hashes of their shingles agree
 * (min-hash: Broder, On the resemblance and containment of documents, 1997), which texts that differ in a word do and
 * two texts about one event do not.
 */
function groupReprints<Hit>(hits: readonly Hit[], sketchOf: (hit: Hit) => StorySketch): Story<Hit>[] {
  const groups: (Story<Hit> & { sketch: StorySketch })[] = []
  for (const hit of hits) {
    const sketch = sketchOf(hit)
    const same = sketch.hashes && groups.find((group) => isSameStory(group.sketch, sketch))
    if (same) same.also.push(hit)
    else groups.push({ hit, also: [], sketch })
  }
  return groups
}

/** What an article's text is told by. */
export interface StorySketch {
  /** null for texts too short to tell a story. */
  hashes: Uint32Array | null
  /** Days since 1970; NaN when unknown. */
  day: number
}

function isSameStory(a: StorySketch, b: StorySketch): boolean {
  if (!a.hashes || !b.hashes) return false
  // Of an unknown day nothing speaks against it.
  if (Math.abs(a.day - b.day) > mostDays) return false
  let equal = 0
  for (let at = 0; at < a.hashes.length; at++) if (a.hashes[at] === b.hashes[at]) equal++
  return equal >= a.hashes.length - 1
}

/** Multipliers of the four hashes, odd as multiplicative hashing wants them. */
const multipliers = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]

/** The min-hashes of an article's running text and its day. */
export function sketchOf(article: Article): StorySketch {
  const day = Date.parse(`${article.date}T00:00:00Z`) / 86_400_000
  const text = fold(article.paragraphs.join(''))
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, compared)
  if (text.length < fewest) return { hashes: null, day }
  const hashes = new Uint32Array(multipliers.length).fill(0xffffffff)
  for (let start = 0; start + shingle <= text.length; start++) {
    let value = 0
    for (let at = start; at < start + shingle; at++) value = (Math.imul(value, 31) + text.charCodeAt(at)) | 0
    for (const [at, multiplier] of multipliers.entries()) {
      let mixed = Math.imul(value ^ (value >>> 15), multiplier)
      mixed = (mixed ^ (mixed >>> 13)) >>> 0
      if (mixed < hashes[at]!) hashes[at] = mixed
    }
  }
  return { hashes, day }
}
