// The signs of the query language: each may be typed with a Chinese or an English input method.

/** Opening sign to the signs that close it, best first; 《》 quotes a title without its signs. */
export const quotePairs: ReadonlyMap<string, readonly string[]> = new Map([
  ['"', ['"＂', '”〞“„']],
  ['＂', ['"＂', '”〞“„']],
  ['“', ['”', '"＂〞', '“„']],
  ['„', ['”“', '"＂']],
  ['”', ['”“', '"＂']],
  ['〝', ['〞', '"＂”']],
  ['「', ['」']],
  ['『', ['』']],
  ['《', ['》']],
  ['〈', ['〉']],
  ['‘', ['’']],
])

/** Opening signs that nest inside themselves. */
export const nestingQuotes = '「『《〈“'

/** @internal Asked by tests. */
export const doubleQuotes = '"＂“”„〝〞'
export const openParens = '(（'
export const closeParens = ')）'
export const orSigns = '|｜¦'
export const minusSigns = '-－−﹣'
export const plusSigns = '+＋'
export const tildes = '~～∼〜'
export const colons = ':：﹕'
export const oneWild = '?？'
export const anyWild = '*＊'

/** Words that are operators when they stand alone. */
export const operatorWords: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['&&', 'and'],
  ['＆＆', 'and'],
  ['ＡＮＤ', 'and'],
  ['OR', 'or'],
  ['ＯＲ', 'or'],
  ['或', 'or'],
  ['或者', 'or'],
  ['NOT', 'not'],
  ['ＮＯＴ', 'not'],
])

export type FieldKey = 'title' | 'author' | 'page' | 'type' | 'paper' | 'section' | 'tag' | 'date'

/** Names of fields, lower case, before a colon. The first name of a field is the one that is printed. */
export const fieldNamesInQueries: ReadonlyMap<string, FieldKey> = new Map<string, FieldKey>([
  ['标题', 'title'],
  ['題', 'title'],
  ['题', 'title'],
  ['題目', 'title'],
  ['题目', 'title'],
  ['標題', 'title'],
  ['title', 'title'],
  ['headline', 'title'],
  ['作者', 'author'],
  ['记者', 'author'],
  ['記者', 'author'],
  ['通讯员', 'author'],
  ['通訊員', 'author'],
  ['author', 'author'],
  ['版', 'page'],
  ['版面', 'page'],
  ['版次', 'page'],
  ['page', 'page'],
  ['类型', 'type'],
  ['類型', 'type'],
  ['体裁', 'type'],
  ['type', 'type'],
  ['报', 'paper'],
  ['報', 'paper'],
  ['报纸', 'paper'],
  ['報紙', 'paper'],
  ['paper', 'paper'],
  ['栏目', 'section'],
  ['欄目', 'section'],
  ['版名', 'section'],
  ['section', 'section'],
  ['标签', 'tag'],
  ['標籤', 'tag'],
  ['tag', 'tag'],
  ['日期', 'date'],
  ['时间', 'date'],
  ['時間', 'date'],
  ['date', 'date'],
])

/** How a field is printed. @internal */
export const printedFieldNames: Readonly<Record<FieldKey, string>> = {
  title: '标题',
  author: '作者',
  page: '版',
  type: '类型',
  paper: '报',
  section: '栏目',
  tag: '标签',
  date: '日期',
}

/** Signs that tie letters and digits into one word (COVID-19, 5.12, AT&T), as typed and folded. */
export const codeConnector = /[.．\-－−‐‑/／&＆@＠'’_＿:：?？=＝]/
export const foldedCodeConnector = /[-./:&@'_?=, ]/
/** Signs that end such a word (C#, C++, 25%), as typed and folded. */
export const codeEnding = /[+＋#＃%％‰℃°]/
export const foldedCodeEnding = /[+#%°]/

export function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && /[0-9０-９]/.test(sign)
}

export function isSpace(sign: string): boolean {
  return sign <= ' ' || sign === '\u0085' || /\s/.test(sign)
}

export function isParen(sign: string): boolean {
  return openParens.includes(sign) || closeParens.includes(sign)
}

/** Letters, digits, marks and halves of surrogate pairs. */
export function isWordPart(sign: string): boolean {
  return /[\p{L}\p{N}\p{M}\p{Cs}\u2e80-\u2fd5○◯㎡]/u.test(sign)
}

export function isLatin(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{Script=Latin}\p{Nd}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(sign)
}
