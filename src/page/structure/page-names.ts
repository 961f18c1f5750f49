// What papers, the sections of a paper and its columns of short items are called. Texts are in plain script.

const sectionWords =
  '要闻|综合|新闻|时政|时事|社会|民生|经济|财经|金融|产业|国内|国际|天下|中国|本地|本埠|县区|乡镇|社区|城事|都市|法治|法制|政法|教育|文化|文艺|文娱|娱乐|体育|健康|卫生|医疗|科技|科教|科学|生态|环境|环保|农业|农村|三农|副刊|文苑|专版|专题|特刊|特别报道|深度|聚焦|视点|视野|观察|评论|言论|理论|论坛|人物|旅游|房产|汽车|消费|广告|公告|读者|读书|周末|生活|史志|记忆|党建|廉政|人大|政协|军事|国防|青年|妇女|老年|少年|校园|图片|影像|摄影|视觉|互动|服务|热线|连线|纵横|动态|在线|前沿|快报|广角|之窗|天地|园地|头版|封面|台港澳|港澳台|世界|假日|民族'
const sectionName = new RegExp(
  `^(?:[\\p{Script=Han}]{0,2}(?:${sectionWords}))+(?:[·•・/ ](?:[\\p{Script=Han}]{0,2}(?:${sectionWords}))+)*$`,
  'u',
)
const plainSection = new RegExp(`^(?:${sectionWords})+(?:[·•・](?:${sectionWords})+)*$`, 'u')
const columnLabel =
  /^(?:[\p{Script=Han}]{0,2})?(?:一周|每周|本周|每日|今日|近日)?(?:要闻|新闻|时政|工作|基层|本地|县区)?(?:简讯|简报|短讯|快讯|快报|速览|速递|快览|简闻|集萃|集锦|短波|点击|要闻|播报|短新闻|摘要|汇览|链接|一览|回眸)$/u
const paperSuffix =
  /(?:日报|晚报|晨报|早报|午报|时报|周报|周刊|导报|商报|都市报|青年报|农民报|法制报|法治报|工人报|画报|新报|快报|民报|公报|学报|校报|报|时讯|新闻|电讯|周末)$/u
const dailySuffix = /(?:日报|晚报|晨报|早报|午报|时报|周报|商报|都市报)$/u
const surePaper = /(?:日报|晚报|晨报|早报|午报|时报|周报|商报|导报|都市报|青年报|农民报)$/u

/** A standing name of pages, perhaps with two characters before it: 魏都要闻, 教育·文化. */
export const isSection = (text: string): boolean => sectionName.test(text)

/** One of the standing names of pages by themselves (要闻, 综合新闻, 时政), which no paper bears. */
export const isPlainSection = (text: string): boolean => plainSection.test(text)

/** A column of short items (一周要闻, 简讯): it heads a column, not a page. */
export const isColumnLabel = (text: string): boolean => columnLabel.test(text)

/** Could be a paper's name by its ending. */
export const looksLikePaper = (text: string): boolean =>
  paperSuffix.test(text) || /^今日\p{Script=Han}{2,4}$/u.test(text)

/** Ends as only dailies and weeklies do. */
export const isDaily = (text: string): boolean => dailySuffix.test(text)

/** A whole name that nothing else bears: 魏都晚报, 今日魏都. */
export const isPaperName = (text: string): boolean =>
  /^\p{Script=Han}{3,12}$/u.test(text) && (surePaper.test(text) || /^今日\p{Script=Han}{2,3}$/u.test(text))

/** A name that a paper has and nothing else, of the usual length: 今日平山, 江北晚报. */
export function isWholePaperName(plain: string): boolean {
  return /^(?:今日\p{Script=Han}{2,3}|\p{Script=Han}{2,4}(?:日报|晚报|晨报|时报|周报|商报|新闻))$/u.test(
    plain,
  )
}
