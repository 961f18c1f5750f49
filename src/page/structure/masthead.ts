// What the head and foot of a page say: paper, date, page number, section, staff, contact.
import type { PageFields } from '../../model/item.ts'
import { splitNames } from '../../normalize/names.ts'
import { findDates } from './dates.ts'

/** What the print says about the page; what it does not say is absent. */
export interface MastheadFields {
  paper?: string
  date?: string
  pageNo?: number
  section?: string
  staff?: NonNullable<PageFields['staff']>
  contact?: NonNullable<PageFields['contact']>
}

export interface Masthead {
  fields: MastheadFields
  /** Indexes (into the lines given) that belong to head or foot and are said in `fields`. */
  used: Set<number>
  /** Indexes of lines that are furniture (NEWS, 要闻简报, 第25532期) and say nothing that `fields` holds. */
  furniture: Set<number>
}

/** A line of print that may be masthead: its text with radicals mapped, and whether it stands by itself. */
export interface MastheadLine {
  text: string
  /** White space, a rule or a gap separates it from what comes before and after. */
  alone: boolean
}

const staffRole =
  '值班总编|值班编委|值班主任|值班编辑|执行总编|总编辑|总编|副总编|主编|执行主编|责任编辑|责任校对|本版责编|本版编辑|本版主编|本版校对|本版美编|版面编辑|版面统筹|视觉编辑|美术编辑|图片编辑|文字编辑|责编|编辑|美编|校对|校检|检校|组版|制版|排版|版式|版式设计|版面设计|设计|制图|审读|审校|一读|二读|统筹|策划|监制|编审|终审|值班|见习编辑|实习编辑'
const staffPair = new RegExp(
  `(?:^|[\\s:：/／|])((?:${staffRole})(?:\\s*[/／、]\\s*(?:${staffRole}))*)(?:\\s*[:：]\\s*|[\\s\\u3000]+)`,
  'gu',
)
const spacedStaff = /责\s*编|编\s*辑|校\s*对|美\s*编|版\s*式|组\s*版|主\s*编/gu
const phone =
  /(?:电\s*话|热\s*线|新闻热线|TEL|Tel|tel|传\s*真|联系方式)\s*[:：]?\s*((?:\(?\d{3,4}\)?[-—－ ]?)?\d{7,8}|\d{5}|1\d{10}|\d{3}-\d{3,4}-\d{4})/u
const email = /([A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/u
const pageNumber =
  /^(?:第\s*)?[A-D]?\s*0*(\d{1,3})\s*版?$|^第?\s*([一二三四五六七八九十]{1,3})\s*版$|^[PpA-D]\s*0*(\d{1,2})$/u
const sectionWords =
  '要闻|综合|新闻|时政|时事|社会|民生|经济|财经|金融|产业|国内|国际|天下|中国|本地|本埠|县区|乡镇|社区|城事|都市|法治|法制|政法|教育|文化|文艺|文娱|娱乐|体育|健康|卫生|医疗|科技|科教|科学|生态|环境|环保|农业|农村|三农|副刊|文苑|专版|专题|特刊|特别报道|深度|聚焦|视点|视野|观察|评论|言论|理论|论坛|人物|旅游|房产|汽车|消费|广告|公告|读者|读书|周末|生活|史志|记忆|党建|廉政|人大|政协|军事|国防|青年|妇女|老年|少年|校园|图片|影像|摄影|视觉|互动|服务|热线|连线|纵横|动态|在线|前沿|快报|广角|之窗|天地|园地|头版|封面|台港澳|港澳台|世界|假日|民族'
const sectionName = new RegExp(
  `^(?:[\\p{Script=Han}]{0,2}(?:${sectionWords}))+(?:[·•・/ ](?:[\\p{Script=Han}]{0,2}(?:${sectionWords}))+)*$`,
  'u',
)
/** Names of columns of short items: they head a column, not a page. */
const columnLabel =
  /^(?:[\p{Script=Han}]{0,2})?(?:一周|每周|本周|每日|今日|近日)?(?:要闻|新闻|时政|工作|基层|本地|县区)?(?:简讯|简报|短讯|快讯|快报|速览|速递|快览|简闻|集萃|集锦|短波|点击|要闻|播报|短新闻|摘要|汇览|链接|一览|回眸)$/u
const paperSuffix =
  /(?:日报|晚报|晨报|早报|午报|时报|周报|周刊|导报|商报|都市报|青年报|农民报|法制报|法治报|工人报|画报|新报|快报|民报|公报|学报|校报|报|时讯|新闻|电讯|周末)$/u
const latinOnly = /^[A-Za-z][A-Za-z .·&'-]{1,40}$/u
const issueNumber =
  /^(?:总?第?\s*\d{1,6}\s*期(?:[（(].*[）)])?|总第.*期|国内统一.*号.*|.*CN\s*\d{2}-\d{4}.*|邮发代号.*|今日\s*\d+\s*版|代号.*|网址.*|https?:\/\/.*|www\..*|零售.*元|(?:农历)?.{0,4}年.{1,3}月(?:初|十|廿|三十).{0,2})$/u

/** Reads head and foot off the lines of a page, wherever they stand. */
export function readMasthead(lines: readonly MastheadLine[]): Masthead {
  const fields: MastheadFields = {}
  const used = new Set<number>()
  const furniture = new Set<number>()
  const anchors: number[] = []
  let frontPage = false
  const loose: { index: number; text: string }[] = []

  for (let index = 0; index < lines.length; index++) {
    const text = lines[index]!.text.trim()
    if (
      text === '' ||
      text.length > 90 ||
      (text.length > 12 && /[，。；]/u.test(text) && !/电话|热线|@/u.test(text))
    )
      continue
    let rest = text
    let hit = false
    const staff = /[，。；！？]/u.test(rest) ? null : readStaff(rest)
    if (staff !== null) {
      fields.staff = { ...staff.staff, ...fields.staff }
      rest = staff.rest
      hit = true
    }
    const contact = readContact(rest)
    if (contact !== null && (contact.rest.length <= 12 || hit)) {
      fields.contact = { ...contact.contact, ...fields.contact }
      rest = contact.rest
      hit = true
    }
    const date = findDates(rest).find(
      (each) => rest.length - (each.end - each.start) <= (each.weekday ? 24 : 6),
    )
    if (date !== undefined && (date.weekday || lines[index]!.alone) && !/[，。；]/u.test(rest)) {
      fields.date ??= date.date
      rest = `${rest.slice(0, date.start)} ${rest.slice(date.end)}`.trim()
      hit = true
    }
    if (!hit && issueNumber.test(rest)) {
      furniture.add(index)
      anchors.push(index)
      if (/期|今日/u.test(rest)) frontPage = true
      continue
    }
    if (hit) {
      used.add(index)
      anchors.push(index)
      for (const token of rest.split(/[\s|｜]+/u)) if (token !== '') loose.push({ index, text: token })
    }
  }

  // Short words that stand alone near the sure parts: the paper, the section, the page number.
  const firstLine = lines.findIndex((line) => line.text.trim() !== '')
  const distanceTo = (index: number): number => {
    // The top of the file is where most tools put the head of the page.
    let least = firstLine < 0 ? 99 : nonBlankBetween(lines, firstLine, index) + (index === firstLine ? 0 : 1)
    for (const anchor of anchors) least = Math.min(least, nonBlankBetween(lines, anchor, index))
    return least
  }
  const near = (index: number, reach: number): boolean => distanceTo(index) <= reach
  const numbers: { index: number; value: number; plain: boolean }[] = []
  const sections: { index: number; text: string; score: number }[] = []
  const papers: { index: number; text: string; score: number }[] = []
  const consider = (index: number, text: string, alone: boolean): void => {
    const tight = text.replace(/\s+/gu, '')
    const number = pageNumber.exec(text)
    if (number !== null && alone) {
      const value = number[1] ?? number[3]
      const page = value !== undefined ? Number(value) : hanPage(number[2] ?? '')
      if (page >= 1 && page <= 200) numbers.push({ index, value: page, plain: /^\d+$/u.test(text) })
      return
    }
    if (
      !alone &&
      near(index, 3) &&
      /^(?:今日\p{Script=Han}{2,3}|\p{Script=Han}{2,4}(?:日报|晚报|晨报|时报|周报|商报|新闻))$/u.test(
        tight,
      ) &&
      !isPlainSection(tight)
    ) {
      papers.push({ index, text: tight, score: 2 })
      return
    }
    if (latinOnly.test(text)) {
      if (near(index, alone ? 6 : 2)) furniture.add(index)
      return
    }
    if (!alone || [...tight].length > 9 || [...tight].length < 2) return
    if (!/^[\p{Script=Han}·•・/\s]+$/u.test(text)) return
    const distance = distanceTo(index)
    if (distance > 6) {
      if (columnLabel.test(tight)) furniture.add(index)
      else if (/(?:日报|晚报|晨报|时报|周报|商报|都市报)$/u.test(tight))
        papers.push({ index, text: tight, score: 1 })
      return
    }
    const isSection = sectionName.test(tight)
    const isLabel = columnLabel.test(tight)
    const looksPaper = paperSuffix.test(tight) || /^今日\p{Script=Han}{2,4}$/u.test(tight)
    if (
      looksPaper &&
      !(isSection && !/(?:日报|晚报|晨报|时报|周报|商报)$/u.test(tight) && isPlainSection(tight))
    ) {
      papers.push({
        index,
        text: tight,
        score:
          (isLabel ? -3 : 0) +
          (/(?:日报|晚报|晨报|时报|周报|商报|都市报)$|^今日/u.test(tight) ? 3 : 1) -
          distance * 0.1,
      })
    }
    const plain = isPlainSection(tight)
    if ((isSection && (plain || tight.length <= 6)) || (tight.length <= 4 && distance <= 2)) {
      sections.push({
        index,
        text: text.trim(),
        score:
          (plain ? 3 : isSection ? 2.5 : 1.2) -
          (isLabel && !plain ? 4 : 0) -
          distance * 0.2 -
          (/新闻$/u.test(tight) && /^[览看读]/u.test(tight) ? 2 : 0),
      })
    }
  }
  const ownFurniture = new Set(furniture)
  for (const { index, text } of loose) consider(index, text, true)
  for (const index of furniture) if (!ownFurniture.has(index)) furniture.delete(index)
  for (let index = 0; index < lines.length; index++) {
    if (used.has(index) || furniture.has(index)) continue
    consider(index, lines[index]!.text.trim(), lines[index]!.alone)
  }

  const paper = papers.filter((each) => each.score > 0).sort((a, b) => b.score - a.score)[0]
  if (paper !== undefined) {
    fields.paper = paper.text
    for (const each of papers) if (each.text === paper.text) used.add(each.index)
  }
  const section = sections
    .filter((each) => each.text.replace(/\s/gu, '') !== paper?.text && each.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)[0]
  if (section !== undefined) {
    fields.section = section.text
    used.add(section.index)
  }
  for (const each of sections) {
    if (each === section || used.has(each.index) || each.text.replace(/\s/gu, '').length > 6) continue
    const tight = each.text.replace(/\s/gu, '')
    if (columnLabel.test(tight) || sectionName.test(tight)) furniture.add(each.index)
  }
  const number =
    numbers.find((each) => !each.plain) ?? numbers.find((each) => near(each.index, 8)) ?? numbers[0]
  if (number !== undefined) {
    fields.pageNo = number.value
    used.add(number.index)
    for (const each of numbers) if (each.value === number.value && near(each.index, 8)) used.add(each.index)
  } else if (frontPage) {
    // Only a front page prints the number of the issue and how many pages it has.
    fields.pageNo = 1
  }
  return { fields, used, furniture }
}

/** True for the standing names of pages (要闻, 综合新闻, 时政), which no paper bears. */
function isPlainSection(text: string): boolean {
  return new RegExp(`^(?:${sectionWords})+(?:[·•・](?:${sectionWords})+)*$`, 'u').test(text)
}

/** How many printed lines lie between two indexes, 0 for neighbours. */
function nonBlankBetween(lines: readonly MastheadLine[], a: number, b: number): number {
  let count = 0
  for (let i = Math.min(a, b) + 1; i < Math.max(a, b); i++) if (lines[i]!.text.trim() !== '') count++
  return count
}

function hanPage(text: string): number {
  const tens = '一二三四五六七八九'
  if (text.length === 1) return text === '十' ? 10 : tens.indexOf(text) + 1
  const match = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/u.exec(text)
  if (match === null) return 0
  return (
    (match[1] === undefined ? 1 : tens.indexOf(match[1]) + 1) * 10 +
    (match[2] === undefined ? 0 : tens.indexOf(match[2]) + 1)
  )
}

/** `值班总编 黄延伟 编辑 李咏梅 校对 刘萍`: a line of nothing but roles and names; words before the first role are handed back. */
function readStaff(line: string): { staff: Record<string, string>; rest: string } | null {
  const text = line.replace(spacedStaff, (role) => role.replace(/\s+/gu, ''))
  const marks = [...text.matchAll(staffPair)]
  if (marks.length === 0) return null
  const staff: Record<string, string> = {}
  let rest = text.slice(0, marks[0]!.index)
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!
    const body = text.slice(mark.index + mark[0].length, marks[i + 1]?.index ?? text.length)
    const names =
      /^(?:\p{Script=Han}[\s\u3000]\p{Script=Han}(?!\p{Script=Han})|\p{Script=Han}{2,4})(?:[\s\u3000、，/]+(?:\p{Script=Han}[\s\u3000]\p{Script=Han}(?!\p{Script=Han})|\p{Script=Han}{2,4}(?!\p{Script=Han})))*/u.exec(
        body.trim(),
      )
    if (names === null || /^(?:部|室|说|和|的)/u.test(body)) return null
    const tail = body.trim().slice(names[0].length)
    if (tail !== '' && !/^[\s|｜]|^$/u.test(tail) && i < marks.length - 1) return null
    if (/^\p{Script=Han}/u.test(tail)) return null
    const role = mark[1]!.replace(/\s+/gu, '')
    staff[role] ??= splitNames(names[0]).join(' ')
    if (i === marks.length - 1) rest = `${rest} ${tail}`
  }
  if ([...rest.trim()].length > 40) return null
  return { staff, rest: rest.trim() }
}

function readContact(text: string): { contact: { phone?: string; email?: string }; rest: string } | null {
  const contact: { phone?: string; email?: string } = {}
  let rest = text
  const foundPhone = phone.exec(rest)
  if (foundPhone !== null) {
    contact.phone = foundPhone[1]!.trim()
    rest = rest.replace(foundPhone[0], ' ')
  }
  const foundEmail = email.exec(rest)
  if (foundEmail !== null) {
    contact.email = foundEmail[1]!
    rest = rest
      .replace(foundEmail[0], ' ')
      .replace(/(?:本[版报]\s*)?(?:E-?\s*mail|邮\s*箱|电子信箱|信箱|投稿邮箱|投稿)\s*[:：]?/iu, ' ')
  }
  return foundPhone === null && foundEmail === null ? null : { contact, rest: rest.trim() }
}
