// One hit of a search: kicker, headline, where it was printed, and the passages with their marks.
import type { Hit } from '../model/hit.ts'
import { hrefs } from './address.ts'
import { element } from './dom.ts'
import { toMarkedNodes } from './marked-text.ts'
import { toWhy } from './why.ts'
import { toBylineText, toDayText, toPageText, toTitleText, typeNames } from './wording.ts'

export function toHitItem(hit: Hit, q: string): HTMLLIElement {
  // A caption or a notice may have no headline: then its first passage stands there, once and with its marks.
  const [first, ...others] = hit.snippets
  const headline = hit.headline.text.trim()
  const hasHeadline = headline !== '' && first?.text.startsWith(headline) !== true
  const title = hasHeadline
    ? toMarkedNodes(hit.headline)
    : first === undefined
      ? [toTitleText(headline, hit.section)]
      : toMarkedNodes(first)
  const where = [hit.paper, toDayText(hit.date), toPageText(hit.pageNo), hit.section ?? ''].filter(
    (part) => part !== '',
  )
  const byline = toBylineText(hit.bylines)
  return element(
    'li',
    { class: 'hit' },
    hit.kicker !== undefined && element('p', { class: 'hit-kicker' }, ...toMarkedNodes(hit.kicker)),
    element(
      'h2',
      { class: hasHeadline ? 'hit-headline' : 'hit-headline hit-headless' },
      element('a', { href: hrefs.article(hit.id, q), 'data-key': `hit ${hit.id}` }, ...title),
    ),
    hit.subtitle !== undefined && element('p', { class: 'hit-subtitle' }, ...toMarkedNodes(hit.subtitle)),
    ...(hasHeadline ? hit.snippets : others).map((snippet) =>
      element('p', { class: 'hit-snippet' }, ...toMarkedNodes(snippet)),
    ),
    element(
      'div',
      { class: 'hit-foot' },
      element(
        'p',
        { class: 'hit-source' },
        element('span', { class: `kind kind-${hit.type}` }, typeNames[hit.type]),
        element('span', {}, where.join(' · ')),
        byline !== '' && element('span', { class: 'hit-byline' }, byline),
      ),
      q.trim() !== '' && toWhy(q, hit.id),
    ),
  )
}
