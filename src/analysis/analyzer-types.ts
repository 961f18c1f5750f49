// What the analysis gives out: words of a folded text for queries and marks, occurrences of keys for the index.

/** A word of a cut text. */
export interface Word {
  /** Equal to the slice of the normalised text. */
  text: string
  /** Half-open span of UTF-16 units of the normalised text. */
  start: number
  end: number
  /** Shorter lexicon words and user words inside it, left to right; not the word itself. */
  subwords: { text: string; start: number; end: number }[]
  /** A user word, a lexicon word, found by the segmenter's model, a Latin or digit run, or neither letter nor digit. */
  kind: 'user' | 'lexicon' | 'unknown' | 'latin' | 'other'
}

/**
 * Occurrences of one text, in parallel arrays owned by the caller and reused; only the first `count` are filled.
 * The arrays grow by being replaced: read them from this object after each call.
 */
export interface Occurrences {
  count: number
  /** Offsets into the text, in UTF-16 units; ascending. */
  starts: Uint32Array
  lengths: Uint8Array
  /** 1 when a word of the segmenter's cut begins at the start and a word ends at the end, else 0. */
  bounded: Uint8Array
  /**
   * Key ids, see `Analyzer.keyOf`. Below 65,536: the single unit with that code. From 65,536 to
   * `Analyzer.keyIdLimit` (left out): a lexicon word, the same id for the analyzer's life.
   * From there: runs, whose ids are good only until the next call of `occurrences`.
   */
  keys: Uint32Array
}

export interface Analyzer {
  /** Changes when the lexicon or the normalisation changes; segments of equal signatures hold the same keys. */
  readonly signature: string
  /** Upper limit (left out) of ids that last; ids below can index a table. */
  readonly keyIdLimit: number
  /**
   * Words for `cut`, at once and until removed; folded here. They never become keys of the index.
   * Throws DICTIONARY_INVALID (with `line` when the place in the list is known) for one that holds nothing searchable.
   */
  addWords(words: readonly string[]): void
  removeWords(words: readonly string[]): void
  /** User words in effect, folded, in code unit order. */
  readonly userWords: readonly string[]
  /**
   * Whether a folded string is a complete key: the texts with an occurrence of it are exactly the texts
   * that contain it. One letter outside Latin and digit runs, a base lexicon word of two or more Han characters,
   * three or four digits.
   */
  isComplete(key: string): boolean
  /** Whether a folded string is a word of the base lexicon or a user word. */
  isWord(key: string): boolean
  /** Every occurrence of every key in a folded text; it may hold barriers ('\n') between fields. Hot path: allocates nothing but growth and Latin or long digit runs. */
  occurrences(text: string, into: Occurrences): void
  /** The key of an id of the last call of `occurrences`. */
  keyOf(id: number): string
  /** The words of a folded text; joined they are the text. */
  cut(text: string): Word[]
}
