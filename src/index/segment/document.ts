// What the index takes in: one document with its text, its words' impacts, its columns and what to give back.

/** Separates texts that no search may cross (fields, paragraphs). Never part of a key. */
export const barrier = '\n'

/**
 * The key of the places of breaks: a list with positions like that of a gram, though no text holds it. A break is a unit
 * that the maker of the index named as one, so that "no break between" can be asked of a pattern.
 */
export const breakKey = '\u0000\u0000'

/**
 * A column: values that can be filtered, counted and sorted without opening the stored text (doc values). What it is
 * about is not the index's business. `number`: a whole number below 2^32, 0 when unknown; `keyword`: one text, empty
 * when unknown; `keywords`: any number of texts.
 */
export interface ColumnSpec {
  readonly name: string
  readonly kind: 'number' | 'keyword' | 'keywords'
}

/** The values of one document by column; a column that is left out is unknown. */
export type DocumentColumns = Readonly<Record<string, number | string | readonly string[]>>

/**
 * One document. The index itself derives the gram layer from `text`: a posting for every UTF-16 unit,
 * and a posting with positions for every two neighbouring units, neither of them a barrier. Hence its law:
 * the document contains a string exactly when the grams of that string stand at consecutive positions.
 * The word layer is `terms`: for each key its quantised impact. A key of one or two units shares the posting
 * list of its gram (the impact is an extra stream); a longer key has a list of its own.
 */
export interface IndexDocument {
  /** Unique in the index; adding an id again replaces the older document. */
  id: string
  /** Normalised text of all fields in order, joined by barriers. */
  text: string
  /** Fixed number of ascending offsets into `text` (ends of fields), as many as the builder was made for. */
  boundaries: number[]
  /** Distinct keys; each is contained in `text`. */
  terms: string[]
  /** Quantised impact 1 to 255 of each of `terms`. */
  impacts: Uint8Array
  columns: DocumentColumns
  /** Given back unchanged. */
  stored: string
}
