// What the archive stores: an item together with where and when it was printed.
import type { Byline, Item, ItemText, ItemType, PageFields } from './item.ts'

/** One searchable article, brief, caption or notice. */
export interface Article extends ItemText {
  id: string
  type: ItemType
  paper: string
  /** YYYY-MM-DD; empty when unknown. */
  date: string
  /** 1-based; 0 when unknown. */
  pageNo: number
  section?: string
  bylines?: Byline[]
  signature?: string
  credits?: string[]
  tags?: string[]
  /** Path of the page file or JSON Lines file below the source folder, with the 1-based line for JSON Lines. */
  source?: string
  sourceLines?: Item['sourceLines']
  boxes?: Item['boxes']
  confidence?: number
  staff?: PageFields['staff']
}

/**
 * The printed texts of an article that can be searched, in the order in which they are indexed.
 * A lead is the first paragraph, a body the others. Author holds bylines, signature and credits.
 */
export const fieldNames = [
  'headline',
  'kicker',
  'subtitle',
  'subheading',
  'lead',
  'body',
  'caption',
  'author',
] as const
export type FieldName = (typeof fieldNames)[number]
