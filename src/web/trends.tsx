// The view of words over time: lines in one plot, as shares of what was printed unless counts are asked for.
import type { Trend } from '../schema/answers.ts'
import { renderDocument } from './document.tsx'
import { Plot, type PlotRow, toValueText } from './plot.tsx'
import type { Site } from './site.ts'
import { periodsBetween, toDays } from './timeline.ts'
import { toCountText, toPeriodText } from './wording.ts'

export interface TrendsProps {
  site: Site
  trends: readonly Trend[]
  by: 'month' | 'year'
  unit: 'share' | 'count'
  /** Words of the archive to try, where nothing is asked yet. */
  examples: readonly string[]
}

/** The service takes ten; more than five lines are no longer told apart by eye. */
const mostQueries = 5

/** Words between spaces and commas of either script; what stands in quotation marks stays together. */
export function splitQueries(text: string): string[] {
  const found = text.match(/[“"「][^”"」]*[”"」]|[^\s,，、;；]+/g) ?? []
  return [...new Set(found)].slice(0, mostQueries)
}

export function renderTrends({ site, trends, by, unit, examples }: TrendsProps): string {
  const { to } = site
  const queries = trends.map(({ query }) => query)
  const known = trends.flatMap(({ points }) => points.map(({ period }) => period)).sort()
  const periods = known.length === 0 ? [] : periodsBetween(known[0] ?? '', known.at(-1) ?? '', by)
  const rows: PlotRow[] = trends.map(({ query, points }) => ({
    query,
    points: new Map(points.map(({ period, count, share }) => [period, { count, share }])),
  }))
  const name = queries.length === 0 ? '词语走势' : `${queries.join('、')} 的走势`
  return renderDocument(site, {
    name: 'trends',
    title: name,
    ...(queries.length === 0 && { canonical: to.trends({ queries: [] }) }),
    main: (
      <div class="trends">
        <header class="page-head">
          <h1>词语走势</h1>
          <p>一个词每月、每年见于多少篇文章。几个词用空格或顿号隔开，最多五个。</p>
          <form class="line-form" action={to.trends({ queries: [] })} method="get">
            <input type="text" name="q" aria-label="词语" value={queries.join(' ')} placeholder="社区 脱贫" />
            <select name="by" aria-label="按月或按年">
              <option value="month" selected={by === 'month'}>
                按月
              </option>
              <option value="year" selected={by === 'year'}>
                按年
              </option>
            </select>
            {unit === 'count' && <input type="hidden" name="unit" value="count" />}
            <button type="submit">看走势</button>
          </form>
        </header>
        {trends.length === 0 && examples.length > 1 && (
          <p class="examples">
            试试：
            <a href={to.trends({ queries: examples.slice(0, 3) })}>{examples.slice(0, 3).join('、')}</a>
          </p>
        )}
        {trends.length > 0 && periods.length > 0 && (
          <>
            <nav class="switch" aria-label="纵轴">
              {(['share', 'count'] as const).map((one) => (
                <a
                  key={one}
                  href={to.trends({ queries, by, unit: one })}
                  aria-current={one === unit ? 'true' : undefined}
                >
                  {one === 'share' ? '占当期文章的比例' : '篇数'}
                </a>
              ))}
            </nav>
            <ul class="legend">
              {rows.map(({ query, points }, row) => {
                const total = [...points.values()].reduce((sum, { count }) => sum + count, 0)
                return (
                  <li key={query}>
                    <svg class={`plot-line line-${row + 1}`} width={28} height={10} aria-hidden="true">
                      <path d="M0 5H28" />
                    </svg>
                    <a href={to.query(query)}>{query}</a>
                    <small>{total === 0 ? '没有找到' : `${toCountText(total)} 篇`}</small>
                  </li>
                )
              })}
            </ul>
            <Plot site={site} rows={rows} periods={periods} unit={unit} />
            <p class="takeaway">
              <a href={to.trendsCsv(queries, by)} download="xunbao-trends.csv">
                表格 CSV
              </a>
              灰底是没有馆藏的时期。
            </p>
            <NumbersTable site={site} rows={rows} periods={periods} />
          </>
        )}
      </div>
    ),
  })
}

function NumbersTable({ site: { to }, rows, periods }: { site: Site; rows: PlotRow[]; periods: string[] }) {
  return (
    <details class="trend-table">
      <summary>数字（括号里是占当期全部文章的比例）</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">时期</th>
            {rows.map(({ query }) => (
              <th key={query} scope="col">
                {query}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map((period) => (
            <tr key={period}>
              <th scope="row">{toPeriodText(period)}</th>
              {rows.map(({ query, points }) => {
                const point = points.get(period)
                return (
                  <td key={query}>
                    {point === undefined ? (
                      '没有馆藏'
                    ) : point.count === 0 ? (
                      '0'
                    ) : (
                      <a href={to.search({ q: query, ...toDays(period) })}>
                        {toCountText(point.count)}（{toValueText(point.share, 'share')}）
                      </a>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
