// A small archive made by rule, with queries and judgements that follow from how it was made: no text of anybody's.
import type { ArticleInput } from '../../src/schema/article.ts'
import type { Judgements } from './metrics.ts'

const topics =
  '社区养老 老年食堂 脱贫攻坚 秋粮收购 供暖改造 河道治理 校园足球 图书捐赠 非遗传承 路灯维修 医保报销 创业贷款 防汛演练 公交线路 垃圾分类 古城保护 戏曲下乡 果树嫁接 义务植树 消防检查 停车难题 就业培训 旧房改造 邻里纠纷'.split(
    ' ',
  )
const places = '南关街道 许继社区 东城新区 魏都区 建安区 北海公园 天宝路 文峰社区'.split(' ')
const people = '王梅生 李洁 张书杰 侯聪 陈晓光 赵国强'.split(' ')
const acts = '召开会议 走访群众 开展活动 现场办公 组织培训 签订协议 发放物资 举行仪式'.split(' ')
const fillers =
  '有关负责人介绍了情况 大家表示要抓好落实 记者在现场看到 工作人员正在忙碌 此举受到欢迎 下一步将继续推进 各项工作有序进行 群众纷纷点赞'.split(
    ' ',
  )
const codes = ['PM2.5', 'IT', '5G', 'AK-47']

/** Numbers that only look random (Park and Miller's minimal standard): the same on every machine. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

export interface MadeQuery {
  text: string
  relevant: Judgements
}

/** `count` articles, each about one topic, mentioning others; and the queries a reader would ask of them. */
export function makeSet(count: number): {
  articles: (ArticleInput & { id: string })[]
  queries: MadeQuery[]
} {
  const random = createRandom(20181107)
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!
  const sentence = (words: readonly string[]) =>
    `${pick(places)}${pick(acts)}，${words.join('、')}${pick(fillers)}。`
  const articles: (ArticleInput & { id: string })[] = []
  const grades = new Map<string, Map<string, number>>()
  const grade = (word: string, id: string, value: number) => {
    const known = grades.get(word) ?? new Map<string, number>()
    known.set(id, Math.max(value, known.get(id) ?? 0))
    grades.set(word, known)
  }
  for (let number = 0; number < count; number++) {
    const id = `a${String(number).padStart(3, '0')}`
    const topic = topics[number % topics.length]!
    const [others, length] = [[pick(topics), pick(topics)], 1 + random(14)]
    const kind = number % 9
    const type = kind === 6 ? 'brief' : kind === 7 ? 'photo' : kind === 8 ? 'notice' : 'article'
    const isInHeadline = random(3) > 0
    const paragraphs = Array.from({ length }, (_, place) =>
      sentence(place === 0 || random(4) === 0 ? [topic] : random(3) === 0 ? [pick(others)] : [pick(fillers)]),
    )
    if (random(6) === 0) paragraphs.push(`${pick(codes)}设备和BITS网络，${pick(fillers)}。`)
    // Parts of the topic's words, apart and inside longer words, for the wider readings.
    if (random(5) === 0)
      paragraphs.push(`${topic.slice(0, 2)}的${pick(fillers)}，${topic.slice(2)}也${pick(fillers)}。`)
    articles.push({
      id,
      type,
      paper: '试刊',
      date: `2018-${String((number % 12) + 1).padStart(2, '0')}-15`,
      pageNo: (number % 8) + 1,
      title: isInHeadline
        ? `${topic}${pick(['见成效', '有新招', `在${pick(places)}展开，${pick(fillers)}`])}`
        : `${pick(places)}${pick(acts)}`,
      ...(random(4) === 0 && { kicker: `${pick(others)}进行时${random(2) === 0 ? pick(fillers) : ''}` }),
      ...(random(4) === 0 && {
        subtitle: `${pick(others)}${pick(fillers)}${random(2) === 0 ? pick(fillers) : ''}`,
      }),
      ...(random(4) === 0 &&
        length > 2 && {
          subheadings: [
            { text: `${pick(topics)}${random(2) === 0 ? pick(fillers) : ''}`, beforeParagraph: 1 },
          ],
        }),
      ...(type === 'photo' && {
        caption: `${topic}，${pick(others)}${Array.from({ length: random(5) }, () => pick(fillers)).join('，')}。`,
      }),
      bylines: [{ role: `本报记者${random(3) === 0 ? topic.slice(0, 2) : ''}`, names: [pick(people)] }],
      paragraphs,
    })
    grade(topic, id, isInHeadline ? 3 : 2)
    for (const other of others) if (paragraphs.some((text) => text.includes(other))) grade(other, id, 1)
  }
  const queries: MadeQuery[] = topics.map((text) => ({ text, relevant: grades.get(text)! }))
  for (const [i, topic] of topics.entries()) {
    const relevant = grades.get(topic)!
    // As readers widen: parts, a sentence, another word beside it, a name beside it.
    queries.push({ text: topic.slice(0, 2), relevant })
    queries.push({ text: `${topic.slice(2)}${topic.slice(0, 2)}`, relevant })
    queries.push({
      text: `${topics[(i + 7) % topics.length]!}怎样和${topic}一起${acts[i % acts.length]}`,
      relevant,
    })
    queries.push({ text: `${topic} ${people[i % people.length]}`, relevant })
  }
  for (const text of [
    ...codes,
    ...people,
    '许继',
    '公园',
    '负责人表示现场忙碌',
    '"社区 会议"~20',
    '标题:养老',
    '社?养老',
  ])
    queries.push({ text, relevant: new Map([['a000', 1]]) })
  return { articles, queries }
}
