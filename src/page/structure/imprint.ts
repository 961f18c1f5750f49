// What stands in the head and foot of a page besides its name, date and number: staff, contact, issue number, weather.
import type { PageFields } from '../../model/item.ts'
import { splitNames } from '../../normalize/names.ts'

const staffRole =
  '值班总编|值班编委|值班主任|值班编辑|值班主编|执行总编|总编辑|总编|副总编|主编|执行主编|责任编辑|责任校对|本版责编|本版编辑|本版主编|本版校对|本版美编|版面编辑|版面统筹|视觉编辑|美术编辑|图片编辑|文字编辑|见习编辑|实习编辑|责编|编辑|美编|图编|校对|校检|检校|组版|制版|排版|版式设计|版面设计|版式|设计|制图|审读|审校|一读|二读|三读|统筹|策划|监制|编审|终审|值班|签发|主任|发行人|社长'
const staffPair = new RegExp(
  `(?:^|[\\s:：/／|｜])((?:${staffRole})(?:\\s*[/／、]\\s*(?:${staffRole}))*)(?:\\s*[:：/／]\\s*|[\\s\\u3000]+)`,
  'gu',
)
const spacedStaff = /(?:责 {0,2}编|编 {0,2}辑|校 {0,2}对|美 {0,2}编|版 {0,2}式|组 {0,2}版|主 {0,2}编)/gu
/** What may follow the last name and is none. */
const noName = `(?!${staffRole}|电话|热线|新闻|邮箱|邮编|地址|传真|今日|农历|天气|星期|第)`
const name = `${noName}(?:\\p{Script=Han}[\\s\\u3000]\\p{Script=Han}(?!\\p{Script=Han})|\\p{Script=Han}{2,4}(?!\\p{Script=Han}|\\s*[:：]))`
const nameList = new RegExp(`^${name}(?:[\\s\\u3000、，/]+${name})*`, 'u')

/**
 * `值班总编 黄延伟 编辑 李咏梅 校对 刘萍`: roles and names. `plain` is the line in plain script, `printed` as it stands;
 * `rest` is `plain` with what was read blanked out, as long as before. Null where something else than names follows.
 */
export function readStaff(
  plain: string,
  printed: string,
): { staff: Record<string, string>; rest: string } | null {
  // 编 辑 is one word; the blank goes behind it so that places stay.
  const text = plain.replace(spacedStaff, (role) => role.replace(/ +/gu, '').padEnd(role.length))
  const marks = [...text.matchAll(staffPair)]
  if (marks.length === 0) return null
  const staff: Record<string, string> = {}
  let rest = text
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!
    const start = mark.index + mark[0].length
    const end = marks[i + 1]?.index ?? text.length
    const body = text.slice(start, end)
    const lead = body.length - body.trimStart().length
    const names = nameList.exec(body.trimStart())
    if (names === null || /^(?:部|室|说|和|的)/u.test(body)) return null
    const tail = body.slice(lead + names[0].length).trim()
    if (tail !== '' && !/^[\s|｜]/u.test(body.slice(lead + names[0].length)) && i < marks.length - 1)
      return null
    const role = printed
      .slice(mark.index, start)
      .replace(/[\s:：|｜]+/gu, '')
      .replace(/^[/／]+|[/／]+$/gu, '')
    staff[role] ??= splitNames(printed.slice(start + lead, start + lead + names[0].length)).join(' ')
    rest = blank(rest, mark.index, start + lead + names[0].length)
  }
  return [...rest.replace(/\s+/gu, '')].length > 40 ? null : { staff, rest }
}

const phone =
  /(?:本报|本版|编辑部|采访|新闻|读者|报料|爆料|订阅|广告|发行|投诉|服务|值班|办公室?)*\s*(?:电\s*话|热\s*线|TEL|Tel|tel|传\s*真|联系方式|专线)\s*[:：]?\s*((?:\(?\d{3,4}\)?[-—－ ]?)?\d{7,8}|\d{5}|1\d{10}|\d{3}-\d{3,4}-\d{4})(?!\d)/u
const mobile = /(?<![\d-])(0\d{2,3}[-—－]\d{7,8}|1[3-9]\d{9}|\d{3}-\d{4}-\d{4})(?![\d-])/u
const email = /([A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/u
const emailLabel =
  /(?:本[版报]\s*)?(?:投稿|电子|读者|编辑部|新闻)?\s*(?:E-?\s*mail|邮\s*箱|信\s*箱|投稿)\s*[:：]?/iu

/** Phone and mail address; `rest` is the line with them blanked out, as long as before. */
export function readContact(
  plain: string,
): { contact: NonNullable<PageFields['contact']>; rest: string } | null {
  const contact: { phone?: string; email?: string } = {}
  let rest = plain
  const numbered = phone.exec(rest) ?? mobile.exec(rest)
  if (numbered !== null) {
    contact.phone = numbered[1]!.trim()
    rest = blank(rest, numbered.index, numbered.index + numbered[0].length)
  }
  const mailed = email.exec(rest)
  if (mailed !== null) {
    contact.email = mailed[1]!
    rest = blank(rest, mailed.index, mailed.index + mailed[0].length)
    const label = emailLabel.exec(rest)
    if (label) rest = blank(rest, label.index, label.index + label[0].length)
  }
  return numbered === null && mailed === null ? null : { contact, rest }
}

const lunarDay =
  '(?:初[一二三四五六七八九十]|十[一二三四五六七八九]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十)'
const sexagenary = '[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]'
const weatherWord = '(?:晴|多云|阴|小雨|中雨|大雨|暴雨|阵雨|雷阵雨|小雪|中雪|大雪|雨夹雪|雾|霾|扬沙)'

/** The number of the issue and how many pages it has: only a front page prints them. */
const frontParticulars: readonly RegExp[] = [
  /[（(]?\s*(?:总\s*第?|第\s*总?)\s*[\d〇零一二三四五六七八九十百千]{1,6}\s*[期号]\s*[）)]?/u,
  /(?:今日|本期|今天|本报今日)\s*[\d一二三四五六七八九十]{1,3}\s*[版张]/u,
]

/** Other facts of a page that no field holds; each is furniture of the head or foot. */
const particulars: readonly RegExp[] = [
  /[（(]?\s*(?:邮发)?代号\s*[:：]?\s*\d{1,3}\s*[-—－–]\s*\d{1,4}\s*[）)]?/u,
  /(?:国内|国际)?(?:统一)?(?:连续)?(?:出版物|刊)(?:统一)?(?:刊)?号\s*[:：]?\s*(?:CN|ISSN)?\s*\d{2,4}\s*[-—－–]\s*\d{3,4}[\dX]?(?:\s*[/／（(].{0,8})?/iu,
  /(?:CN|ISSN)\s*\d{2,4}\s*[-—－–]\s*\d{3,4}[\dX]?(?:\s*[/／（(].{0,8})?/u,
  /(?:零售价?|定价|每份|售价)\s*[:：]?\s*[\d.一二三四五六七八九十]+\s*[元角分]/u,
  /(?:邮政编码|邮\s*编)\s*[:：]?\s*\d{6}/u,
  /(?:社\s*址|地\s*址|报社地址|编辑部地址)\s*[:：]\s*[^\s，。；|｜]{3,40}/u,
  /(?:网\s*址|官\s*网|数字报)?\s*[:：]?\s*(?:https?:\/\/[\w./%?=&-]+|www\.[\w./%?=&-]+)/iu,
  /(?:主管|主办|出版|承办|协办|编辑出版|印刷|承印|发行)(?:单位)?\s*[:：]\s*[^\s，。；|｜]{3,30}/u,
  new RegExp(
    `(?:(?:农|夏|阴|旧)历)?\\s*(?:${sexagenary}年?)?\\s*(?:闰)?(?:正|[一二三四五六七八九十冬腊]|十一|十二)月(?:大|小)?${lunarDay}日?`,
    'u',
  ),
  new RegExp(`(?:农|夏|阴|旧)历\\s*${sexagenary}?年?`, 'u'),
  new RegExp(
    `(?:(?:今日|今天|明日|本市|市区|城区)?天气(?:预报)?\\s*[:：]?\\s*)?${weatherWord}(?:转${weatherWord})?(?:\\s*间?${weatherWord})*\\s*[，,]?\\s*-?\\d{1,2}\\s*[℃°度]?C?\\s*[~～\\-—–至到/／]\\s*-?\\d{1,2}\\s*(?:℃|°C|度)`,
    'u',
  ),
  /(?:今日|今天|明日|本市|市区|城区)?天气(?:预报)?\s*[:：]\s*[^，。；|｜]{1,24}/u,
  /-?\d{1,2}\s*(?:℃|°C|度)?\s*[~～—–至到/／]\s*-?\d{1,2}\s*(?:℃|°C)/u,
  /第\s*[\d一二三四五六七八]\s*张/u,
  /VOL\s*\.?\s*\d+(?:\s*,?\s*NO\s*\.?\s*\d+)?/iu,
  /微信(?:公众)?号?\s*[:：]\s*[\w-]{3,24}/u,
]

/** The line with every such fact blanked out, and whether there was one; `front` where only a front page prints it. */
export function readParticulars(plain: string): { rest: string; found: boolean; front: boolean } {
  let rest = plain
  const take = (pattern: RegExp): boolean => {
    const match = pattern.exec(rest)
    if (match === null || match[0].trim() === '') return false
    rest = blank(rest, match.index, match.index + match[0].length)
    return true
  }
  const front = frontParticulars.filter(take).length > 0
  const found = particulars.filter(take).length > 0 || front
  return { rest, found, front }
}

/** `text` with [start, end) replaced by as many blanks. */
export function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)
}
