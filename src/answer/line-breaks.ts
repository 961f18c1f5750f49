// Where lines of a headline may end: between two words, never inside one.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { normalize } from '../normalize/normalize.ts'
import type { HeadlineBreaks } from '../schema/answers.ts'
import type { Article } from '../schema/article.ts'

/** Offsets in the printed text, ascending. Spaces and signs, after which lines end by themselves, are not among them. */
export function lineBreaks(printed: string, analyzer: Analyzer): number[] {
  const { text, starts, ends } = normalize(printed)
  const breaks: number[] = []
  let last = -1
  for (const { start, end } of analyzer.cut(text)) {
    const at = starts[start]!
    // What stands between two words, or a sign at the edge of one, breaks the line already.
    if (at === last && isLetter(printed, at) && isLetter(printed, at - 1)) breaks.push(at)
    last = ends[end - 1]!
  }
  return breaks
}

function isLetter(text: string, at: number): boolean {
  return /[\p{L}\p{N}\p{Cs}]/u.test(text.charAt(at))
}

/** The breaks of all lines of an article that are set large. */
export function headlineBreaks(article: Article, analyzer: Analyzer): HeadlineBreaks {
  const { kicker, headline, subtitle, subheadings = [] } = article
  return {
    ...(kicker && { kicker: lineBreaks(kicker, analyzer) }),
    ...(headline && { headline: lineBreaks(headline, analyzer) }),
    ...(subtitle && { subtitle: lineBreaks(subtitle, analyzer) }),
    ...(subheadings.length > 0 && { subheadings: subheadings.map(({ text }) => lineBreaks(text, analyzer)) }),
  }
}
