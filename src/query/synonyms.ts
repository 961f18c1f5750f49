// An editor's file of words that mean the same, one group a line: 棚改 = 棚户区改造.
import { SearchError } from '../model/errors.ts'
import { fold } from '../normalize/normalize.ts'

export interface Synonyms {
  /** Folded word to the others of its groups, in the order of the file. */
  readonly alternativesOf: ReadonlyMap<string, readonly string[]>
}

/**
 * Reads the file: two or more words a line with = between them, # begins a comment.
 * Throws DICTIONARY_INVALID naming file and line.
 */
export function parseSynonyms(text: string, file: string): Synonyms {
  const alternatives = new Map<string, string[]>()
  for (const [index, printed] of text.split(/\r?\n/).entries()) {
    const line = printed.replace(/[#＃].*/, '').trim()
    if (line === '') continue
    const words = line.split(/[=＝]/).map(fold)
    const problem =
      words.length < 2
        ? '缺少“=”'
        : words.some((word) => !/[\p{L}\p{N}]/u.test(word))
          ? '“=”有一边没有字'
          : new Set(words).size < 2
            ? '“=”两边是同一个词'
            : null
    if (problem !== null) {
      throw new SearchError(
        'DICTIONARY_INVALID',
        `同义词表 ${file} 第 ${index + 1} 行有误（${problem}）：“${printed.trim()}”，应写成“棚改 = 棚户区改造”`,
        { file, line: index + 1 },
      )
    }
    for (const word of words) {
      const known = alternatives.get(word) ?? []
      for (const other of words) if (other !== word && !known.includes(other)) known.push(other)
      alternatives.set(word, known)
    }
  }
  return { alternativesOf: alternatives }
}

/** More forms than these would each cost a search. */
const mostForms = 8

/**
 * The text with each word of the table exchanged for its alternatives, itself first: from left to right, the longest
 * word that fits, each place by itself.
 */
export function replaceWith(text: string, table: ReadonlyMap<string, readonly string[]>): string[] {
  let forms = ['']
  for (let at = 0; at < text.length; ) {
    const word = longestAt(text, at, table)
    const kept = word ?? text[at]!
    const others = (word === null ? undefined : table.get(word)) ?? []
    const grown = forms.map((form) => form + kept)
    for (const other of others) {
      for (const form of forms) if (grown.length < mostForms) grown.push(form + other)
    }
    forms = grown
    at += kept.length
  }
  return [...new Set(forms)]
}

/** Length of the longest word of a table, so that nothing longer is tried. */
const longestWords = new WeakMap<ReadonlyMap<string, readonly string[]>, number>()

function longestAt(text: string, at: number, table: ReadonlyMap<string, readonly string[]>): string | null {
  let longest = longestWords.get(table)
  if (longest === undefined) {
    longest = 0
    for (const word of table.keys()) longest = Math.max(longest, word.length)
    longestWords.set(table, longest)
  }
  for (let end = Math.min(text.length, at + longest); end > at; end--) {
    const word = text.slice(at, end)
    if (table.has(word)) return word
  }
  return null
}
