// How a printed text with marks becomes elements: each mark around the printed characters, nothing else touched.
import { type ComponentChild, h } from 'preact'

type Spans = readonly (readonly [number, number])[]

/** Numbers the marks of a page, so that each can be gone to. */
export interface MarkCounter {
  count: number
}

interface MarkedOptions {
  /** Each mark gets the next number as its id: `m1`. */
  counter?: MarkCounter
  /** Lines may also end at these offsets. */
  breaks?: readonly number[]
}

/** The text in pieces: strings, `<mark>` for marked spans (UTF-16 units, half-open) and `<wbr>` where lines may end. */
export function toMarked(text: string, marks: Spans = [], options: MarkedOptions = {}): ComponentChild[] {
  const children: ComponentChild[] = []
  let done = 0
  for (const [start, end] of marks) {
    if (start < done || end <= start || end > text.length) continue
    children.push(...pieces(text, done, start, options.breaks))
    const id = options.counter === undefined ? undefined : `m${++options.counter.count}`
    children.push(h('mark', id === undefined ? null : { id }, pieces(text, start, end, options.breaks)))
    done = end
  }
  children.push(...pieces(text, done, text.length, options.breaks))
  return children
}

/** A break at the end belongs to the piece, one at its start to the piece before: no mark begins with one. */
function pieces(text: string, start: number, end: number, breaks: readonly number[] = []): ComponentChild[] {
  const children: ComponentChild[] = []
  let from = start
  for (const offset of breaks) {
    if (offset <= start || offset > end || offset === text.length) continue
    children.push(text.slice(from, offset), h('wbr', null))
    from = offset
  }
  if (from < end) children.push(text.slice(from, end))
  return children
}

/** A headline with its marks, breaking between words. */
export function toHeadline(
  text: string,
  marks?: Spans,
  breaks: readonly number[] = [],
  counter?: MarkCounter,
): ComponentChild[] {
  return toMarked(text, marks, { breaks, ...(counter && { counter }) })
}
