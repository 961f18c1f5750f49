// Passages that show why an article was found: they begin at a clause or a word and say where a sentence is cut.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toSnippets } from '../../../src/highlight/snippets.ts'

const seek = (...strings: string[]) => ({ strings, patterns: [] })
const filler = '全市各部门各单位紧紧围绕中心工作抓好落实推动各项事业取得新的更大成绩'

describe('exact passages', () => {
  test.each([
    // [text, sought, expected]
    ['社区办起食堂。', '食堂', '社区办起食堂。'],
    [
      `${filler}${filler}。会议要求，社区要办好食堂。${filler}${filler}${filler}`,
      '食堂',
      `会议要求，社区要办好食堂。${filler}${filler}${filler}`.slice(0, 110),
    ],
    [`${filler}，${filler}，社区要办好食堂。`, '食堂', `……社区要办好食堂。`],
  ])('%s', (text, sought, expected) => {
    const [snippet] = toSnippets([text], seek(sought))
    expect(snippet!.text.replace(/……$/, '')).toBe(expected)
    for (const [start, end] of snippet!.marks) expect(snippet!.text.slice(start, end)).toBe(sought)
  })

  test('a date or a number is not parted', () => {
    const [snippet] = toSnippets(
      [`${filler}截至2018年2月18日上午，社区食堂已经开办三百家`],
      seek('社区食堂'),
      {
        length: 40,
      },
    )
    expect(snippet!.text).toMatch(/^……(截至|2018年|上午|社区)/)
  })

  test('an ellipsis never follows a comma', () => {
    const long = `${filler}，`.repeat(8)
    const [snippet] = toSnippets([`社区食堂开张，${long}`], seek('社区'))
    expect(snippet!.text).toMatch(/[^，、：]……$/)
  })

  test('marks that touch are one', () => {
    const [snippet] = toSnippets(['社区食堂'], seek('社区', '食堂'))
    expect(snippet!.marks).toEqual([[0, 4]])
  })
})

test('every passage is printed so, and its marks show what was sought', () => {
  const piece = fc.constantFrom(
    '社区',
    '食堂',
    '，',
    '。',
    '2018年11月7日',
    '“养老”',
    '全市',
    '共1,391人',
    'PM2.5',
    '的',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 120 }), (pieces) => {
      const text = pieces.join('')
      for (const snippet of toSnippets([text], seek('社区', '养老'))) {
        const shown = snippet.text.replace(/^……|……$/g, '')
        expect(text).toContain(shown)
        for (const [start, end] of snippet.marks)
          expect(snippet.text.slice(start, end)).toMatch(/^[社区养老]+$/)
        expect(snippet.text).not.toMatch(/[，、：]……$/)
      }
    }),
  )
})
