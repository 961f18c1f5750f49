// The view of a month: a calendar of the days that have papers, and their pages.
import { hrefs } from './address.ts'
import { api, type IssueDayAnswer } from './api.ts'
import { element } from './dom.ts'
import type { Shown, ViewContext } from './view.ts'
import { toCountText, toDayText } from './wording.ts'

export async function showIssues(
  yearText: string,
  monthText: string,
  { signal }: ViewContext,
): Promise<Shown> {
  const stats = await api.stats(signal)
  const [lastYear, lastMonth] = (stats.to || stats.from).split('-').map(Number)
  const year = Number(yearText) || lastYear || new Date().getFullYear()
  const month = Number(monthText) || (yearText === '' ? lastMonth : 1) || 1
  const { issues } = await api.issues(year, month, signal)
  const title = `${year}年${month}月的报纸`
  return {
    title: `${title} - 寻报`,
    q: '',
    nodes: [
      element(
        'div',
        { class: 'issues' },
        element(
          'header',
          { class: 'page-head' },
          element('h1', { tabindex: -1 }, title),
          toMonthLinks(year, month),
          toMonthForm(year, month, stats.from, stats.to),
        ),
        issues.length === 0
          ? element('p', { class: 'state' }, '这个月没有报纸。')
          : toCalendar(year, month, issues),
        ...issues.map(toDay),
      ),
    ],
  }
}

function toMonthLinks(year: number, month: number): HTMLElement {
  const at = year * 12 + month - 1
  const link = (index: number, text: string, rel: string) =>
    element(
      'a',
      { href: hrefs.issues(Math.floor(index / 12), (index % 12) + 1), rel, 'data-key': `month ${rel}` },
      text,
    )
  return element(
    'nav',
    { class: 'month-links', 'aria-label': '换一个月' },
    link(at - 1, '← 上月', 'prev'),
    link(at + 1, '下月 →', 'next'),
  )
}

function toMonthForm(year: number, month: number, from: string, to: string): HTMLElement {
  const years = element('select', { name: 'year', 'aria-label': '年' })
  const first = Math.min(year, Number(from.slice(0, 4)) || year)
  const last = Math.max(year, Number(to.slice(0, 4)) || year)
  for (let one = last; one >= first && one > last - 300; one -= 1)
    years.append(element('option', { value: one, selected: one === year }, `${one}年`))
  const months = element('select', { name: 'month', 'aria-label': '月' })
  for (let one = 1; one <= 12; one += 1)
    months.append(element('option', { value: one, selected: one === month }, `${one}月`))
  const link = element('a', { href: hrefs.issues(year, month), class: 'button' }, '看这个月')
  const update = () => link.setAttribute('href', hrefs.issues(Number(years.value), Number(months.value)))
  years.addEventListener('change', update)
  months.addEventListener('change', update)
  return element('p', { class: 'month-form' }, years, months, link)
}

function toCalendar(year: number, month: number, issues: readonly IssueDayAnswer[]): HTMLElement {
  const byDate = new Map(issues.map((day) => [day.date, day]))
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const head = element('tr', {}, ...[...'一二三四五六日'].map((day) => element('th', { scope: 'col' }, day)))
  const body = element('tbody')
  for (let start = 1 - lead; start <= days; start += 7) {
    const row = element('tr')
    for (let day = start; day < start + 7; day += 1) {
      const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
      const issue = byDate.get(date)
      const inMonth = day >= 1 && day <= days
      row.append(
        element(
          'td',
          {},
          inMonth &&
            (issue === undefined
              ? String(day)
              : element(
                  'a',
                  {
                    class: 'calendar-day',
                    href: toFirstPage(issue),
                    'aria-label': `${toDayText(date)}的报纸`,
                  },
                  String(day),
                )),
        ),
      )
    }
    body.append(row)
  }
  return element('table', { class: 'calendar' }, element('thead', {}, head), body)
}

function toFirstPage({ date, papers }: IssueDayAnswer): string {
  const first = papers[0]
  return hrefs.page(first?.paper ?? '', date, first?.pages[0] ?? 0)
}

function toDay(day: IssueDayAnswer): HTMLElement {
  return element(
    'section',
    { class: 'issue-of-day' },
    element('h2', {}, toDayText(day.date, true)),
    ...day.papers.map((paper) =>
      element(
        'p',
        { class: 'issue-pages' },
        element('strong', {}, paper.paper || '（未具名的报纸）'),
        ...paper.pages.map((pageNo) =>
          element(
            'a',
            { href: hrefs.page(paper.paper, day.date, pageNo) },
            pageNo === 0 ? '全部' : `第${pageNo}版`,
          ),
        ),
        element('small', {}, `${toCountText(paper.articles)} 篇`),
      ),
    ),
  )
}
