// How to cite an article: GB/T 7714, BibTeX and RIS.
import type { Citation } from '../schema/answers.ts'
import type { Article } from '../schema/article.ts'

/** Citations of a printed article; parts that the archive does not know are left out. */
export function toCitation(article: Article): Citation {
  const authors = (article.bylines ?? []).flatMap((byline) => byline.names)
  if (article.signature && authors.length === 0) authors.push(article.signature)
  if (authors.length === 0) authors.push(...(article.credits ?? []))
  const title = [
    article.headline ?? article.caption?.slice(0, 30) ?? article.id,
    article.subtitle ?? '',
  ].join('')
  return {
    gbt7714: toGbt7714(article, authors, title),
    bibtex: toBibtex(article, authors, title),
    ris: toRis(article, authors, title),
  }
}

/** GB/T 7714-2015, 8.5: 作者. 题名[N]. 报纸名, 年-月-日(版次). More than three authors end in 等. */
function toGbt7714(article: Article, authors: readonly string[], title: string): string {
  const names = authors.length > 3 ? [...authors.slice(0, 3), '等'] : authors
  const page = article.pageNo > 0 ? `(${article.pageNo})` : ''
  const where = [article.paper, `${article.date}${page}`].filter((part) => part.length > 0).join(', ')
  return [names.join(', '), `${title}[N]`, where]
    .filter((part) => part.length > 0)
    .join('. ')
    .concat('.')
}

function toBibtex(article: Article, authors: readonly string[], title: string): string {
  const fields: [string, string][] = [
    ['title', title],
    ['author', authors.join(' and ')],
    ['journal', article.paper],
    ['date', article.date],
    ['year', article.date.slice(0, 4)],
    ['pages', article.pageNo > 0 ? String(article.pageNo) : ''],
    ['langid', 'chinese'],
  ]
  const lines = fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${name} = {${braced(value)}}`)
  return `@article{${article.id.replace(/[^A-Za-z0-9:_-]+/g, '-')},\n${lines.join(',\n')}\n}\n`
}

/** Characters that TeX would read as commands. */
function braced(value: string): string {
  return value.replace(/[\\{}]/g, '').replace(/[%&$#_]/g, '\\$&')
}

function toRis(article: Article, authors: readonly string[], title: string): string {
  const lines: [string, string][] = [
    ['TY', 'NEWS'],
    ['TI', title],
    ...authors.map((author): [string, string] => ['AU', author]),
    ['JO', article.paper],
    ['DA', article.date.replaceAll('-', '/')],
    ['PY', article.date.slice(0, 4)],
    ['SP', article.pageNo > 0 ? String(article.pageNo) : ''],
    ['LA', 'zh'],
    ['ID', article.id],
  ]
  const known = lines.filter(([, value]) => value !== '')
  return `${known.map(([tag, value]) => `${tag}  - ${value.replace(/[\r\n]+/g, ' ')}`).join('\r\n')}\r\nER  - \r\n`
}
