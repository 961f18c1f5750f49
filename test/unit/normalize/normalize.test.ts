// Which printed characters a reader may take for the same.
import { Converter } from 'opencc-js'
import { describe, expect, test } from 'vitest'
import { fold, normalize, toPrintedSpan } from '../../../src/normalize/normalize.ts'
import { mapRadicals } from '../../../src/normalize/radicals.ts'

const headlines = [
  '“小社区”凝聚“大幸福”',
  '结对帮扶一对一 助力脱贫心贴心',
  '台风过后，里弄居民把面条和干粮送到一线',
  '只有放松才能著书，干部带头着手发展制造业',
  '皇后镇以后要复制这套系统，周末征集钟表匠',
  '谷物丰收，云南余姓农民松了一口气',
]

describe('a reader who types it differently means the same', () => {
  test.each(['t', 'tw', 'hk'] as const)('traditional characters of region %s', (to) => {
    const convert = Converter({ from: 'cn', to })
    for (const headline of headlines) expect(fold(convert(headline))).toBe(fold(headline))
  })

  test.each([
    ['full width', 'ＡＰＥＣ峰会２０１９', 'apec峰会2019'],
    ['spaces inside Han text', '全 国\u3000和\n谐', '全国和谐'],
    ['one space between Latin words', 'Belt \n and\tRoad', 'belt and road'],
    ['no space between Han and Latin', '用 Node 写', '用node写'],
    ['middle dots in foreign names', '马克·吐温', '马克吐温'],
    ['middle dots of every kind', '马克•吐温', '马克・吐温'],
    ['a date with a dot is not a number', '3·15晚会', '3 15晚会'],
    ['quotation marks', '「社区」', '“社区”'],
    ['full stops stay apart', '3.5', '３．５'],
    ['dashes', '改革—开放', '改革-开放'],
    ['the round zero', '二○一九', '二〇一九'],
    ['Kangxi radicals', '⼈⺠⽇报', '人民日报'],
    ['compatibility ideographs', '金\uf90a', '金金'],
    ['accents', 'Café', 'cafe'],
    ['half-width kana', 'ﾊﾟﾝ', 'パン'],
    ['squared units', '100㎡', '100m2'],
    ['invisible characters', '社\u200b区\ufeff', '社区'],
  ])('%s', (_, typed, printed) => {
    expect(fold(typed)).toBe(fold(printed))
  })

  test.each([
    ['计划', '计画'],
    ['想象', '想像'],
    ['坐落', '座落'],
    ['锻炼', '锻链'],
    ['，', '、'],
    ['3.5', '35'],
  ])('%s and %s stay apart', (a, b) => {
    expect(fold(a)).not.toBe(fold(b))
  })
})

describe('the segmenter reads natural simplified text', () => {
  test.each([
    ['著名的乾坤', '著名的乾坤'],
    ['著名的臺灣', '著名的台湾'.replace('著', '着')],
    ['改革開放', '改革开放'],
    ['乾淨的麵條', '干净的面条'],
  ])('%s', (printed, simplified) => {
    expect(normalize(printed).simplified).toBe(simplified)
  })
})

test('a mark on a folded name covers the name as printed', () => {
  const printed = '作家 马克·吐温 来了'
  const n = normalize(printed)
  const at = n.text.indexOf('马克吐温')
  expect(printed.slice(...toPrintedSpan(n, at, at + 4))).toBe('马克·吐温')
  expect(toPrintedSpan(n, n.text.length, n.text.length)).toEqual([printed.length, printed.length])
})

test('radicals become ordinary characters and every other character stays', () => {
  expect(mapRadicals('⻅⻋⻓⻔⻚⻛⻜⻢⻥⻦⻩⻬⻮⻰⻉⻘⻄⼾⽂⼈ａ㎡')).toBe(
    '见车长门页风飞马鱼鸟黄齐齿龙贝青西户文人ａ㎡',
  )
  const all = Array.from({ length: 0x160 }, (_, i) => String.fromCharCode(0x2e80 + i)).join('')
  expect(mapRadicals(all)).toHaveLength(all.length)
  for (let unit = 0x2f00; unit <= 0x2fd5; unit++) {
    expect(mapRadicals(String.fromCharCode(unit)).charCodeAt(0)).toBeGreaterThan(0x3000)
  }
})
