// The words of the pages that stand in more than one place.
import { type FacetName, type Interpretation, noValue } from '../model/hit.ts'
import type { Byline, ItemType } from '../model/item.ts'
import { typeLabels } from '../model/labels.ts'
import type { SortOrder } from '../schema/search-request.ts'

export const sortNames = {
  relevance: '最相关',
  newest: '最新',
  oldest: '最早',
} as const satisfies Record<SortOrder, string>

export const readingMeanings = {
  exact: '与所写的字连在一起完全相同',
  allWords: '每个词都有，不一定连在一起',
  anyWords: '只有其中一部分词',
} as const satisfies Record<Interpretation, string>

/** What a value of a facet is called: kinds by their label, a page by its number, nobody by that. */
export function toFacetText(name: FacetName, value: string): string {
  if (name === 'type') return typeLabels[value as ItemType] ?? value
  if (name === 'pageNo') return toPageText(Number(value)) || '版次不详'
  if (value === noValue) return name === 'author' ? '未具名' : name === 'paper' ? namelessPaperText : '（无）'
  return value
}

export const namelessPaperText = '（未具名的报纸）'

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

/** 2018-11-07, 2018-11, 2018 or 201 (a decade) as a person says it. */
export function toPeriodText(period: string): string {
  if (period.length === 3) return `${Number(period)}0年代`
  const [year, month, day] = period.split('-').map(Number)
  return `${year}年${month === undefined ? '' : `${month}月`}${day === undefined ? '' : `${day}日`}`
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
  const characters = [...title]
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : title
}

/** 12 篇报道、3 条简讯, the kinds that there are. */
export function toKindsText(types: readonly { value: string; count: number }[]): string {
  const units: Record<ItemType, string> = { article: '篇', brief: '条', photo: '幅', notice: '则' }
  return (Object.keys(typeLabels) as ItemType[])
    .flatMap((type) => {
      const count = types.find(({ value }) => value === type)?.count ?? 0
      return count === 0 ? [] : [`${toCountText(count)} ${units[type]}${typeLabels[type]}`]
    })
    .join('、')
}
