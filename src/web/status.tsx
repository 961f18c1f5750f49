// The view of the holdings: what the archive holds by paper and year, where it has gaps, and what could not be read.
import { noValue } from '../model/hit.ts'
import type { ArchiveStats, BuildFailure } from '../schema/answers.ts'
import { renderDocument } from './document.tsx'
import type { Site } from './site.ts'
import { namelessPaperText, toCountText, toKindsText, toPeriodText, toSpanText } from './wording.ts'

export interface Holding {
  paper: string
  articles: number
  issues: number
  from: string
  to: string
  /** Issues by year. */
  years: ReadonlyMap<string, number>
  /** Months without an issue between the first and the last: first and last of each run. */
  gaps: readonly [first: string, last: string][]
}

export interface StatusProps {
  site: Site
  stats: ArchiveStats
  holdings: readonly Holding[]
  committedAt: string | null
  /** What the last rebuild could not read; null where that is not known. */
  failures: readonly BuildFailure[] | null
}

/** Gaps and failures that are named; the others are counted. */
const mostNamed = 200

export function renderStatus({ site, stats, holdings, committedAt, failures }: StatusProps): string {
  const { to } = site
  const years = [...new Set(holdings.flatMap((one) => [...one.years.keys()]))].sort()
  return renderDocument(site, {
    name: 'status',
    title: '馆藏',
    description: `寻报的馆藏：${toCountText(stats.articles)} 篇，${toSpanText(stats.from, stats.to)}。`,
    canonical: to.status,
    main: (
      <section class="prose status">
        <h1>馆藏</h1>
        <p>
          {toKindsText(stats.types) || '还没有文章'}
          {stats.from !== '' && `，${toSpanText(stats.from, stats.to)}`}。
          {committedAt !== null && (
            <>
              最近一次更新：
              <time dateTime={committedAt}>{committedAt.slice(0, 16).replace('T', ' ')} UTC</time>。
            </>
          )}
        </p>
        {stats.faults.length > 0 && (
          <ul class="faults">
            {stats.faults.map(({ segment, message }) => (
              <li key={segment}>{message}</li>
            ))}
          </ul>
        )}
        {holdings.length > 0 && (
          <>
            <h2>各报各年的期数</h2>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard, too */}
            <section class="wide" tabIndex={0} aria-label="各报各年的期数">
              <table>
                <thead>
                  <tr>
                    <th scope="col">报纸</th>
                    <th scope="col">文章</th>
                    <th scope="col">期数</th>
                    {years.map((year) => (
                      <th key={year} scope="col">
                        <a href={to.issues({ year: Number(year) })}>{year}</a>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {holdings.map((one) => (
                    <tr key={one.paper}>
                      <th scope="row">
                        <a href={to.search({ q: '', paper: [one.paper || noValue], sort: 'newest' })}>
                          {one.paper || namelessPaperText}
                        </a>
                      </th>
                      <td>{toCountText(one.articles)}</td>
                      <td>{toCountText(one.issues)}</td>
                      {years.map((year) => {
                        const count = one.years.get(year)
                        return (
                          <td key={year}>
                            {count === undefined ? (
                              ''
                            ) : (
                              <a href={to.issues({ year: Number(year), paper: one.paper })}>{count}</a>
                            )}
                          </td>
                        )
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </>
        )}
        <Gaps holdings={holdings} />
        <h2>没有读成的文件</h2>
        {failures === null ? (
          <p>没有留下最近一次建立索引的报告。</p>
        ) : failures.length === 0 ? (
          <p>最近一次建立索引，来源里的文件都读成了。</p>
        ) : (
          <>
            <ul class="failures">
              {failures.slice(0, mostNamed).map(({ file, reason }) => (
                <li key={`${file} ${reason}`}>
                  <code>{file}</code> {reason}
                </li>
              ))}
            </ul>
            {failures.length > mostNamed && <p>还有 {toCountText(failures.length - mostNamed)} 个。</p>}
          </>
        )}
      </section>
    ),
  })
}

function Gaps({ holdings }: { holdings: readonly Holding[] }) {
  const rows = holdings.filter(({ gaps }) => gaps.length > 0)
  if (rows.length === 0) return null
  return (
    <>
      <h2>缺期</h2>
      <p>首尾两期之间整月没有一期的时候：</p>
      <ul class="gaps">
        {rows.map(({ paper, gaps }) => (
          <li key={paper}>
            <strong>{paper || namelessPaperText}</strong>{' '}
            {gaps
              .slice(0, mostNamed)
              .map(([first, last]) =>
                first === last ? toPeriodText(first) : `${toPeriodText(first)}至${toPeriodText(last)}`,
              )
              .join('、')}
            {gaps.length > mostNamed && ` 等 ${toCountText(gaps.length)} 处`}
          </li>
        ))}
      </ul>
    </>
  )
}
