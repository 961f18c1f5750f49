// Several rows of numbers over time as lines in one drawing: a numbered axis, periods without holdings shaded.
import type { Site } from './site.ts'
import { toDays } from './timeline.ts'
import { toCountText, toPeriodText } from './wording.ts'

export interface PlotRow {
  query: string
  /** By period; a period without holdings has none. */
  points: ReadonlyMap<string, { count: number; share: number }>
}

interface PlotProps {
  site: Site
  rows: readonly PlotRow[]
  /** All periods from the first to the last. */
  periods: readonly string[]
  unit: 'share' | 'count'
}

/** In the units of the drawing, which are the pixels of the page. */
const height = 260
const left = 56
const foot = 28
const head = 14
const plotWidth = 630

/** Round steps of an axis up to `most`: 1, 2 or 5 times a power of ten. @internal */
export function toTicks(most: number): number[] {
  if (most <= 0) return [0]
  const raw = most / 4
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= raw) ?? 10)
  const ticks: number[] = []
  for (let at = 0; ticks.length < 2 || ticks.at(-1)! < most; at += 1)
    ticks.push(Number((at * step).toPrecision(6)))
  return ticks
}

export function toValueText(value: number, unit: PlotProps['unit']): string {
  if (unit === 'count') return toCountText(value)
  const percent = 100 * value
  return `${percent === 0 ? '0' : Number(percent.toPrecision(2))}%`
}

export function Plot({ site: { to }, rows, periods, unit }: PlotProps) {
  const step = Math.max(8, plotWidth / Math.max(1, periods.length))
  const width = left + step * periods.length + 10
  const most = Math.max(0, ...rows.flatMap(({ points }) => [...points.values()].map((one) => one[unit])))
  const ticks = toTicks(most)
  const top = ticks.at(-1) || 1
  const x = (index: number) => left + step * (index + 0.5)
  const y = (value: number) => head + (height - head - foot) * (1 - value / top)
  // A label needs about 72 units.
  const every = Math.max(1, Math.ceil(72 / step))
  const held = new Set(rows.flatMap(({ points }) => [...points.keys()]))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide plot is scrolled by keyboard, too
    <section class="plot" tabIndex={0} aria-label="走势图；同样的数字在下面的表里">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <title>走势</title>
        {periods.map(
          (period, index) =>
            !held.has(period) && (
              <rect
                key={period}
                class="plot-gap"
                x={left + step * index}
                y={head}
                width={step}
                height={height - head - foot}
              >
                <title>{toPeriodText(period)}：没有馆藏</title>
              </rect>
            ),
        )}
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="plot-rule" x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
            <text class="plot-number" x={left - 6} y={y(tick) + 4}>
              {toValueText(tick, unit)}
            </text>
          </g>
        ))}
        {periods.map(
          (period, index) =>
            index % every === 0 && (
              <text key={period} class="plot-period" x={x(index)} y={height - 8}>
                {period}
              </text>
            ),
        )}
        {rows.map(({ query, points }, row) => (
          <g key={query} class={`plot-line line-${row + 1}`}>
            <path d={toPath(periods, points, unit, x, y)} />
            {periods.map((period, index) => {
              const point = points.get(period)
              if (point === undefined || point.count === 0) return null
              const label = `${query}，${toPeriodText(period)}：${toCountText(point.count)} 篇，${toValueText(point.share, 'share')}`
              return (
                <a
                  key={period}
                  href={to.search({ q: query, ...toDays(period) })}
                  tabIndex={-1}
                  aria-label={label}
                >
                  <title>{label}</title>
                  <circle cx={x(index)} cy={y(point[unit])} r={Math.min(4, step / 4)} />
                </a>
              )
            })}
          </g>
        ))}
      </svg>
    </section>
  )
}

/** A line that breaks where there are no holdings. */
function toPath(
  periods: readonly string[],
  points: PlotRow['points'],
  unit: PlotProps['unit'],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = ''
  let isDrawing = false
  periods.forEach((period, index) => {
    const point = points.get(period)
    if (point !== undefined)
      path += `${isDrawing ? 'L' : 'M'}${x(index).toFixed(1)} ${y(point[unit]).toFixed(1)}`
    isDrawing = point !== undefined
  })
  return path
}
