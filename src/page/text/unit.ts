// What the reader of a text page weighs and joins: one stretch of print with its measures.

/** One stretch of print of one line; a line on which two columns were mixed holds several. */
export interface Unit {
  /** Place in the array of units. */
  index: number
  /** 1-based line number in the file. */
  line: number
  /** Which part of its line, 0-based. */
  part: number
  /** Radicals mapped, letter-spacing removed, gaps between the parts of a headline kept. */
  text: string
  /** In ems. */
  width: number
  /** The width of a full line where this unit stands, in ems. */
  measure: number
  /** Stretched over the measure by its typesetter: never a short last line. */
  stretched: boolean
  /** Printed with white space before it: the first line of a paragraph. */
  indented: boolean
  /** Blank lines before it and after it in the file; 0 when the neighbour touches. */
  blankBefore: number
  blankAfter: number
}
