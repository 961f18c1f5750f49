// The names under which the fields of an article come, in JSON and in the header of a CSV file.

/** The archive's name of a field, and the other names that mean it. Names are compared in lower case. */
export const otherNames: Record<string, readonly string[]> = {
  id: ['编号'],
  type: ['类型', '体裁'],
  paper: ['newspaper', '报纸', '报名'],
  date: ['日期'],
  pageNo: ['page', 'page_no', '版次', '版'],
  section: ['column', '栏目', '版面'],
  kicker: ['引题', '眉题'],
  headline: ['title', '标题', '题名'],
  subtitle: ['副题', '副标题'],
  bylines: ['author', 'authors', 'byline', '作者', '记者', '署名'],
  signature: [],
  credits: [],
  subheadings: [],
  paragraphs: ['body', 'text', 'content', '正文', '内容'],
  caption: ['图片说明'],
  tags: ['tag', '标签'],
  source: [],
  sourceLines: [],
  boxes: [],
  confidence: [],
  continues: [],
  pieces: [],
  staff: [],
}

const fieldOfName = new Map(
  Object.entries(otherNames).flatMap(([field, others]) =>
    [field, ...others].map((name) => [name.toLowerCase(), field] as const),
  ),
)

/** What an archive adds to an article that it shows: dropped when the article is sent back. */
const shownOnly = new Set(['neighbours', 'citation', 'marks'])

/** The addresses that an archive shows; a sender's own `links` are kept. */
function isShownLinks(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { self, html } = value as Record<string, unknown>
  return typeof self === 'string' && typeof html === 'string' && self.includes('/api/articles/')
}

/** Bylines that came under one of these names are authors: said, not printed. */
const authorNames = new Set(['author', 'authors', '作者'])

export interface NamedFields {
  /** Values by the archive's name of their field. */
  fields: Record<string, unknown>
  /** The name under which each field came. */
  nameOf: Map<string, string>
  /** What has no field here, in the order in which it came. */
  extra: [name: string, value: unknown][]
}

/**
 * Sorts what was sent by field. What is null, blank or an empty list was not said. Where two names of one field are
 * given, the archive's own name wins, then the first; the other is kept as extra.
 */
export function nameFields(record: Readonly<Record<string, unknown>>): NamedFields {
  const fields: Record<string, unknown> = {}
  const nameOf = new Map<string, string>()
  const extra: [string, unknown][] = []
  for (const [name, value] of Object.entries(record)) {
    if (value === undefined || value === null || shownOnly.has(name)) continue
    if (name === 'links' && isShownLinks(value)) continue
    if (typeof value === 'string' && value.trim() === '') continue
    if (Array.isArray(value) && value.length === 0) continue
    const field = fieldOfName.get(name.trim().toLowerCase())
    if (field === undefined) {
      extra.push([name, value])
      continue
    }
    const earlier = nameOf.get(field)
    if (earlier !== undefined && name !== field) {
      extra.push([name, value])
      continue
    }
    if (earlier !== undefined) extra.push([earlier, record[earlier]])
    nameOf.set(field, name)
    fields[field] = authorNames.has(name.trim().toLowerCase()) ? toAuthors(value) : value
  }
  return { fields, nameOf, extra }
}

function toAuthors(value: unknown): unknown {
  const isNames =
    typeof value === 'string' || (Array.isArray(value) && value.every((name) => typeof name === 'string'))
  return isNames ? [{ role: '作者', names: value }] : value
}
