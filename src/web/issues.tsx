// The calendar: a year in months shaded by how many papers came out, a month, and a day with its papers and pages.
import { noValue } from '../model/hit.ts'
import type { ArchiveStats, IssueDay } from '../schema/answers.ts'
import { Month } from './calendar.tsx'
import { renderDocument } from './document.tsx'
import { FrontPage } from './front-page.tsx'
import type { Site } from './site.ts'
import { namelessPaperText, toCountText, toDayText, toPageText } from './wording.ts'

/** Where an issue begins: its first page, 0 where none has a number. */
export interface IssueStart {
  date: string
  pageNo: number
}

export interface IssuesProps {
  site: Site
  year: number
  month?: number
  day?: number
  /** Only this paper is shown. */
  paper?: string
  /** All papers of the archive. */
  papers: readonly string[]
  /** Articles by year, ascending. */
  years: ArchiveStats['years']
  /** Issues of what is shown. */
  issues: readonly IssueDay[]
  /** Days with issues before and after the day that is shown. */
  previous?: IssueStart
  next?: IssueStart
}

export function renderIssues(props: IssuesProps): string {
  const { site, year, month, day, paper, issues, years } = props
  const { to } = site
  const kept = paper === undefined ? {} : { paper }
  const date = `${String(year).padStart(4, '0')}-${two(month ?? 1)}-${two(day ?? 1)}`
  const when =
    day !== undefined ? toDayText(date, true) : `${year}年${month === undefined ? '' : `${month}月`}`
  const title = `${when}的${paper === undefined ? '报纸' : paper || namelessPaperText}`
  const shown = {
    year,
    ...(month !== undefined && { month }),
    ...(day !== undefined && { day }),
  }
  return renderDocument(site, {
    name: 'issues',
    title,
    canonical: to.issues({ ...shown, ...kept }),
    main: (
      <div class="issues">
        <header class="page-head">
          <h1>{title}</h1>
          <Way {...props} />
          <PaperForm {...props} />
        </header>
        {issues.length === 0 ? (
          <p class="state">
            {day !== undefined ? '这一天' : month !== undefined ? '这个月' : '这一年'}没有报纸。
          </p>
        ) : day !== undefined ? (
          <DayPapers site={site} issues={issues} />
        ) : month !== undefined ? (
          <>
            <Month site={site} year={year} month={month} issues={issues} kept={kept} isLarge />
            {issues.map((one) => (
              <section key={one.date} class="issue-of-day">
                <h2>
                  <a href={to.issues({ ...toParts(one.date), ...kept })}>{toDayText(one.date, true)}</a>
                </h2>
                {one.papers.map((issue) => (
                  <IssuePages key={issue.paper} site={site} date={one.date} issue={issue} />
                ))}
              </section>
            ))}
          </>
        ) : (
          <div class="year">
            {Array.from({ length: 12 }, (_, index) => (
              <Month
                key={String(index)}
                site={site}
                year={year}
                month={index + 1}
                issues={issues.filter(({ date }) => Number(date.slice(5, 7)) === index + 1)}
                kept={kept}
              />
            ))}
          </div>
        )}
        <Years site={site} years={years} current={String(year)} kept={kept} />
      </div>
    ),
  })
}

const two = (number: number) => String(number).padStart(2, '0')

function toParts(date: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return { year, month, day }
}

/** Up to the wider span, and to the spans beside this one. */
function Way({ site: { to }, year, month, day, paper, years, previous, next }: IssuesProps) {
  const kept = paper === undefined ? {} : { paper }
  if (day !== undefined && month !== undefined)
    return (
      <nav class="issue-links" aria-label="换一天">
        {previous !== undefined && (
          <a href={to.issues({ ...toParts(previous.date), ...kept })} rel="prev">
            ← 上一期 {toDayText(previous.date)}
          </a>
        )}
        <a href={to.issues({ year, month, ...kept })}>
          {year}年{month}月
        </a>
        {next !== undefined && (
          <a href={to.issues({ ...toParts(next.date), ...kept })} rel="next">
            下一期 {toDayText(next.date)} →
          </a>
        )}
      </nav>
    )
  const held = years.map((one) => Number(one.value))
  const before = held.findLast((one) => one < year)
  const after = held.find((one) => one > year)
  if (month === undefined)
    return (
      <nav class="issue-links" aria-label="换一年">
        {before !== undefined && (
          <a href={to.issues({ year: before, ...kept })} rel="prev">
            ← {before}年
          </a>
        )}
        {after !== undefined && (
          <a href={to.issues({ year: after, ...kept })} rel="next">
            {after}年 →
          </a>
        )}
      </nav>
    )
  const at = year * 12 + month - 1
  const monthAt = (index: number) => ({ year: Math.floor(index / 12), month: (index % 12) + 1, ...kept })
  return (
    <nav class="issue-links" aria-label="换一个月">
      <a href={to.issues(monthAt(at - 1))} rel="prev">
        ← 上月
      </a>
      <a href={to.issues({ year, ...kept })}>{year}年</a>
      <a href={to.issues(monthAt(at + 1))} rel="next">
        下月 →
      </a>
    </nav>
  )
}

function PaperForm({ site: { to }, year, month, day, paper, papers }: IssuesProps) {
  if (papers.length < 2) return null
  return (
    <form class="line-form" action={to.issues()} method="get">
      <input type="hidden" name="year" value={year} />
      {month !== undefined && <input type="hidden" name="month" value={month} />}
      {day !== undefined && <input type="hidden" name="day" value={day} />}
      <select name="paper" aria-label="报纸" data-submits="">
        <option value="">所有报纸</option>
        {papers.map((one) => (
          <option key={one} value={one || noValue} selected={one === paper}>
            {one || namelessPaperText}
          </option>
        ))}
      </select>
      <button type="submit">看</button>
    </form>
  )
}

function DayPapers({ site, issues }: { site: Site; issues: readonly IssueDay[] }) {
  return (
    <div class="latest">
      {issues.flatMap(({ date, papers }) =>
        papers.map((issue) => (
          <article key={issue.paper} class="issue">
            <FrontPage site={site} date={date} issue={issue} />
            <h2>{issue.paper || namelessPaperText}</h2>
            <IssuePages site={site} date={date} issue={issue} isNamed />
          </article>
        )),
      )}
    </div>
  )
}

/** The pages of one issue, and what has no page number. */
export function IssuePages({
  site: { to },
  date,
  issue: { paper, pages, articles, unpaged },
  isNamed = false,
}: {
  site: Site
  date: string
  issue: IssueDay['papers'][number]
  isNamed?: boolean
}) {
  return (
    <p class="issue-pages">
      {!isNamed && <strong>{paper || namelessPaperText}</strong>}
      {pages.map((pageNo) => (
        <a key={pageNo} href={to.page(paper, date, pageNo)}>
          {toPageText(pageNo)}
        </a>
      ))}
      {unpaged > 0 && (
        <a href={to.page(paper, date, 0)}>
          {pages.length === 0 ? '全部' : '版次不详'}（{toCountText(unpaged)} 篇）
        </a>
      )}
      {unpaged < articles && <small>{toCountText(articles)} 篇</small>}
    </p>
  )
}

interface YearsProps {
  site: Site
  years: IssuesProps['years']
  current?: string
  kept?: { paper?: string }
}

/** All years of the archive as a strip, each with its articles. */
export function Years({ site: { to }, years, current, kept = {} }: YearsProps) {
  if (years.length < 2) return null
  return (
    <nav class="year-strip" aria-label="各年">
      {years.map(({ value: year, count }) => (
        <a
          key={year}
          href={to.issues({ year: Number(year), ...kept })}
          aria-current={year === current ? 'true' : undefined}
        >
          {Number(year)} <small>{toCountText(count)}</small>
        </a>
      ))}
    </nav>
  )
}
