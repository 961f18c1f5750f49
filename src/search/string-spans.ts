// Where a string stands in any of its equal forms, with the end of each place: forms may differ in length.
import type { StringPositions } from './string-positions.ts'

/** Documents ascending; the i-th holds spans [from[p], to[p]) for p from starts[i] to starts[i + 1], by their start. */
export interface StringSpans {
  documents: Uint32Array
  starts: Uint32Array
  from: Uint32Array
  to: Uint32Array
}

export function unitePositions(forms: readonly { length: number; found: StringPositions }[]): StringSpans {
  const [only] = forms
  if (forms.length === 1 && only) {
    const { documents, starts, positions } = only.found
    return { documents, starts, from: positions, to: positions.map((position) => position + only.length) }
  }
  const total = forms.reduce((sum, { found }) => sum + found.positions.length, 0)
  const documents = [...new Set(forms.flatMap(({ found }) => [...found.documents]))].sort((a, b) => a - b)
  const starts = new Uint32Array(documents.length + 1)
  const from = new Uint32Array(total)
  const to = new Uint32Array(total)
  const places = forms.map(() => 0)
  let count = 0
  for (const [i, document] of documents.entries()) {
    const spans: [number, number][] = []
    for (const [f, { length, found }] of forms.entries()) {
      const place = places[f]!
      if (found.documents[place] !== document) continue
      for (let p = found.starts[place]!; p < found.starts[place + 1]!; p++)
        spans.push([found.positions[p]!, found.positions[p]! + length])
      places[f] = place + 1
    }
    spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])
    for (const [start, end] of spans) {
      from[count] = start
      to[count++] = end
    }
    starts[i + 1] = count
  }
  return { documents: Uint32Array.from(documents), starts, from, to }
}

/** Walks forward through the documents of spans. */
export class SpanCursor {
  /** Spans of the document sought: from `first` to `last`, the latter left out. */
  first = 0
  last = 0
  readonly spans: StringSpans
  #place = 0

  constructor(spans: StringSpans) {
    this.spans = spans
  }

  /** Documents must be sought in ascending order. */
  seek(document: number): boolean {
    const { documents, starts } = this.spans
    while (this.#place < documents.length && documents[this.#place]! < document) this.#place++
    if (documents[this.#place] !== document) return false
    this.first = starts[this.#place]!
    this.last = starts[this.#place + 1]!
    return true
  }
}
