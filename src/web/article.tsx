// The view of one article: as printed, with the way back to the result, to its page and on to its neighbours.

import { typeLabels } from '../model/labels.ts'
import type { ArticleView, SimilarArticle } from '../schema/answers.ts'
import type { ResultPlace } from './address.ts'
import { ArticleBody } from './article-body.tsx'
import { Citations } from './citation.tsx'
import { renderDocument } from './document.tsx'
import { type MarkCounter, toHeadline } from './marked.ts'
import { ArticleMetadata } from './metadata.tsx'
import type { Site } from './site.ts'
import {
  namelessPaperText,
  toBylineText,
  toCountText,
  toDayText,
  toPageText,
  toTitleText,
} from './wording.ts'

export interface ArticleProps {
  site: Site
  article: ArticleView
  similar: readonly SimilarArticle[]
  q: string
  /** Where the article stands in the result that the reader came from. */
  place?: ResultPlace & { total: number; size: number; previous?: string; next?: string }
}

/** Headlines of more characters are set smaller. */
const longHeadline = 40

export function renderArticle(props: ArticleProps): string {
  const { site, article, similar, q, place } = props
  const { to } = site
  const title = toTitleText(article.headline, article.caption ?? article.paragraphs[0])
  const counter: MarkCounter = { count: 0 }
  const sheet = <Sheet site={site} article={article} q={q} counter={counter} />
  const count = countMarks(article)
  return renderDocument(site, {
    name: 'article',
    title,
    description: toDescription(article),
    canonical: to.article(article.id),
    q,
    ...(place && { kept: place.search }),
    skipTo: { id: 'article', text: '跳到正文' },
    head: <ArticleMetadata site={site} article={article} hasPrint={article.picture === true} />,
    main: (
      <div class="reading-page">
        <Bar {...props} marks={count} />
        {sheet}
        <div class="tools">
          <Citations citation={article.citation} />
          <p class="tool-links">
            {article.picture === true && (
              <>
                <a href={to.clip(article.id)}>剪报图片</a>
                <a href={to.pdf(article.paper, article.date, article.pageNo)}>整版 PDF</a>
              </>
            )}
            <button type="button" data-action="print" hidden>
              打印
            </button>
          </p>
        </div>
        <Neighbours site={site} article={article} q={q} />
        {similar.length > 0 && (
          <section class="similar" aria-labelledby="similar-title">
            <h2 id="similar-title">相近的文章</h2>
            <ul>
              {similar.map(({ id, headline, date }) => (
                <li key={id}>
                  <a href={to.article(id)}>{toTitleText(headline, undefined)}</a>
                  <small>{toDayText(date)}</small>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    ),
  })
}

function countMarks({ marks = {} }: ArticleView): number {
  const { paragraphs = [], subheadings = [], ...single } = marks
  return [...Object.values(single), ...paragraphs, ...subheadings].reduce(
    (sum, { length }) => sum + length,
    0,
  )
}

function toDescription({ paper, date, pageNo, paragraphs, caption }: ArticleView): string {
  const text = [...(caption ?? paragraphs.join(''))].slice(0, 100).join('')
  return [[paper, toDayText(date), toPageText(pageNo)].filter((part) => part !== '').join(' '), text]
    .filter((part) => part !== '')
    .join('。')
}

/** Back to the result, on to the next hit, from mark to mark: stays in sight while reading. */
function Bar({ site: { to }, article, q, place, marks }: ArticleProps & { marks: number }) {
  return (
    <nav class="bar" aria-label="阅读">
      {place !== undefined ? (
        <span class="bar-result">
          <a href={to.search(pageOf(place))}>← 结果</a>
          {place.previous !== undefined && (
            <a
              href={to.article(place.previous, { ...place, at: place.at - 1 })}
              rel="prev"
              aria-label="上一条结果"
            >
              ‹
            </a>
          )}
          <span>
            {toCountText(place.at)}/{toCountText(place.total)}
          </span>
          {place.next !== undefined && (
            <a
              href={to.article(place.next, { ...place, at: place.at + 1 })}
              rel="next"
              aria-label="下一条结果"
            >
              ›
            </a>
          )}
        </span>
      ) : (
        q !== '' && (
          <span class="bar-result">
            <a href={to.query(q)}>← “{q}”的结果</a>
          </span>
        )
      )}
      {marks > 0 && (
        <span class="bar-marks" data-marks={marks}>
          <button type="button" data-action="previous-mark" aria-label="上一处" hidden>
            ↑
          </button>
          <a href="#m1">文中 {toCountText(marks)} 处</a>
          <button type="button" data-action="next-mark" aria-label="下一处" hidden>
            ↓
          </button>
        </span>
      )}
      <span class="bar-tools">
        <button type="button" data-action="smaller" aria-label="A− 字小一些" hidden>
          A−
        </button>
        <button type="button" data-action="larger" aria-label="A＋ 字大一些" hidden>
          A＋
        </button>
        <button type="button" data-action="copy-link" data-link={to.article(article.id)} hidden>
          复制地址
        </button>
        <a href="#cite">引用</a>
      </span>
    </nav>
  )
}

function pageOf({ search, at, size }: NonNullable<ArticleProps['place']>) {
  const page = Math.ceil(at / size)
  return page > 1 ? { ...search, page } : search
}

interface SheetProps {
  site: Site
  article: ArticleView
  q: string
  counter: MarkCounter
}

function Sheet({ site, article, q, counter }: SheetProps) {
  const { marks = {}, breaks = {} } = article
  const title = toTitleText(article.headline, article.caption ?? article.paragraphs[0])
  const isLong = (article.headline?.length ?? 0) > longHeadline
  return (
    <article id="article" class={`sheet sheet-${article.type}`} tabIndex={-1}>
      <header>
        {article.kicker !== undefined && (
          <p class="kicker">{toHeadline(article.kicker, marks.kicker, breaks.kicker, counter)}</p>
        )}
        <h1 class={isLong ? 'long' : undefined}>
          {article.headline === undefined
            ? title
            : toHeadline(article.headline, marks.headline, breaks.headline, counter)}
        </h1>
        {article.subtitle !== undefined && (
          <p class="subtitle">{toHeadline(article.subtitle, marks.subtitle, breaks.subtitle, counter)}</p>
        )}
        <Source site={site} article={article} q={q} />
        {(article.bylines ?? []).length > 0 && <p class="byline">{toBylineText(article.bylines ?? [])}</p>}
      </header>
      <ArticleBody article={article} marks={marks} breaks={breaks.subheadings} counter={counter} />
      {(article.tags ?? []).length > 0 && (
        <p class="tags">
          {article.tags?.map((tag) => (
            <a key={tag} href={site.to.search({ q: '', tag: [tag] })}>
              {tag}
            </a>
          ))}
        </p>
      )}
      <p class="print-foot">
        {[article.paper, toDayText(article.date), toPageText(article.pageNo)]
          .filter((part) => part !== '')
          .join(' ')}
        <br />
        {site.publicBase + site.to.article(article.id).slice(site.base.length)}
      </p>
    </article>
  )
}

/** Where it was printed; of a story that jumps, all its pages. */
function Source({ site: { to }, article, q }: Omit<SheetProps, 'counter'>) {
  const { paper, date, pageNo, section = '', type } = article
  const name = paper || namelessPaperText
  const pages = [...new Set([pageNo, ...(article.pieces ?? []).map((piece) => piece.pageNo)])]
  const day = toDayText(date, true)
  return (
    <p class="source">
      <span class={`kind kind-${type}`}>{typeLabels[type]}</span>
      {date === '' ? (
        <span>{[paper, toPageText(pageNo), section].filter((part) => part !== '').join(' · ')}</span>
      ) : (
        <>
          <a href={to.page(paper, date, pageNo, q)}>
            {[name, day, toPageText(pageNo), section].filter((part) => part !== '').join(' · ')}
          </a>
          {pages.slice(1).map((one) => (
            <a key={one} href={to.page(paper, date, one, q)}>
              转{toPageText(one)}
            </a>
          ))}
        </>
      )}
    </p>
  )
}

function Neighbours({ site: { to }, article: { neighbours }, q }: Omit<SheetProps, 'counter'>) {
  const { previous, next } = neighbours
  if (previous === undefined && next === undefined) return null
  return (
    <nav class="neighbours" aria-label="同一版上">
      {previous !== undefined && (
        <a href={to.article(previous.id, q)} class="neighbour-prev">
          <small>本版上一篇</small>
          {toTitleText(previous.headline, undefined)}
        </a>
      )}
      {next !== undefined && (
        <a href={to.article(next.id, q)} class="neighbour-next">
          <small>本版下一篇</small>
          {toTitleText(next.headline, undefined)}
        </a>
      )}
    </nav>
  )
}
