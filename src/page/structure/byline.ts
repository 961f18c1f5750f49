// Who wrote it: byline lines (□本报记者 付家宝) and datelines (本报讯（记者 X 通讯员 Y）, 新华社北京2月13日电).
import type { Byline } from '../../model/item.ts'
import { looksLikeNames, splitNames } from '../../normalize/names.ts'
import { toPlainScript } from '../../normalize/normalize.ts'

const roleWord =
  '(?:(?:本报|本刊|本网|本台|新华社|中新社|人民日报|晚报|日报|全媒体|融媒体|见习|实习|首席|特约|特派|驻[\\p{Script=Han}]{1,6}|[\\p{Script=Han}]{2,6}(?:日报|晚报|时报|晨报|都市报|商报|周报|融媒|网|社))\\s*)*' +
  '(?:记\\s*者|通\\s*讯\\s*员|特约评论员|评论员|实习生|编\\s*译|编\\s*辑|作\\s*者|撰\\s*文|采\\s*写|摄\\s*影|报道组|记者组|供稿|供图|图\\s*[/／]?\\s*文|文\\s*[/／]\\s*图|文\\s*[/／]\\s*摄影|文|图)'
const roleAt = new RegExp(roleWord, 'uy')
const roleAnywhere = new RegExp(roleWord, 'gu')
const bullet = /^[□■◎◇◆●○△▲☆★▪◼▍]\s*/u

/**
 * Reads a line that is nothing but a byline: `□本报记者 付家宝`, `本报记者 张三 李四 文/图`, `记者 王五 通讯员 赵六/文`.
 * Returns null for anything else. A bullet with a name only (`□ 李靓`) counts too, with the role 作者.
 */
export function parseBylineLine(printed: string): Byline[] | null {
  const found = parsePlainByline(toPlainScript(printed.trim()))
  return found && asPrinted(found, printed)
}

function parsePlainByline(line: string): Byline[] | null {
  if ([...line].length > 60 || /[。！？；]/u.test(line)) return null
  const marked = bullet.test(line)
  const inner = line
    .replace(bullet, '')
    .replace(/^[（(]\s*(.*?)\s*[）)]$/u, '$1')
    .trim()
  roleAt.lastIndex = 0
  const leading = roleAt.exec(inner)
  if (leading !== null && !/^(?:文|图)$/u.test(leading[0])) return parsePlainRoles(inner)
  if (marked && looksLikeNames(inner.replace(/\s*(?:文\s*[/／]\s*图|[/／]\s*(?:文|图))$/u, ''))) {
    return [
      { role: '作者', names: splitNames(inner.replace(/\s*(?:文\s*[/／]\s*图|[/／]\s*(?:文|图))$/u, '')) },
    ]
  }
  if (marked && leading !== null) return parsePlainRoles(inner)
  return null
}

/**
 * Reads `记者 许廷合 通讯员 周明阁` and the like. Returns null when what follows a role is no name.
 * `本报记者` keeps its 本报; 记 者 loses its space.
 */
export function parseRoles(printed: string): Byline[] | null {
  const found = parsePlainRoles(toPlainScript(printed))
  return found && asPrinted(found, printed)
}

function parsePlainRoles(text: string): Byline[] | null {
  const bylines: Byline[] = []
  const marks = [...text.matchAll(roleAnywhere)].filter(
    // 文 and 图 alone also end names (许睿文): as a role they stand apart.
    (m) =>
      m.index === 0 ||
      (/^[文图]$/u.test(m[0]) ? /[\s、，,；;/／）)]/u : /[\s、，,；;/／）)\p{Script=Han}]/u).test(
        text[m.index - 1] ?? '',
      ),
  )
  if (marks.length === 0 || marks[0]!.index !== 0) return null
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!
    const end = marks[i + 1]?.index ?? text.length
    const rest = text
      .slice(mark.index + mark[0].length, end)
      .replace(/^[\s:：]+/u, '')
      .replace(/[\s/／]+$/u, '')
    const role = mark[0].replace(/\s+/gu, '')
    if (rest === '') {
      if (bylines.length > 0) continue
      if (marks.length > 1) continue
      return null
    }
    if (!looksLikeNames(rest)) return null
    bylines.push({ role, names: splitNames(rest) })
  }
  return bylines.length > 0 ? bylines : null
}

/** Roles and names as they are printed, found in plain script: 記者 張三. Only what differs is looked for. */
function asPrinted(bylines: Byline[], printed: string): Byline[] {
  const tight = printed.replace(/\s+/gu, '')
  const plain = toPlainScript(tight)
  if (plain === tight) return bylines
  let from = 0
  const restore = (text: string): string => {
    const squeezed = text.replace(/\s+/gu, '')
    const at = plain.indexOf(squeezed, from)
    if (at < 0) return text
    from = at + squeezed.length
    return /\s/u.test(text) ? text : tight.slice(at, from)
  }
  return bylines.map(({ role, names }) => {
    // 作者 is not printed where a bullet alone says it.
    const printedRole = plain.indexOf(role, from) < 0 ? role : restore(role)
    return { role: printedRole, names: names.map(restore) }
  })
}

export interface Dateline {
  /** Length of the dateline in UTF-16 units, from the start of the paragraph. */
  length: number
  bylines: Byline[]
}

const place = '[\\p{Script=Han}·]{0,24}?'
const day = '(?:\\s*[\\d０-９〇一二三四五六七八九十]{1,4}\\s*(?:年|月|日|号)){0,3}'
const agency =
  '(?:新华社|中新社|中新网|新华网|人民网|中央社|国际电|法新社|路透社|美联社|塔斯社|共同社|[\\p{Script=Han}]{0,4}通讯社|本报|本台|本刊|本社|央视)'
const opening = new RegExp(
  `^\\s*(?:据\\s*)?(?:${agency}\\s*(?:综合)?\\s*(?:讯|消息|快讯|特讯|专讯|综合消息)\\s*[：:]?|(?:本报|本台)综合消息[：:]?|(?:据\\s*)?${agency}\\s*${place}${day}\\s*(?:专\\s*)?(?:电|讯))`,
  'u',
)
/** UTF-16 units in which an opening ends; the rest of a paragraph is not looked at. */
const longestOpening = 80
const reporters = /^\s*[（(]\s*([^（）()]{2,80}?)\s*[）)]/u

/**
 * Reads the dateline that opens a paragraph, which stays in the paragraph: 本报讯（记者 X 通讯员 Y）,
 * 新华社北京2月13日电 （记者李心萍）, 本报长春2月13日电, 本台消息：. Returns null when there is none.
 */
export function parseDateline(text: string): Dateline | null {
  const head = opening.exec(toPlainScript(text.slice(0, longestOpening)))
  if (head === null) return null
  let length = head[0].length
  const bracket = reporters.exec(text.slice(length))
  if (bracket === null) return { length, bylines: [] }
  const inner = bracket[1]!
  const bylines = parseRoles(inner)
  if (bylines !== null) return { length: length + bracket[0].length, bylines }
  if (looksLikeNames(inner)) {
    length += bracket[0].length
    return { length, bylines: [{ role: '作者', names: splitNames(inner) }] }
  }
  return { length, bylines: [] }
}
