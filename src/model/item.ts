// The nouns of a newspaper page: page, item and their printed parts.

/** article: a story; brief: 简讯, one of a column of short ones; photo: caption and credit; notice: 公告, 启事, advertisement. */
export type ItemType = 'article' | 'brief' | 'photo' | 'notice'

export const itemTypes = ['article', 'brief', 'photo', 'notice'] as const satisfies readonly ItemType[]

/** Names and the role they are printed with, such as 本报记者, 通讯员, 文/图. */
export interface Byline {
  role: string
  names: string[]
}

/** 小标题: stands before the paragraph with this 0-based index (paragraphs.length puts it after the last). */
export interface Subheading {
  text: string
  beforeParagraph: number
}

/** The parts of an item that are printed text. */
export interface ItemText {
  /** 引题, 眉题: the line above the headline. */
  kicker?: string
  /** 主题. */
  headline?: string
  /** 副题, with its dashes as printed. */
  subtitle?: string
  subheadings?: Subheading[]
  /** Wrapped lines joined and letter-spacing removed; otherwise as printed. */
  paragraphs: string[]
  /** A photo's caption, without the credit. */
  caption?: string
}

/** One thing printed on a page. */
export interface Item extends ItemText {
  /** Unique on its page. */
  id: string
  type: ItemType
  bylines?: Byline[]
  /** The name in brackets that closes a brief. */
  signature?: string
  /** Photographers and illustrators. */
  credits?: string[]
  /** Lines of a text page that this item was read from: 1-based, both ends included. */
  sourceLines?: [number, number][]
  /** Boxes of a PDF page that this item was read from: x0, y0, x1, y1 in points, origin at the lower left. */
  boxes?: [number, number, number, number][]
  /** How sure the reader of the page is that the parts belong together, 0 to 1; absent means no doubt. */
  confidence?: number
  /** Printed cross references: 下转第2版 and 上接第1版. */
  continues?: { to?: number; from?: number }
}

/** What the masthead and the folder say about a page. */
export interface PageFields {
  /** The newspaper's name; empty when neither print nor folder tells it. */
  paper: string
  /** YYYY-MM-DD; empty when unknown. */
  date: string
  /** 1-based; 0 when unknown. */
  pageNo: number
  section?: string
  /** Page of a PDF of several pages: 1-based. */
  sheet?: number
  /** Role as printed (编辑, 校对) to name. */
  staff?: Record<string, string>
  contact?: { phone?: string; email?: string }
  /** The printed lines of head and foot that say who made the page, how to reach them, the number of the issue. */
  imprint?: string[]
  /** Lines of a text page that these fields were read from: 1-based, both ends included. */
  sourceLines?: [number, number][]
}

/** Printed matter that no item could claim, kept so that nothing is lost. */
export interface Unplaced {
  /** 1-based line numbers, both ends included. */
  lines: [number, number]
  text: string
}

/**
 * What a person should look at. unread: printed matter that could not be read, such as a page that is only a picture;
 * doubt: it was read, but something contradicts it, such as a folder of another date.
 */
export interface PageProblem {
  kind: 'unread' | 'doubt'
  /** A sentence in Chinese. */
  message: string
}

/** One newspaper page as read. */
export interface Page {
  page: PageFields
  items: Item[]
  unplaced?: Unplaced[]
  problems?: PageProblem[]
  /** Why blocks went where they went, in Chinese; only when asked for. */
  reasons?: string[]
}
