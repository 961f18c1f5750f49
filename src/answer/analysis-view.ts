// How a text is normalised and cut, for whoever asks why something is found or not.
import type { Analyzer } from '../analysis/analyzer-types.ts'
import { normalize } from '../normalize/normalize.ts'
import type { AnalysisView } from '../schema/answers.ts'

export function toAnalysisView(text: string, analyzer: Analyzer): AnalysisView {
  const normalized = normalize(text)
  return {
    text,
    normalized: normalized.text,
    words: analyzer.cut(normalized.text).map((word) => ({
      text: word.text,
      span: [normalized.starts[word.start]!, normalized.ends[word.end - 1]!] as const,
      subwords: word.subwords.map((subword) => subword.text),
    })),
    notes: foldingNotes(text, normalized.text),
  }
}

/** Says in Chinese what normalisation did to a text. */
function foldingNotes(printed: string, normalized: string): string[] {
  const notes: string[] = []
  if (/\s/.test(printed)) notes.push('去掉了汉字之间的空白')
  if (/[\uff01-\uff5e]/.test(printed)) notes.push('全角字符按半角处理')
  if (/[A-Z]/.test(printed)) notes.push('大写字母按小写处理')
  const same = printed.replace(/\s/g, '').toLowerCase()
  if (
    /\p{Script=Han}/u.test(printed) &&
    [...same].some((c) => /\p{Script=Han}/u.test(c) && !normalized.includes(c))
  )
    notes.push('繁体字和异体字按简体处理')
  return notes
}
