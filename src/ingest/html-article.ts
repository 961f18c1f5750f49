// Reads the article of an HTML page: what its head says about it, and the paragraphs of its body.
import iconv from 'iconv-lite'
import { type HTMLElement, parse } from 'node-html-parser'
import { decodeText } from '../page/encoding.ts'

/** What stands on a page beside its article. */
const furniture = 'script,style,noscript,template,nav,header,footer,aside,form,button,figure figcaption'
const bodies = '[itemprop=articleBody],article,main,#content,.content,.article-content,#article,body'

/** The fields of the article for `readArticle`; names of fields that the page does not tell are absent. */
export function readHtmlArticle(bytes: Uint8Array): Record<string, unknown> {
  const root = parse(decodeHtml(bytes))
  const meta = (...names: string[]) => {
    for (const name of names) {
      const value = root
        .querySelector(`meta[property="${name}"],meta[name="${name}"]`)
        ?.getAttribute('content')
      if (value?.trim()) return value.trim()
    }
    return undefined
  }
  const textOf = (selector: string) => {
    const text = root.querySelector(selector)?.text.replace(/\s+/g, ' ').trim()
    return text || undefined
  }
  const time = root.querySelector('time[datetime]')?.getAttribute('datetime')
  const fields = {
    title: textOf('h1') ?? meta('og:title') ?? textOf('title'),
    date: meta('article:published_time', 'publishdate', 'pubdate', 'date', 'DC.date') ?? time,
    author: meta('author', 'article:author', 'DC.creator'),
    paper: meta('og:site_name', 'source'),
    section: meta('article:section'),
    body: paragraphsOf(root),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function paragraphsOf(root: HTMLElement): string[] {
  const body = bodies
    .split(',')
    .map((selector) => root.querySelector(selector))
    .find((element) => element !== null)
  if (!body) return []
  for (const element of body.querySelectorAll(`${furniture},h1`)) element.remove()
  const paragraphs = body.querySelectorAll('p')
  const texts = paragraphs.length > 0 ? paragraphs.map((p) => p.structuredText) : [body.structuredText]
  return texts
    .flatMap((text) => text.split('\n'))
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

/** The encoding that the page declares, else the one that its bytes look like. */
function decodeHtml(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1')
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1]
  if (declared === undefined || /^utf-?8$/i.test(declared) || !iconv.encodingExists(declared))
    return decodeText(bytes)
  return iconv.decode(Buffer.from(bytes), /^gb/i.test(declared) ? 'gb18030' : declared)
}
