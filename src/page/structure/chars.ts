// What kinds of characters newspapers print, and how wide they are.

/** A sentence may end here; closing quotes and brackets may follow. */
const sentenceEnd = /[。！？!?…；：:;][”’」』）)》]*$/u
const fullStop = /[。！？!?…][”’」』）)》]*$/u

/** True when a text ends as a sentence does (。！？……, with closing quotes after it). */
export function endsSentence(text: string): boolean {
  return fullStop.test(text)
}

/** True when a text ends with any sign that can close a paragraph: a full stop, but also ： and ；. */
export function endsClause(text: string): boolean {
  return sentenceEnd.test(text)
}

/** A line that ends inside a Latin word: with a hyphen or a soft one behind a letter. */
export function endsInsideWord(text: string): boolean {
  return /[A-Za-z][-\u2010\u00ad]$/u.test(text)
}

/** Printed width in ems: a wide character is 1, an ASCII or half-width one 0.5, white space nothing. */
export function emWidth(text: string): number {
  let width = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 32 || unit === 9 || unit === 0x3000 || unit === 0xa0) continue
    if (unit >= 0xdc00 && unit < 0xe000) continue
    width += unit < 0x2e80 && !isWidePunctuation(unit) ? 0.5 : 1
  }
  return width
}

function isWidePunctuation(unit: number): boolean {
  return (
    unit === 0x2014 ||
    unit === 0x2018 ||
    unit === 0x2019 ||
    unit === 0x201c ||
    unit === 0x201d ||
    unit === 0x2026 ||
    unit === 0xb7 ||
    (unit >= 0x2100 && unit < 0x2e80)
  )
}

/** Removes white space of every kind. */
export function squeeze(text: string): string {
  return text.replace(/[\s\u3000\u200b\ufeff]+/gu, '')
}
