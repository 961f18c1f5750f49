// What a reader sees is what was printed: marks and line breaks add nothing and take nothing away.
import fc from 'fast-check'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import { toHeadline, toMarked } from '../../../src/web/marked.ts'
import {
  toCountText,
  toDayText,
  toKindsText,
  toPeriodText,
  toSpanText,
  toTitleText,
} from '../../../src/web/wording.ts'
import { createArchive } from '../../../src/xunbao.ts'

const htmlOf = (children: ReturnType<typeof toMarked>) => renderToString(h('p', null, children)).slice(3, -4)
const asText = (html: string) =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

const text = fc.string({ unit: fc.constantFrom(...'社区脱贫攻坚，“”<>&" a1'), maxLength: 30 })
const spans = fc
  .uniqueArray(fc.nat({ max: 30 }), { maxLength: 6 })
  .map((edges) => edges.toSorted((a, b) => a - b))
  .map((edges): [number, number][] =>
    Array.from({ length: edges.length >> 1 }, (_, at) => [edges[2 * at]!, edges[2 * at + 1]!]),
  )

it('marks stand around the printed characters and change none of them', () => {
  fc.assert(
    fc.property(text, spans, (printed, marks) => {
      for (const html of [
        htmlOf(toMarked(printed, marks)),
        htmlOf(
          toHeadline(
            printed,
            marks,
            [...printed].map((_, at) => at),
          ),
        ),
      ]) {
        expect(asText(html.replace(/<\/?(?:mark|wbr)\/?>/g, ''))).toBe(printed)
        const shown = [...html.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, inner = '']) =>
          asText(inner.replace(/<wbr\/?>/g, '')),
        )
        expect(shown).toEqual(
          marks.filter(([, end]) => end <= printed.length).map(([from, end]) => printed.slice(from, end)),
        )
        expect(html).not.toContain('<mark><wbr')
      }
    }),
  )
})

it('a headline breaks between words and never inside one', async () => {
  await using archive = await createArchive()
  const headline = '脱贫攻坚工作推进会召开 百姓“点赞”好政策'
  await archive.add([{ id: 'a', headline, paragraphs: ['正文'] }])
  const { breaks } = await archive.article('a')
  const found = (await archive.search({ q: '脱贫' })).hits[0]?.headline
  expect(found?.breaks).toEqual(breaks?.headline)
  const html = htmlOf(toHeadline(headline, found?.marks, found?.breaks))
  expect(html).toContain('<mark>脱贫')
  for (const word of ['工作', '召开', '百姓', '点赞']) expect(html).toContain(word)
  expect(html).toMatch(/工作<wbr/)
  expect(html).not.toMatch(/<wbr\/?>[”“ ]/)
})

it('days, counts and titles are written as a reader writes them', () => {
  expect(toDayText('2018-11-07')).toBe('2018年11月7日')
  expect(toDayText('2018-11-07', true)).toBe('2018年11月7日 星期三')
  expect(toDayText('')).toBe('')
  expect(toSpanText('2018-11-07', '2018-11-07')).toBe('2018年11月7日')
  expect(toSpanText('2018-11-07', '2019-01-02')).toBe('2018年11月7日至2019年1月2日')
  expect(toSpanText('', '')).toBe('')
  expect(toPeriodText('2018-03-09')).toBe('2018年3月9日')
  expect(toPeriodText('2018-03')).toBe('2018年3月')
  expect(toPeriodText('2018')).toBe('2018年')
  expect(toPeriodText('201')).toBe('2010年代')
  expect(toCountText(1234567)).toBe('1,234,567')
  expect(toTitleText(undefined, undefined)).toBe('（无题）')
  expect(toTitleText('  ', '图片说明')).toBe('图片说明')
  expect(
    toKindsText([
      { value: 'photo', count: 2 },
      { value: 'article', count: 1200 },
    ]),
  ).toBe('1,200 篇报道、2 幅图片')
})
