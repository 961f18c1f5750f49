// Other ways to write the same: numerals, words with two spellings, an editor's synonyms. Texts are folded.
import { fold, pairedPhrases } from '../normalize/normalize.ts'
import { mostForms, numberForms } from './number-forms.ts'
import { replaceWith, type Synonyms } from './synonyms.ts'

export { parseSynonyms, type Synonyms } from './synonyms.ts'

/**
 * All equal forms of a folded text, itself first, at most eight: numerals, words with two spellings (坐标 and 座标),
 * and synonyms when given. `exactly` is for quoted text: digits may be Chinese (2019 and 二〇一九), but
 * 二十五条 and 25条, 坐标 and 座标 stay apart.
 */
export function equalForms(
  text: string,
  synonyms: Synonyms | null = null,
  options: { exactly?: boolean } = {},
): string[] {
  const forms = new Set(numberForms(text, options))
  if (options.exactly !== true) {
    for (const form of [...forms]) for (const other of spellingForms(form)) forms.add(other)
    for (const form of [...forms]) for (const other of repetitionForms(form)) forms.add(other)
  }
  if (synonyms !== null)
    for (const form of [...forms]) for (const other of expand(form, synonyms)) forms.add(other)
  forms.delete(text)
  return [text, ...forms].slice(0, mostForms)
}

/** 人々 and 人人: a character that is printed twice, and the sign that repeats it; all or none. */
function repetitionForms(text: string): string[] {
  return [
    text.replace(/(\p{Script=Han})々/gu, '$1$1'),
    text.replace(/((?!々)\p{Script=Han})\1/gu, '$1々'),
  ].filter((form) => form !== text)
}

/** The text with every synonym put in, itself first. */
export function expand(text: string, synonyms: Synonyms): string[] {
  return replaceWith(text, synonyms.alternativesOf)
}

let spellings: ReadonlyMap<string, readonly string[]> | undefined

/** The text with words that have two spellings in the other one, itself first. @internal */
export function spellingForms(text: string): string[] {
  spellings ??= readSpellings()
  return replaceWith(text, spellings)
}

/** 坐标 and 座标 by the words that the dictionaries of scripts pair, in both directions. */
function readSpellings(): Map<string, string[]> {
  const table = new Map<string, string[]>()
  const put = (from: string, to: string) => {
    const known = table.get(from)
    if (known === undefined) table.set(from, [to])
    else if (!known.includes(to)) known.push(to)
  }
  for (const [printedFrom, printedTo] of pairedPhrases()) {
    const from = fold(printedFrom)
    const to = fold(printedTo)
    if (from === to || from === '' || to === '') continue
    put(from, to)
    put(to, from)
  }
  return table
}
