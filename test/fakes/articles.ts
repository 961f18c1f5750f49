// Made-up articles for tests: three papers, four kinds, dated and undated.
import type { Article } from '../../src/schema/article.ts'

/** `count` articles, the same ones every time. */
export function createArticles(count: number): Article[] {
  const types = ['article', 'brief', 'photo', 'notice'] as const
  return Array.from({ length: count }, (_unused, index): Article => {
    const month = String((index % 12) + 1).padStart(2, '0')
    const day = String((index % 28) + 1).padStart(2, '0')
    return {
      id: `a${index}`,
      type: types[index % 4]!,
      paper: ['江城晚报', '河东日报', '海州新闻'][index % 3]!,
      date: index % 10 === 9 ? '' : `20${10 + (index % 9)}-${month}-${day}`,
      pageNo: (index % 8) + 1,
      section: ['要闻', '社会', '文化'][index % 3]!,
      headline: `第${index}号社区的新鲜事`,
      bylines: [{ role: '本报记者', names: [`记者${index % 5}`] }],
      paragraphs: [`社区里的第${index}件事，说给邻居听。`, '第二段：桥头的路灯亮了。'],
    }
  })
}

/** Articles whose texts are markup, formulas and characters that XML does not allow. */
export const hostileArticles: Article[] = [
  {
    id: 'x/1 #?%',
    type: 'article',
    paper: '江城晚报',
    date: '2020-02-29',
    pageNo: 1,
    headline: '<script>alert(1)</script>&amp;"\'',
    paragraphs: ['=HYPERLINK("http://example.invalid")', '\uD800孤立\u0000字符\u0008', 'a,b\r\n"c"'],
  },
  {
    id: 'x2',
    type: 'notice',
    paper: '',
    date: '',
    pageNo: 0,
    headline: '=1+1',
    paragraphs: ['@SUM(A1)'],
  },
]
