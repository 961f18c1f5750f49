// The last page that is offered is one that can be opened.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { searchLinks } from '../../../src/server/links.ts'
import { toPageNumbers } from '../../../src/web/paging.tsx'

const pageOf = (address: string | undefined) =>
  address && Number(new URL(address, 'http://x').searchParams.get('page') ?? 1)

it('pages end with the hits, or where paging ends', () => {
  expect(pageOf(searchLinks('', { q: '的' }, 22_071).last)).toBe(1000)
  expect(pageOf(searchLinks('', { q: '的', size: 30 }, 22_071).last)).toBe(333)
  expect(pageOf(searchLinks('', { q: '的' }, 95).last)).toBe(10)
  expect(pageOf(searchLinks('', { q: '的' }, 0).last)).toBe(1)
  expect(searchLinks('', { q: '的', page: 1000 }, 22_071)).not.toHaveProperty('next')
  expect(pageOf(searchLinks('', { q: '的', page: 9 }, 95).next)).toBe(10)
  expect(pageOf(searchLinks('', { q: '的', page: 9 }, 95).prev)).toBe(8)
})

it('the page numbers hold the first, the last and the neighbours, with gaps only where pages are left out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (page, pages) => {
      fc.pre(page <= pages)
      const numbers = toPageNumbers(page, pages)
      expect(numbers[0]).toBe(1)
      expect(numbers.at(-1)).toBe(pages)
      expect(numbers).toContain(page)
      expect(numbers.length).toBeLessThanOrEqual(9)
      numbers.forEach((number, index) => {
        const before = numbers[index - 1]
        if (before === undefined) return
        if (number === 0) expect((numbers[index + 1] ?? 0) - before).toBeGreaterThan(2)
        else if (before !== 0) expect(number).toBe(before + 1)
      })
    }),
  )
})
