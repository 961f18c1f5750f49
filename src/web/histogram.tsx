// How the hits spread over time: bars from decades to days, each a filter, with the way back to wider spans.
import type { SearchResult } from '../model/hit.ts'
import { refine, type SearchAddress } from './address.ts'
import type { Site } from './site.ts'
import { periodsAround, toBars, toDays, unitOfSpan } from './timeline.ts'
import { toCountText, toPeriodText } from './wording.ts'

interface HistogramProps {
  site: Site
  search: SearchAddress
  result: Pick<SearchResult, 'histogram' | 'days'>
}

/** Height of a chart in the units of its drawing; widths are one unit a bar. */
const height = 100

const titles = { decade: '按年代分布', year: '按年分布', month: '按月分布', day: '按日分布' } as const

export function Histogram({ site: { to }, search, result: { histogram, days } }: HistogramProps) {
  const counts =
    days !== undefined && days.length > 0
      ? days.map(({ day, count }) => ({ period: day, count }))
      : histogram.map(({ month, count }) => ({ period: month, count }))
  const [first, last] = [counts[0]?.period, counts.at(-1)?.period]
  if (first === undefined || last === undefined) return null
  const unit = unitOfSpan(first, last, first.length === 10 ? 'day' : 'month')
  const bars = toBars(counts, unit)
  const most = Math.max(...bars.map(({ count }) => count))
  const around = periodsAround(search.from, search.to)
  return (
    <section class="histogram" aria-label={titles[unit]}>
      <h2>{titles[unit]}</h2>
      {(search.from !== undefined || search.to !== undefined) && (
        <p class="spans">
          <a href={to.search(refine(search, { from: undefined, to: undefined }))}>全部</a>
          {around.slice(0, -1).map((period) => (
            <a key={period} href={to.search(refine(search, toDays(period)))}>
              {toPeriodText(period)}
            </a>
          ))}
          {around.length > 0 && <span>{toPeriodText(around.at(-1) ?? '')}</span>}
        </p>
      )}
      <svg class="bars" viewBox={`0 0 ${Math.max(bars.length, 8)} ${height}`} preserveAspectRatio="none">
        <title>{titles[unit]}</title>
        {bars.map(({ period, count }, index) => {
          if (count === 0)
            return (
              <rect key={period} class="bar-none" x={index + 0.1} y={height - 1} width={0.8} height={1} />
            )
          const label = `${toPeriodText(period)}：${toCountText(count)} 篇`
          const tall = Math.max(4, (height * count) / most)
          return (
            <a
              key={period}
              href={to.search(refine(search, toDays(period)))}
              aria-label={label}
              rel="nofollow"
            >
              <title>{label}</title>
              <rect class="bar-slot" x={index} y={0} width={1} height={height} />
              <rect class="bar" x={index + 0.1} y={height - tall} width={0.8} height={tall} />
            </a>
          )
        })}
      </svg>
      <p class="bars-ends">
        <span>{toEndText(bars[0]?.period)}</span>
        <span>最多 {toCountText(most)} 篇</span>
        {bars.length > 1 && <span>{toEndText(bars.at(-1)?.period)}</span>}
      </p>
    </section>
  )
}

/** Under bars of days the year is said above. */
function toEndText(period = ''): string {
  return toPeriodText(period).replace(/^\d+年(?=\d+月\d+日$)/, '')
}
