// What an article is: the one schema from which its type, the checks at every door and the API's description come.
import * as v from 'valibot'
import { toDay } from '../model/calendar.ts'
import { itemTypes } from '../model/item.ts'
import { typeOfName } from '../model/labels.ts'
import { splitNames } from '../normalize/names.ts'
import { shown } from './kinds.ts'

/** Highest page number. */
export const maxPageNo = 65_535
const longestId = 512
/** A whole issue has about a hundred thousand characters: what has more is no article. */
const mostParagraphs = 20_000
const mostCharacters = 1_000_000

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text as people send it: trimmed, and a number is its digits. */
const text = v.pipe(
  v.union([v.string(), v.number()], '应为文字'),
  v.transform((value) => String(value).trim()),
  v.string(),
)

/** Whether an address can name an id: no control characters, no lone surrogates, nothing that a path swallows. */
function isAddressable(id: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(id) && !['.', '..', '__proto__'].includes(id)
}

const id = v.pipe(
  text,
  v.check(
    (value) => value.length <= longestId && isAddressable(value),
    `应是不超过 ${longestId} 个字符、不含控制字符和残缺字符的文字，也不能是 .、..、__proto__`,
  ),
)

const type = v.pipe(
  v.string(`应为 ${itemTypes.join('、')} 之一`),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const known = typeOfName(dataset.value)
    if (known !== undefined) return known
    addIssue({ message: `应为 ${itemTypes.join('、')} 之一，收到${shown(dataset.value)}` })
    return NEVER
  }),
  v.picklist(itemTypes),
)

/** 2018-11-07 in the ways in which archives write a day: 2018/11/7, 20181107, 2018年11月7日, with a time behind it. */
const date = v.pipe(
  v.union([v.string(), v.number()], ({ input }) => `应为 YYYY-MM-DD，收到${shown(input)}`),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const written = String(dataset.value).normalize('NFKC').trim()
    if (written === '') return ''
    const parts =
      /^(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})日?(?:[T\s].*)?$/s.exec(written) ??
      /^(\d{4})(\d\d)(\d\d)$/.exec(written)
    const day = parts && toDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
    if (day) return day
    addIssue({
      message: parts
        ? `日历上没有${shown(dataset.value)}这一天`
        : `应为 YYYY-MM-DD，收到${shown(dataset.value)}`,
    })
    return NEVER
  }),
  v.string(),
  v.metadata({ description: 'YYYY-MM-DD; empty when unknown', pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' }),
)

/** 3, "3", "03", "第3版", "A03". */
const pageNo = v.pipe(
  v.union([v.number(), v.string()], ({ input }) => `应为 0 到 ${maxPageNo} 的整数，收到${shown(input)}`),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const digits =
      typeof dataset.value === 'number'
        ? dataset.value
        : /^\D*(\d{1,9})\D*$/.exec(dataset.value.normalize('NFKC'))?.[1]
    const number = Number(digits ?? Number.NaN)
    if (Number.isInteger(number) && number >= 0 && number <= maxPageNo) return number
    addIssue({ message: `应为 0 到 ${maxPageNo} 的整数，收到${shown(dataset.value)}` })
    return NEVER
  }),
  v.number(),
  v.integer(),
  v.minValue(0),
)

/** One text with a paragraph a line, or a list of them. */
const paragraphs = v.pipe(
  v.union([v.string(), v.array(v.string())], '应为文字或文字的列表'),
  v.transform((value) =>
    [value]
      .flat()
      .flatMap((paragraph) => paragraph.split(/\r\n|[\n\r\u2028\u2029]/))
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== ''),
  ),
  v.array(v.string()),
  v.check(
    (list) =>
      list.length <= mostParagraphs && list.reduce((sum, { length }) => sum + length, 0) <= mostCharacters,
    `超过一篇的上限（${mostParagraphs.toLocaleString('zh-CN')} 段、${mostCharacters.toLocaleString('zh-CN')} 字）：请分成几篇`,
  ),
)

/** 张三、李四 or a list of names. */
const names = v.pipe(
  v.union([v.string(), v.array(v.string())], '应为姓名或姓名的列表'),
  v.transform((value) =>
    typeof value === 'string'
      ? splitNames(value)
      : value.map((name) => name.trim()).filter((name) => name !== ''),
  ),
  v.array(v.string()),
)

const tags = v.pipe(
  v.union([v.string(), v.array(v.string())], '应为文字或文字的列表'),
  v.transform((value) =>
    (typeof value === 'string' ? value.split(/[、，,;；|]/) : value)
      .map((tag) => tag.trim())
      .filter((tag, place, all) => tag !== '' && all.indexOf(tag) === place),
  ),
  v.array(v.string()),
)

const byline = v.object(
  { role: v.string(), names: v.array(v.string()) },
  '应为姓名，或 { role, names } 的列表',
)
const bylineForm = v.union(
  [
    v.pipe(
      v.string(),
      v.transform((printed) => ({ role: '', names: splitNames(printed) })),
      byline,
    ),
    v.pipe(
      v.object({ role: v.optional(v.string(), ''), names }),
      v.transform(({ role, names }) => ({ role: role.trim(), names })),
      byline,
    ),
  ],
  '应为姓名，或 { role, names } 的列表',
)
const bylines = v.pipe(
  v.union(
    [
      v.pipe(v.array(bylineForm), v.array(byline)),
      v.pipe(
        bylineForm,
        v.transform((one) => [one]),
        v.array(byline),
      ),
    ],
    '应为姓名，或 { role, names } 的列表',
  ),
  v.transform((list) => list.filter((one) => one.names.length > 0)),
  v.array(byline),
)

const subheadings = v.array(
  v.object(
    {
      text: v.pipe(v.string(), v.trim(), v.nonEmpty()),
      beforeParagraph: v.pipe(v.number(), v.integer(), v.minValue(0)),
    },
    '应为 { text, beforeParagraph } 的列表',
  ),
  '应为 { text, beforeParagraph } 的列表',
)

const jumpPage = v.pipe(v.number('应为版次'), v.integer(), v.minValue(1))
const lines = v.array(v.tuple([v.number(), v.number()]), '应为 [首行, 末行] 的列表')
const boxes = v.array(
  v.tuple([v.number(), v.number(), v.number(), v.number()]),
  '应为 [x0, y0, x1, y1] 的列表',
)

/** What an article may say of itself, whether it is printed in one piece or is one of several. */
const printedEntries = {
  /** Made from the content when it is not said. */
  id: v.optional(id, ''),
  type: v.optional(type, 'article'),
  paper: v.optional(text, ''),
  /** YYYY-MM-DD; empty when unknown. */
  date: v.optional(date, ''),
  /** 1-based; 0 when unknown. */
  pageNo: v.optional(pageNo, 0),
  section: v.exactOptional(text),
  /** 引题, 眉题: the line above the headline. */
  kicker: v.exactOptional(text),
  headline: v.exactOptional(text),
  subtitle: v.exactOptional(text),
  bylines: v.exactOptional(bylines),
  /** The name in brackets that closes a brief. */
  signature: v.exactOptional(text),
  /** Photographers and illustrators. */
  credits: v.exactOptional(names),
  /** 小标题: each before the paragraph with its 0-based index. */
  subheadings: v.exactOptional(subheadings),
  /** As printed, wrapped lines joined. */
  paragraphs: v.optional(paragraphs, []),
  /** A photo's, without the credit. */
  caption: v.exactOptional(text),
  tags: v.exactOptional(tags),
  /** Path of the page file below the source folder. */
  source: v.exactOptional(text),
  /** Page of the PDF that the article was read from, 1-based; absent where the PDF has but one. */
  sheet: v.exactOptional(v.pipe(v.number('应为页码'), v.integer(), v.minValue(1))),
  /** Lines of a text page that the article was read from: 1-based, both ends included. */
  sourceLines: v.exactOptional(lines),
  /** Boxes of a PDF page: x0, y0, x1, y1 in points, origin at the lower left. */
  boxes: v.exactOptional(boxes),
  /** How sure the reader of the page is, 0 to 1; absent means no doubt. */
  confidence: v.exactOptional(
    v.pipe(
      v.number('应为 0 到 1 的数'),
      v.minValue(0, '应为 0 到 1 的数'),
      v.maxValue(1, '应为 0 到 1 的数'),
    ),
  ),
  /** Role as printed (编辑, 校对) to name. */
  staff: v.exactOptional(v.record(v.string(), v.string('应为 { 职务: 姓名 }'), '应为 { 职务: 姓名 }')),
  /** Cross references that are printed and still open: 下转第2版 and 上接第1版. */
  continues: v.exactOptional(
    v.object({ to: v.exactOptional(jumpPage), from: v.exactOptional(jumpPage) }, '应为 { to, from }'),
  ),
  /** What the sender said besides, kept and given back as it came. */
  extra: v.exactOptional(v.custom<Record<string, unknown>>(isObject, '应为对象')),
}

const pieceSchema = v.object(printedEntries, '应为文章的列表')

/**
 * An article: what the doors take in (`v.InferInput`: many forms) and what the archive stores and gives back
 * (`v.InferOutput`: one form). Other names of the fields are in article-names.ts.
 */
export const articleSchema = v.object({
  ...printedEntries,
  /** A story that jumps from page to page: its pieces as each page prints them, the first with the story's id. */
  pieces: v.exactOptional(v.array(pieceSchema, '应为文章的列表')),
})

/** What one page prints of a story. */
export type Piece = v.InferOutput<typeof pieceSchema>

/** One searchable article, brief, caption or notice, as stored. */
export type Article = v.InferOutput<typeof articleSchema>

/** An article as it may be sent: fields in any of their forms and names, others kept under `extra`. */
export type ArticleInput = v.InferInput<typeof articleSchema> & { readonly [field: string]: unknown }
