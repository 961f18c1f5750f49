// The view that explains the query language, by examples that can be tried.
import { renderDocument } from './document.tsx'
import type { Site } from './site.ts'

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

export function renderHelp(site: Site): string {
  const { to } = site
  return renderDocument(site, {
    name: 'help',
    title: '怎样查',
    description: '寻报的检索语句：词语、原句、标题、作者、日期、通配符。',
    canonical: to.help,
    main: (
      <section class="prose">
        <h1>怎样查</h1>
        <p>写上想找的字就行。繁体和简体、全角和半角、2019 和二〇一九，写哪种都一样。</p>
        <table>
          <thead>
            <tr>
              <th scope="col">这样写</th>
              <th scope="col">找的是</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([query, meaning]) => (
              <tr key={query}>
                <td>
                  <a href={to.query(query)}>{query}</a>
                </td>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <h2>三种读法</h2>
        <p>
          先找与所写的字连在一起完全相同的（精确）；太少时，再找每个词都有的（含全部词）；还少，再找有其中一部分词的（放宽）。用了哪一种，结果上方会写明，也可以自己选。加了引号就不放宽。
        </p>
        <h2>缩小范围</h2>
        <p>
          结果旁边按体裁、报纸、栏目、作者、版次和时间筛选，同一项可以选几个值；选了什么写在结果上方，点一下就去掉。换一个词再查，筛选还在。
        </p>
        <h2>带走</h2>
        <p>
          结果下面可以导出表格，可以订阅新稿；每篇文章给出 GB/T 7714、BibTeX 和 RIS 引文，Zotero
          也认得。程序用的接口见 <a href={to.docs}>接口说明</a>。
        </p>
        <h2>键盘</h2>
        <p>
          <kbd>/</kbd> 到搜索框，<kbd>↑</kbd> <kbd>↓</kbd> 选提示，<kbd>Enter</kbd> 查找，<kbd>Esc</kbd>{' '}
          收起提示。读文章时 <kbd>n</kbd> <kbd>p</kbd>{' '}
          到下一处、上一处；看版面图时双击或双指放大，方向键移动，<kbd>+</kbd> <kbd>-</kbd> 缩放，<kbd>0</kbd>{' '}
          看整版。
        </p>
      </section>
    ),
  })
}
