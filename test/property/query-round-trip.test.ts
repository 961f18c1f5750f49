// Any text is a query: it is read without fault and in time, and what was read can be printed and read again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { QueryNode } from '../../src/model/query.ts'
import { parseQuery } from '../../src/query/parse-query.ts'
import { printQuery } from '../support/print-query.ts'

const piece = fc.oneof(
  fc.constantFrom(
    '社区',
    '养老',
    'AND',
    'OR',
    'NOT',
    '或',
    '或者',
    '&&',
    '|',
    '｜',
    '-',
    '－',
    '+',
    '(',
    ')',
    '（',
    '）',
    '"',
    '“',
    '”',
    '„',
    '「',
    '」',
    '『',
    '』',
    '《',
    '》',
    '〈',
    '〉',
    '‘',
    '’',
    "'",
    '~',
    '～10',
    '~5',
    '?',
    '？',
    '*',
    '＊',
    '\\',
    ':',
    '：',
    ' ',
    '\u3000',
    '\n',
    '，',
    '。',
    '、',
    '！',
    '...',
    '标题:',
    '作者：',
    '版:',
    '类型:简讯',
    '报:',
    '栏目:',
    '日期:',
    '2018-11',
    '上周',
    '..',
    'node.js',
    'AT&T',
    '3.5%',
    'C++',
    '马克·吐温',
    '㎡',
    '😀',
    '\ud800',
    '\u200b',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
)
const query = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))
const options = { today: '2018-11-07' }

/** The tree without its places. */
function shape(node: QueryNode): unknown {
  return JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'span' ? undefined : value)))
}

test('what was read, printed and read again is the same', () => {
  fc.assert(
    fc.property(query, (text) => {
      const { tree } = parseQuery(text, options)
      const printed = printQuery(tree)
      expect(shape(parseQuery(printed, options).tree), printed).toEqual(shape(tree))
    }),
    { numRuns: 10_000 },
  )
})

test('every part and every problem has its place in the query, and trees are flat', () => {
  const check = (node: QueryNode, length: number) => {
    const [start, end] = node.span
    expect(start).toBeGreaterThanOrEqual(0)
    expect(end).toBeGreaterThanOrEqual(start)
    expect(end).toBeLessThanOrEqual(length)
    if (node.kind === 'all' || node.kind === 'any') {
      expect(node.children.length).toBeGreaterThan(1)
      for (const child of node.children) {
        expect(child.kind).not.toBe(node.kind)
        check(child, length)
      }
    }
    if (node.kind === 'not' || node.kind === 'field') check(node.child, length)
    if (node.kind === 'phrase' || node.kind === 'run') expect(node.text.trim()).not.toBe('')
    if (node.kind === 'dates') {
      for (const date of [node.from, node.to]) if (date !== null) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
      if (node.from !== null && node.to !== null) expect(node.from <= node.to).toBe(true)
    }
  }
  fc.assert(
    fc.property(query, (text) => {
      const { tree, problems } = parseQuery(text, options)
      check(tree, text.length)
      for (const problem of problems) {
        expect(problem.message).toMatch(/[。；]$/)
        expect(problem.start).toBeLessThanOrEqual(problem.end)
        expect(problem.end).toBeLessThanOrEqual(text.length)
      }
    }),
    { numRuns: 5000 },
  )
})

test('the longest and most tangled queries are read at once', () => {
  const signs = [
    '(',
    '((',
    '"',
    '“',
    '「',
    '《',
    '‘',
    '-',
    '标题:',
    '(a OR ',
    'a AND ',
    '\\',
    '*',
    '?',
    '日期:',
    '~',
    '《》',
    '“」',
    'NOT ',
  ]
  for (const sign of signs) {
    const text = sign.repeat(Math.ceil(10_000 / sign.length)).slice(0, 10_000)
    const { tree, problems } = parseQuery(text, options)
    expect(tree.span[1]).toBeLessThanOrEqual(10_000)
    expect(problems.length).toBeLessThanOrEqual(20)
    expect(() => printQuery(tree)).not.toThrow()
  }
})
