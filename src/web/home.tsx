// The first view: the name, the search box, what the archive's own words suggest, the latest papers, and the years.
import type { ArchiveStats, IssueDay } from '../schema/answers.ts'
import { renderDocument } from './document.tsx'
import { FrontPage } from './front-page.tsx'
import { IssuePages, Years } from './issues.tsx'
import type { Site } from './site.ts'
import {
  namelessPaperText,
  toCountText,
  toDayText,
  toFacetText,
  toKindsText,
  toSpanText,
  toTitleText,
} from './wording.ts'

export interface HomeProps {
  site: Site
  stats: ArchiveStats
  /** The latest days with issues, newest first. */
  latest: readonly IssueDay[]
  /** Words of recent headlines. */
  examples: readonly string[]
  /** Printed on this day of earlier years, newest first. */
  onThisDay: readonly { id: string; headline: string; paper: string; date: string }[]
}

const mostPapers = 8
const mostIssues = 6

export function renderHome({ site, stats, latest, examples, onThisDay }: HomeProps): string {
  const { to } = site
  const issues = latest
    .flatMap(({ date, papers }) => papers.map((issue) => ({ date, issue })))
    .slice(0, mostIssues)
  return renderDocument(site, {
    name: 'home',
    title: '寻报',
    canonical: to.home,
    head: <link rel="alternate" type="application/atom+xml" title="寻报：新稿" href={to.feed()} />,
    main: (
      <>
        <section class="home">
          <h1 class="visually-hidden">寻报：在报纸里查找</h1>
          {stats.articles === 0 ? (
            <p class="home-holdings">馆里还没有文章。用 npx xunbao build 建立索引。</p>
          ) : (
            <p class="home-holdings">
              {toKindsText(stats.types)}
              {stats.from !== '' && `，${toSpanText(stats.from, stats.to)}`}
            </p>
          )}
          {examples.length > 0 && (
            <p class="examples">
              试试：
              {examples.map((example) => (
                <a key={example} href={to.query(example)}>
                  {example}
                </a>
              ))}
            </p>
          )}
        </section>
        {issues.length > 0 && (
          <section class="latest" aria-labelledby="latest-title">
            <h2 id="latest-title">最近的报纸</h2>
            {issues.map(({ date, issue }) => (
              <article key={`${date} ${issue.paper}`} class="issue">
                <FrontPage site={site} date={date} issue={issue} />
                <h3>{issue.paper || namelessPaperText}</h3>
                <p class="issue-day">{toDayText(date, true)}</p>
                <IssuePages site={site} date={date} issue={issue} isNamed />
              </article>
            ))}
          </section>
        )}
        {onThisDay.length > 0 && (
          <section class="home-part" aria-labelledby="day-title">
            <h2 id="day-title">历史上的今天</h2>
            <ul class="day-list">
              {onThisDay.map(({ id, headline, paper, date }) => (
                <li key={id}>
                  <small>{Number(date.slice(0, 4))}年</small>
                  <a href={to.article(id)}>{toTitleText(headline, undefined)}</a>
                  <small>{paper}</small>
                </li>
              ))}
            </ul>
          </section>
        )}
        {stats.papers.length > 1 && (
          <section class="home-part" aria-labelledby="papers-title">
            <h2 id="papers-title">报纸</h2>
            <ul class="paper-list">
              {stats.papers.slice(0, mostPapers).map(({ value, count }) => (
                <li key={value}>
                  <a href={to.search({ q: '', paper: [value], sort: 'newest' })}>
                    {toFacetText('paper', value)}
                  </a>{' '}
                  <small>{toCountText(count)} 篇</small>
                </li>
              ))}
              {stats.papers.length > mostPapers && (
                <li>
                  <a href={to.status}>共 {toCountText(stats.papers.length)} 种</a>
                </li>
              )}
            </ul>
          </section>
        )}
        {stats.years.length > 1 && (
          <section class="home-part" aria-labelledby="years-title">
            <h2 id="years-title">按年看报</h2>
            <Years site={site} years={stats.years} />
          </section>
        )}
      </>
    ),
  })
}
