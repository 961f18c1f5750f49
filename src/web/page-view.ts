// The view of one printed page: its items in reading order, long ones folded after their lead.
import type { Article } from '../schema/article.ts'
import { hrefs } from './address.ts'
import { api } from './api.ts'
import { toArticleBody } from './article-body.ts'
import { element } from './dom.ts'
import type { Shown, ViewContext } from './view.ts'
import { toBylineText, toDayText, toPageText, toTitleText, typeNames } from './wording.ts'

interface PageAddress {
  paper: string
  date: string
  pageNo: string
  q: string
}

/** Paragraphs of an item that the page view prints before it points to the article. */
const leadParagraphs = 2

export async function showPage(
  { paper, date, pageNo, q }: PageAddress,
  context: ViewContext,
): Promise<Shown> {
  const page = await api.page(paper, date, pageNo, context.signal)
  const title = [page.paper, toDayText(page.date), toPageText(page.pageNo)]
    .filter((part) => part !== '')
    .join(' ')
  const [year, month] = page.date.split('-').map(Number)
  const issue =
    year === undefined || month === undefined
      ? undefined
      : (await api.issues(year, month, context.signal)).issues
          .find((day) => day.date === page.date)
          ?.papers.find((one) => one.paper === page.paper)
  return {
    title: `${title} - 寻报`,
    q,
    nodes: [
      element(
        'div',
        { class: 'printed-page' },
        element(
          'header',
          { class: 'page-head' },
          element('h1', { tabindex: -1 }, page.paper || '（未具名的报纸）'),
          element(
            'p',
            {},
            [toDayText(page.date, true), toPageText(page.pageNo), page.section ?? '']
              .filter((part) => part !== '')
              .join(' · '),
          ),
          issue !== undefined &&
            issue.pages.length > 1 &&
            element(
              'nav',
              { class: 'issue-pages', 'aria-label': '当日各版' },
              ...issue.pages.map((one) =>
                one === page.pageNo
                  ? element('span', { 'aria-current': 'page' }, toPageText(one))
                  : element(
                      'a',
                      { href: hrefs.page(page.paper, page.date, one, q) },
                      toPageText(one) || '其他',
                    ),
              ),
            ),
          year !== undefined &&
            month !== undefined &&
            element('p', {}, element('a', { href: hrefs.issues(year, month) }, `${year}年${month}月的报纸`)),
        ),
        element('div', { class: 'page-items' }, ...page.articles.map((article) => toItem(article, q))),
      ),
    ],
  }
}

function toItem(article: Article, q: string): HTMLElement {
  const rest = article.paragraphs.length - leadParagraphs
  const href = hrefs.article(article.id, q)
  const shown: Article = { ...article, paragraphs: article.paragraphs.slice(0, leadParagraphs) }
  if (rest > 0) {
    shown.subheadings = (article.subheadings ?? []).filter(
      ({ beforeParagraph }) => beforeParagraph < leadParagraphs,
    )
    delete shown.signature
    delete shown.credits
  }
  return element(
    'article',
    { class: `page-item page-item-${article.type}` },
    article.kicker !== undefined && element('p', { class: 'kicker' }, article.kicker),
    article.headline === undefined
      ? element('p', { class: 'page-item-kind' }, element('a', { href }, typeNames[article.type]))
      : element(
          'h2',
          {},
          element('a', { href, 'data-key': `hit ${article.id}` }, toTitleText(article.headline, undefined)),
        ),
    article.subtitle !== undefined && element('p', { class: 'subtitle' }, article.subtitle),
    (article.bylines ?? []).length > 0 &&
      element('p', { class: 'byline' }, toBylineText(article.bylines ?? [])),
    toArticleBody(shown, {}, 'h4'),
    rest > 0 &&
      element('p', { class: 'page-item-more' }, element('a', { href }, `读全文（还有 ${rest} 段）`)),
  )
}
