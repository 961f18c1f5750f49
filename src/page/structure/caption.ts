// What stands under pictures: a caption and who took the picture (侯聪 摄).
import { looksLikeNames, splitNames } from '../../normalize/names.ts'
import { toPlainScript } from '../../normalize/normalize.ts'

export interface Caption {
  caption: string
  credits: string[]
  /** Half-open span in the text that was given. */
  start: number
  end: number
}

// The names before 摄 are found backwards: at most four short words after a sign or a space.
const credit =
  /(?:(?:本报|本刊|新华社|中新社|人民日报)?(?:全媒体|特约|实习|见习)?(?:记者|通讯员|摄影|图片|图)[\s:：]*)?((?:[\p{Script=Han}·•]{1,12}|[A-Z][A-Za-z.]+)(?:[、，,\s\u3000]+[\p{Script=Han}·•]{1,12}){0,4}?)\s*[/／]?\s*(?:摄影报道|摄影|摄|供图|制图|绘图|绘|图)(?=$|[\s\u3000）)】。，])/gu

/**
 * Splits a text into captions with their credits: one line may hold several (`…… 侯聪 摄 …… 侯聪 摄`).
 * Empty when nothing is credited. The last caption ends where its credit ends.
 */
export function splitCaptions(text: string): Caption[] {
  const found: Caption[] = []
  let start = 0
  for (const match of toPlainScript(text).matchAll(credit)) {
    const at = match.index
    if (at < start) continue
    const runAt = at + match[0].indexOf(match[1]!)
    const run = text.slice(runAt, runAt + match[1]!.length)
    const names = cutNames(run)
    if (names === null) continue
    const before = text.slice(start, at)
    const lead = run.slice(0, run.length - names.text.length)
    const caption = (before + lead).trim()
    // A verb before 摄 (拍摄) is no credit: a credit stands after a sign, a space, or at the start.
    const previous = (before + lead).slice(-1)
    if (previous !== '' && !/[\s\u3000。！？…”）)；，]/u.test(previous)) continue
    const end = at + match[0].length
    found.push({ caption, credits: names.names, start, end })
    start = end
  }
  return found
}

/** The names at the end of a run: of `老人在中心娱乐。 侯聪` only 侯聪; null when there is no name. */
function cutNames(run: string): { text: string; names: string[] } | null {
  if (looksLikeNames(run)) return { text: run, names: splitNames(run) }
  const tail = /(?:^|[\s\u3000])([\p{Script=Han}·•]{2,4})$/u.exec(run)
  return tail === null ? null : { text: tail[1]!, names: [tail[1]!] }
}
