// The first view: the name, the search box, and the latest papers.
import { hrefs } from './address.ts'
import { api } from './api.ts'
import { element } from './dom.ts'
import type { Shown, ViewContext } from './view.ts'
import { toCountText, toDayText, toSpanText } from './wording.ts'

const latestDays = 3
const mostPapers = 8

export async function showHome({ signal }: ViewContext): Promise<Shown> {
  const stats = await api.stats(signal)
  const [year, month] = stats.to.split('-').map(Number)
  const days = year === undefined || !(year > 0) ? [] : (await api.issues(year, month, signal)).issues
  const latest = days.slice(-latestDays).toReversed()
  const holdings =
    stats.articles === 0
      ? '馆里还没有文章。用 npx xunbao build 建立索引。'
      : `${toCountText(stats.articles)} 篇报道、简讯、图片和公告${
          stats.from === '' ? '' : `，${toSpanText(stats.from, stats.to)}`
        }`
  return {
    title: '寻报',
    q: '',
    nodes: [
      element(
        'section',
        { class: 'home' },
        element('h1', { class: 'visually-hidden', tabindex: -1 }, '寻报'),
        element('p', { class: 'home-holdings' }, holdings),
        stats.articles > 0 &&
          element('p', { class: 'home-hint' }, '印在报上的，都找得到：词语、人名、数字，一个字也行。'),
      ),
      latest.length > 0
        ? element(
            'section',
            { class: 'latest', 'aria-labelledby': 'latest-title' },
            element('h2', { id: 'latest-title' }, '最近的报纸'),
            ...latest.flatMap((day) =>
              day.papers
                .slice(0, mostPapers)
                .map((paper) =>
                  element(
                    'article',
                    { class: 'issue' },
                    element('h3', {}, paper.paper || '（未具名的报纸）'),
                    element('p', { class: 'issue-day' }, toDayText(day.date, true)),
                    element(
                      'p',
                      { class: 'issue-pages' },
                      ...paper.pages
                        .slice(0, 24)
                        .map((pageNo) =>
                          element(
                            'a',
                            { href: hrefs.page(paper.paper, day.date, pageNo) },
                            pageNo === 0 ? '全部' : `第${pageNo}版`,
                          ),
                        ),
                    ),
                  ),
                ),
            ),
          )
        : document.createComment('no dated issues'),
    ],
  }
}
