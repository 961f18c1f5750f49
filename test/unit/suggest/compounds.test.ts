// Words that no dictionary has are learnt from the headlines.
import { describe, expect, test } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import { mineCompounds } from '../../../src/suggest/compounds.ts'

const analyzer = createAnalyzer()
const headlines = [
  '打赢脱贫攻坚战役',
  '脱贫攻坚见成效',
  '魏都区推进脱贫攻坚工作',
  '我区召开脱贫攻坚会议',
  '社区开展养老服务',
  '学校开展消防演练',
  '市民参观博物馆',
  '经济稳步增长',
  '著名作家来访',
  '志愿者清扫街道',
]
const mined = mineCompounds(headlines, analyzer, { leastHeadlines: 3 })

describe('an editor whose paper writes of 脱贫攻坚', () => {
  test('has it learnt with the number of headlines', () => {
    expect(mined).toContainEqual({ text: '脱贫攻坚', headlines: 4 })
  })

  test('does not get rows of words that met by chance, nor dictionary words once more', () => {
    const texts = mined.map(({ text }) => text)
    expect(texts).not.toContain('开展养老')
    expect(texts).not.toContain('脱贫')
  })

  test('gets nothing that stands in too few headlines', () => {
    expect(mineCompounds(headlines, analyzer, { leastHeadlines: 5 })).toEqual([])
    expect(mineCompounds([], analyzer)).toEqual([])
  })

  test('does not get a piece of a longer row that is always meant', () => {
    const texts = mineCompounds(
      [...Array.from({ length: 5 }, (_, i) => `${'春夏秋冬雪'[i]}天：新时代文明实践中心`), ...headlines],
      analyzer,
    ).map(({ text }) => text)
    expect(texts.filter((text) => '新时代文明实践'.includes(text) && text !== '新时代文明实践')).toEqual([])
  })
})

test('signs and digits part words: no compound reaches over them', () => {
  const lines = Array.from({ length: 6 }, () => '脱贫，攻坚')
  expect(mineCompounds([...lines, ...headlines.slice(4)], analyzer).map(({ text }) => text)).not.toContain(
    '脱贫攻坚',
  )
})

test('what is cut off inside something longer is no word: its neighbour is always the same', () => {
  const lines = ['全力以赴', '奋勇前进', '再接再厉', '坚定信心', '上下一心', '众志成城'].map(
    (start) => `${start}高质量打赢脱贫攻坚战收官之战`,
  )
  const met = ['普京', '马克龙', '默克尔', '安倍', '莫迪', '文在寅'].map((name) => `习近平同${name}会谈`)
  const texts = mineCompounds([...lines, ...met], analyzer).map(({ text }) => text)
  expect(texts.filter((text) => text.endsWith('打赢脱贫') || text.endsWith('同'))).toEqual([])
})
