// Whatever is typed finds what was meant: questions, quotation marks, codes, numbers, unseen characters, patterns.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createArchive } from '../../src/archive/open-archive.ts'
import type { Archive } from '../../src/archive/port.ts'

const texts: Record<string, string> = {
  question: '谁来照看老人？记者走访了三个社区。',
  quoted: '会议研究“三农”问题，部署“十四五”规划和“放管服”改革。',
  plain: '三农问题和十四五规划是重点，放管服改革要加快。',
  titled: '读者推荐《平凡的世界》一书，也谈（南水）北调。',
  code: 'GB-2312标准与PM2.5、AT&T、C++、3.6.3版，车牌豫K·58213。',
  letters: '电视台播出ABITUR节目和BITS设备。',
  word: '他从事IT行业。',
  number: '全县1,391人脱贫，投资一亿五千万元，三百余人参加，五十多家企业到场，二十一世纪。',
  decoy: '1个镇、391户、50亩、300斤。',
  dot: '“5·12”地震纪念日，廿五年前，十月卅日。',
  invisible: '马\u200b克\u00ad吐温\ufeff的小说。',
  repeated: '家々团圆，人々欢喜。',
  variant: '拔劒、砲火、煖气、汚染、鄕村。',
  pattern: '社区建设、社会建设、社火，社。务工人员，社会服务。',
  address: '网址是http://www.example.cn/a?id=7，请查看。',
}
let archive: Archive
beforeAll(async () => {
  archive = await createArchive()
  await archive.add(Object.entries(texts).map(([id, body]) => ({ id, title: '记事', body })))
})
afterAll(() => archive.close())

const ask = (q: string, more: object = {}) => archive.search({ q, size: 100, ...more })
const exactly = async (q: string) => {
  const { hits } = await ask(q, { reading: 'exact', view: 'ids' })
  return hits.map(({ id }) => id).sort()
}

describe('what is typed finds, as it stands, what is printed', () => {
  test.each([
    ['谁来照看老人？', ['question']],
    ['谁来照看老人?', ['question']],
    ['谁来照看老人？记者走访', ['question']],
    ['三农问题', ['plain', 'quoted']],
    ['"三农问题"', ['plain']],
    ['十四五规划', ['plain', 'quoted']],
    ['放管服改革', ['plain', 'quoted']],
    ['“放管服”改革', ['plain', 'quoted']],
    ['平凡的世界一书', ['titled']],
    ['南水北调', ['titled']],
    ['GB-2312', ['code']],
    ['GB2312', ['code']],
    ['PM2.5', ['code']],
    ['at&t', ['code']],
    ['C++', ['code']],
    ['3.6.3', ['code']],
    ['豫K58213', ['code']],
    ['1391人', ['number']],
    ['1，391人', ['number']],
    ['1.5亿元', ['number']],
    ['15000万元', ['number']],
    ['300余人', ['number']],
    ['50多家', ['number']],
    ['21世纪', ['number']],
    ['5.12地震', ['dot']],
    ['25年前', ['dot']],
    ['10月30日', ['dot']],
    ['马克吐温', ['invisible']],
    ['马\u200c克\u2060吐温', ['invisible']],
    ['\ufeff马克', ['invisible']],
    ['拔剑', ['variant']],
    ['炮火', ['variant']],
    ['污染', ['variant']],
    ['乡村', ['variant']],
    ['人人', ['repeated']],
    ['人々', ['repeated']],
    ['社?建设', ['pattern']],
    ['社*设', ['pattern']],
    ['社??务', ['pattern']],
    ['http://www.example.cn/a?id=7', ['address']],
    ['www.example.cn/a?id=7', ['address']],
  ])('%s', async (q, ids) => {
    expect(await exactly(q)).toEqual(ids)
  })
})

test('a star leaves Han characters open, and nothing else', async () => {
  const { hits } = await ask('社*务', { reading: 'exact' })
  // 社。务工 is parted by a full stop; 社会服务 is not.
  const marked = hits.flatMap(({ snippets }) =>
    snippets.flatMap(({ text, marks }) => marks.map(([start, end]) => text.slice(start, end))),
  )
  expect(marked).toEqual(['社会服务'])
})

test('whole Latin words come before letters inside others, and codes bring no scraps', async () => {
  expect((await ask('IT')).hits.map(({ id }) => id)).toEqual(['word', 'letters'])
  const { total, query } = await ask('GB-2313')
  expect(total).toBe(0)
  expect(query.interpretation).toBe('exact')
})

test('signs that find nothing as wildcards are read as text, and the answer says so', async () => {
  const { total, query } = await ask('照看?人')
  expect(total).toBe(1)
  expect(query.problems).toEqual([])
  const asText = await ask('照看?社')
  expect(asText.total).toBeGreaterThan(0)
  expect(asText.query.problems[0]?.message).toContain('标点')
})

test('marks show the term with what is printed inside it', async () => {
  const { hits } = await ask('三农问题')
  const marked = hits.flatMap(({ snippets }) =>
    snippets.flatMap(({ text, marks }) => marks.map(([start, end]) => text.slice(start, end))),
  )
  expect(marked.sort()).toEqual(['三农”问题', '三农问题'].sort())
})

test('explaining a term that is parted by marks says where it stands', async () => {
  const { found, parts } = await archive.explain('三农问题', 'quoted')
  expect(found).toBe(true)
  expect(parts[0]?.text).toContain('导语 1 次')
})

test('NEAR and fields know the same numbers as plain text', async () => {
  expect(await exactly('"300余人 50多家"~20')).toEqual(['number'])
  expect(await exactly('"三百余人 五十多家"~20')).toEqual(['number'])
})

describe('one truth at every door', () => {
  test('trends, export and order by date are exact unless a reading is asked for', async () => {
    const q = '老人社区脱贫'
    expect((await ask(q)).query.interpretation).toBe('anyWords')
    expect((await ask(q, { sort: 'newest' })).total).toBe(0)
    const [trend] = await archive.trends([q], 'year')
    expect(trend).toMatchObject({ interpretation: 'exact' })
    const exported = async (more: object) => {
      const ids: string[] = []
      for await (const { id } of archive.exportHits({ q, ...more })) ids.push(id)
      return ids
    }
    expect(await exported({})).toEqual([])
    expect(await exported({ reading: undefined })).toEqual([])
    expect((await exported({ reading: 'anyWords' })).length).toBeGreaterThan(0)
  })

  test('a reading that is asked for is the one that answers', async () => {
    for (const reading of ['exact', 'allWords', 'anyWords'] as const) {
      const { query, total, totals } = await ask('老人社区', { reading })
      expect(query.interpretation).toBe(reading)
      expect(totals[reading]).toBe(total)
    }
  })
})

test('any stretch of a printed text, typed without quotation marks, finds it as it stands', async () => {
  const printed = Object.entries(texts)
  const stretch = fc.constantFrom(...printed).chain(([id, text]) =>
    fc.tuple(
      fc.constant(id),
      fc
        .tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 24 }))
        .map(([start, length]) => text.slice(start, start + length)),
    ),
  )
  await fc.assert(
    fc.asyncProperty(stretch, async ([id, text]) => {
      // What the query language gives a meaning to is not ordinary text.
      fc.pre(/[\p{L}\p{N}]/u.test(text) && !/[-|+~:：*"“”]/.test(text))
      // In a few characters a question mark leaves one open: 人？ is 人々 as well, and need not be 老人？.
      fc.pre(!/^[\p{Script=Han}?？]{1,4}$/u.test(text) || !/[?？]/.test(text))
      const { hits } = await ask(text, { reading: 'exact', view: 'ids' })
      expect(hits.map((hit) => hit.id)).toContain(id)
    }),
    { numRuns: 300 },
  )
})

test('no query throws, whatever signs it holds', async () => {
  const sign = fc.constantFrom(
    ...[
      '社区',
      '的',
      '或',
      'F-16',
      '-',
      '?',
      '？',
      '*',
      '…',
      '"',
      '“',
      '《',
      '(',
      '～5',
      '\ud800',
      '\\',
      '|',
      'NaN',
      '1',
      '，',
      '标题:',
    ],
  )
  await fc.assert(
    fc.asyncProperty(fc.array(sign, { maxLength: 12 }), async (parts) => {
      const { total } = await ask(parts.join(''), { view: 'ids' })
      expect(total).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 300 },
  )
})
