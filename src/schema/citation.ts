// How to cite an article: GB/T 7714, BibTeX and RIS.
import { createHash } from 'node:crypto'
import type { Citation } from './answers.ts'
import type { Article } from './article.ts'

/** Where and when the article was read online. */
export interface Online {
  url: string
  /** YYYY-MM-DD. */
  accessed: string
}

/** Citations of a printed article, of its copy online where told; parts that the archive does not know are left out. */
export function toCitation(article: Article, online?: Online): Citation {
  const authors = (article.bylines ?? []).flatMap((byline) => byline.names)
  if (article.signature && authors.length === 0) authors.push(article.signature)
  if (authors.length === 0) authors.push(...(article.credits ?? []))
  const subtitle = article.subtitle?.replace(/^[\s\u2010-\u2015\u2500-\u2503\uff0d-]+|\s+$/g, '') ?? ''
  const title = article.headline ?? article.caption?.slice(0, 30) ?? article.paragraphs[0]?.slice(0, 30)
  const cited: Cited = {
    article,
    authors,
    title: [title ?? article.id, subtitle].filter((part) => part !== '').join('：'),
    ...(online && { online }),
  }
  return { gbt7714: toGbt7714(cited), bibtex: toBibtex(cited), ris: toRis(cited) }
}

interface Cited {
  article: Article
  authors: readonly string[]
  /** Title and other title information. */
  title: string
  online?: Online
}

/**
 * GB/T 7714-2015, 4.4 and 8: 主要责任者. 题名：其他题名信息[N/OL]. 报纸名, 年-月-日(版次)[引用日期]. 获取和访问路径.
 * More than three authors end in 等.
 */
function toGbt7714({ article, authors, title, online }: Cited): string {
  const names = authors.length > 3 ? [...authors.slice(0, 3), '等'] : authors
  const page = article.pageNo > 0 ? `(${article.pageNo})` : ''
  const accessed = online ? `[${online.accessed}]` : ''
  const where = [article.paper, `${article.date}${page}${accessed}`]
    .filter((part) => part.length > 0)
    .join(', ')
  return [names.join(', '), `${title}[${online ? 'N/OL' : 'N'}]`, where, online?.url ?? '']
    .filter((part) => part.length > 0)
    .join('. ')
    .concat('.')
}

function toBibtex({ article, authors, title, online }: Cited): string {
  const fields: [string, string][] = [
    ['title', braced(title)],
    ['author', authors.map((author) => `{${braced(author)}}`).join(' and ')],
    ['journal', braced(article.paper)],
    ['date', article.date],
    ['year', article.date.slice(0, 4)],
    ['pages', article.pageNo > 0 ? String(article.pageNo) : ''],
    ['url', online?.url ?? ''],
    ['urldate', online?.accessed ?? ''],
    ['langid', 'chinese'],
  ]
  const lines = fields.filter(([, value]) => value !== '').map(([name, value]) => `  ${name} = {${value}}`)
  return `@article{${toKey(article)},\n${lines.join(',\n')}\n}\n`
}

/** Ids may be Chinese, which no BibTeX key can hold: day and page for people, a digest of the id to be unique. */
function toKey({ id, date, pageNo }: Article): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 10)
  return ['xunbao', date.replaceAll('-', ''), pageNo > 0 ? String(pageNo) : '', digest]
    .filter((part) => part !== '')
    .join('-')
}

/** Characters that TeX would read as commands. */
function braced(value: string): string {
  return value.replace(/[\\{}]/g, '').replace(/[%&$#_]/g, '\\$&')
}

function toRis({ article, authors, title, online }: Cited): string {
  const lines: [string, string][] = [
    ['TY', 'NEWS'],
    ['TI', title],
    ...authors.map((author): [string, string] => ['AU', author]),
    ['JO', article.paper],
    ['DA', article.date.replaceAll('-', '/')],
    ['PY', article.date.slice(0, 4)],
    ['SP', article.pageNo > 0 ? String(article.pageNo) : ''],
    ['UR', online?.url ?? ''],
    ['Y2', online?.accessed.replaceAll('-', '/') ?? ''],
    ['LA', 'zh'],
    ['ID', article.id],
  ]
  const known = lines.filter(([, value]) => value !== '')
  return `${known.map(([tag, value]) => `${tag}  - ${value.replace(/[\r\n]+/g, ' ')}`).join('\r\n')}\r\nER  - \r\n`
}
