// One hit of a search: kicker, headline, where it was printed, and the passages with their marks.
import type { Hit } from '../model/hit.ts'
import { hrefs } from './address.ts'
import { element } from './dom.ts'
import { toMarkedNodes } from './marked-text.ts'
import { toBylineText, toDayText, toPageText, toTitleText, typeNames } from './wording.ts'

export function toHitItem(hit: Hit, q: string): HTMLLIElement {
  const hasHeadline = hit.headline.text.trim() !== ''
  const title = hasHeadline
    ? toMarkedNodes(hit.headline)
    : [toTitleText(undefined, hit.snippets[0]?.text ?? hit.section)]
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
      { class: 'hit-headline' },
      element('a', { href: hrefs.article(hit.id, q), 'data-key': `hit ${hit.id}` }, ...title),
    ),
    hit.subtitle !== undefined && element('p', { class: 'hit-subtitle' }, ...toMarkedNodes(hit.subtitle)),
    ...hit.snippets
      .filter((snippet) => hasHeadline || snippet !== hit.snippets[0] || snippet.text.length > 60)
      .map((snippet) => element('p', { class: 'hit-snippet' }, ...toMarkedNodes(snippet))),
    element(
      'p',
      { class: 'hit-source' },
      element('span', { class: `kind kind-${hit.type}` }, typeNames[hit.type]),
      where.join(' · '),
      byline !== '' && element('span', { class: 'hit-byline' }, byline),
    ),
  )
}
