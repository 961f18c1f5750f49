// Where things stand in a text: offsets that must not be mixed are different types.

declare const brand: unique symbol
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name }

/** Offset in the text as printed, in UTF-16 units. */
export type PrintedOffset = Branded<number, 'PrintedOffset'>
/** Offset in the normalised text, in UTF-16 units. */
export type NormalizedOffset = Branded<number, 'NormalizedOffset'>
/** An article's place in one segment, 0-based. Changes at every merge: never shown, never stored outside. */
export type DocOrdinal = Branded<number, 'DocOrdinal'>
/** An article's lasting name, unique in an archive. */
export type ArticleId = Branded<string, 'ArticleId'>

/** Half-open span [start, end) in UTF-16 units of whatever text it is said to belong to. */
export type Span = readonly [start: number, end: number]

/** A printed text and the spans to highlight: ascending, not overlapping, half-open, in UTF-16 units of `text`. */
export interface Marked {
  text: string
  marks: [number, number][]
}
