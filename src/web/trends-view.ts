// The view of words over time: for each query one row of bars, all to one scale, and the numbers in a table.
import { hrefs, parseSearch } from './address.ts'
import { api, type TrendAnswer } from './api.ts'
import { element } from './dom.ts'
import { toDays } from './histogram.ts'
import type { Shown, ViewContext } from './view.ts'
import { toCountText, toPeriodText } from './wording.ts'

/** The service takes ten; more than five rows are no longer compared by eye. */
const mostQueries = 5
/** From this many years on, months are too thin to be seen. */
const longSpanYears = 6

export async function showTrends(
  queries: readonly string[],
  byText: string,
  context: ViewContext,
): Promise<Shown> {
  const stats = await api.stats(context.signal)
  const years = Number(stats.to.slice(0, 4)) - Number(stats.from.slice(0, 4)) + 1
  const by = byText === 'year' || byText === 'month' ? byText : years > longSpanYears ? 'year' : 'month'
  const asked = queries.filter((query) => query.trim() !== '').slice(0, mostQueries)
  const trends = asked.length === 0 ? [] : (await api.trends(asked, by, context.signal)).trends
  return {
    title: `${asked.length === 0 ? '词语走势' : `${asked.join('、')} 的走势`} - 寻报`,
    q: '',
    nodes: [
      element(
        'div',
        { class: 'trends' },
        element(
          'header',
          { class: 'page-head' },
          element('h1', { tabindex: -1 }, '词语走势'),
          element('p', {}, '一个词每月、每年见于多少篇文章。几个词用空格或顿号隔开，最多五个。'),
          toForm(asked, by, context),
        ),
        ...toRows(trends, by),
        trends.length > 0 && toTable(trends),
      ),
    ],
  }
}

function toForm(queries: readonly string[], by: 'month' | 'year', { go }: ViewContext): HTMLElement {
  const input = element('input', {
    type: 'text',
    name: 'q',
    'aria-label': '词语',
    value: queries.join(' '),
    placeholder: '社区 脱贫',
    'data-key': 'trend words',
  })
  const select = element(
    'select',
    { name: 'by', 'aria-label': '按月或按年', 'data-key': 'trend by' },
    element('option', { value: 'month', selected: by === 'month' }, '按月'),
    element('option', { value: 'year', selected: by === 'year' }, '按年'),
  )
  const form = element(
    'form',
    { class: 'month-form' },
    input,
    select,
    element('button', { type: 'submit' }, '看走势'),
  )
  const submit = () => go(hrefs.trends(splitQueries(input.value), select.value))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  select.addEventListener('change', () => {
    if (queries.length > 0) submit()
  })
  return form
}

/** Words between spaces and commas of either script; what stands in quotation marks stays together. @internal */
export function splitQueries(text: string): string[] {
  const found = text.match(/[“"「][^”"」]*[”"」]|[^\s,，、;；]+/g) ?? []
  return [...new Set(found)].slice(0, mostQueries)
}

/** All periods from the first to the last of any row, so that the rows can be read one below the other. @internal */
export function toPeriods(trends: readonly TrendAnswer[], by: 'month' | 'year'): string[] {
  const known = trends.flatMap(({ points }) => points.map(({ period }) => period)).sort()
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return []
  const perYear = by === 'year' ? 1 : 12
  const toIndex = (period: string) => {
    const [year, month = '1'] = period.split('-')
    return Number(year) * perYear + (by === 'year' ? 0 : Number(month) - 1)
  }
  const periods: string[] = []
  for (let at = toIndex(first); at <= toIndex(last); at += 1) {
    const year = String(Math.floor(at / perYear)).padStart(4, '0')
    periods.push(by === 'year' ? year : `${year}-${String((at % 12) + 1).padStart(2, '0')}`)
  }
  return periods
}

function toRows(trends: readonly TrendAnswer[], by: 'month' | 'year'): HTMLElement[] {
  const periods = toPeriods(trends, by)
  const most = Math.max(1, ...trends.flatMap(({ points }) => points.map(({ count }) => count)))
  return trends.map(({ query, points }) => {
    const counts = new Map(points.map(({ period, count }) => [period, count]))
    const bars = element(
      'ol',
      { class: 'bars' },
      ...periods.map((period) => element('li', {}, toSlot(query, period, counts.get(period) ?? 0, most))),
    )
    // Many years of months are wider than a phone: what is shown first is the newest.
    requestAnimationFrame(() => {
      bars.scrollLeft = bars.scrollWidth
    })
    const total = points.reduce((sum, { count }) => sum + count, 0)
    return element(
      'section',
      { class: 'trend' },
      element(
        'h2',
        {},
        element('a', { href: hrefs.query(query) }, query),
        element('small', {}, total === 0 ? '没有找到' : `${toCountText(total)} 篇`),
      ),
      bars,
      element(
        'p',
        { class: 'bars-ends' },
        element('span', {}, toPeriodText(periods[0] ?? '')),
        element('span', {}, toPeriodText(periods.at(-1) ?? '')),
      ),
    )
  })
}

function toSlot(query: string, period: string, count: number, most: number): HTMLElement {
  const label = `${toPeriodText(period)}：${toCountText(count)} 篇`
  const bar = element('span', { class: 'bar' })
  bar.style.height = count === 0 ? '1px' : `${Math.max(3, (100 * count) / most)}%`
  if (count === 0) return element('span', { class: 'slot', title: label }, bar)
  const search = { ...parseSearch(new URLSearchParams()), q: query, ...toDays(period) }
  return element(
    'a',
    { class: 'slot', href: hrefs.search(search), title: label, 'aria-label': `${query}，${label}` },
    bar,
  )
}

function toTable(trends: readonly TrendAnswer[]): HTMLElement {
  const periods = [...new Set(trends.flatMap(({ points }) => points.map(({ period }) => period)))].sort()
  const cellOf = ({ points }: TrendAnswer, period: string) => {
    const point = points.find((one) => one.period === period)
    return point === undefined ? '0' : `${toCountText(point.count)}（${(100 * point.share).toFixed(2)}%）`
  }
  return element(
    'details',
    { class: 'trend-table' },
    element('summary', {}, '数字（括号里是占当期全部文章的比例）'),
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, '时期'),
          ...trends.map(({ query }) => element('th', { scope: 'col' }, query)),
        ),
      ),
      element(
        'tbody',
        {},
        ...periods.map((period) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, toPeriodText(period)),
            ...trends.map((trend) => element('td', {}, cellOf(trend, period))),
          ),
        ),
      ),
    ),
  )
}
