// The view that explains the query language, by examples that can be tried.
import { hrefs } from './address.ts'
import { element } from './dom.ts'
import type { Shown } from './view.ts'

const rows: readonly [query: string, meaning: string][] = [
  ['社区', '报上任何地方有这两个字'],
  ['社区 养老', '两个词都有'],
  ['社区 或 养老', '有一个就行，也可写 OR 或 |'],
  ['社区 -养老', '有前者，没有后者'],
  ['“脱贫攻坚”', '一字不差'],
  ['"社区 养老"~10', '相隔不超过十个字'],
  ['标题:社区', '标题里有'],
  ['作者:王', '署名里有'],
  ['类型:简讯', '只要简讯；也可用报道、图片、公告'],
  ['日期:2018-11', '这个月的报纸'],
  ['日期:2018-11-01..2018-11-30', '从这天到那天'],
  ['社?建设', '问号代一个字'],
  ['社*建设', '星号代几个字'],
  ['(社区 或 街道) 养老', '括号里的先算'],
]

export function showHelp(): Shown {
  return {
    title: '怎样查 - 寻报',
    q: '',
    nodes: [
      element(
        'section',
        { class: 'help' },
        element('h1', { tabindex: -1 }, '怎样查'),
        element('p', {}, '写上想找的字就行。繁体和简体、全角和半角、2019 和二〇一九，写哪种都一样。'),
        element(
          'table',
          {},
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              element('th', { scope: 'col' }, '这样写'),
              element('th', { scope: 'col' }, '找的是'),
            ),
          ),
          element(
            'tbody',
            {},
            ...rows.map(([query, meaning]) =>
              element(
                'tr',
                {},
                element('td', {}, element('a', { href: hrefs.query(query) }, query)),
                element('td', {}, meaning),
              ),
            ),
          ),
        ),
        element('h2', {}, '三种读法'),
        element(
          'p',
          {},
          '先找与所写的字连在一起完全相同的（精确）；太少时，再找每个词都有的（含全部词）；还少，再找有其中一部分词的（含部分词）。用了哪一种，结果上方会写明。加引号，或勾选“只按字面”，就不放宽。',
        ),
        element('h2', {}, '键盘'),
        element(
          'p',
          {},
          element('kbd', {}, '/'),
          ' 到搜索框，',
          element('kbd', {}, '↑'),
          element('kbd', {}, '↓'),
          ' 选提示，',
          element('kbd', {}, 'Enter'),
          ' 查找，',
          element('kbd', {}, 'Esc'),
          ' 收起提示。',
        ),
      ),
    ],
  }
}
