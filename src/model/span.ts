// Where things stand in a text, and what is to be highlighted there.

/** Half-open span [start, end) in UTF-16 units of whatever text it is said to belong to. */
export type Span = readonly [start: number, end: number]

/** A printed text and the spans to highlight: ascending, not overlapping, half-open, in UTF-16 units of `text`. */
export interface Marked {
  text: string
  marks: [number, number][]
  /** Where lines of a headline may end, besides spaces and signs: between words. */
  breaks?: number[]
}
