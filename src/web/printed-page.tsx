// The view of one printed page: its picture with the items drawn on it, where there is one, beside the items as text.
import { typeLabels } from '../model/labels.ts'
import type { PageItem, PagePrint, PageView } from '../schema/answers.ts'
import { ArticleBody } from './article-body.tsx'
import { renderDocument } from './document.tsx'
import type { IssueStart } from './issues.tsx'
import { toHeadline } from './marked.ts'
import { PagePicture } from './page-picture.tsx'
import { type Site, toPublic } from './site.ts'
import { namelessPaperText, toBylineText, toDayText, toPageText, toTitleText } from './wording.ts'

export interface PageProps {
  site: Site
  page: PageView
  /** Its size and the boxes of what was searched, where it has a picture. */
  print: PagePrint | null
  q: string
  /** Pages of the same issue; 0 for what has no page number. */
  pages: readonly number[]
  /** Issues of the same paper before and after this one, by day. */
  previous?: IssueStart
  next?: IssueStart
}

/** Paragraphs of an item that are in sight before it is opened. */
const leadParagraphs = 2

export function renderPage(props: PageProps): string {
  const { site, page, print, q, pages, previous, next } = props
  const { to } = site
  const { paper, date, pageNo } = page
  const name = paper || namelessPaperText
  const title = [name, toDayText(date), toPageText(pageNo)].filter((part) => part !== '').join(' ')
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const at = pages.indexOf(pageNo)
  const headlines = page.articles.flatMap(({ headline }) => headline ?? []).slice(0, 5)
  const own = to.page(paper, date, pageNo)
  return renderDocument(site, {
    name: 'page',
    title,
    description: `${title}：${headlines.join('；')}`,
    canonical: own,
    q,
    head: (
      <>
        <meta property="og:type" content="website" />
        {print !== null && (
          <meta property="og:image" content={toPublic(site, to.picture(paper, date, pageNo, 800))} />
        )}
        {at > 0 && <link rel="prev" href={to.page(paper, date, pages[at - 1] ?? 0)} />}
        {at >= 0 && at < pages.length - 1 && (
          <link rel="next" href={to.page(paper, date, pages[at + 1] ?? 0)} />
        )}
      </>
    ),
    main: (
      <div class={print !== null ? 'printed-page pictured' : 'printed-page'}>
        <header class="page-head">
          <h1>{name}</h1>
          <p>
            {[toDayText(date, true), toPageText(pageNo), page.section ?? '']
              .filter((part) => part !== '')
              .join(' · ')}
          </p>
          {pages.length > 1 && (
            <nav class="issue-pages" aria-label="当日各版">
              {pages.map((one) =>
                one === pageNo ? (
                  <span key={one} aria-current="page">
                    {toPageText(one) || '版次不详'}
                  </span>
                ) : (
                  <a key={one} href={to.page(paper, date, one, q)}>
                    {toPageText(one) || '版次不详'}
                  </a>
                ),
              )}
            </nav>
          )}
          {year > 0 && (
            <nav class="issue-links" aria-label="前后各期">
              {previous !== undefined && (
                <a href={to.page(paper, previous.date, previous.pageNo, q)} rel="prev">
                  ← 上一期 {toDayText(previous.date)}
                </a>
              )}
              <a href={to.issues({ year, month, day })}>当日各报</a>
              <a href={to.issues({ year, month })}>
                {year}年{month}月的报纸
              </a>
              {next !== undefined && (
                <a href={to.page(paper, next.date, next.pageNo, q)} rel="next">
                  下一期 {toDayText(next.date)} →
                </a>
              )}
            </nav>
          )}
        </header>
        {print !== null && <PagePicture site={site} page={page} print={print} title={title} />}
        <div class="page-items">
          {page.articles.map((article) => (
            <PageItemText key={article.id} site={site} article={article} q={q} />
          ))}
        </div>
      </div>
    ),
  })
}

function PageItemText({ site: { to }, article, q }: { site: Site; article: PageItem; q: string }) {
  const { marks, breaks } = article
  const rest = article.paragraphs.length - leadParagraphs
  const href = to.article(article.id, q)
  const isMarkedBelow = (marks?.paragraphs ?? []).slice(leadParagraphs).some((spans) => spans.length > 0)
  return (
    <article id={`item-${article.id}`} class={`page-item page-item-${article.type}`} tabIndex={-1}>
      {article.kicker !== undefined && (
        <p class="kicker">{toHeadline(article.kicker, marks?.kicker, breaks?.kicker)}</p>
      )}
      {article.headline === undefined ? (
        <p class="page-item-kind">
          <a href={href}>{typeLabels[article.type]}</a>
        </p>
      ) : (
        <h2>
          <a href={href}>{toHeadline(article.headline, marks?.headline, breaks?.headline)}</a>
        </h2>
      )}
      {article.subtitle !== undefined && (
        <p class="subtitle">{toHeadline(article.subtitle, marks?.subtitle, breaks?.subtitle)}</p>
      )}
      {(article.bylines ?? []).length > 0 && <p class="byline">{toBylineText(article.bylines ?? [])}</p>}
      <ArticleBody
        article={article}
        marks={marks}
        breaks={breaks?.subheadings}
        level="h3"
        {...(rest > 0 && { to: leadParagraphs })}
      />
      {rest > 0 && (
        <details open={isMarkedBelow}>
          <summary>还有 {rest} 段</summary>
          <ArticleBody
            article={article}
            marks={marks}
            breaks={breaks?.subheadings}
            level="h3"
            from={leadParagraphs}
          />
        </details>
      )}
      <Jump site={{ to }} article={article} q={q} />
    </article>
  )
}

/** A story that goes on elsewhere, or comes from there. */
function Jump({ site: { to }, article, q }: { site: Pick<Site, 'to'>; article: PageItem; q: string }) {
  const { from, to: onwards } = article.continues ?? {}
  if (from === undefined && onwards === undefined) return null
  const { paper, date } = article
  return (
    <p class="jump">
      {from !== undefined && <a href={to.page(paper, date, from, q)}>上接{toPageText(from)}</a>}
      {onwards !== undefined && <a href={to.page(paper, date, onwards, q)}>下转{toPageText(onwards)}</a>}{' '}
      <a href={to.article(article.id, q)}>连起来读：{toTitleText(article.headline, article.paragraphs[0])}</a>
    </p>
  )
}
