// Documents whose words, impacts, columns and stored text follow from a text and a seed.
import type { ColumnSpec, IndexDocument } from '../../../src/index/segment/document.ts'
import { barrier } from '../../../src/index/segment/document.ts'

export const boundaryCount = 2

/** The columns of these documents. */
export const columns = [
  { name: 'date', kind: 'number' },
  { name: 'type', kind: 'keyword' },
  { name: 'paper', kind: 'keyword' },
  { name: 'section', kind: 'keyword' },
  { name: 'pageNo', kind: 'number' },
  { name: 'author', kind: 'keywords' },
] as const satisfies readonly ColumnSpec[]

/** A document from a text and a seed: words are substrings, impacts and columns follow from the seed. */
export function documentOf(id: string, text: string, seed = 1): IndexDocument {
  const terms = new Map<string, number>()
  let state = seed * 2654435761 + 12345
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let i = 0; i < text.length; i += 1 + random(3)) {
    const word = text.slice(i, i + 1 + random(4))
    if (!word.includes(barrier)) terms.set(word, 1 + random(255))
  }
  return {
    id,
    text,
    boundaries: [Math.floor(text.length / 3), text.length],
    terms: [...terms.keys()],
    impacts: Uint8Array.from(terms.values()),
    columns: {
      date: 20180101 + random(28),
      type: random(3) === 0 ? 'brief' : 'article',
      paper: `报${random(3)}`,
      section: random(2) === 0 ? '' : '要闻\ud800',
      pageNo: random(9),
      author: random(3) === 0 ? [] : [`记者${random(5)}`, `通讯员${random(5)}`],
    },
    stored: JSON.stringify({ id, text }) + (random(5) === 0 ? '\udc00' : ''),
  }
}
