// Nothing printed is lost and nothing is invented, whatever the page looks like.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/model/item.ts'
import { readTextPages } from '../../src/page/read-page.ts'

const sample = readFileSync(
  new URL('../../index-data/pages/今日魏都/2018-11-07/03.txt', import.meta.url),
  'utf8',
)
const sampleLines = sample.split('\n')

function coveredLines(pages: readonly Page[]): Set<number> {
  const lines = new Set<number>()
  const add = (ranges: readonly (readonly [number, number])[] | undefined): void => {
    for (const [from, to] of ranges ?? []) for (let line = from; line <= to; line++) lines.add(line)
  }
  for (const { page, items, unplaced } of pages) {
    add(page.sourceLines)
    for (const item of items) add(item.sourceLines)
    add(unplaced?.map((each) => each.lines))
  }
  return lines
}

/** Characters that a reading says with a field instead of repeating them: roles, credits, cross references. */
const saidByFields = new Set('摄影图绘供制文报道记者通讯员本刊网台实习见特约新华中社人民日晚版下转上接第和')

function countHan(text: string, into: Map<string, number>): void {
  for (const char of text) {
    if (/\p{Script=Han}/u.test(char) && !saidByFields.has(char)) into.set(char, (into.get(char) ?? 0) + 1)
  }
}

function printedHan(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) countHan(line, counts)
  return counts
}

function readHan(pages: readonly Page[], lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { page, items, unplaced } of pages) {
    for (const [from, to] of page.sourceLines ?? [])
      for (let line = from; line <= to; line++) countHan(lines[line - 1] ?? '', counts)
    for (const each of unplaced ?? []) countHan(each.text, counts)
    for (const item of items) {
      for (const text of [
        item.kicker,
        item.headline,
        item.subtitle,
        item.caption,
        item.signature,
        ...item.paragraphs,
      ])
        countHan(text ?? '', counts)
      for (const heading of item.subheadings ?? []) countHan(heading.text, counts)
      for (const credit of item.credits ?? []) countHan(credit, counts)
      const body = item.paragraphs.join('')
      for (const { names } of item.bylines ?? []) {
        // A dateline's names stay in the paragraph, a signature's in `signature`; a byline line's are only here.
        for (const name of names)
          if (!body.replace(/\s/gu, '').includes(name) && item.signature !== name) countHan(name, counts)
      }
    }
  }
  return counts
}

/** A page with its lines dropped, doubled, swapped, cut and littered. */
const mutatedPage = fc
  .array(
    fc.record({
      kind: fc.constantFrom('drop', 'double', 'swap', 'cut', 'litter', 'join'),
      at: fc.nat(sampleLines.length - 2),
      to: fc.nat(sampleLines.length - 2),
      text: fc.string({ unit: 'binary', maxLength: 12 }),
    }),
    { maxLength: 40 },
  )
  .map((edits) => {
    const lines = [...sampleLines]
    for (const { kind, at, to, text } of edits) {
      const line = lines[at] ?? ''
      if (kind === 'drop') lines[at] = ''
      else if (kind === 'double') lines.splice(at, 0, line)
      else if (kind === 'cut') lines[at] = line.slice(0, line.length >> 1)
      else if (kind === 'litter') lines[at] = line + text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
      else if (kind === 'join') lines[at] = `${line} ${lines[to] ?? ''}`
      else {
        lines[at] = lines[to] ?? ''
        lines[to] = line
      }
    }
    return lines
  })

const runs = Number(process.env.XUNBAO_LONG_RUNS ?? 25)

function expectNothingLost(lines: readonly string[]): void {
  const text = lines.join('\n')
  const pages = readTextPages(Buffer.from(text), {})
  const covered = coveredLines(pages)
  const lost = lines.flatMap((line, i) =>
    /\S/u.test(line) && !covered.has(i + 1) ? [`${i + 1}: ${line}`] : [],
  )
  expect(lost).toEqual([])
  for (const page of pages) {
    const ids = page.items.map((item) => item.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const item of page.items) {
      for (const heading of item.subheadings ?? []) {
        expect(heading.beforeParagraph).toBeGreaterThanOrEqual(0)
        expect(heading.beforeParagraph).toBeLessThanOrEqual(item.paragraphs.length)
      }
    }
  }
}

describe('every printed line of a page is somewhere', () => {
  it('on the sample page, every Han character once', () => {
    const pages = readTextPages(Buffer.from(sample), {})
    expect([...readHan(pages, sampleLines)].sort()).toEqual([...printedHan(sampleLines)].sort())
  })

  it(`on ${runs} mutated pages: no crash, no line lost, unique ids`, {
    timeout: 60_000 + runs * 2_000,
  }, () => {
    const printed = mutatedPage.filter((lines) => lines.some((line) => /\S/u.test(line)))
    fc.assert(fc.property(printed, expectNothingLost), { numRuns: runs })
  })

  it('on a page where one subtitle took the place of another', () => {
    const lines = [...sampleLines]
    lines[1] = sampleLines[148]!
    lines[148] = sampleLines[1]!
    expectNothingLost(lines)
  })

  it('for any bytes: an answer or an error that names what is wrong', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        try {
          const pages = readTextPages(bytes, { path: 'a/b.txt' })
          expect(pages.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toMatchObject({ name: 'SearchError', details: { file: 'a/b.txt' } })
        }
      }),
      { numRuns: 300 },
    )
  })
})
