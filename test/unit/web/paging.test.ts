// The last page that is offered is one that can be opened.
import { expect, it } from 'vitest'
import { searchLinks } from '../../../src/server/links.ts'

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
