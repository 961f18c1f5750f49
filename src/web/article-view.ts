// The view of one article: as printed, with the way back to the result and on to its neighbours.
import { hrefs } from './address.ts'
import { type ArticleAnswer, api } from './api.ts'
import { toArticleBody } from './article-body.ts'
import { toCitation } from './citation.ts'
import { element } from './dom.ts'
import { toNodes } from './marked-text.ts'
import type { Shown, ViewContext } from './view.ts'
import { toBylineText, toCountText, toDayText, toPageText, toTitleText, typeNames } from './wording.ts'

export async function showArticle(id: string, q: string, context: ViewContext): Promise<Shown> {
  const article = await api.article(id, q, context.signal)
  const marks = article.marks ?? {}
  const title = toTitleText(article.headline, article.caption ?? article.paragraphs[0])
  const sheet = element(
    'article',
    { class: `sheet sheet-${article.type}` },
    element(
      'header',
      {},
      article.kicker !== undefined &&
        element('p', { class: 'kicker' }, ...toNodes(article.kicker, marks.kicker)),
      element(
        'h1',
        { tabindex: -1 },
        ...(article.headline === undefined ? [title] : toNodes(article.headline, marks.headline)),
      ),
      article.subtitle !== undefined &&
        element('p', { class: 'subtitle' }, ...toNodes(article.subtitle, marks.subtitle)),
      toSource(article, q),
      (article.bylines ?? []).length > 0 &&
        element('p', { class: 'byline' }, toBylineText(article.bylines ?? [])),
    ),
    toArticleBody(article, marks),
  )
  const marked = sheet.querySelectorAll('mark')
  const similar = element('div')
  void fillSimilar(similar, id, context.signal)
  return {
    title: `${title} - 寻报`,
    q,
    nodes: [
      element(
        'div',
        { class: 'reading-page' },
        element(
          'p',
          { class: 'way' },
          q !== '' && element('a', { href: hrefs.query(q), 'data-back': q }, `← “${q}”的结果`),
          marked.length > 0 && toMarkWalk(marked),
        ),
        sheet,
        toTools(article, context),
        toNeighbours(article, q),
        similar,
      ),
    ],
  }
}

function toSource(article: ArticleAnswer, q: string): HTMLElement {
  const { paper, date, pageNo, section, type } = article
  const page = [paper, toDayText(date, true), toPageText(pageNo), section ?? ''].filter((part) => part !== '')
  const isPlaced = date !== ''
  return element(
    'p',
    { class: 'source' },
    element('span', { class: `kind kind-${type}` }, typeNames[type]),
    isPlaced
      ? element('a', { href: hrefs.page(paper, date, pageNo, q) }, page.join(' · '))
      : element('span', {}, page.join(' · ')),
  )
}

/** From one mark to the next, for articles longer than a screen. */
function toMarkWalk(marks: NodeListOf<HTMLElement>): HTMLElement {
  let at = -1
  const button = element(
    'button',
    { type: 'button', class: 'walk' },
    `文中 ${toCountText(marks.length)} 处，看下一处`,
  )
  button.addEventListener('click', () => {
    marks[at]?.removeAttribute('data-current')
    at = (at + 1) % marks.length
    marks[at]?.setAttribute('data-current', '')
    marks[at]?.scrollIntoView({ block: 'center' })
    button.textContent = `第 ${at + 1} 处，共 ${toCountText(marks.length)} 处`
  })
  return button
}

function toTools(article: ArticleAnswer, context: ViewContext): HTMLElement {
  const print = element('button', { type: 'button' }, '打印')
  print.addEventListener('click', () => window.print())
  return element('div', { class: 'tools' }, toCitation(article.citation, context.say), print)
}

function toNeighbours(article: ArticleAnswer, q: string): HTMLElement | null {
  const { previous, next } = article.neighbours
  if (previous === undefined && next === undefined) return null
  const link = (label: string, one: { id: string; headline: string } | undefined, rel: string) =>
    one !== undefined &&
    element(
      'a',
      { href: hrefs.article(one.id, q), rel, class: `neighbour-${rel}` },
      element('small', {}, label),
      toTitleText(one.headline, undefined),
    )
  return element(
    'nav',
    { class: 'neighbours', 'aria-label': '同一版上' },
    link('本版上一篇', previous, 'prev'),
    link('本版下一篇', next, 'next'),
  )
}

async function fillSimilar(place: HTMLElement, id: string, signal: AbortSignal): Promise<void> {
  try {
    const { similar } = await api.similar(id, signal)
    if (similar.length === 0) return
    place.append(
      element(
        'section',
        { class: 'similar', 'aria-labelledby': 'similar-title' },
        element('h2', { id: 'similar-title' }, '相近的文章'),
        element(
          'ul',
          {},
          ...similar.map((one) =>
            element(
              'li',
              {},
              element('a', { href: hrefs.article(one.id) }, toTitleText(one.headline, undefined)),
              element('small', {}, toDayText(one.date)),
            ),
          ),
        ),
      ),
    )
  } catch {
    // An article can be read without knowing which others are like it.
  }
}
