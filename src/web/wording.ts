// The words of the page that stand in more than one place.
import type { Interpretation } from '../model/hit.ts'
import type { Byline } from '../model/item.ts'
import type { readingLabels, typeLabels } from '../model/labels.ts'
import type { SortOrder } from '../schema/search-request.ts'

// The browser is served these files alone, so the labels stand here too; the compiler holds them to model/labels.ts.
export const typeNames = {
  article: '报道',
  brief: '简讯',
  photo: '图片',
  notice: '公告',
} as const satisfies typeof typeLabels

export const sortNames = {
  relevance: '最相关',
  newest: '最新',
  oldest: '最早',
} as const satisfies Record<SortOrder, string>

export const readingNames = {
  exact: '精确',
  allWords: '含全部词',
  anyWords: '含部分词',
} as const satisfies typeof readingLabels

export const readingMeanings = {
  exact: '与所写的字连在一起完全相同',
  allWords: '每个词都有，不一定连在一起',
  anyWords: '只有其中一部分词',
} as const satisfies Record<Interpretation, string>

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

/** 2018-11-07 as 2018年11月7日; empty for an unknown date. */
export function toDayText(date: string, withWeekday = false): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (match === null) return date
  const text = `${Number(match[1])}年${Number(match[2])}月${Number(match[3])}日`
  if (!withWeekday) return text
  return `${text} 星期${weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()]}`
}

/** 2018年11月7日至2019年1月2日; one day alone once; empty when unknown. */
export function toSpanText(from: string, to: string): string {
  return from === '' || from === to ? toDayText(from) : `${toDayText(from)}至${toDayText(to)}`
}

/** 2018-11 as 2018年11月, 2018 as 2018年. */
export function toPeriodText(period: string): string {
  const [year, month] = period.split('-')
  return month === undefined ? `${Number(year)}年` : `${Number(year)}年${Number(month)}月`
}

/** 1234567 as 1,234,567. */
export function toCountText(count: number): string {
  return count.toLocaleString('en-US')
}

export function toPageText(pageNo: number): string {
  return pageNo === 0 ? '' : `第${pageNo}版`
}

/** 本报记者 付家宝　通讯员 某某 */
export function toBylineText(bylines: readonly Byline[]): string {
  return bylines.map(({ role, names }) => `${role} ${names.join('、')}`.trim()).join('　')
}

/** A headline for a list: photos and briefs may have none. */
export function toTitleText(headline: string | undefined, text: string | undefined): string {
  const title = headline?.trim() || text?.trim() || '（无题）'
  return title.length > 60 ? `${title.slice(0, 60)}…` : title
}
