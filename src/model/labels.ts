// What things are called in Chinese, wherever a person reads them; one place for all doors.
import type { Interpretation } from './hit.ts'
import type { ItemType } from './item.ts'

/** Kinds of items. */
export const typeLabels = {
  article: '报道',
  brief: '简讯',
  photo: '图片',
  notice: '公告',
} as const satisfies Record<ItemType, string>

/** How unquoted text was read. */
export const readingLabels = {
  exact: '精确',
  allWords: '含全部词',
  anyWords: '放宽',
} as const satisfies Record<Interpretation, string>

/** Other words, folded or not, that people use for a kind of item. */
const typeNames: Record<ItemType, readonly string[]> = {
  article: ['報道', '文章', '新闻', '新聞'],
  brief: ['簡訊', '短讯', '短訊'],
  photo: ['圖片', '照片'],
  notice: ['启事', '啟事', '广告', '廣告'],
}

/** The kind of item that a word means, in Chinese or as in the interfaces; undefined when it means none. */
export function typeOfName(name: string): ItemType | undefined {
  const word = name.trim().toLowerCase()
  for (const [type, names] of Object.entries(typeNames) as [ItemType, readonly string[]][])
    if (word === type || word === typeLabels[type] || names.includes(word)) return type
  return undefined
}
