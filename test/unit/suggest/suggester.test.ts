// What a reader sees below the search box while typing.
import { describe, expect, test } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import { SearchError } from '../../../src/model/errors.ts'
import { createSuggester, openSuggester } from '../../../src/suggest/suggester.ts'
import type { VocabularyEntry } from '../../../src/suggest/vocabulary.ts'

const entries: VocabularyEntry[] = [
  { text: '社区', kind: 'term', count: 80 },
  { text: '社会', kind: 'term', count: 900 },
  { text: '社区卫生', kind: 'term', count: 9 },
  { text: '智慧社区', kind: 'term', count: 7 },
  { text: '脱贫攻坚', kind: 'term', count: 50 },
  { text: '重庆', kind: 'place', count: 30 },
  { text: '银行', kind: 'term', count: 40 },
  { text: '许昌', kind: 'place', count: 60 },
  { text: '女性', kind: 'term', count: 5 },
  { text: '西安', kind: 'place', count: 12 },
  { text: '先进', kind: 'term', count: 90 },
  { text: '着名', kind: 'term', count: 0 },
  { text: '王社', kind: 'person', count: 3 },
  { text: '民生', kind: 'section', count: 3 },
  { text: '社区 养老，一家亲', kind: 'headline', count: 1, id: 'new' },
  { text: '社区养老，一家亲', kind: 'headline', count: 1, id: 'old' },
  { text: '许昌推进智慧社区建设', kind: 'headline', count: 1, id: 'x1' },
]

function filled() {
  const suggester = createSuggester(entries)
  while (!suggester.addSome(5));
  return suggester
}

const suggester = filled()
const texts = (q: string, size = 10) => suggester.suggest(q, size).map(({ text }) => text)

describe('a reader who types Chinese characters', () => {
  test('gets the word itself, then longer ones, then those that hold it in the middle', () => {
    expect(texts('社区')).toEqual([
      '社区',
      '社区卫生',
      '社区 养老，一家亲',
      '智慧社区',
      '许昌推进智慧社区建设',
    ])
  })

  test('gets the word in more articles first', () => {
    expect(texts('社').slice(0, 2)).toEqual(['社会', '社区'])
  })

  test('gets the word itself though many longer ones are in more articles', () => {
    const longer = ['社区', '社会', '社员', '社论', '社火'].map(
      (text): VocabularyEntry => ({ text, kind: 'term', count: 90 }),
    )
    const titles = ['社稷', '社稷坛', '社稷之臣'].map(
      (text, i): VocabularyEntry => ({ text, kind: 'headline', count: 9 * i + 1, id: text }),
    )
    const suggester = createSuggester([{ text: '社', kind: 'term', count: 1 }, ...longer, ...titles])
    while (!suggester.addSome(5));
    for (const size of [1, 2, 10]) {
      expect(suggester.suggest('社', size)[0]).toMatchObject({ text: '社', count: 1 })
      expect(suggester.suggest('社稷', size)[0]).toMatchObject({ text: '社稷', kind: 'headline' })
    }
  })

  test('gets traditional and full-width spellings answered alike', () => {
    expect(texts('社區')).toEqual(texts('社区'))
    expect(texts('社 區')).toEqual(texts('社区'))
  })

  test('gets a headline once, with the newest article that bears it and the number of both', () => {
    const headline = suggester.suggest('社区养', 5)[0]
    expect(headline).toEqual({ text: '社区 养老，一家亲', kind: 'headline', count: 2, id: 'new' })
  })

  test('gets nothing that no article contains', () => {
    expect(texts('着名')).toEqual([])
  })

  test('sees persons and sections too', () => {
    expect(suggester.suggest('王', 3)).toEqual([{ text: '王社', kind: 'person', count: 3 }])
    expect(suggester.suggest('民', 3)).toEqual([{ text: '民生', kind: 'section', count: 3 }])
  })
})

describe('a reader who types pinyin without an input method', () => {
  test.each([
    ['tuopingongjian', '脱贫攻坚'],
    ['tuopin gongjian', '脱贫攻坚'],
    ['tuōpíngōngjiān', '脱贫攻坚'],
    ['tuo1pin2gong1jian1', '脱贫攻坚'],
    ['TuoPin', '脱贫攻坚'],
    ['tpgj', '脱贫攻坚'],
    ['tuopgj', '脱贫攻坚'],
    ['tpgongj', '脱贫攻坚'],
    ['脱贫gongjian', '脱贫攻坚'],
    ['脱贫gj', '脱贫攻坚'],
    ['xu昌', '许昌'],
    ['xuc', '许昌'],
    ['nüxing', '女性'],
    ['nvxing', '女性'],
    ['nu:xing', '女性'],
    ['chongqing', '重庆'],
    ['yinhang', '银行'],
  ])('%s offers %s first', (typed, wanted) => {
    expect(texts(typed)[0]).toBe(wanted)
  })

  test('a space parts syllables: xi an is 西安 and not 先进', () => {
    expect(texts('xian')).toEqual(expect.arrayContaining(['西安', '先进']))
    expect(texts('xi an')).toEqual(['西安'])
    expect(texts("xi'an")).toEqual(['西安'])
  })

  test('another reading of a character is found, behind the usual one', () => {
    expect(texts('zhongqing')).toEqual(['重庆'])
  })

  test('of two words of one sound, the one that headlines are about comes first', () => {
    const vocabulary: VocabularyEntry[] = [
      { text: '信任', kind: 'term', count: 60 },
      { text: '新任', kind: 'term', count: 30 },
    ]
    const headline: VocabularyEntry = { text: '区领导会见新任校长', kind: 'headline', count: 1 }
    const firstOf = (given: VocabularyEntry[]) => createSuggester(given).suggest('xinren', 1)[0]?.text
    expect(firstOf(vocabulary)).toBe('信任')
    expect(firstOf([...vocabulary, headline])).toBe('新任')
  })

  test('headlines are found by the sound of their beginning', () => {
    expect(texts('xuchangtuijin')).toEqual(['许昌推进智慧社区建设'])
  })
})

describe('the box', () => {
  test('never gives more than asked for, nor a text twice', () => {
    expect(texts('社', 1)).toHaveLength(1)
    expect(texts('社', 0)).toEqual([])
    expect(texts('社', Number.NaN)).toEqual([])
  })

  test('answers before it is complete, and everything afterwards', () => {
    const fresh = createSuggester(entries)
    expect(fresh.complete).toBe(false)
    expect(fresh.suggest('社区', 3)[0]?.text).toBe('社区')
    while (!fresh.addSome(0.1));
    expect(fresh.complete).toBe(true)
    expect(fresh.suggest('社区', 10)).toEqual(suggester.suggest('社区', 10))
  })

  test('an archive without articles suggests nothing', () => {
    const empty = createSuggester([])
    empty.addSome(5)
    for (const q of ['社', 'she', '', ' ']) expect(empty.suggest(q, 5)).toEqual([])
  })
})

describe('a server that builds suggestions aside', () => {
  test('never stops for long: the work is done in many pieces', () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({
      text: `第${i}号公告`,
      kind: 'headline' as const,
      count: 1,
    }))
    const building = createSuggester(many)
    let pieces = 1
    while (!building.addSome(0)) pieces++
    expect(pieces).toBeGreaterThan(20)
    expect(building.suggest('第12号', 3).map(({ text }) => text)).toEqual(['第12号公告'])
  })

  test('is told what the vocabulary could not give, and never left waiting', () => {
    const broken = createSuggester(
      (function* () {
        yield entries[0]!
        throw new SearchError('INDEX_CORRUPT', '校验和不符：seg-1')
      })(),
    )
    expect(broken.addSome(50)).toBe(true)
    expect(() => broken.suggest('社区', 5)).toThrow('seg-1')
    expect(() => broken.toBytes()).toThrow('seg-1')
  })

  test('learns words from headlines with the counts of the archive', () => {
    const headlines = [
      '打赢脱贫攻坚战役',
      '脱贫攻坚见成效',
      '魏都区推进脱贫攻坚工作',
      '我区召开脱贫攻坚会议',
      '社区养老',
      '春耕',
    ]
    const learning = createSuggester(
      headlines.map((text) => ({ text, kind: 'headline', count: 1 })),
      { compounds: { analyzer: createAnalyzer(), countOf: (text) => (text === '脱贫攻坚' ? 41 : 0) } },
    )
    while (!learning.addSome(20));
    expect(learning.suggest('tpgj', 1)).toEqual([{ text: '脱贫攻坚', kind: 'term', count: 41 }])
  })
})

describe('a suggester written to disk', () => {
  const packed = suggester.toBytes()

  test('answers as the one it was made from', () => {
    const opened = openSuggester(packed)
    while (!opened.addSome(5));
    for (const q of ['社', '社区', 'tpgj', 'xi an', 'xu昌', '养老', '一', 'chong']) {
      expect(opened.suggest(q, 10)).toEqual(suggester.suggest(q, 10))
    }
    expect(opened.size).toBe(suggester.size)
    for (const q of ['设区', '脱贫坚', 'tuopingongjian']) {
      expect(opened.corrector()?.correct(q)).toEqual(suggester.corrector()?.correct(q))
    }
    expect(opened.corrector()?.correct('设区')[0]?.text).toBe('社区')
  })

  test('may lie anywhere in a larger buffer', () => {
    const shifted = new Uint8Array(packed.length + 3)
    shifted.set(packed, 3)
    expect(openSuggester(shifted.subarray(3)).suggest('社区', 1)[0]?.text).toBe('社区')
  })

  test('names the file when any byte of it has changed', () => {
    for (let at = 0; at < packed.length; at += 37) {
      const broken = packed.slice()
      broken[at] = broken[at]! ^ 0x10
      expect(() => openSuggester(broken, 'suggest.bin')).toThrow(/suggest\.bin/)
    }
    expect(() => openSuggester(packed.subarray(0, 100), 'suggest.bin')).toThrow(/suggest\.bin/)
    expect(() => openSuggester(new Uint8Array(0), 'suggest.bin')).toThrow(/suggest\.bin/)
  })
})
