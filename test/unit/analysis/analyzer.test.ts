// How texts are cut into words, and what the index counts of them.
import { describe, expect, test } from 'vitest'
import { createAnalyzer, createOccurrences } from '../../../src/analysis/analyzer.ts'
import { parseBorderModel } from '../../../src/analysis/border-model.ts'
import { foldDictionary } from '../../../src/analysis/fold-dictionary.ts'
import { parseLexicon } from '../../../src/analysis/lexicon.ts'
import { SearchError } from '../../../src/model/errors.ts'
import { fold } from '../../../src/normalize/normalize.ts'

const analyzer = createAnalyzer()
const cut = (text: string) => analyzer.cut(fold(text)).map((word) => word.text)

describe('a text is cut into words', () => {
  test.each([
    ['结对帮扶一对一', ['结对', '帮扶', '一对一']],
    ['許昌市魏都區', ['许昌市', '魏都区']],
    ['著名的臺灣作家', ['着名', '的', '台湾', '作家']],
    ['全 国 和 谐', ['全国', '和谐']],
    ['Node.js 2019', ['node', '.', 'js', ' ', '2019']],
    ['用5G网络', ['用', '5g', '网络']],
    ['二○一九年十一月', ['二〇一九', '年', '十一月']],
    ['勿忘九一八事变', ['勿忘', '九一八事变']],
    ['', []],
  ])('%s', (text, words) => {
    expect(cut(text)).toEqual(words)
  })

  test('a name that no dictionary knows is found by the model, and said to be unknown', () => {
    const words = analyzer.cut(fold('记者陈炜彤报道'))
    expect(words.map((word) => word.text)).toContain('陈炜彤')
    expect(words.find((word) => word.text === '陈炜彤')?.kind).toBe('unknown')
  })

  test('a long word shows the words inside it', () => {
    const [word] = analyzer.cut(fold('中华人民共和国'))
    expect(word?.text).toBe('中华人民共和国')
    expect(word?.subwords.map((sub) => sub.text)).toEqual(
      expect.arrayContaining(['中华', '人民', '共和国', '华人']),
    )
  })
})

describe('words of the editor', () => {
  test('take effect at once, in traditional spelling too, and can be taken away again', () => {
    const own = createAnalyzer()
    const text = fold('他走进许继社区办公室')
    const words = () => own.cut(text).map((word) => word.text)
    const before = words()
    expect(before).not.toContain('许继社区')
    own.addWords(['許繼社區'])
    expect(words()).toContain('许继社区')
    expect(own.cut(text).find((word) => word.text === '许继社区')).toMatchObject({
      kind: 'user',
      subwords: [{ text: '社区' }],
    })
    expect(own.isWord('许继社区')).toBe(true)
    expect(own.userWords).toEqual(['许继社区'])
    own.removeWords(['许继社区'])
    expect(words()).toEqual(before)
    expect(own.userWords).toEqual([])
  })

  test('never change what the index counts', () => {
    const own = createAnalyzer()
    const text = fold('他走进许继社区办公室')
    const count = () => {
      const occurrences = createOccurrences()
      own.occurrences(text, occurrences)
      return [...occurrences.keys.slice(0, occurrences.count)].map((id) => own.keyOf(id))
    }
    const before = count()
    own.addWords(['许继社区', '区办'])
    expect(count()).toEqual(before)
    expect(own.isComplete('许继社区')).toBe(false)
    expect(own.signature).toBe(analyzer.signature)
  })

  test('of one character and of Latin letters work too', () => {
    const own = createAnalyzer({ userWords: ['C919'] })
    expect(own.cut(fold('大飞机C919首飞')).map((word) => [word.text, word.kind])).toContainEqual([
      'c919',
      'user',
    ])
  })

  test('without a letter are refused with their place', () => {
    expect(() => createAnalyzer({ userWords: ['社区', '，。'] })).toThrow(SearchError)
    try {
      createAnalyzer({ userWords: ['社区', '，。'] })
    } catch (error) {
      expect(error).toMatchObject({ code: 'DICTIONARY_INVALID', details: { line: 2 } })
      expect((error as SearchError).message).toContain('，。')
    }
  })
})

describe('what counts as a complete key', () => {
  test.each(['社', '社区', '中华人民共和国', '2018', '139', '𠮷', 'パ'])('%s does', (key) => {
    expect(analyzer.isComplete(key)).toBe(true)
  })
  test.each(['', '区办', '许继社区', '10086', '12', '1', 'a', 'apec', '，', ' ', '社区，'])(
    '%j does not',
    (key) => {
      expect(analyzer.isComplete(key)).toBe(false)
    },
  )
})

describe('a damaged dictionary is named with its line', () => {
  const faultOf = (make: () => unknown) => {
    try {
      make()
    } catch (error) {
      return error
    }
    return undefined
  }
  test.each([
    ['社区 10 n\n坏行\n', 2],
    ['社区 十 n\n', 1],
    ['社区 10 n\n许昌 -1 ns\n', 2],
    ['社区 10 n\n 5 n\n', 2],
  ])('%j', (content, line) => {
    expect(faultOf(() => parseLexicon(content, 'x.utf8'))).toMatchObject({
      code: 'DICTIONARY_INVALID',
      details: { file: 'x.utf8', line },
    })
  })
  test('an empty dictionary', () => {
    expect(faultOf(() => parseLexicon('', 'x.utf8'))).toMatchObject({ code: 'DICTIONARY_INVALID' })
  })
  test('a model that stops in the middle, or holds what is no number', () => {
    expect(faultOf(() => parseBorderModel('0 0 0 0\n', 'm'))).toMatchObject({ code: 'DICTIONARY_INVALID' })
    const lines = ['1 2 3 4', '1 2 3 4', '1 2 x 4']
    expect(faultOf(() => parseBorderModel(lines.join('\n'), 'm'))).toMatchObject({ details: { line: 3 } })
  })
})

describe('the folded dictionary', () => {
  const source = (content: string, file = 'x') => ({ content, file })
  const folded = (dictionary: string, extra = '') =>
    foldDictionary({ dictionary: source(dictionary), extraWords: source(extra), model: source('') })

  test('makes one word of words that fold alike, as frequent as all of them', () => {
    expect(folded('著名 9 a\n着名 1 n\n社区 5 n\n').words).toBe('着名 10 a\n社区 5 n\n')
  })
  test('remembers how a folded word is mostly written', () => {
    const { spellings } = folded('拚命 5 v\n拼命 50 v\n著名 9 a\n着名 1 a\n')
    expect(spellings).toBe(`${fold('著名')}\t著名\n`)
  })
  test('has the words that jieba adds, as frequent as the middle one or as they say', () => {
    expect(folded('甲乙 9 a\n丙丁 7 a\n戊己 1 a\n', '云计算\n蓝翔 nz\n区块链 10 nz\n').words).toContain(
      '云计算 7 x\n蓝翔 7 x\n区块链 10 nz\n',
    )
  })
  test('adds up the chances of characters that fold alike', () => {
    const { model } = foldDictionary({
      dictionary: source('社区 1 n\n'),
      extraWords: source(''),
      model: source(`#0:B\n-1 -2 -3 -4\n著:${Math.log(0.25)},着:${Math.log(0.5)}\n`),
    })
    const [, , line = ''] = model.split('\n')
    const [character, value] = line.split(':')
    expect(character).toBe('着')
    expect(Math.exp(Number(value))).toBeCloseTo(0.75)
  })
  test.each([['社区 10\n'], ['社区 10 n\n许昌 0 ns\n'], ['']])(
    'names what is wrong with %j',
    (dictionary) => {
      expect(() => folded(dictionary)).toThrow(SearchError)
    },
  )
})
